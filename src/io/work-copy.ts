import { Zip, ZipPassThrough } from 'fflate';
import { unzipWithin } from './archive';
import { FileFault } from './file-fault';
import type { Progress } from './foreign';
import { isZip, readDirectory } from './zip-directory';

/** A kept work as it leaves this browser: its journal, and the files that were opened in it by their names there. */
export interface WorkCopy {
  journal: Uint8Array<ArrayBuffer>;
  contents: ReadonlyMap<string, Blob>;
}

const JOURNAL = 'work.journal';
const OPENED = 'opened-files/';

/** So much of a content is held at once. */
const SLICE_BYTES = 16 << 20;
/** What the fields of a plain zip can say. */
const MOST_BYTES = 0xffffffff - (1 << 20);

/**
 * Writes a work with its opened files as a zip archive, in which they stand as they are: it can be unpacked by anything.
 * The parts of the archive are given to the browser as they are made, which need not hold them in memory.
 * @throws FileFault when it is larger than a plain zip archive can be
 */
export async function packCopy({ journal, contents }: WorkCopy, progress: Progress): Promise<Blob> {
  const total = [...contents.values()].reduce((sum, { size }) => sum + size, journal.length);
  if (total > MOST_BYTES) {
    throw new FileFault(
      'The work and its files are larger than 4 GB together: save its data sets to files instead.',
    );
  }
  const parts: Blob[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Blob([chunk]));
  });
  let packed = 0;
  for (const [name, blob] of [
    [JOURNAL, new Blob([journal])] as const,
    ...[...contents].map(([name, blob]) => [OPENED + name, blob] as const),
  ]) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    for (let at = 0; at < blob.size || at === 0; at += SLICE_BYTES) {
      const slice = new Uint8Array(await blob.slice(at, at + SLICE_BYTES).arrayBuffer());
      entry.push(slice, at + SLICE_BYTES >= blob.size);
      packed += slice.length;
      progress(packed / Math.max(1, total));
    }
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

/** Whether a zip archive with files of these names is a copy of a work. */
export const isWorkCopy = (names: readonly string[]): boolean => names.includes(JOURNAL);

/**
 * Reads what {@link packCopy} wrote, also when it was packed anew since, or a journal alone. The journal of another file
 * is whatever stands there, or nothing.
 * @throws FileFault when it is an archive, and damaged
 */
export async function readCopy(file: Blob): Promise<WorkCopy> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isZip(bytes)) return { journal: bytes, contents: new Map() };
  let journal = new Uint8Array();
  const contents = new Map<string, Blob>();
  for (const { name, method, start, size } of readDirectory(bytes)) {
    const isOpened = name.startsWith(OPENED) && !name.endsWith('/');
    if (!isOpened && name !== JOURNAL) continue;
    const stored = method === 0 ? bytes.subarray(start, start + size) : unzipOne(bytes, name);
    if (name === JOURNAL) journal = stored.slice();
    else
      contents.set(
        name.slice(OPENED.length),
        method === 0 ? file.slice(start, start + size) : new Blob([stored]),
      );
  }
  return { journal, contents };
}

function unzipOne(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  return unzipWithin(bytes, {}, undefined, (one) => one === name).get(name) ?? new Uint8Array();
}
