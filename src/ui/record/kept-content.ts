import { JournalError } from './journal-error';
import { appendVerified, keptFolder, namesIn, orUndefined, withFile } from './kept-files';

export const CONTENT_PREFIX = 'content-';

/** So much of a content is held at once. Changing it changes the names of larger contents. */
const SLICE_BYTES = 16 << 20;
/** What the names of contents begin with that are larger than a slice. */
const SLICED = 'slices-';

/** Told how much is done, 0 to 1. */
type Progress = (done: number) => void;

async function digestOf(content: Blob): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function* slicesOf(content: Blob): Generator<{ at: number; slice: Blob }> {
  for (let at = 0; at < content.size; at += SLICE_BYTES) {
    yield { at, slice: content.slice(at, at + SLICE_BYTES) };
  }
}

/**
 * The name of a content, told by its bytes: in hex the SHA-256 of what has up to 16 MiB; of what has more, `slices-` and
 * the SHA-256 of the SHA-256s of its slices of 16 MiB, one after another, since no browser hashes what it does not hold
 * as a whole.
 */
export async function contentName(content: Blob, progress: Progress = () => undefined): Promise<string> {
  if (content.size <= SLICE_BYTES) return hexOf(await digestOf(content));
  const digests: Uint8Array<ArrayBufferLike>[] = [];
  for (const { at, slice } of slicesOf(content)) {
    progress(at / content.size);
    digests.push(await digestOf(slice));
  }
  return SLICED + hexOf(await digestOf(new Blob(digests as Uint8Array<ArrayBuffer>[])));
}

/** Whether a content is what its name says. Large ones were once named by the hash of all their bytes. */
export async function isNamed(content: Blob, name: string): Promise<boolean> {
  if (name.startsWith(SLICED) || content.size <= SLICE_BYTES) return (await contentName(content)) === name;
  return hexOf(await digestOf(content)) === name;
}

async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File> {
  return await (await folder.getFileHandle(CONTENT_PREFIX + name)).getFile();
}

/**
 * Keeps the content of an opened file, once, under its {@link contentName}, which it resolves to when all was read back.
 * A slice of it is held at a time.
 */
export async function putContent(path: string, content: Blob, progress: Progress): Promise<string> {
  // What is written is read as well, and is looked at twice.
  const name = await contentName(content, (done) => progress(done / 3));
  await keepNamed(path, name, content, (done) => progress((1 + 2 * done) / 3));
  return name;
}

/** Keeps a content under a name that {@link isNamed} knows for its own. */
export async function keepNamed(
  path: string,
  name: string,
  content: Blob,
  progress: Progress,
): Promise<void> {
  const folder = await keptFolder(path, true);
  const kept = await orUndefined(fileOf(folder, name));
  if (kept?.size === content.size && (await isNamed(kept, name))) return;
  await withFile(folder, CONTENT_PREFIX + name, true, async (handle) => {
    handle.truncate(0); // what a crash has left of an attempt before
    try {
      for (const { at, slice } of slicesOf(content)) {
        progress(at / content.size);
        appendVerified(handle, new Uint8Array(await slice.arrayBuffer()), at);
      }
    } catch (error) {
      handle.truncate(0);
      throw error;
    }
  });
}

/** All contents that are kept, by their names, as they are on the disk. */
export async function contentsIn(path: string): Promise<Map<string, File>> {
  const folder = await keptFolder(path);
  const names = (await namesIn(path, 'file')).filter((name) => name.startsWith(CONTENT_PREFIX));
  const contents = new Map<string, File>();
  for (const full of names) {
    const name = full.slice(CONTENT_PREFIX.length);
    contents.set(name, await fileOf(folder, name));
  }
  return contents;
}

/**
 * What was kept under a {@link contentName}, still on the disk; `undefined` when there is none.
 * @throws when it is damaged
 */
export async function getContent(path: string, name: string): Promise<File | undefined> {
  const folder = await orUndefined(keptFolder(path));
  const file = folder && (await orUndefined(fileOf(folder, name)));
  if (file === undefined || (await isNamed(file, name))) return file;
  throw new JournalError(
    'differs',
    `What was kept of an opened file is damaged (content ${name.slice(0, 12)}…): open that file again.`,
  );
}
