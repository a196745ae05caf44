import type { Progress } from './foreign';

const CHUNK_BYTES = 1 << 22;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The CRC-32 of bytes, as zip and gzip files have it. */
export function crc32(bytes: Uint8Array, progress: Progress = () => undefined): number {
  let crc = 0xffffffff;
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    progress(from / bytes.length);
    const to = Math.min(bytes.length, from + CHUNK_BYTES);
    for (let at = from; at < to; at++) crc = (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
