import type { Entry } from '../domain/work';
import { faultOfEntry, isEntry } from './entry-shape';

/**
 * A journal is a text file that only ever grows. Each line is a record: 16 hexadecimal digits (the first 64 bits of
 * the SHA-256 of what follows the second space: enough against damage, it is no seal), the length in bytes, and JSON:
 *
 *     9f86d081884c7d65 47 {"format":"sighting-map-journal","version":1,…}
 *     60303ae22b998861 38 {"kind":"undo","at":"2026-01-01T00:00:00Z"}
 *
 * A line that names a format and version is a header: one is the first line, and a later version of the app would
 * write another one in front of its first record. All other lines are the entries of a work.
 */
export const JOURNAL_FORMAT = 'sighting-map-journal';
export const JOURNAL_VERSION = 1;

export interface JournalFault {
  /** where it begins, in bytes from the start of the file */
  offset: number;
  reason: string;
  /** what stands there, as far as it is UTF-8; the bytes themselves stay in the file */
  text: string;
}

export interface ReadJournal {
  entries: Entry[];
  /** where the record of each entry ends, in bytes from the start of the file, its line end not counted */
  ends: number[];
  faults: JournalFault[];
  /** the highest version that a header names; `undefined` without a header that can be read */
  version: number | undefined;
  /** of which data it is the work, as the header has it */
  address: string | undefined;
  /** the first line, which no other journal has */
  start: string;
  /** whether it breaks off in a line: what is appended then begins with a line end */
  isOpenEnded: boolean;
}

const NEWLINE = 0x0a;
const FRAME = /^([0-9a-f]{16}) (0|[1-9]\d{0,15}) /;
const LONGEST_FRAME = 34;
const TORN = 'breaks off before its end: most likely the app stopped while it was written';
const DAMAGED = 'is damaged: its checksum is another one';

async function checksum(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function encodeLine(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const body = encoder.encode(JSON.stringify(value));
  const frame = encoder.encode(`${await checksum(body)} ${body.length} `);
  const line = new Uint8Array(frame.length + body.length + 1);
  line.set(frame);
  line.set(body, frame.length);
  line[line.length - 1] = NEWLINE;
  return line;
}

/**
 * The record of an entry, with its line end.
 * @throws when it does not have the shape of an entry, or cannot be written as JSON: it could not be read again
 */
export async function encodeRecord(entry: Entry): Promise<Uint8Array<ArrayBuffer>> {
  const fault = faultOfEntry(entry);
  if (fault !== undefined) throw new TypeError(`This change cannot be kept: ${fault}.`);
  return encodeLine(entry);
}

/**
 * The first line of a journal, with its line end.
 * @param id tells it from every other journal of the same data
 * @param address of the data that the work began with
 */
export async function encodeHeader(id: string, address: string): Promise<Uint8Array<ArrayBuffer>> {
  return encodeLine({ format: JOURNAL_FORMAT, version: JOURNAL_VERSION, id, address });
}

interface Line {
  /** in the bytes that are read */
  from: number;
  to: number;
}

/** Where the JSON of a line's record should be, by the line's own account. */
function frameOf(bytes: Uint8Array, { from, to }: Line): { sum: string; body: Line } | undefined {
  const text = new TextDecoder('latin1').decode(bytes.subarray(from, Math.min(to, from + LONGEST_FRAME)));
  const match = FRAME.exec(text);
  if (match === null) return undefined;
  const start = from + match[0].length;
  return { sum: match[1] ?? '', body: { from: start, to: start + Number(match[2]) } };
}

function parseRecord(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isHeader(value: unknown): value is { format: string; version: number; address?: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'format') &&
    (value as { format: unknown }).format === JOURNAL_FORMAT &&
    Number.isInteger((value as { version?: unknown }).version)
  );
}

/** A stretch of the file: a record that should be there, or what cannot be one. */
type Piece = Line & ({ body: Line; sum: Promise<string>; stated: string } | { reason: string });

/** Parts the bytes into lines and finds the record in each; a lost line end costs no record. */
async function partLines(bytes: Uint8Array<ArrayBuffer>): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline < 0 ? bytes.length : newline;
    const line = { from, to };
    const frame = frameOf(bytes, line);
    from = to + 1;
    if (line.from === to) continue; // what closes a line that is torn already
    if (frame === undefined) {
      pieces.push({ ...line, reason: newline < 0 ? TORN : 'is no record of a journal' });
    } else if (frame.body.to > to) {
      pieces.push({ ...line, reason: TORN });
    } else {
      const { body } = frame;
      const sum = checksum(bytes.subarray(body.from, body.to));
      const piece = { ...line, body, sum, stated: frame.sum };
      if (body.to === to) pieces.push(piece);
      else if ((await sum) !== frame.sum) pieces.push({ ...line, reason: DAMAGED });
      else {
        pieces.push({ ...piece, to: body.to });
        pieces.push({ from: body.to, to: body.to + 1, reason: 'should be a line end' });
        from = body.to + 1;
      }
    }
  }
  return pieces;
}

/**
 * Reads a journal, or what was appended to one. Never throws: what is no sound record is a fault, and all the
 * sound ones are read.
 * @param offset where the bytes stand in the file; after 0 no header is missed
 */
export async function readJournal(bytes: Uint8Array<ArrayBuffer>, offset = 0): Promise<ReadJournal> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // what is no UTF-8 never has the right checksum
  const textOf = ({ from, to }: Line) => decoder.decode(bytes.subarray(from, to));
  const pieces = await partLines(bytes);
  const [first] = pieces;
  const result: ReadJournal = {
    entries: [],
    ends: [],
    faults: [],
    version: undefined,
    address: undefined,
    start: first ? textOf(first) : '',
    isOpenEnded: bytes.length > 0 && bytes.at(-1) !== NEWLINE,
  };
  const fail = (piece: Line, reason: string) =>
    result.faults.push({ offset: offset + piece.from, reason, text: textOf(piece) });
  for (const piece of pieces) {
    if ('reason' in piece) {
      fail(piece, piece.reason);
      continue;
    }
    if ((await piece.sum) !== piece.stated) {
      fail(piece, DAMAGED);
      continue;
    }
    const record = parseRecord(textOf(piece.body));
    if ('error' in record) fail(piece, record.error);
    else if (isHeader(record.value)) {
      result.version = Math.max(result.version ?? 0, record.value.version);
      if (typeof record.value.address === 'string') result.address ??= record.value.address;
    } else if (isEntry(record.value)) {
      result.entries.push(record.value);
      result.ends.push(offset + piece.to);
    } else fail(piece, `is not understood: ${faultOfEntry(record.value) ?? ''}`);
  }
  if (offset === 0 && bytes.length > 0 && result.version === undefined) {
    result.faults.unshift({ offset, reason: 'has no first line that names its format', text: result.start });
  }
  return result;
}
