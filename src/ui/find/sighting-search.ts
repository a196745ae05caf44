import type { System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../io/silence';
import type { SearchAnswer, SearchRequest } from './search-worker';

/** So much text is handed to the worker at a time. */
const BATCH_BYTES = 1_000_000;

interface Waiting {
  resolve: (answer: SearchAnswer) => void;
  reject: (reason: Error) => void;
}

/**
 * Search in the texts of a table's sightings, in a worker that starts when somebody first searches. Calls are
 * answered in their order; of those that a newer one has made pointless the caller ignores the answer.
 */
export class SightingSearch {
  #worker: Worker | undefined;
  #built: Promise<void> | undefined;
  /** calls without an answer, oldest first */
  #waiting: Waiting[] = [];
  readonly #silence = new Silence(MOST_SILENCE_MS, () => this.#stop(failure(SAID_NOTHING)));
  #isClosed = false;

  /**
   * @param systems whose names count as text of the sightings that name them
   * @param ondoing told in a word or two what is being done, and how far it is
   */
  constructor(
    private readonly table: SightingTable,
    private readonly systems: readonly System[],
    private readonly ondoing: (doing: string) => void = () => undefined,
  ) {}

  /** Builds the index, if that has not begun yet, so that the first find() does not wait for it. */
  async prepare(): Promise<void> {
    const built = (this.#built ??= this.#build());
    try {
      await built;
    } catch (reason) {
      if (this.#built === built) this.#built = undefined; // the next call tries again
      throw reason;
    }
  }

  /**
   * The rows that have all words of the text, best first; a text without words finds none: ask `hasWords` first.
   * Rejects when the worker cannot start, dies or hangs; the next call then starts another.
   */
  async find(text: string): Promise<Uint32Array> {
    await this.prepare();
    const answer = await this.#ask({ kind: 'find', text });
    return answer.kind === 'found' ? answer.rows : new Uint32Array();
  }

  /** Ends the worker; calls without an answer reject, and so do all later ones. */
  close(): void {
    this.#isClosed = true;
    this.#stop(closed());
  }

  /** Hands the texts over some at a time, each a copy that the worker lets go of: there is no second whole one. */
  async #build(): Promise<void> {
    const { table, systems } = this;
    let [firstRow, toldPercent] = [0, 0];
    do {
      const lastRow = this.#lastRowOfBatch(firstRow);
      const ends = new Uint32Array(lastRow - firstRow);
      let size = 0;
      for (let row = firstRow; row < lastRow; row++) {
        ends[row - firstRow] = size += table.recordBytes(row).length;
      }
      const bytes = new Uint8Array(size);
      for (let row = firstRow; row < lastRow; row++) {
        bytes.set(table.recordBytes(row), ends[row - firstRow - 1] ?? 0);
      }
      const isLast = lastRow === table.length;
      const request = { kind: 'build', firstRow, bytes, ends, isLast, systems } as const;
      await this.#ask(request, [bytes.buffer, ends.buffer]);
      firstRow = lastRow;
      const percent = Math.floor((10 * firstRow) / table.length) * 10; // not each, which would be read aloud
      if (percent > toldPercent && !isLast) this.ondoing(`reading the words, ${percent} %`);
      toldPercent = percent;
    } while (firstRow < table.length);
    this.ondoing('searching');
  }

  /** The row after the last one that is handed over with a row. */
  #lastRowOfBatch(firstRow: number): number {
    let [row, size] = [firstRow, 0];
    while (row < this.table.length && size < BATCH_BYTES) size += this.table.recordBytes(row++).length;
    return row;
  }

  #ask(request: SearchRequest, transfer: Transferable[] = []): Promise<SearchAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(closed());
        return;
      }
      if (this.#waiting.push({ resolve, reject }) === 1) this.#silence.begin();
      try {
        this.#worker ??= this.#start();
        this.#worker.postMessage(request, transfer);
      } catch (reason) {
        this.#stop(failure(reason instanceof Error ? reason.message : String(reason)));
      }
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' });
    const stop = (reason: Error) => {
      if (this.#worker === worker) this.#stop(reason);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<SearchAnswer>) => {
      if (this.#worker !== worker) return;
      this.#waiting.shift()?.resolve(data);
      if (this.#waiting.length > 0) this.#silence.begin();
      else this.#silence.end();
    });
    worker.addEventListener('error', (event) => {
      // A worker whose file could not be loaded says nothing.
      stop(failure(event.message || 'its part of the app could not be loaded'));
    });
    worker.addEventListener('messageerror', () => stop(failure('its answer could not be read')));
    return worker;
  }

  #stop(reason: Error): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#built = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}

function closed(): Error {
  return new Error('This search was closed. Search the sightings that are shown now.');
}

function failure(what: string): Error {
  return new Error(`The search stopped: ${what}. Search again; if that does not help, reload the page.`);
}
