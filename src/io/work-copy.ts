import { Zip, ZipPassThrough } from 'fflate';
import { unpackWithin } from './archive';
import { FileFault } from './file-fault';
import type { Progress } from './foreign';
import { type ZipEntry, firstFile, isZip, readDirectoryOf } from './zip-directory';

/** So much is looked at for the journal of a copy that breaks off. */
const MOST_JOURNAL_BYTES = 64 << 20;
/** What stands behind each file of an archive that was written in one go; no journal has these control characters. */
const BEHIND_FILE = [0x50, 0x4b, 0x07, 0x08];

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

/** A copy that was read. A content is read when it is asked for, and throws a FileFault when it is damaged. */
export interface ReadCopy {
  journal: Uint8Array<ArrayBuffer>;
  contents: { name: string; read: () => Promise<Blob> }[];
}

/** What zip tools make of names: `./a`, `folder\\a`. */
const plainName = (name: string) => name.replaceAll('\\', '/').replace(/^(\.\/)+/, '');

/** What stands before the names of a copy in an archive with files of these names, such as a folder; `undefined` for other archives. */
function prefixOf(names: readonly string[]): string | undefined {
  const journals = names.map(plainName).filter((name) => /(^|\/)work\.journal$/.test(name));
  const [journal] = journals.filter((name) => !name.startsWith('__MACOSX/'));
  return journal?.slice(0, -JOURNAL.length);
}

/** Whether a zip archive with files of these names is a copy of a work. */
export const isWorkCopy = (names: readonly string[]): boolean => prefixOf(names) !== undefined;

async function stored(file: Blob, entry: ZipEntry): Promise<Blob> {
  const packed = file.slice(entry.start, entry.start + entry.packedSize);
  if (entry.method === 0) return packed;
  return new Blob([unpackWithin(new Uint8Array(await packed.arrayBuffer()), entry)]);
}

/**
 * Reads what {@link packCopy} wrote, also when it was packed anew since or breaks off behind its journal, or a journal
 * alone. The journal of another file is whatever stands there, or nothing. What was opened is not held in memory.
 * @throws FileFault when it is an archive, and damaged
 */
export async function readCopy(file: Blob): Promise<ReadCopy> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (!isZip(start)) return { journal: new Uint8Array(await file.arrayBuffer()), contents: [] };
  let entries: ZipEntry[];
  try {
    entries = await readDirectoryOf(file);
  } catch (error) {
    const journal = await journalInFront(file);
    if (journal === undefined) throw error;
    return { journal, contents: [] };
  }
  const prefix = prefixOf(entries.map(({ name }) => name)) ?? '';
  const named = entries.map((entry) => ({ entry, name: plainName(entry.name) }));
  const journal = named.find(({ name }) => name === prefix + JOURNAL)?.entry;
  const opened = named.filter(({ name }) => name.startsWith(prefix + OPENED) && !name.endsWith('/'));
  return {
    journal: new Uint8Array(journal ? await (await stored(file, journal)).arrayBuffer() : []),
    contents: opened.map(({ entry, name }) => ({
      name: name.slice(prefix.length + OPENED.length),
      read: () => stored(file, entry),
    })),
  };
}

/** The journal of a copy that breaks off: it stands in front, and its records are each known by a checksum. */
async function journalInFront(file: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(await file.slice(0, MOST_JOURNAL_BYTES).arrayBuffer());
  const first = firstFile(bytes);
  if (first?.name !== JOURNAL || first.method !== 0) return undefined;
  let end = first.start;
  while (end < bytes.length && !BEHIND_FILE.every((byte, i) => bytes[end + i] === byte)) end++;
  return bytes.slice(first.start, end);
}
