import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Issue } from '../domain/issue';
import type { SightingTable } from '../domain/table';
import { type SightingReader } from '../io/geojson';
import { isGzip } from '../io/gzip';
import { quickReaderOf } from '../io/quick-reader';
import { Segments } from '../io/segments';
import { contextBeside } from './companions';
import { CommandFault } from './exit-status';
import { messageOf } from './fault-text';
import { ProgressLine } from './progress-line';

const CHUNK_BYTES = 1 << 20;

/** A file of sightings whose records are read from it again: only their columns are in memory. */
export interface ReadInput {
  table: SightingTable;
  issues: readonly Issue[];
  rejected: number;
  collection: Readonly<Record<string, unknown>>;
  /** the text of the record of a row, as the file has it; good until the next is asked for */
  textOf: (row: number) => Uint8Array;
  close: () => void;
}

/** Reads parts of a file; those that follow each other, many at a time. */
class FileWindow {
  readonly #bytes = Buffer.alloc(CHUNK_BYTES);
  #start = 0;
  #length = 0;

  constructor(
    private readonly file: number,
    private readonly path: string,
  ) {}

  read(start: number, end: number): Uint8Array {
    if (start < this.#start || end > this.#start + this.#length) this.#fill(start, end);
    if (end - start > CHUNK_BYTES) return this.#whole(start, end);
    return this.#bytes.subarray(start - this.#start, end - this.#start);
  }

  /** Reads far on only where the file is read on. */
  #fill(start: number, end: number): void {
    const isNext = start >= this.#start && start <= this.#start + this.#length + CHUNK_BYTES;
    const length = Math.min(CHUNK_BYTES, isNext ? CHUNK_BYTES : end - start);
    this.#start = start;
    this.#length = readSync(this.file, this.#bytes, 0, length, start);
    if (this.#length < Math.min(CHUNK_BYTES, end - start)) this.#fail();
  }

  #whole(start: number, end: number): Uint8Array {
    const bytes = Buffer.alloc(end - start);
    if (readSync(this.file, bytes, 0, bytes.length, start) < bytes.length) this.#fail();
    return bytes;
  }

  #fail(): never {
    throw new CommandFault(`${this.path}: became shorter while it was read: publish it again.`);
  }
}

/** Whether a file begins as gzip files do, whatever its name. */
function isPacked(file: number): boolean {
  const beginning = Buffer.alloc(2);
  readSync(file, beginning, 0, beginning.length, 0);
  return isGzip(beginning);
}

async function readTable(path: string, file: number, reader: SightingReader): Promise<void> {
  const { size } = fstatSync(file);
  const line = new ProgressLine(path);
  let read = 0;
  try {
    const stream = createReadStream(path, {
      fd: file,
      autoClose: false,
      start: 0,
      highWaterMark: CHUNK_BYTES,
    });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      reader.push(chunk);
      read += chunk.length;
      line.tell(Math.min(1, read / size));
    }
  } finally {
    line.end();
  }
}

/**
 * Reads a file of sightings in pieces.
 * @throws CommandFault when it cannot be read
 */
export async function readRecords(path: string): Promise<ReadInput> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (isPacked(file)) throw new Error('it is packed by gzip: unpack it first');
    const segments = new Segments({ isForgetful: true });
    const reader = quickReaderOf(await contextBeside(path), segments);
    await readTable(path, file, reader);
    const { table, issues, rejected, collection } = reader.finish();
    const { recordFile, recordStart, recordEnd } = table.columns;
    const window = new FileWindow(file, path);
    const opened = file;
    return {
      table,
      issues,
      rejected,
      collection,
      textOf: (row) => {
        const base = segments.bases[recordFile[row] ?? 0] ?? 0;
        return window.read(base + (recordStart[row] ?? 0), base + (recordEnd[row] ?? 0));
      },
      close: () => closeSync(opened),
    };
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw new CommandFault(`${path}: cannot be read: ${messageOf(error)}`);
  }
}
