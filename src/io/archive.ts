import { Inflate, Zip, ZipDeflate } from 'fflate';
import { joinBytes } from './join-bytes';
import { crc32 } from './crc';
import { FileFault, roughSize } from './file-fault';
import type { Progress } from './foreign';
import { paced } from './pace';
import { type ZipEntry, readDirectory } from './zip-directory';

/** What an archive may hold at most. */
export interface ZipLimits {
  entries: number;
  /** bytes of all files together, as declared and as found */
  bytes: number;
  /** how many times larger than packed a file, or all of them, may be */
  ratio: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 1000, bytes: 200e6, ratio: 100 };

/** Whatever its ratio, nothing up to this size is a bomb: repetitive text packs well. */
const HARMLESS_BYTES = 1e6;

const CHUNK_BYTES = 1 << 16;
const PACKED_AT_ONCE_BYTES = 1 << 20;

function checkLimits(entries: readonly ZipEntry[], limits: ZipLimits): void {
  if (entries.length > limits.entries) {
    throw new FileFault(
      `The archive has ${entries.length} files; at most ${limits.entries} are read: unpack it and open the file you need.`,
    );
  }
  const tooMuch = (size: number, packed: number) => size > HARMLESS_BYTES && size > packed * limits.ratio;
  let [total, packed] = [0, 0];
  for (const { name, size, packedSize } of entries) {
    total += size;
    packed += packedSize;
    if (!tooMuch(size, packedSize)) continue;
    throw new FileFault(
      `“${name}” in the archive unpacks to more than ${limits.ratio} times its size, as a bomb does: unpack it yourself if you trust it.`,
    );
  }
  if (total > limits.bytes) {
    throw new FileFault(
      `The archive unpacks to ${roughSize(total)}; at most ${roughSize(limits.bytes)} are read: unpack it and open the file you need.`,
    );
  }
  if (tooMuch(total, packed)) {
    throw new FileFault(
      `The archive unpacks to more than ${limits.ratio} times its size, as a bomb does: unpack it yourself if you trust it.`,
    );
  }
}

/** Unpacks one file, never to more than its declared size, which the limits allow. */
function unpack(bytes: Uint8Array, entry: ZipEntry, progress: Progress): Uint8Array<ArrayBuffer> {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  const broken = (why: string) =>
    new FileFault(`“${entry.name}” in the archive is damaged: ${why}. Get a new copy of the archive.`);
  const out = new Uint8Array(entry.size);
  let length = 0;
  const add = (chunk: Uint8Array) => {
    if (length + chunk.length > out.length) throw broken('it is larger than the archive says');
    out.set(chunk, length);
    length += chunk.length;
  };
  if (entry.method === 0) add(packed);
  else {
    const inflate = new Inflate(add);
    for (let at = 0; at < packed.length || at === 0; at += CHUNK_BYTES) {
      progress(at / packed.length);
      try {
        inflate.push(packed.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= packed.length);
      } catch (error) {
        if (error instanceof FileFault) throw error;
        throw broken(error instanceof Error ? error.message : String(error));
      }
    }
  }
  if (length < out.length) throw broken('it is smaller than the archive says');
  if (crc32(out, () => progress(1)) !== entry.crc) throw broken('its checksum is another');
  return out;
}

/**
 * The files of a zip archive by their names, which are names and never paths: nobody writes to them.
 * @param wanted names of the files to unpack; all when left out
 * @throws FileFault when it is damaged, encrypted, zip64, or larger than the limits
 */
export function unzipWithin(
  bytes: Uint8Array,
  limits: Partial<ZipLimits> = {},
  progress: Progress = () => undefined,
  wanted: (name: string) => boolean = () => true,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const entries = readDirectory(bytes);
  checkLimits(entries, { ...ZIP_LIMITS, ...limits });
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const tell = paced(progress);
  for (const [i, entry] of entries.entries()) {
    if (entry.name.endsWith('/') && entry.size === 0) continue; // a folder
    if (!wanted(entry.name)) continue;
    if (files.has(entry.name)) {
      throw new FileFault(
        `The archive has two files called “${entry.name}”: unpack it and open the one you need.`,
      );
    }
    files.set(
      entry.name,
      unpack(bytes, entry, (done) => tell((i + done) / entries.length)),
    );
  }
  return files;
}

/**
 * Unpacks one file of an archive.
 * @param packed its packed bytes alone
 * @throws FileFault when it is damaged, or larger than the limits
 */
export function unpackWithin(packed: Uint8Array, entry: ZipEntry): Uint8Array<ArrayBuffer> {
  checkLimits([entry], ZIP_LIMITS);
  return unpack(packed, { ...entry, start: 0 }, () => undefined);
}

/** The names of the files in a zip archive. @throws FileFault as {@link unzipWithin} */
export function namesInZip(bytes: Uint8Array): string[] {
  return readDirectory(bytes).flatMap(({ name }) => (name.endsWith('/') ? [] : [name]));
}

/**
 * A zip archive of files, in their order. The same files give the same bytes: all are of 1980-01-01.
 * @throws RangeError when two have the same name
 */
export function zipFiles(
  files: Iterable<readonly [name: string, bytes: Uint8Array]>,
  progress: Progress = () => undefined,
): Uint8Array<ArrayBuffer> {
  const all = [...files];
  const total = all.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const tell = paced(progress);
  let packed = 0;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const names = new Set<string>();
  for (const [name, bytes] of all) {
    if (names.has(name)) throw new RangeError(`An archive cannot have two files called “${name}”.`);
    names.add(name);
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = new Date(1980, 0, 1); // zip times are local ones, and this is the same day everywhere
    zip.add(entry);
    let at = 0;
    do {
      tell((packed + at) / Math.max(1, total));
      const part = bytes.subarray(at, at + PACKED_AT_ONCE_BYTES);
      at += part.length;
      entry.push(part, at === bytes.length);
    } while (at < bytes.length);
    packed += bytes.length;
  }
  zip.end();
  return joinBytes(chunks);
}
