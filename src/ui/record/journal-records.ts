import type { Entry } from '../../domain/work';
import {
  JOURNAL_VERSION,
  type JournalFault,
  type ReadJournal,
  encodeHeader,
  encodeRecord,
  readJournal,
} from '../../io/journal';
import { JournalError, newer } from './journal-error';
import { JOURNAL_FILE } from './journal-presence';
import {
  type SyncAccessHandle,
  appendVerified,
  isMissing,
  keptFolder,
  orUndefined,
  readBytes,
  withFile,
} from './kept-files';

/** How far a tab knows a journal. */
export interface Position {
  /** the first line, which tells it from one that has taken its place; empty before there is any */
  start: string;
  bytes: number;
  hasHeader: boolean;
}

/** What stands in a journal behind a position. */
export interface Tail {
  entries: Entry[];
  faults: JournalFault[];
  position: Position;
  isReadOnly: boolean;
  /** where the line of the first entry ends */
  firstEnd: number;
}

export type Appended = { ok: true; position: Position } | { ok: false; tail: Tail };

const NOWHERE: Position = { start: '', bytes: 0, hasHeader: false };
const NEWLINE = new Uint8Array([0x0a]);

function gone(): JournalError {
  return new JournalError(
    'gone',
    'This work was put aside or replaced, by another tab or by clearing the browser’s data. Save your work to a file, then reload the page.',
  );
}

function positionAfter(read: ReadJournal, before: Position, bytes: number): Position {
  const start = before.bytes === 0 ? read.start : before.start;
  return { start, bytes, hasHeader: before.hasHeader || read.version !== undefined };
}

/** Reads what an open journal has behind a position. @throws when it is another journal */
async function readTail(handle: SyncAccessHandle, from: Position): Promise<Tail> {
  const size = handle.getSize();
  if (size < from.bytes) throw gone();
  const begins = new TextEncoder().encode(from.start).length;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const start = decoder.decode(readBytes(handle, 0, Math.min(begins, size)));
  const isLegible = !from.start.includes('\ufffd'); // a damaged first line has other bytes than its text
  if (isLegible && start !== from.start) throw gone();
  const read = await readJournal(readBytes(handle, from.bytes, size), from.bytes);
  return {
    entries: read.entries,
    faults: read.faults,
    position: positionAfter(read, from, size),
    isReadOnly: (read.version ?? 0) > JOURNAL_VERSION,
    firstEnd: Math.min(size, (read.ends[0] ?? size) + 1),
  };
}

/** Reads a journal behind a position, or from its beginning. One that nobody has written yet has nothing. */
export async function readFrom(path: string, from: Position = NOWHERE): Promise<Tail> {
  const folder = await orUndefined(keptFolder(path));
  const read = folder && withFile(folder, JOURNAL_FILE, false, (handle) => readTail(handle, from));
  const tail = read && (await orUndefined(read));
  if (tail !== undefined) return tail;
  if (from.bytes > 0) throw gone();
  return { entries: [], faults: [], position: NOWHERE, isReadOnly: false, firstEnd: 0 };
}

/** All bytes of a journal. */
export async function journalBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(await keptFolder(path), JOURNAL_FILE, false, (handle) =>
    readBytes(handle, 0, handle.getSize()),
  );
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Appends an entry when nothing stands in the journal behind a position; else gives that back. Resolves to `ok` when
 * the entry is on the disk and was read back from there. What was tried before and failed may stand there all the same,
 * such as when the disk refused to take it back: that is the entry itself, not one of another tab.
 */
export async function append(path: string, address: string, entry: Entry, from: Position): Promise<Appended> {
  const record = await encodeRecord(entry);
  const isNew = from.bytes === 0;
  const folder = isNew ? await keptFolder(path, true) : await orUndefined(keptFolder(path));
  if (folder === undefined) throw gone();
  const run = async (handle: SyncAccessHandle): Promise<Appended> => {
    const tail = await readTail(handle, from);
    if (tail.isReadOnly) throw newer();
    const [first] = tail.entries;
    if (first !== undefined && JSON.stringify(first) === JSON.stringify(entry)) {
      return { ok: true, position: { ...tail.position, bytes: tail.firstEnd } };
    }
    if (first !== undefined) return { ok: false, tail };
    const { position } = tail;
    const isOpenEnded =
      position.bytes > 0 && readBytes(handle, position.bytes - 1, position.bytes)[0] !== 0x0a;
    const header = position.hasHeader ? new Uint8Array() : await encodeHeader(crypto.randomUUID(), address);
    const addition = concat([isOpenEnded ? NEWLINE : new Uint8Array(), header, record]);
    appendVerified(handle, addition, position.bytes);
    const written = await readJournal(addition, position.bytes);
    return { ok: true, position: positionAfter(written, position, position.bytes + addition.length) };
  };
  try {
    return await withFile(folder, JOURNAL_FILE, isNew, run);
  } catch (error) {
    throw isMissing(error) ? gone() : error;
  }
}
