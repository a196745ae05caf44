import type { Issue } from '../domain/issue';
import type { ContractContext } from '../domain/validate';
import { BrokenOff } from './broken-off';
import { FileFault } from './file-fault';
import type { Progress } from './foreign';
import { type ReadSightings, SightingReader } from './geojson';
import type { GzipLimits } from './gzip';
import { turn } from './turn';
import { unpacked } from './unpacked';

/** The bytes of a file as they come in. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface StreamOptions {
  /** length of what the chunks bring, for the progress */
  totalBytes?: number | undefined;
  progress?: Progress | undefined;
  /** gives up with the signal's reason */
  signal?: AbortSignal | undefined;
  /** what a gzip file may unpack to at most */
  limits?: Partial<GzipLimits> | undefined;
  /** most bytes that are kept in one piece */
  segmentBytes?: number | undefined;
  /** makes another reader than the plain one, such as one that is quicker with many sightings */
  readerOf?: ReaderOf | undefined;
}

/** Reads a file of sightings from bytes as they come in. */
export interface ArrivingReader {
  push: (chunk: Uint8Array) => void | Promise<void>;
  /** What was read of the whole file. */
  finish: () => ReadSightings | Promise<ReadSightings>;
}

export type ReaderOf = (
  context: ContractContext,
  options: Pick<StreamOptions, 'totalBytes' | 'segmentBytes'>,
) => ArrivingReader;

const plainReaderOf: ReaderOf = (context, options) => new SightingReader(context, options);

/** No more bytes are read at once, so that a message can come in between. */
const MOST_AT_ONCE = 1 << 22;
/** Other work has its turn as often as this. */
const TURN_MS = 50;

/** Chunks until the signal says no more, which it then throws. */
async function* until(chunks: Chunks, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  let stop = () => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    stop = () => resolve('aborted');
    signal?.addEventListener('abort', stop);
  });
  let isDone = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = await Promise.race([iterator.next(), aborted]);
      if (next === 'aborted') continue;
      if (next.done) {
        isDone = true;
        return;
      }
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // What hangs is not waited for.
    if (!isDone) Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function* counted(chunks: Chunks, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    count(chunk.length);
  }
}

/** Chunks whose first one has two bytes at least, if there are so many. */
async function* withLongStart(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    const longer: Uint8Array = new Uint8Array(start.length + chunk.length);
    longer.set(start);
    longer.set(chunk, start.length);
    start = longer;
    if (start.length < 2) continue;
    yield start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}

/** Bytes of a file, unpacked when they are those of a gzip file. */
async function* plain(
  chunks: AsyncIterable<Uint8Array>,
  limits: Partial<GzipLimits> | undefined,
): AsyncGenerator<Uint8Array> {
  const rest = withLongStart(chunks);
  const first = await rest.next();
  if (first.done) return;
  const all = (async function* () {
    yield first.value;
    yield* rest;
  })();
  yield* unpacked(first.value, all, limits);
}

/** Bytes in pieces that are soon read, with turns for other work between them. */
async function* inTurns(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let last = performance.now();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += MOST_AT_ONCE) {
      yield chunk.subarray(at, at + MOST_AT_ONCE);
      if (performance.now() - last < TURN_MS) continue;
      await turn();
      signal?.throwIfAborted();
      last = performance.now();
    }
  }
}

/**
 * Reads a file of sightings as it comes in: GeoJSON of any layout or newline-delimited features, packed by gzip or not.
 * What is read is what `readSightings` reads of the whole file. Whatever cannot be read is an issue, also a gzip file
 * that is damaged or too large, or a connection that broke off; what was read before it stays.
 * @throws what `signal` is aborted with; what the chunks fail with; RangeError when a feature is larger than memory
 */
export async function readSightingsStream(
  chunks: Chunks,
  context: ContractContext,
  { totalBytes, progress, signal, limits, segmentBytes, readerOf = plainReaderOf }: StreamOptions = {},
): Promise<ReadSightings> {
  signal?.throwIfAborted();
  let received = 0;
  const reader = readerOf(context, { segmentBytes, totalBytes });
  const source = counted(until(chunks, signal), (bytes) => {
    received += bytes;
    if (totalBytes !== undefined && totalBytes > 0) progress?.(Math.min(1, received / totalBytes));
  });
  const faults: Issue[] = [];
  let brokenOff: string | undefined;
  try {
    for await (const chunk of inTurns(plain(source, limits), signal)) {
      await reader.push(chunk);
    }
  } catch (error) {
    const isPart = error instanceof BrokenOff && error.isInterrupted;
    if (!(error instanceof FileFault || isPart)) throw error;
    if (isPart) brokenOff = error.message;
    else faults.push({ index: null, id: null, path: '$', message: error.message, severity: 'error' });
  }
  signal?.throwIfAborted();
  const read = await reader.finish();
  if (brokenOff !== undefined) return partOf(read, brokenOff);
  // That it breaks off follows from the fault.
  return faults.length === 0
    ? read
    : { ...read, issues: [...read.issues.filter(({ index }) => index !== null), ...faults] };
}

/** What was read before the bytes stopped coming: that the last feature is cut, and the file itself, follows from that. */
function partOf(read: ReadSightings, brokenOff: string): ReadSightings {
  const last = read.accepted + read.rejected - 1;
  const isCut = ({ index, path }: Issue) => index === null || (index === last && path === '$');
  return { ...read, issues: read.issues.filter((issue) => !isCut(issue)), brokenOff };
}
