/** The bytes of one element of a `features` list, found but not yet parsed. */
export interface FeatureSlice {
  index: number;
  /** byte offsets in the file, end excluded */
  start: number;
  end: number;
  /** line on which it starts, counted from 1 */
  line: number;
  /** deepest nesting of objects and lists in it */
  depth: number;
}

/** What is left of a file when its features are taken out. */
export interface ScanEnd {
  /** the file's bytes without its features, or `undefined` when the file breaks off inside them */
  envelope: Uint8Array | undefined;
  /** the line on which the file ends */
  lines: number;
  /** lines on which a comma is missing between features, or one too many */
  commaFaults: number[];
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

/** Index after the closing quote of the string that opens at `start`, or -1 when it does not close on its line. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = start + 1; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) i++;
    else if (byte === NEWLINE) return -1; // JSON has no line breaks in strings
  }
  return -1;
}

/** Where a JSON value that starts at `start` ends, by brackets and quotes alone; end -1 when it does not. */
export function endOfValue(bytes: Uint8Array, start: number): { end: number; depth: number } {
  const closers: number[] = [];
  let depth = 0;
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      i = endOfString(bytes, i) - 1;
      if (i < 0) return { end: -1, depth };
      if (closers.length === 0) return { end: i + 1, depth };
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth = Math.max(depth, closers.push(byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST));
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (closers.length === 0) return { end: Math.max(i, start + 1), depth };
      if (closers.pop() !== byte) return { end: -1, depth };
      if (closers.length === 0) return { end: i + 1, depth };
    } else if (closers.length === 0 && (byte === COMMA || isSpace(byte))) {
      return { end: Math.max(i, start + 1), depth };
    }
  }
  return { end: closers.length === 0 ? bytes.length : -1, depth };
}

/** How a feature begins, whatever the layout of the file. */
const SURE_FEATURE_START = /\{\s*"type"\s*:\s*"Feature"/;
const FEATURE_START = /\{\s*"type"\s*:\s*"Feature"|\n\s*\{\s*"/;

/** Where the next feature seems to start after a broken one, so that the rest of the file is not lost. */
function nextFeatureStart(bytes: Uint8Array, from: number, pattern = FEATURE_START): number {
  // A feature is mostly near: a file with many broken lines is not read to its end for each of them.
  for (let length = 1 << 16; ; length *= 8) {
    // Latin-1 keeps one character a byte, so that offsets agree.
    const text = new TextDecoder('latin1').decode(bytes.subarray(from, from + length));
    const match = pattern.exec(text);
    if (match) return from + match.index + match[0].indexOf('{');
    if (from + length >= bytes.length) return -1;
  }
}

/** Whether a closing bracket can be the end of the list of features: what follows it is another member, or the end. */
function endsList(bytes: Uint8Array, at: number): boolean {
  let next = at + 1;
  while (isSpace(bytes[next])) next++;
  return next >= bytes.length || bytes[next] === COMMA || bytes[next] === CLOSE_OBJECT;
}

/**
 * Finds the features in the bytes of a FeatureCollection by brackets and quotes, so that each can be parsed
 * by itself and a broken one takes no other with it. Yields a slice for each element of `features`, good or
 * bad, and returns what is left of the file. Told by `next(false)` that a slice is no JSON, it goes on with the
 * first feature inside of it.
 */
export function* scanFeatures(bytes: Uint8Array): Generator<FeatureSlice, ScanEnd, boolean | undefined> {
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const begin = hasByteOrderMark ? 3 : 0;
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number) => {
    for (; counted < offset; counted++) if (bytes[counted] === NEWLINE) line++;
    return line;
  };
  const commaFaults: number[] = [];
  const list = findFeatureList(bytes, begin);
  if (list === undefined)
    return { envelope: bytes.subarray(begin), lines: lineAt(bytes.length), commaFaults };
  let i = list;
  for (let index = 0; ;) {
    let commas = 0;
    for (; isSpace(bytes[i]) || bytes[i] === COMMA; i++) if (bytes[i] === COMMA) commas++;
    const wanted = index > 0 && bytes[i] !== CLOSE_LIST ? 1 : 0;
    if (commas !== wanted && i < bytes.length) commaFaults.push(lineAt(i));
    if (i >= bytes.length) return { envelope: undefined, lines: lineAt(bytes.length), commaFaults };
    if (bytes[i] === CLOSE_LIST && endsList(bytes, i)) break;
    const start = i;
    const value = bytes[i] === CLOSE_LIST ? { end: -1, depth: 0 } : endOfValue(bytes, start);
    // A list is no feature, but a stray bracket can make one of all the features behind it.
    if (value.end < 0 || bytes[start] === OPEN_LIST) {
      const whole = value.end < 0 ? bytes.length : value.end;
      const next = nextFeatureStart(bytes.subarray(0, whole), start + 1);
      value.end = next < 0 ? whole : next;
    }
    i = value.end;
    const isJson = yield { index: index++, start, end: value.end, line: lineAt(start), depth: value.depth };
    if (isJson !== false) continue;
    // Brackets that are wrong but balanced can swallow the features behind them.
    const swallowed = nextFeatureStart(bytes.subarray(0, i), start + 1, SURE_FEATURE_START);
    if (swallowed >= 0) i = swallowed;
  }
  const envelope = new Uint8Array(list - begin + bytes.length - i);
  envelope.set(bytes.subarray(begin, list));
  envelope.set(bytes.subarray(i), list - begin);
  return { envelope, lines: lineAt(bytes.length), commaFaults };
}

/** Offset after the `[` of the top object's member "features", or `undefined` when there is none. */
export function findFeatureList(bytes: Uint8Array, begin: number): number | undefined {
  let i = begin;
  while (isSpace(bytes[i])) i++;
  if (bytes[i] !== OPEN_OBJECT) return undefined;
  i++;
  while (i < bytes.length) {
    while (isSpace(bytes[i]) || bytes[i] === COMMA) i++;
    const keyEnd = bytes[i] === QUOTE ? endOfString(bytes, i) : -1;
    if (keyEnd < 0) return undefined;
    const key = new TextDecoder().decode(bytes.subarray(i + 1, keyEnd - 1));
    i = keyEnd;
    while (isSpace(bytes[i]) || bytes[i] === COLON) i++;
    if (key === 'features') return bytes[i] === OPEN_LIST ? i + 1 : undefined;
    const { end } = endOfValue(bytes, i);
    if (end < 0) return undefined;
    i = end;
  }
  return undefined;
}
