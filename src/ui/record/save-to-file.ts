/// <reference types="wicg-file-system-access" />
import { saveFile } from '../share/save-file';
import { counted } from '../wording';
import type { FileHandles, KnownFile } from './file-handles';

/** What became of a file that was to be saved. `changed`: somebody else has changed it, and it was not touched. */
export type SaveOutcome =
  | { kind: 'saved'; fileName: string }
  | { kind: 'downloaded'; fileName: string }
  | { kind: 'cancelled' }
  /** the disk had not answered when nobody wanted to wait any longer: it may still be written */
  | { kind: 'left' }
  | { kind: 'changed'; fileName: string }
  | { kind: 'failed'; reason: string };

/** Why there is no content to save: somebody did not want to wait for it. */
export class SavingCancelled extends Error {}

/** So much is written at a time. */
const PIECE_BYTES = 16 << 20;

/** Which file is written: the one that is known, that one whatever others did to it, or one to be chosen. */
export type SaveTarget = 'known' | 'overwrite' | 'other';

async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function describeFile(handle: FileSystemFileHandle): Promise<KnownFile> {
  const file = await handle.getFile();
  const { size, lastModified } = file;
  return { handle, size, lastModified, sha256: await sha256(await file.arrayBuffer()) };
}

/** Whether a file is not what we wrote or opened. */
async function isChanged(known: KnownFile): Promise<boolean> {
  const { size, lastModified } = await known.handle.getFile();
  if (size === known.size && lastModified === known.lastModified) return false;
  return (await describeFile(known.handle)).sha256 !== known.sha256; // touched, and perhaps no more than that
}

async function mayWrite(handle: FileSystemFileHandle): Promise<boolean> {
  const wanted = { mode: 'readwrite' } as const;
  return (
    (await handle.queryPermission(wanted)) === 'granted' ||
    (await handle.requestPermission(wanted)) === 'granted'
  );
}

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;

/** Remembers the file that a layer was opened from, so that it is saved there; one that is gone is asked for then. */
export async function adoptFile(
  layer: string,
  handle: FileSystemFileHandle,
  handles: FileHandles,
): Promise<void> {
  const known = await describeFile(handle).catch(() => undefined);
  if (known) await handles.remember(layer, known);
}

async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | undefined> {
  try {
    return await showSaveFilePicker({
      suggestedName,
      types: [{ description: 'GeoJSON', accept: { 'application/geo+json': ['.geojson', '.json'] } }],
    });
  } catch (error) {
    if (isNamed(error, 'AbortError')) return undefined;
    throw error;
  }
}

/** Told how much of a file is written, 0 to 1; whether that is to go on. */
type GoesOn = (done: number) => boolean;

/** @throws SavingCancelled, and then the file is what it was */
async function write(handle: FileSystemFileHandle, content: Blob, goesOn: GoesOn): Promise<KnownFile> {
  const writable = await handle.createWritable();
  try {
    for (let at = 0; at < content.size; at += PIECE_BYTES) {
      if (!goesOn(at / content.size)) throw new SavingCancelled();
      await writable.write(content.slice(at, at + PIECE_BYTES));
    }
    if (!goesOn(1)) throw new SavingCancelled();
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined); // the old file stays what it was
    throw error;
  }
  const written = await describeFile(handle);
  if (written.sha256 === (await sha256(await content.arrayBuffer()))) return written;
  throw new Error(
    `what was read back (${counted(written.size)} bytes) is not what was written (${counted(content.size)} bytes)`,
  );
}

/**
 * Saves the content of a layer, which is asked for once it is known where it goes: to the file that it was last saved to or opened from, where the browser can write files,
 * else as a download. A file that was written is read back and compared; when it is left off before, it is what it was.
 * Never rejects.
 */
export async function saveToFile(
  layer: string,
  content: () => Promise<Blob>,
  suggestedName: string,
  { handles, target, goesOn }: { handles: FileHandles; target: SaveTarget; goesOn: GoesOn },
): Promise<SaveOutcome> {
  try {
    if (!('showSaveFilePicker' in window)) {
      saveFile(new Blob([await content()], { type: 'application/geo+json' }), suggestedName);
      return { kind: 'downloaded', fileName: suggestedName };
    }
    const known = target === 'other' ? undefined : await handles.of(layer);
    const handle = known?.handle ?? (await chooseFile(suggestedName));
    if (!handle) return { kind: 'cancelled' };
    const fileName = handle.name;
    if (!(await mayWrite(handle)))
      return { kind: 'failed', reason: `you did not let the page write “${fileName}”` };
    if (known && target === 'known' && (await isChanged(known))) return { kind: 'changed', fileName };
    await handles.remember(layer, await write(handle, await content(), goesOn));
    return { kind: 'saved', fileName };
  } catch (error) {
    if (error instanceof SavingCancelled) return { kind: 'cancelled' };
    if (isNamed(error, 'NotFoundError')) {
      return { kind: 'failed', reason: 'the file is not there any more. Save it under another name' };
    }
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
