import type { DistanceList } from '../../domain/distance-list';
import { buffersOf, placedParts } from '../../domain/placed-table';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../io/silence';
import type { DistancesAnswer, DistancesRequest, PageQuestion } from './distances-messages';

/** So much text of records is handed to the worker at a time. */
const BATCH_BYTES = 1_000_000;

/** A part of a list of distances that is sorted. */
export interface DistancesPage {
  /** of the pairs, in the list */
  indices: Uint32Array;
  /** how many pairs are shown on all pages */
  total: number;
}

interface Waiting {
  id: number;
  resolve: (page: DistancesPage | undefined) => void;
  reject: (reason: Error) => void;
}

/**
 * Measures and sorts a list of distances in a worker, which has its own copy of what it needs: the page stays free
 * however many pairs there are. When the worker fails or hangs it is ended, and the next question starts another.
 */
export class RemoteDistances {
  #worker: Worker | undefined;
  #waiting: Waiting | undefined;
  #lastId = 0;
  readonly #silence = new Silence(MOST_SILENCE_MS, () =>
    this.#end(new Error(`it was ended: ${SAID_NOTHING}`)),
  );

  /** @param onprogress told now and then which share of what was asked is done, from 0 to 1 */
  constructor(
    private readonly list: DistanceList,
    private readonly onprogress: (share: number) => void,
  ) {}

  /**
   * The pairs of a part of the list; `undefined` when something else was asked before the answer came, or it was
   * closed. Rejects with what is wrong with the worker.
   */
  page(question: PageQuestion): Promise<DistancesPage | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting?.resolve(undefined);
      const id = ++this.#lastId;
      this.#waiting = { id, resolve, reject };
      this.#silence.begin();
      try {
        this.#worker ??= this.#start();
        this.#post({ kind: 'page', id, question });
      } catch (error) {
        this.#end(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Ends the worker, whatever it is at. */
  close(): void {
    this.#waiting?.resolve(undefined);
    this.#waiting = undefined;
    this.#end();
  }

  #start(): Worker {
    const { list } = this;
    const worker = new Worker(new URL('./distances-worker.ts', import.meta.url), { type: 'module' });
    const end = (reason: string) => {
      if (this.#worker === worker) this.#end(new Error(reason));
    };
    worker.addEventListener('message', ({ data }: MessageEvent<DistancesAnswer>) => {
      if (this.#worker === worker) this.#take(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault(); // it is told to whoever asks
      end(event.message || 'its part of the app could not be loaded'); // a script that cannot be loaded has no message
    });
    worker.addEventListener('messageerror', () => end('its answer could not be read'));
    const parts = placedParts(list.table, list.rows);
    const request: DistancesRequest = { kind: 'begin', parts, referencePoints: list.referencePoints };
    worker.postMessage(request, buffersOf(parts));
    return worker;
  }

  #post(request: DistancesRequest, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(request, transfer);
  }

  #take(answer: DistancesAnswer): void {
    if (answer.kind === 'records wanted') this.#sendRecords(answer.from);
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#silence.begin();
    if (answer.kind === 'progress') return this.onprogress(answer.share);
    if (answer.kind === 'records wanted' || answer.id !== waiting.id) return;
    this.#waiting = undefined;
    this.#silence.end();
    if (answer.kind === 'error') waiting.reject(new Error(answer.message));
    else waiting.resolve({ indices: answer.indices, total: answer.total });
  }

  /** Hands records over some at a time, each a copy that the worker lets go of. */
  #sendRecords(from: number): void {
    const { table, rows } = this.list;
    const records: Uint8Array[] = [];
    let size = 0;
    for (let i = from; i < rows.length && size < BATCH_BYTES; i++) {
      const record = table.recordBytes(rows[i] ?? -1);
      records.push(record);
      size += record.length;
    }
    const bytes = new Uint8Array(size);
    const ends = new Uint32Array(records.length);
    let end = 0;
    for (const [i, record] of records.entries()) {
      bytes.set(record, end);
      ends[i] = end += record.length;
    }
    this.#post({ kind: 'records', bytes, ends }, [bytes.buffer, ends.buffer]);
  }

  #end(reason?: Error): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    if (reason) this.#waiting?.reject(reason);
    this.#waiting = undefined;
  }
}
