import { isObject } from '../domain/rules';
import { FEATURE_END } from './collection-file';
import { MORE, nextFeatureStart } from './feature-start';
import type { ImportOutcome } from './foreign';

/** Something of a file that is not among its sightings. */
export interface SetAsideItem {
  /** as of `SetAside` */
  place: string;
  /** all that is wrong with it, in the words of the contract */
  reason: string;
  /** whether it has properties, so that it can be completed by hand */
  isIncomplete: boolean;
  /** the id that it has, `null` for none */
  id: string | null;
  /** its very bytes in a file of ours; of a file of others its whole text */
  bytes: Uint8Array;
}

/** The same in a file of them: where its bytes are there. */
export type SetAsideEntry = Omit<SetAsideItem, 'bytes'> & { start: number; end: number };

/** What the beginning of a file of what was set aside says. */
export interface SetAsideHead {
  /** whether the bytes are features of a GeoJSON file, which can be put back into one */
  isFeatures: boolean;
  entries: readonly SetAsideEntry[];
}

/** The name of the member that tells such a file, and the version of its layout. */
const MARK = 'sightingsSetAside';
const VERSION = 1;
/** The first line: the mark, and how many bytes the head has, filled up with blanks. */
export const MARK_BYTES = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The text id of a value that may be a feature, `null` for none. */
export function idOf(value: unknown): string | null {
  if (!isObject(value) || !Object.hasOwn(value, 'id')) return null;
  return typeof value['id'] === 'string' ? value['id'] : null;
}

const LAST = encoder.encode(FEATURE_END.last + FEATURE_END.ofAll);

/**
 * The bytes of a broken feature that are its own: a reader takes it to reach as far as its brackets say, over features
 * behind it, which are read by themselves, and over the end of the file.
 */
export function ownBytesOf(broken: Uint8Array): Uint8Array {
  const end = broken.length;
  const next = nextFeatureStart(broken, { from: 1, end, isWhole: true, isSure: true });
  let last = next === MORE || next < 0 ? end : next;
  if (last === end && LAST.every((byte, i) => broken[end - LAST.length + i] === byte)) last -= LAST.length;
  while (last > 1 && [0x20, 0x0a, 0x0d, 0x09, 0x2c].includes(broken[last - 1] ?? 0)) last--;
  return broken.subarray(0, last);
}

/** All that an import could not use, as items: of a file of others, for which texts are all that there is. */
export function itemsOf({
  incomplete,
  setAside,
}: Pick<ImportOutcome, 'incomplete' | 'setAside'>): SetAsideItem[] {
  return [
    ...incomplete.map(({ place, feature, reasons }) => ({
      place,
      reason: reasons.join('; '),
      isIncomplete: true,
      id: idOf(feature),
      bytes: encoder.encode(feature === null ? '' : JSON.stringify(feature)),
    })),
    ...setAside.map(({ place, reason, text }) => ({
      place,
      reason,
      isIncomplete: false,
      id: null,
      bytes: encoder.encode(text),
    })),
  ];
}

/** A file of what was set aside: a head that says what and where, then the bytes of all. */
export function* writeSetAside(items: readonly SetAsideItem[], isFeatures: boolean): Generator<Uint8Array> {
  let at = 0;
  const entries = items.map(({ bytes, ...item }): SetAsideEntry => {
    const start = at;
    at += bytes.length;
    return { ...item, start, end: at };
  });
  const head = encoder.encode(JSON.stringify({ isFeatures, entries } satisfies SetAsideHead));
  const mark = JSON.stringify({ [MARK]: VERSION, headBytes: head.length });
  yield encoder.encode(`${mark.padEnd(MARK_BYTES - 1)}\n`);
  yield head;
  for (const { bytes } of items) yield bytes;
}

/** How many bytes the head has behind the first line; `undefined` when that is not the first line of such a file. */
export function headBytesOf(firstLine: Uint8Array): number | undefined {
  try {
    const mark: unknown = JSON.parse(decoder.decode(firstLine));
    if (!isObject(mark) || mark[MARK] !== VERSION) return undefined;
    return typeof mark['headBytes'] === 'number' ? mark['headBytes'] : undefined;
  } catch {
    return undefined; // some other file
  }
}

/** @throws SyntaxError for what is no head */
export function readHead(bytes: Uint8Array): SetAsideHead {
  return JSON.parse(decoder.decode(bytes)) as SetAsideHead;
}
