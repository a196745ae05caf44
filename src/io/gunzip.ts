import { Gunzip } from 'fflate';
import { crc32, joined } from './archive';
import { FileFault, inMegabytes } from './file-fault';
import type { Progress } from './foreign';
import { paced } from './pace';

/** What a gzip file may unpack to at most. */
export interface GzipLimits {
  bytes: number;
  /** how many times larger than packed */
  ratio: number;
}

export const GZIP_LIMITS: GzipLimits = { bytes: 1e9, ratio: 200 };

/** Whatever its ratio, nothing up to this size is a bomb. */
const HARMLESS_BYTES = 10e6;

const CHUNK_BYTES = 1 << 16;

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The CRC-32 and length (modulo 2^32) that a gzip file of one member states at its end. */
function statedEnd(bytes: Uint8Array): { crc: number; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { crc: view.getUint32(bytes.length - 8, true), length: view.getUint32(bytes.length - 4, true) };
}

/**
 * Unpacks a gzip file, stopping as soon as it is larger than the limits.
 * @throws FileFault when it is damaged or too large
 */
export function gunzipWithin(
  bytes: Uint8Array,
  limits: Partial<GzipLimits> = {},
  progress: Progress = () => undefined,
): Uint8Array<ArrayBuffer> {
  const { bytes: most, ratio } = { ...GZIP_LIMITS, ...limits };
  const tell = paced(progress);
  const chunks: Uint8Array[] = [];
  let length = 0;
  let members = 1;
  const gunzip = new Gunzip((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) {
      throw new FileFault(
        `The file unpacks to more than ${inMegabytes(most)}, which is the limit: unpack it and split it.`,
      );
    }
    if (length > HARMLESS_BYTES && length > bytes.length * ratio) {
      throw new FileFault(
        `The file unpacks to more than ${ratio} times its size, as a bomb does: unpack it yourself if you trust it.`,
      );
    }
  });
  gunzip.onmember = () => members++;
  const broken = (why: string) =>
    new FileFault(`The gzip file is damaged or breaks off: ${why}. Get a complete copy.`);
  if (bytes.length < 18) throw broken('it is shorter than any');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    tell(at / bytes.length);
    try {
      gunzip.push(bytes.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= bytes.length);
    } catch (error) {
      if (error instanceof FileFault) throw error;
      throw broken(error instanceof Error ? error.message : String(error));
    }
  }
  const whole = joined(chunks);
  if (members === 1) {
    const stated = statedEnd(bytes);
    if (stated.length !== whole.length % 2 ** 32 || stated.crc !== crc32(whole, () => tell(1)))
      throw broken('its checksum is another');
  }
  return whole;
}
