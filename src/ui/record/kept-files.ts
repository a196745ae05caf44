import { JournalError, UNSUPPORTED } from './journal-error';
import { KEPT_FOLDER } from './journal-presence';
import { counted } from '../wording';

/** What the DOM library lacks: a file that only workers can open, and only one at a time. */
export interface SyncAccessHandle {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  getSize(): number;
  truncate(bytes: number): void;
  close(): void;
}

const CHUNK_BYTES = 1 << 20;
/** The browser lets go of the files of a tab that died a moment after it lets go of its locks. */
const HANDLE_WAIT_MS = 5000;
const HANDLE_RETRY_MS = 20;

/** @throws a {@link JournalError} where the browser cannot keep files safely */
export function demandSupport(): void {
  const { storage, locks } = navigator as { storage?: StorageManager; locks?: LockManager };
  const isSupported =
    isSecureContext &&
    'FileSystemFileHandle' in self &&
    'createSyncAccessHandle' in FileSystemFileHandle.prototype &&
    storage !== undefined &&
    'getDirectory' in storage &&
    locks !== undefined;
  if (!isSupported) throw new JournalError('unsupported', UNSUPPORTED);
}

/** Runs when no other tab works on a kept work; rejects with a `TimeoutError` when that takes too long. */
export async function underLock<T>(id: string, waitMs: number, run: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`${KEPT_FOLDER}/${id}`, { signal: AbortSignal.timeout(waitMs) }, run);
}

export function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

/** What `find` finds; `undefined` when it is not there. */
export async function orUndefined<T>(find: Promise<T>): Promise<T | undefined> {
  try {
    return await find;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The folder at a path below that of all works; `create` makes what is missing, else it rejects. */
export async function keptFolder(path: string, create = false): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const name of [KEPT_FOLDER, ...path.split('/')].filter((part) => part !== '')) {
    folder = await folder.getDirectoryHandle(name, { create });
  }
  return folder;
}

type Folder = FileSystemDirectoryHandle & AsyncIterable<[string, FileSystemHandle]>;

/** Names of the files or folders in a folder; none when it is not there. */
export async function namesIn(path: string, kind: FileSystemHandleKind): Promise<string[]> {
  const folder = (await orUndefined(keptFolder(path))) as Folder | undefined;
  const names: string[] = [];
  if (folder) for await (const [name, handle] of folder) if (handle.kind === kind) names.push(name);
  return names;
}

async function openHandle(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  const opener = file as FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };
  for (let waited = 0; ; waited += HANDLE_RETRY_MS) {
    try {
      return await opener.createSyncAccessHandle();
    } catch (error) {
      const isTaken = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isTaken || waited >= HANDLE_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, HANDLE_RETRY_MS));
    }
  }
}

/** Opens a file, and closes it again whatever happens. */
export async function withFile<T>(
  folder: FileSystemDirectoryHandle,
  name: string,
  create: boolean,
  run: (handle: SyncAccessHandle) => T | Promise<T>,
): Promise<T> {
  const handle = await openHandle(await folder.getFileHandle(name, { create }));
  try {
    return await run(handle);
  } finally {
    handle.close();
  }
}

/** The bytes of an open file from `from` to `to`. */
export function readBytes(handle: SyncAccessHandle, from: number, to: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  const length = handle.read(bytes, { at: from });
  if (length === bytes.length) return bytes;
  throw new JournalError(
    'other',
    `Only ${counted(length)} of ${counted(bytes.length)} bytes could be read from byte ${counted(from)} on.`,
  );
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false; // a call for each byte takes seconds
  return true;
}

function writeChunk(handle: SyncAccessHandle, chunk: Uint8Array<ArrayBuffer>, at: number): void {
  const length = handle.write(chunk, { at });
  // On a full disk Chromium 156 writes a part and returns 4,294,967,288, which is its error code -8.
  if (length !== chunk.length) throw new DOMException('Not all could be written.', 'QuotaExceededError');
}

/**
 * Puts bytes at the end of an open file, flushes them to the disk, and reads them back. When any of that fails the
 * file is cut to the length that it had and this throws: what could not be confirmed does not stay, not even by half.
 * @param end the length of the file, or where it is to be cut before
 */
export function appendVerified(handle: SyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, end: number): void {
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, i) => {
    return { at: end + i * CHUNK_BYTES, chunk: bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES) };
  });
  try {
    for (const { at, chunk } of chunks) writeChunk(handle, chunk, at);
    handle.flush();
    const isSame = chunks.every(({ at, chunk }) => isEqual(readBytes(handle, at, at + chunk.length), chunk));
    if (!isSame) {
      throw new JournalError(
        'differs',
        'The disk gives back something else than was written: this change is not kept. Save your work to a file.',
      );
    }
  } catch (error) {
    cutBack(handle, end);
    throw error;
  }
}

function cutBack(handle: SyncAccessHandle, end: number): void {
  try {
    handle.truncate(end);
    handle.flush();
  } catch {
    return; // whoever reads the file notices a record that breaks off, and goes on behind it
  }
}
