import { openedFiles } from '../../domain/kept';
import { FileFault } from '../../io/file-fault';
import { readJournal } from '../../io/journal';
import { turn } from '../../io/turn';
import { JournalError } from './journal-error';
import { BUILT_IN, JOURNAL_FILE, workKey } from './journal-presence';
import { journalBytes } from './journal-records';
import { contentsIn, isNamed, keepNamed } from './kept-content';
import {
  appendVerified,
  keptFolder,
  namesIn,
  orUndefined,
  readBytes,
  underLock,
  withFile,
} from './kept-files';

const DISCARDED = 'discarded';

/** So much of a file is held while it is copied. */
const COPIED_BYTES = 16 << 20;

/** Told how much is done, 0 to 1; what it throws, to leave off, comes out. */
type Progress = (done: number) => void;

/** Where all works are, those put aside last. */
export async function keptPaths(): Promise<string[]> {
  const keys = await namesIn('', 'directory');
  const discarded = await namesIn(DISCARDED, 'directory');
  return [...keys.filter((key) => key !== DISCARDED), ...discarded.map((name) => `${DISCARDED}/${name}`)];
}

export async function sizeOf(path: string, name: string): Promise<number> {
  return (await (await (await keptFolder(path)).getFileHandle(name)).getFile()).size;
}

/** `example-org-0123456789abcdef~2026-01-01T00-00-00-000Z` in its parts. */
export function partsOf(path: string): { key: string; discardedAt: string | null } {
  const [, name] = path.split('/');
  if (name === undefined) return { key: path, discardedAt: null };
  const [key = '', stamp = ''] = name.split('~');
  return { key, discardedAt: stamp.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d+Z).*/, 'T$1:$2:$3.$4') };
}

async function copyFile(from: string, to: string, name: string, progress: Progress): Promise<void> {
  const [source, target] = [await keptFolder(from), await keptFolder(to, true)];
  await withFile(source, name, false, (original) =>
    withFile(target, name, true, async (handle) => {
      if (name === JOURNAL_FILE && handle.getSize() > 0) {
        throw new JournalError('other', `There is a work at “${to}” already: it was not touched.`);
      }
      handle.truncate(0);
      const size = original.getSize();
      for (let at = 0; at < size; at += COPIED_BYTES) {
        progress(at / size);
        appendVerified(handle, readBytes(original, at, Math.min(size, at + COPIED_BYTES)), at);
        await turn(); // somebody may want to leave it off
      }
    }),
  );
}

async function remove(path: string): Promise<void> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const parent = await keptFolder(parts.join('/'));
  // The journal first: if this is interrupted, what is left is no work any more.
  await orUndefined((await keptFolder(path)).removeEntry(JOURNAL_FILE));
  await parent.removeEntry(name, { recursive: true });
}

/** Copies all files of a work, the journal last, verifies them, and only then removes the originals. */
async function moveWork(from: string, to: string, progress: Progress): Promise<void> {
  const names = (await namesIn(from, 'file')).filter((name) => name !== JOURNAL_FILE);
  try {
    for (const [i, name] of names.entries())
      await copyFile(from, to, name, (done) => progress((i + done) / names.length));
  } catch (error) {
    // Files without a journal are no work; another tab may be opening some where works are in use.
    if (partsOf(to).discardedAt !== null) await orUndefined(remove(to));
    throw error;
  }
  await copyFile(from, to, JOURNAL_FILE, () => undefined);
  await remove(from);
}

function newDiscarded(key: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  return `${DISCARDED}/${key}~${stamp}-${crypto.randomUUID().slice(0, 8)}`;
}

async function putAside(key: string, progress: Progress): Promise<string | undefined> {
  if ((await orUndefined(sizeOf(key, JOURNAL_FILE))) === undefined) return undefined;
  const id = newDiscarded(key);
  await moveWork(key, id, progress);
  return id;
}

/** Puts a work aside, with its files. Resolves to its new id; `undefined` when nothing was kept under the key. */
export async function discardWork(
  key: string,
  waitMs: number,
  progress: Progress,
): Promise<string | undefined> {
  return underLock(key, waitMs, () => putAside(key, progress));
}

function demandDiscarded(id: string): void {
  if (id.startsWith(`${DISCARDED}/`)) return;
  throw new JournalError('other', `“${id}” is in use: put it aside first.`);
}

/** Makes a work that was put aside the work of its data again; what was in its place is put aside. Resolves to its key. */
export async function restoreWork(id: string, waitMs: number, progress: Progress): Promise<string> {
  demandDiscarded(id);
  const { key } = partsOf(id);
  const swap = async () => {
    await keptFolder(id); // rejects when another tab has restored or deleted it
    await putAside(key, (done) => progress(done / 2));
    await moveWork(id, key, (done) => progress((1 + done) / 2));
  };
  await underLock(id, waitMs, () => underLock(key, waitMs, swap));
  return key;
}

/** Deletes a work that was put aside. Nothing brings it back. */
export async function deleteWork(id: string, waitMs: number): Promise<void> {
  demandDiscarded(id);
  await underLock(id, waitMs, () => remove(id));
}

/**
 * A copy of a work, as a file to be saved: its journal alone where no file was opened in it, else {@link packCopy}. Other
 * tabs wait for the journal alone: what was opened never changes.
 */
export async function exportWork(id: string, waitMs: number, progress: Progress): Promise<Blob> {
  const journal = await underLock(id, waitMs, () => journalBytes(id));
  const contents = await contentsIn(id);
  if (contents.size === 0) return new Blob([journal]);
  const { packCopy } = await import('../../io/work-copy');
  return await packCopy({ journal, contents }, progress);
}

/** A work that was taken in. */
export interface TakenIn {
  /** among those put aside */
  id: string;
  /** names of opened files whose content is not in the copy, or damaged there */
  lacking: string[];
}

/** Takes a copy of a work in, among the works that were put aside. @throws when it has no entry */
export async function importWork(copy: Blob, progress: Progress): Promise<TakenIn> {
  const { readCopy } = await import('../../io/work-copy');
  const { journal, contents } = await readCopy(copy);
  const { entries, address } = await readJournal(journal);
  if (entries.length === 0) {
    throw new JournalError(
      'other',
      'This file has no changes that can be read: choose a copy of a work that this map has saved.',
    );
  }
  const id = newDiscarded(await workKey(address ?? BUILT_IN));
  const kept = new Set<string>();
  try {
    for (const [at, { name, read }] of contents.entries()) {
      const content = await orDamaged(read());
      if (content === undefined || !(await isNamed(content, name))) continue; // it is lacking
      await keepNamed(id, name, content, (done) => progress((at + done) / contents.length));
      kept.add(name);
    }
    await withFile(await keptFolder(id, true), JOURNAL_FILE, true, (handle) =>
      appendVerified(handle, journal, 0),
    );
  } catch (error) {
    await orUndefined(remove(id)); // files without a journal are no work
    throw error;
  }
  const lacking = openedFiles(entries).filter(({ sha256 }) => !kept.has(sha256));
  return { id, lacking: lacking.map(({ fileName }) => fileName) };
}

async function orDamaged(reading: Promise<Blob>): Promise<Blob | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof FileFault) return undefined;
    throw error;
  }
}
