import type { ContractContext } from '../../../domain/validate';
import { type Arrived, readArriving } from '../../../io/arriving-sightings';
import { writeCollection } from '../../../io/collection-file';
import { type ContractRead, rejectedFeatures, sortContract } from '../../../io/contract-stream';
import { BrokenOff } from '../../../io/broken-off';
import { openAddress } from '../../../io/fetch-file';
import type { Progress } from '../../../io/foreign';
import type { FormatName } from '../../../io/formats';
import { gunzipChunks } from '../../../io/gunzip';
import { quickReaderOf } from '../../../io/quick-reader';
import { isGzip } from '../../../io/gzip';
import { partOf } from '../../../io/pace';
import type { SetAsideItem } from '../../../io/set-aside';
import { SMALL_BYTES, chunksOf } from '../../loading/read-source';
import { featureTexts } from '../layer-files';

/** A large file of sightings, read as it streams by. */
export interface LargeFile {
  kind: 'large';
  format: FormatName;
  read: ContractRead;
  /** the file that the table is read from again: the opened one itself where all of it is good */
  content: () => Blob;
}

/** Bytes are put together to pieces of this size, since a Blob of a million parts takes long. */
const PIECE_BYTES = 1 << 22;

/** The share of the work until all is read; the rest is sorting by what stays as it is. */
const READ = 0.7;

function* inPieces(chunks: Iterable<Uint8Array>): Generator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + PIECE_BYTES - length);
      piece.set(part, length);
      length += part.length;
      at += part.length;
      if (length < PIECE_BYTES) continue;
      yield piece;
      piece = new Uint8Array(PIECE_BYTES);
      length = 0;
    }
  }
  yield piece.subarray(0, length);
}

/** The bytes of a file that come by, kept in pieces that a browser can put on the disk. */
class KeptBytes {
  readonly #pieces: Blob[] = [];
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;

  async *of(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      if (this.#length >= PIECE_BYTES) this.#close();
      yield chunk;
    }
  }

  blob(): Blob {
    this.#close();
    return new Blob(this.#pieces);
  }

  #close(): void {
    this.#pieces.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#length = 0;
  }
}

/** The bytes of a file as often as they are wanted, unpacked; told how far they are. */
async function unpackedAgain(content: Blob, progress: Progress): Promise<() => AsyncIterable<Uint8Array>> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const chunk of chunksOf({ kind: 'content', content })) {
      progress(length / content.size);
      yield chunk;
      length += chunk.length;
    }
  }
  const head = new Uint8Array(await content.slice(0, 2).arrayBuffer());
  return () => (isGzip(head) ? gunzipChunks(chunks()) : chunks());
}

async function largeOf(
  { sightings, layout }: Extract<Arrived, { kind: 'sightings' }>,
  content: Blob,
  context: ContractContext,
  progress: Progress,
): Promise<LargeFile> {
  const read = await sortContract(sightings, await unpackedAgain(content, progress), context);
  const written = () =>
    new Blob([...inPieces(writeCollection(read.collection, [...featureTexts(read.table)]))]);
  const format = layout === 'collection' ? 'geojson' : 'geojsonLines';
  return { kind: 'large', format, read, content: read.isWhole ? () => content : written };
}

/**
 * Reads a large file that is a collection of sightings, packed by gzip or not, without holding it as a whole beside what
 * is read; `undefined` for any other.
 */
export async function openLarge(
  content: Blob,
  context: ContractContext,
  progress: Progress,
): Promise<LargeFile | undefined> {
  if (content.size <= SMALL_BYTES) return undefined;
  const arrived = await readArriving(chunksOf({ kind: 'content', content }), context, {
    totalBytes: content.size,
    progress: partOf(progress, 0, READ),
    leavesOthers: true,
    readerOf: quickReaderOf,
  });
  return arrived.kind === 'other'
    ? undefined
    : await largeOf(arrived, content, context, partOf(progress, READ, 1));
}

async function fetchArriving(
  url: string,
  context: ContractContext,
  progress: Progress,
): Promise<{ content: Blob; arrived: Arrived }> {
  const { issues, totalBytes, chunks } = await openAddress(url);
  const [issue] = issues;
  if (issue) throw new Error(sentenceOf(issue.message));
  const kept = new KeptBytes();
  const arrived = await readArriving(kept.of(chunks), context, {
    totalBytes,
    progress,
    readerOf: quickReaderOf,
  }).catch((error: unknown) => {
    throw error instanceof BrokenOff ? new Error(sentenceOf(error.message)) : error;
  });
  // A part of a file is no data set to be worked with.
  if (arrived.kind === 'sightings' && arrived.sightings.brokenOff !== undefined)
    throw new Error(sentenceOf(arrived.sightings.brokenOff));
  return { content: kept.blob(), arrived };
}

/**
 * Fetches a file, and reads it while it arrives when it is a collection of sightings.
 * @returns all its bytes, and what was read of them if they are a large one
 * @throws why it cannot be fetched, in a sentence
 */
export async function openArriving(
  url: string,
  context: ContractContext,
  progress: Progress,
): Promise<{ content: Blob; large: LargeFile | undefined }> {
  const { content, arrived } = await fetchArriving(url, context, partOf(progress, 0, READ));
  if (arrived.kind === 'other' || content.size <= SMALL_BYTES) return { content, large: undefined };
  return { content, large: await largeOf(arrived, content, context, partOf(progress, READ, 1)) };
}

/**
 * Fetches a file of sightings that the page has loaded from there, and finds again what could not be used of it.
 * @throws why it cannot be fetched, in a sentence
 */
export async function rejectedAt(
  url: string,
  context: ContractContext,
  progress: Progress,
): Promise<SetAsideItem[]> {
  const { content, arrived } = await fetchArriving(url, context, partOf(progress, 0, READ));
  if (arrived.kind === 'other')
    throw new Error('What is there now is no file of sightings: reload the page.');
  const again = await unpackedAgain(content, partOf(progress, READ, 1));
  return await rejectedFeatures(arrived.sightings, again);
}

/** What is said of a file, as a sentence: `cannot be fetched` is said of it, `the server answers` is one. */
function sentenceOf(message: string): string {
  return `It ${message}`.replace(/^It the /, 'The ').replace(/^It (?=https?:)/, '');
}
