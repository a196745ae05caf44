import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

const HEADER_BYTES = 127;
/** Readers fetch this much first; header and root directory must fit. */
const FIRST_FETCH_BYTES = 16384;
const LEAF_ENTRIES = 4096;

interface Entry {
  id: number;
  offset: number;
  length: number;
  run: number;
}

export interface ArchiveInfo {
  /** west, south, east, north in degrees */
  bounds: readonly [number, number, number, number];
  center: readonly [lng: number, lat: number, zoom: number];
  minZoom: number;
  maxZoom: number;
  metadata: Record<string, unknown>;
}

const gzip = (data: Uint8Array): Buffer => gzipSync(data, { level: 9 });

function varints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let value of numbers) {
    while (value > 127) {
      bytes.push((value % 128) + 128);
      value = Math.floor(value / 128);
    }
    bytes.push(value);
  }
  return Uint8Array.from(bytes);
}

function directory(entries: readonly Entry[]): Buffer {
  const fields: number[] = [entries.length];
  entries.forEach((entry, i) => fields.push(entry.id - (entries[i - 1]?.id ?? 0)));
  for (const entry of entries) fields.push(entry.run);
  for (const entry of entries) fields.push(entry.length);
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    const follows = before !== undefined && entry.offset === before.offset + before.length;
    fields.push(follows ? 0 : entry.offset + 1);
  });
  return gzip(varints(fields));
}

/** Root and leaf directories for all entries. */
function directories(entries: readonly Entry[]): { root: Buffer; leaves: Buffer } {
  const flat = directory(entries);
  if (HEADER_BYTES + flat.length <= FIRST_FETCH_BYTES) return { root: flat, leaves: Buffer.alloc(0) };
  const leaves: Buffer[] = [];
  const pointers: Entry[] = [];
  let offset = 0;
  for (let i = 0; i < entries.length; i += LEAF_ENTRIES) {
    const part = entries.slice(i, i + LEAF_ENTRIES);
    const leaf = directory(part);
    pointers.push({ id: part[0]?.id ?? 0, offset, length: leaf.length, run: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directory(pointers), leaves: Buffer.concat(leaves) };
}

/** Where the packed tiles are until the archive is laid out. */
interface TileStore {
  /** adds bytes, and tells where they are */
  add(bytes: Buffer): number;
  get(offset: number, length: number): Buffer;
}

/** Keeps packed tiles in memory. */
class MemoryStore implements TileStore {
  readonly #tiles: Buffer[] = [];

  add(bytes: Buffer): number {
    return this.#tiles.push(bytes) - 1;
  }

  get(offset: number): Buffer {
    return this.#tiles[offset] ?? Buffer.alloc(0);
  }
}

/** Keeps packed tiles in a file of its own, for archives that are larger than memory. */
export class FileStore implements TileStore {
  readonly #file: number;
  #length = 0;

  constructor(private readonly path: string) {
    this.#file = openSync(path, 'wx+');
  }

  add(bytes: Buffer): number {
    const offset = this.#length;
    for (let written = 0; written < bytes.length;)
      written += writeSync(this.#file, bytes, written, bytes.length - written, offset + written);
    this.#length += bytes.length;
    return offset;
  }

  get(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let read = 0; read < length;) {
      const more = readSync(this.#file, bytes, read, length - read, offset + read);
      if (more === 0) throw new Error(`${this.path} is shorter than what was written to it`);
      read += more;
    }
    return bytes;
  }

  /** Removes the file. */
  remove(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }
}

/**
 * Writes a PMTiles version 3 archive: gzipped tiles in Hilbert order, equal
 * tiles stored once, a root directory and, when that would outgrow the first
 * 16 KiB, leaf directories. The same input gives the same bytes.
 *
 * Takes raw (not compressed) tiles in any order, then lays out the archive.
 */
export class ArchiveWriter {
  readonly #tiles: { id: number; content: number }[] = [];
  readonly #contents: { at: number; length: number }[] = [];
  readonly #byHash = new Map<string, number>();

  constructor(private readonly store: TileStore = new MemoryStore()) {}

  add(z: number, x: number, y: number, tile: Uint8Array): void {
    const hash = createHash('sha256').update(tile).digest('base64');
    let content = this.#byHash.get(hash);
    if (content === undefined) {
      const packed = gzip(tile);
      content = this.#contents.push({ at: this.store.add(packed), length: packed.length }) - 1;
      this.#byHash.set(hash, content);
    }
    this.#tiles.push({ id: zxyToTileId(z, x, y), content });
  }

  /** The bytes of the finished archive. */
  finish(info: ArchiveInfo): Buffer {
    return Buffer.concat([...this.chunks(info)]);
  }

  /** The same piece by piece. */
  *chunks(info: ArchiveInfo): Generator<Buffer> {
    this.#tiles.sort((a, b) => a.id - b.id);
    const offsets = new Map<number, number>();
    const entries: Entry[] = [];
    let size = 0;
    for (const { id, content } of this.#tiles) {
      const length = this.#contents[content]?.length ?? 0;
      let offset = offsets.get(content);
      if (offset === undefined) {
        offset = size;
        offsets.set(content, offset);
        size += length;
      }
      const last = entries.at(-1);
      if (last && last.offset === offset && last.id + last.run === id) last.run++;
      else entries.push({ id, offset, length, run: 1 });
    }
    const { root, leaves } = directories(entries);
    const metadata = gzip(Buffer.from(JSON.stringify(info.metadata)));
    const sizes = [root.length, metadata.length, leaves.length, size];
    const counts = [this.#tiles.length, entries.length, offsets.size];
    yield* [header(info, sizes, counts), root, metadata, leaves];
    for (const content of offsets.keys()) {
      const { at = 0, length = 0 } = this.#contents[content] ?? {};
      yield this.store.get(at, length);
    }
  }
}

/** The fixed header; `sizes` of root, metadata, leaves, tiles; `counts` of tiles, entries, contents. */
function header(info: ArchiveInfo, sizes: readonly number[], counts: readonly number[]): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('PMTiles', 0, 'latin1');
  bytes.writeUInt8(3, 7);
  let offset = HEADER_BYTES;
  sizes.forEach((length, i) => {
    bytes.writeBigUInt64LE(BigInt(offset), 8 + 16 * i);
    bytes.writeBigUInt64LE(BigInt(length), 16 + 16 * i);
    offset += length;
  });
  counts.forEach((count, i) => bytes.writeBigUInt64LE(BigInt(count), 72 + 8 * i));
  const gzipped = 2;
  const vectorTiles = 1;
  for (const [i, byte] of [1, gzipped, gzipped, vectorTiles, info.minZoom, info.maxZoom].entries()) {
    bytes.writeUInt8(byte, 96 + i);
  }
  const e7 = (degrees: number): number => Math.round(degrees * 1e7);
  info.bounds.forEach((degrees, i) => bytes.writeInt32LE(e7(degrees), 102 + 4 * i));
  bytes.writeUInt8(info.center[2], 118);
  bytes.writeInt32LE(e7(info.center[0]), 119);
  bytes.writeInt32LE(e7(info.center[1]), 123);
  return bytes;
}
