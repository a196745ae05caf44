import type { ContractContext } from '../../domain/validate';
import type { ArrivingOptions } from '../../io/arriving-sightings';
import { BrokenOff } from '../../io/broken-off';
import { openAddress } from '../../io/fetch-file';
import { readSightingsStream } from '../../io/feature-stream';
import { type LoadedSightings, withErrors } from './packed-sightings';

/** Where the bytes of a file come from. */
export type Source =
  | { kind: 'address'; url: string }
  | { kind: 'content'; content: Blob }
  /** all that came of an address */
  | { kind: 'fetched'; chunks: readonly Uint8Array<ArrayBuffer>[] };

/** What a file came to: sightings, a file of others as it is, or why there is none. */
export type Loaded =
  | { kind: 'sightings'; sightings: LoadedSightings }
  | { kind: 'other'; content: Blob }
  /** `isBrokenOff`: since its bytes stopped coming, so that it may come another time */
  | { kind: 'failed'; message: string; isBrokenOff?: boolean };

/** What has no more bytes is read at once: it takes less time than a worker takes to start. */
export const SMALL_BYTES = 1e6;

/** So much of a file of the disk is read at once. */
const CHUNK_BYTES = 1 << 22;

/** The bytes of what is at hand, a part at a time. */
export async function* chunksOf(source: Exclude<Source, { kind: 'address' }>): AsyncGenerator<Uint8Array> {
  if (source.kind === 'fetched') return yield* source.chunks;
  const { content } = source;
  for (let at = 0; at < content.size; at += CHUNK_BYTES)
    yield new Uint8Array(await content.slice(at, at + CHUNK_BYTES).arrayBuffer());
}

function lengthOf(source: Exclude<Source, { kind: 'address' }>): number {
  if (source.kind === 'content') return source.content.size;
  return source.chunks.reduce((sum, { length }) => sum + length, 0);
}

/** The bytes of a source as they arrive, how many they are, and why there are none. */
async function open(source: Source, signal: AbortSignal | undefined) {
  if (source.kind === 'address') return await openAddress(source.url, { signal });
  return { issues: [], totalBytes: lengthOf(source), chunks: chunksOf(source) };
}

/**
 * Reads a file of sightings as its bytes arrive. With `isOurs` it is one whatever it begins with. The context may still be
 * on its way while the file is asked for.
 * @throws what `signal` is aborted with
 */
export async function readSource(
  source: Source,
  context: ContractContext | Promise<ContractContext>,
  options: Omit<ArrivingOptions, 'totalBytes'> & { isOurs?: boolean } = {},
): Promise<Loaded> {
  const loading = options.isOurs ? undefined : import('../../io/arriving-sightings');
  loading?.catch(() => undefined); // it may not be needed
  const [{ issues, totalBytes, chunks }, known] = await Promise.all([open(source, options.signal), context]);
  const [issue] = issues;
  if (issue) return { kind: 'failed', message: issue.message };
  try {
    if (loading === undefined) {
      const sightings = await readSightingsStream(chunks, known, { ...options, totalBytes });
      return { kind: 'sightings', sightings: withErrors(sightings) };
    }
    const { readArriving } = await loading;
    const arrived = await readArriving(chunks, known, { ...options, totalBytes });
    if (arrived.kind === 'sightings') return { kind: 'sightings', sightings: withErrors(arrived.sightings) };
    return { kind: 'other', content: new Blob(arrived.chunks as Uint8Array<ArrayBuffer>[]) };
  } catch (error) {
    options.signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', message, isBrokenOff: error instanceof BrokenOff && error.isInterrupted };
  }
}
