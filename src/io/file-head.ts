import { MORE, type More } from './feature-start';
import { COLON, COMMA, CLOSE_OBJECT, NEWLINE, OPEN_LIST, OPEN_OBJECT, QUOTE, isSpace } from './json-bytes';
import { ValueScan } from './value-scan';

/** Starts each feature of a GeoJSON text sequence (RFC 8142). */
const RECORD_SEPARATOR = 0x1e;

/** Where the list of features is in a file, as far as its bytes are there. */
export interface FeatureList {
  /** offset after the `[` of the top object's member "features"; left out where there is none */
  at?: number;
  /** whether more bytes would not tell otherwise */
  isSure: boolean;
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Finds the list of features in the first bytes of a file. */
export function findFeatureList(bytes: Uint8Array, begin: number): FeatureList {
  const none = (isSure: boolean): FeatureList => ({ isSure });
  let at = afterSpace(bytes, begin);
  if (at >= bytes.length) return none(false);
  if (bytes[at] !== OPEN_OBJECT) return none(true);
  at++;
  while (at < bytes.length) {
    while (isSpace(bytes[at]) || bytes[at] === COMMA) at++;
    if (at >= bytes.length) break;
    if (bytes[at] !== QUOTE) return none(true);
    const scan = new ValueScan(at);
    const keyEnd = scan.advance(bytes, false);
    if (keyEnd === MORE) break;
    if (keyEnd < 0) return none(true);
    const key = new TextDecoder().decode(bytes.subarray(at + 1, keyEnd - 1));
    at = keyEnd;
    while (isSpace(bytes[at]) || bytes[at] === COLON) at++;
    if (at >= bytes.length) break;
    if (key === 'features') return bytes[at] === OPEN_LIST ? { at: at + 1, isSure: true } : none(true);
    const end = new ValueScan(at).advance(bytes, false);
    if (end === MORE) break;
    if (end < 0) return none(true);
    at = end;
  }
  return none(false);
}

/** Whether a line begins as that of a feature does, even of a broken one. */
function isFeatureLine(line: Uint8Array): boolean {
  return /^\{\s*"type"\s*:\s*"Feature"/.test(new TextDecoder().decode(line.subarray(0, 64)));
}

/**
 * The byte that stands between the features of a file without a list of them: each on a line of its own, or after a
 * separator. `undefined` when its first bytes are of no such file.
 */
export function recordLayoutOf(bytes: Uint8Array, begin: number): number | More | undefined {
  const first = afterSpace(bytes, begin);
  if (first >= bytes.length) return MORE;
  if (bytes[first] === RECORD_SEPARATOR) return RECORD_SEPARATOR;
  if (bytes[first] !== OPEN_OBJECT) return undefined;
  const newline = bytes.indexOf(NEWLINE, first);
  if (newline < 0 || afterSpace(bytes, newline) >= bytes.length) return MORE;
  const line = bytes.subarray(first, newline);
  const end = new ValueScan(0).advance(line, true);
  const isObject = end !== MORE && end > 0 && line[end - 1] === CLOSE_OBJECT;
  return isObject || isFeatureLine(line) ? NEWLINE : undefined;
}
