import type { ContractContext } from '../domain/validate';
import { BrokenOff } from './broken-off';
import { joinBytes } from './join-bytes';
import { holdsSightings } from './holds-sightings';
import type { Progress } from './foreign';
import { type ReaderOf, readSightingsStream } from './feature-stream';
import type { ReadSightings } from './geojson';
import { type GeoJsonLayout, layoutOf } from './geojson-layout';
import { isGzip } from './gzip';
import { unpacked } from './unpacked';

export interface ArrivingOptions {
  /** how many bytes will come, where that is known */
  totalBytes?: number | undefined;
  /** called with the share of the bytes that is read, for each chunk of them */
  progress?: Progress | undefined;
  signal?: AbortSignal | undefined;
  /** whether no more of a file of others is wanted than tells that it is one */
  leavesOthers?: boolean;
  /** as of `StreamOptions` */
  readerOf?: ReaderOf | undefined;
}

/** What came: sightings, or a file of others as it is. */
export type Arrived =
  | { kind: 'sightings'; sightings: ReadSightings; layout: GeoJsonLayout }
  | { kind: 'other'; chunks: readonly Uint8Array[] };

/** How files hold their features that are read as they arrive. */
const STREAMED: readonly GeoJsonLayout[] = ['collection', 'lines', 'sequence'];

/** So many first bytes tell whether a file is one of sightings; more, where a feature is longer. */
const HEAD_BYTES = 1 << 16;
const MAX_HEAD_BYTES = 1 << 22;

/**
 * How a file of sightings holds them that begins so; `undefined` for a file of others, and for one that is read as a
 * whole only.
 * @param isWhole whether the file ends there
 */
function sightingsLayout(head: Uint8Array, isWhole: boolean): GeoJsonLayout | undefined {
  const start = head.find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte));
  if (start !== 0x7b && start !== 0x1e) return undefined;
  const layout = layoutOf(head);
  return STREAMED.includes(layout) && holdsSightings(head, isWhole) ? layout : undefined;
}

interface Head {
  chunks: Uint8Array[];
  layout: GeoJsonLayout | undefined;
  /** why no more came, where that was not the end */
  brokenOff?: BrokenOff;
}

/**
 * The first bytes, and what they tell; fewer where no more come.
 * @throws what `source` throws, unless sightings came before it broke off
 */
async function headOf(source: AsyncIterator<Uint8Array>): Promise<Head> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let wanted = HEAD_BYTES; ; wanted *= 8) {
    let isWhole = false;
    while (length < wanted && !isWhole) {
      const next = await source.next().catch((error: unknown) => {
        const layout = sightingsLayout(joinBytes(chunks), false);
        if (layout === undefined || !(error instanceof BrokenOff && error.isInterrupted)) throw error;
        return { layout, brokenOff: error };
      });
      if ('brokenOff' in next) return { chunks, ...next };
      if (next.done) {
        isWhole = true;
      } else {
        chunks.push(next.value);
        length += next.value.length;
      }
    }
    const layout = sightingsLayout(joinBytes(chunks), isWhole);
    if (layout !== undefined || isWhole || length >= MAX_HEAD_BYTES) return { chunks, layout };
  }
}

/**
 * Reads a file of sightings as its bytes arrive, packed by gzip or not. A file of others comes back as it is, to be
 * opened in another way.
 * @throws what `signal` is aborted with, what `chunks` and `progress` throw, and a FileFault for a damaged gzip file
 */
export async function readArriving(
  chunks: AsyncIterable<Uint8Array>,
  context: ContractContext,
  { totalBytes, progress, signal, leavesOthers = false, readerOf }: ArrivingOptions = {},
): Promise<Arrived> {
  let length = 0;
  let first: Uint8Array[] | undefined = [];
  const source = chunks[Symbol.asyncIterator]();
  const raw: AsyncIterableIterator<Uint8Array> = {
    async next() {
      signal?.throwIfAborted();
      const next = await source.next();
      if (next.done) return next;
      first?.push(next.value);
      length += next.value.length;
      if (totalBytes !== undefined) progress?.(Math.min(1, length / totalBytes));
      return next;
    },
    [Symbol.asyncIterator]: () => raw,
  };
  try {
    const begin = await raw.next();
    const beginning = begin.done ? new Uint8Array() : begin.value;
    const whole = startingWith([beginning], raw);
    const isPacked = isGzip(beginning);
    const plain = unpacked(beginning, whole);
    const { chunks: head, layout, brokenOff } = await headOf(plain);
    if (layout === undefined) {
      let next = leavesOthers ? undefined : await raw.next();
      while (next?.done === false) next = await raw.next();
      return { kind: 'other', chunks: first };
    }
    first = undefined;
    const sightings = await readSightingsStream(
      startingWith(head, brokenOff ? failing(brokenOff) : plain),
      context,
      {
        signal,
        readerOf,
        totalBytes: isPacked ? undefined : totalBytes,
      },
    );
    return { kind: 'sightings', sightings, layout };
  } finally {
    await source.return?.();
  }
}

function failing(error: Error): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

async function* startingWith(
  first: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}
