import { JournalError } from './journal-error';
import { appendVerified, keptFolder, orUndefined, readBytes, withFile } from './kept-files';

export const CONTENT_PREFIX = 'content-';

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps the bytes of an opened file, once, under their SHA-256, which it resolves to when they were read back. */
export async function putContent(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const name = await sha256(bytes);
  const folder = await keptFolder(path, true);
  await withFile(folder, CONTENT_PREFIX + name, true, async (handle) => {
    const size = handle.getSize();
    if (size === bytes.length && (await sha256(readBytes(handle, 0, size))) === name) return;
    handle.truncate(0); // what a crash has left of an attempt before
    appendVerified(handle, bytes, 0);
  });
  return name;
}

/** The bytes that were kept under a SHA-256; `undefined` when there are none. @throws when they are damaged */
export async function getContent(path: string, name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const folder = await orUndefined(keptFolder(path));
  if (folder === undefined) return undefined;
  const read = withFile(folder, CONTENT_PREFIX + name, false, (handle) =>
    readBytes(handle, 0, handle.getSize()),
  );
  const bytes = await orUndefined(read);
  if (bytes === undefined || (await sha256(bytes)) === name) return bytes;
  throw new JournalError(
    'differs',
    `What was kept of an opened file is damaged (content ${name.slice(0, 12)}…): open that file again.`,
  );
}
