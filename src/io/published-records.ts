import type { IndexPage, Publication } from '../domain/publication';
import type { Sighting } from '../domain/sighting';
import { crc32 } from './crc';
import { fetchRange, otherEdition } from './fetch-range';
import { COMMA, isSpace } from './json-bytes';
import { MORE } from './feature-start';
import { ValueScan } from './value-scan';

/** A line of the index: the records from here to where the next line's start. */
export interface IndexLine {
  /** id of the first */
  id: string;
  /** byte offset of the first in the file of records */
  start: number;
  /** CRC-32 of the bytes, up to the next line's start */
  crc: number;
}

/** The text of a line of the index. */
export function indexLine({ id, start, crc }: IndexLine): string {
  return `${id}\t${start}\t${crc.toString(16).padStart(8, '0')}\n`;
}

function readLine(text: string): IndexLine {
  const [id = '', start = '', crc = ''] = text.split('\t');
  return { id, start: Number(start), crc: parseInt(crc, 16) };
}

/** The records of a publication, sorted by id, read by ranges: a page of the index, then the few around the wanted one. */
export class PublishedRecords {
  readonly #pages = new Map<number, Promise<IndexLine[]>>();
  readonly #url: (name: string) => string;

  /** @param url the address of one of its files, beside which the others are */
  constructor(
    private readonly publication: Publication,
    url: string,
  ) {
    this.#url = (name) => new URL(encodeURIComponent(name), url).href;
  }

  /**
   * The text of the record of a row, as its file had it.
   * @throws Error when it cannot be read, or is not what was published
   */
  async bytes(row: number, signal?: AbortSignal): Promise<Uint8Array> {
    const { count, index } = this.publication;
    if (!(row >= 0 && row < count)) throw new RangeError(`No row ${row}: the publication has ${count}.`);
    const records = await this.#chunk(Math.floor(row / index.rowsPerLine), signal);
    const bytes = records[row % index.rowsPerLine];
    if (bytes === undefined) throw new Error(this.#changed(this.publication.records.name));
    return bytes;
  }

  async record(row: number, signal?: AbortSignal): Promise<Sighting> {
    return parseRecord(await this.bytes(row, signal));
  }

  /** The row of the sighting of an id, and its record; `undefined` when there is none. */
  async find(id: string, signal?: AbortSignal): Promise<{ row: number; record: Sighting } | undefined> {
    const { pages, linesPerPage, rowsPerLine } = this.publication.index;
    const page = lastAtMost(pages, id);
    if (page < 0) return undefined;
    const line = lastAtMost(await this.#page(page, signal), id);
    const number = page * linesPerPage + Math.max(0, line);
    const records = (await this.#chunk(number, signal)).map(parseRecord);
    const at = records.findIndex((record) => record.id === id);
    const record = records[at];
    return record && { row: number * rowsPerLine + at, record };
  }

  /** The records of a line of the index. */
  async #chunk(number: number, signal: AbortSignal | undefined): Promise<Uint8Array[]> {
    const { records, index } = this.publication;
    const page = Math.floor(number / index.linesPerPage);
    const lines = await this.#page(page, signal);
    const line = lines[number % index.linesPerPage];
    if (line === undefined) throw new Error(this.#changed(index.name));
    const end =
      lines[(number % index.linesPerPage) + 1]?.start ?? index.pages[page + 1]?.recordStart ?? records.end;
    const file = { url: this.#url(records.name), bytes: records.bytes };
    const bytes = await fetchRange(file, line.start, end, signal);
    if (crc32(bytes) !== line.crc) throw new Error(this.#changed(records.name));
    return [...featuresOf(bytes)];
  }

  async #page(number: number, signal: AbortSignal | undefined): Promise<IndexLine[]> {
    const known = this.#pages.get(number);
    if (known) return known;
    // Not called off with whoever asks first: others may come to want it, and it is small.
    const reading = this.#readPage(number);
    this.#pages.set(number, reading);
    reading.catch(() => this.#pages.delete(number));
    const lines = await reading;
    signal?.throwIfAborted();
    return lines;
  }

  async #readPage(number: number): Promise<IndexLine[]> {
    const { index } = this.publication;
    const page: IndexPage | undefined = index.pages[number];
    if (page === undefined) throw new Error(this.#changed(index.name));
    const file = { url: this.#url(index.name), bytes: index.bytes };
    const bytes = await fetchRange(file, page.start, index.pages[number + 1]?.start ?? index.bytes);
    if (crc32(bytes) !== page.crc) throw new Error(this.#changed(index.name));
    return new TextDecoder().decode(bytes).trimEnd().split('\n').map(readLine);
  }

  #changed(name: string): string {
    return otherEdition(this.#url(name));
  }
}

function parseRecord(bytes: Uint8Array): Sighting {
  return JSON.parse(new TextDecoder().decode(bytes)) as Sighting; // validated before it was published
}

/** The features that stand in some bytes, with commas and spaces between them. */
function* featuresOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; ;) {
    while (at < bytes.length && (isSpace(bytes[at]) || bytes[at] === COMMA)) at++;
    const end = at < bytes.length ? new ValueScan(at).advance(bytes, true) : MORE;
    if (end === MORE || end < 0) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Index of the last element whose id is not after another, or -1; ids ascend. */
function lastAtMost(ascending: readonly { id: string }[], id: string): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle]?.id ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
