import { isObject } from '../domain/rules';
import { NEWLINE, OPEN_OBJECT, isSpace } from './json-bytes';
import { endOfValue } from './value-scan';

/** What stands in a file of features besides its first list of them: it is not read, and is not to be lost. */
export interface UnreadPart {
  /** as people count */
  place: string;
  /** why it is not read, and what can be done */
  fault: string;
  bytes: Uint8Array;
}

/** What stands behind the end of a collection, to the end of its file, and on which line it starts. */
export interface BehindEnd {
  bytes: Uint8Array;
  line: number;
}

export const BEHIND_ITS_END = 'stands behind the end of the collection: put it into a file of its own';

/**
 * Parts what is left of a file without its features: the collection by itself, and what stands behind its end, as where
 * two files were put together into one.
 * @param lines the line on which the file ends
 */
export function partEnvelope(
  envelope: Uint8Array,
  lines: number,
): { collection: Uint8Array; behind?: BehindEnd } {
  const start = envelope.findIndex((byte) => !isSpace(byte));
  const { end } = envelope[start] === OPEN_OBJECT ? endOfValue(envelope, start) : { end: -1 };
  const next = end < 0 ? -1 : envelope.findIndex((byte, at) => at >= end && !isSpace(byte));
  if (next < 0) return { collection: envelope };
  const bytes = envelope.subarray(next);
  let line = lines;
  for (const byte of bytes) if (byte === NEWLINE) line--;
  return { collection: envelope.subarray(0, end), behind: { bytes, line } };
}

/** The features of a second list: of two members of one name JSON has the last, and the first list was read. */
export function unreadFeatures(collection: unknown): UnreadPart[] {
  if (!isObject(collection) || !Array.isArray(collection['features'])) return [];
  return collection['features'].map((feature, i) => ({
    place: `second list of features, ${i + 1}`,
    fault: 'stands in a second list of features, and only the first is read: put them together',
    bytes: new TextEncoder().encode(JSON.stringify(feature)),
  }));
}
