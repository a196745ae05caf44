import { Gunzip, ZipPassThrough } from 'fflate';
import { crc32 } from './crc';
import { joinBytes } from './join-bytes';
import { FileFault, roughSize } from './file-fault';
import { GZIP_LIMITS, type GzipLimits } from './gzip';
import type { Progress } from './foreign';
import { paced } from './pace';

/** Whatever its ratio, nothing up to this size is a bomb. */
const HARMLESS_BYTES = 10e6;

const CHUNK_BYTES = 1 << 16;

/** The CRC-32 and length (modulo 2^32) that a gzip file of one member states at its end. */
function statedEnd(bytes: Uint8Array): { crc: number; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { crc: view.getUint32(bytes.length - 8, true), length: view.getUint32(bytes.length - 4, true) };
}

/** Refuses what a gzip file unpacks to once it is too much for what was read of it, so that little of a bomb goes off. */
function refuseBomb(length: number, packedLength: number, { bytes: most, ratio }: GzipLimits): void {
  if (length > most) {
    throw new FileFault(
      `The file unpacks to more than ${roughSize(most)}, which is the limit: unpack it and split it.`,
    );
  }
  if (length > HARMLESS_BYTES && length > packedLength * ratio) {
    throw new FileFault(
      `The file unpacks to more than ${ratio} times its size, as a bomb does: unpack it yourself if you trust it.`,
    );
  }
}

function broken(why: unknown): FileFault {
  const reason = why instanceof Error ? why.message : String(why);
  return new FileFault(`The gzip file is damaged or breaks off: ${reason}. Get a complete copy.`);
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
  const tell = paced(progress);
  const chunks: Uint8Array[] = [];
  let [length, read, members] = [0, 0, 1];
  const gunzip = new Gunzip((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    refuseBomb(length, read, { ...GZIP_LIMITS, ...limits });
  });
  gunzip.onmember = () => members++;
  if (bytes.length < 18) throw broken('it is shorter than any');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    tell(at / bytes.length);
    read = Math.min(at + CHUNK_BYTES, bytes.length);
    try {
      gunzip.push(bytes.subarray(at, read), read === bytes.length);
    } catch (error) {
      throw error instanceof FileFault ? error : broken(error);
    }
  }
  const whole = joinBytes(chunks);
  if (members === 1) {
    const stated = statedEnd(bytes);
    if (stated.length !== whole.length % 2 ** 32 || stated.crc !== crc32(whole, () => tell(1)))
      throw broken('its checksum is another');
  }
  return whole;
}

/** The last bytes of a stream of chunks. */
class Tail {
  bytes = new Uint8Array();

  constructor(private readonly length: number) {}

  add(chunk: Uint8Array): void {
    this.bytes = joinBytes([this.bytes, chunk.subarray(-this.length)]).slice(-this.length);
  }
}

/**
 * Unpacks a gzip file as it arrives.
 * @throws FileFault when it is damaged or too large
 */
export async function* gunzipChunks(
  packed: AsyncIterable<Uint8Array>,
  limits: Partial<GzipLimits> = {},
): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  let [length, packedLength, members] = [0, 0, 1];
  const tail = new Tail(18);
  const sum = new ZipPassThrough('');
  sum.ondata = () => undefined;
  const gunzip = new Gunzip((chunk) => {
    length += chunk.length;
    refuseBomb(length, packedLength, { ...GZIP_LIMITS, ...limits });
    unpacked.push(chunk);
    sum.push(chunk);
  });
  gunzip.onmember = () => members++;
  const push = (chunk: Uint8Array, isLast: boolean) => {
    try {
      gunzip.push(chunk, isLast);
    } catch (error) {
      throw error instanceof FileFault ? error : broken(error);
    }
    const ready = unpacked;
    unpacked = [];
    return ready;
  };
  for await (const chunk of packed) {
    packedLength += chunk.length;
    tail.add(chunk);
    for (let at = 0; at < chunk.length; at += CHUNK_BYTES)
      yield* push(chunk.subarray(at, at + CHUNK_BYTES), false);
  }
  if (packedLength < 18) throw broken('it is shorter than any');
  yield* push(new Uint8Array(), true);
  sum.push(new Uint8Array(), true);
  const stated = statedEnd(tail.bytes);
  if (members === 1 && (stated.length !== length % 2 ** 32 || stated.crc !== sum.crc >>> 0))
    throw broken('its checksum is another');
}
