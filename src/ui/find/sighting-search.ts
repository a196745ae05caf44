import type { System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import type { SearchAnswer, SearchRequest } from './search-worker';

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
  #isClosed = false;

  /** @param systems whose names count as text of the sightings that name them */
  constructor(
    private readonly table: SightingTable,
    private readonly systems: readonly System[],
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
   * Rejects when the worker cannot start or dies; the next call then starts another.
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

  async #build(): Promise<void> {
    const { recordFile, recordStart, recordEnd } = this.table.columns;
    // The worker's own copies, moved there: the table keeps what it has.
    const files = this.table.files.map((bytes) => bytes.slice());
    const columns = {
      recordFile: recordFile.slice(),
      recordStart: recordStart.slice(),
      recordEnd: recordEnd.slice(),
    };
    const moved = [...files, ...Object.values(columns)].map(({ buffer }) => buffer);
    await this.#ask({ kind: 'build', files, ...columns, systems: this.systems }, moved);
  }

  #ask(request: SearchRequest, transfer: Transferable[] = []): Promise<SearchAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(closed());
        return;
      }
      this.#waiting.push({ resolve, reject });
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
      if (this.#worker === worker) this.#waiting.shift()?.resolve(data);
    });
    worker.addEventListener('error', (event) => {
      // A worker whose file could not be loaded says nothing.
      stop(failure(event.message || 'its part of the app could not be loaded'));
    });
    worker.addEventListener('messageerror', () => stop(failure('its answer could not be read')));
    return worker;
  }

  #stop(reason: Error): void {
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
