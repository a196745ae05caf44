import { type GzipLimits, isGzip } from './gzip';

/**
 * The bytes of a file that begins so, unpacked when they are those of a gzip file; what unpacks is loaded only then.
 * @throws FileFault when it is damaged or too large
 */
export async function* unpacked(
  beginning: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  limits: Partial<GzipLimits> = {},
): AsyncGenerator<Uint8Array> {
  if (!isGzip(beginning)) return yield* chunks;
  const { gunzipChunks } = await import('./gunzip');
  yield* gunzipChunks(chunks, limits);
}
