/**
 * Writes a PMTiles version 3 archive: gzipped tiles in Hilbert order, equal
 * tiles stored once, a root directory and, when that would outgrow the first
 * 16 KiB, leaf directories. The same input gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import type { Box } from './geometry';

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
  bounds: Box;
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
  entries.forEach((entry, i) => fields.push(entry.id - (i === 0 ? 0 : entries[i - 1]!.id)));
  for (const entry of entries) fields.push(entry.run);
  for (const entry of entries) fields.push(entry.length);
  entries.forEach((entry, i) => {
    const before = i === 0 ? undefined : entries[i - 1]!;
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
    pointers.push({ id: part[0]!.id, offset, length: leaf.length, run: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directory(pointers), leaves: Buffer.concat(leaves) };
}

/** Collects raw (not compressed) tiles and lays out the archive. */
export class ArchiveWriter {
  readonly #tiles: { id: number; hash: string }[] = [];
  readonly #contents = new Map<string, Buffer>();

  add(z: number, x: number, y: number, tile: Uint8Array): void {
    const hash = createHash('sha256').update(tile).digest('base64');
    if (!this.#contents.has(hash)) this.#contents.set(hash, gzip(tile));
    this.#tiles.push({ id: zxyToTileId(z, x, y), hash });
  }

  /** The bytes of the finished archive. */
  finish(info: ArchiveInfo): Buffer {
    this.#tiles.sort((a, b) => a.id - b.id);
    const offsets = new Map<string, number>();
    const data: Buffer[] = [];
    const entries: Entry[] = [];
    let size = 0;
    for (const { id, hash } of this.#tiles) {
      const content = this.#contents.get(hash)!;
      let offset = offsets.get(hash);
      if (offset === undefined) {
        offset = size;
        offsets.set(hash, offset);
        data.push(content);
        size += content.length;
      }
      const last = entries.at(-1);
      if (last && last.offset === offset && last.id + last.run === id) last.run++;
      else entries.push({ id, offset, length: content.length, run: 1 });
    }
    const { root, leaves } = directories(entries);
    const metadata = gzip(Buffer.from(JSON.stringify(info.metadata)));
    const sizes = [root.length, metadata.length, leaves.length, size];
    const counts = [this.#tiles.length, entries.length, offsets.size];
    return Buffer.concat([header(info, sizes, counts), root, metadata, leaves, ...data]);
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
