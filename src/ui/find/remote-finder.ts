import type { FeatureCollection } from 'geojson';
import { findTableParts, transferOfParts } from '../../domain/find-table';
import type { Finder } from '../../domain/finder';
import type { SightingTable } from '../../domain/table';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../io/silence';
import type { FinderAnswer, FinderMethod, FinderRequest } from './finder-messages';

type Args<M extends FinderMethod> = Parameters<Finder[M]>;
type Answer<M extends FinderMethod> = ReturnType<Finder[M]>;

interface Waiting {
  resolve: (answer: Answer<FinderMethod>) => void;
  reject: (reason: Error) => void;
}

/**
 * A `Finder` in a worker, which has its own copy of the columns: the page stays free however many rows there are.
 * Calls are answered in their order. When the worker fails, those that wait and all later ones reject; when it hangs,
 * it is ended, those that wait reject, and the next call starts another.
 */
export class RemoteFinder {
  /** the areas that are to be seen by what was told last */
  areas: FeatureCollection = { type: 'FeatureCollection', features: [] };
  /** told the rows that the map has, some time before the answer that they are of */
  onrows: (rowsOnMap: Uint32Array) => void = () => undefined;
  /** whether the last worker hung: no answer refers to what an earlier one was asked */
  hasHung = false;

  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #silence = new Silence(MOST_SILENCE_MS, () => this.#hang());
  #lastId = 0;
  #failure: Error | undefined;

  constructor(private readonly table: SightingTable) {
    this.#start();
  }

  /** Calls a method of the finder. */
  ask<M extends FinderMethod>(method: M, ...args: Args<M>): Promise<Answer<M>> {
    return new Promise<Answer<FinderMethod>>((resolve, reject) => {
      if (!this.#failure && !this.#worker) this.#start();
      if (this.#failure) return reject(this.#failure);
      this.hasHung = false;
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#silence.begin();
      this.#post({ kind: 'call', id, method, args });
    }) as Promise<Answer<M>>;
  }

  /** Ends the worker. Nothing that waits is answered any more. */
  close(): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#waiting.clear();
  }

  #start(): void {
    try {
      this.#worker = new Worker(new URL('./finder-worker.ts', import.meta.url), { type: 'module' });
      const parts = findTableParts(this.table);
      this.#worker.postMessage({ kind: 'table', parts } satisfies FinderRequest, transferOfParts(parts));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    const worker = this.#worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FinderAnswer>) => {
      if (this.#worker === worker) this.#take(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault(); // it is told to whoever asks
      // A script that cannot be loaded has no message.
      this.#fail(event.message || 'its script cannot be loaded');
    });
    worker.addEventListener('messageerror', () => this.#fail('an answer of it cannot be read'));
  }

  #post(request: FinderRequest): void {
    this.#worker?.postMessage(request);
  }

  #take(answer: FinderAnswer): void {
    if (answer.kind === 'awake') return this.#silence.begin();
    if (answer.kind !== 'error' && answer.areas) this.areas = answer.areas;
    if (answer.kind === 'rows') {
      this.#silence.begin();
      return this.onrows(answer.rowsOnMap);
    }
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size > 0) this.#silence.begin();
    else this.#silence.end();
    if (answer.kind === 'error') waiting?.reject(new Error(answer.message));
    else waiting?.resolve(answer.answer);
  }

  #hang(): void {
    this.hasHung = true;
    this.#end(new Error(`the worker that finds sightings was ended: ${SAID_NOTHING}`));
  }

  #fail(reason: string): void {
    this.#failure ??= new Error(`the worker that finds sightings has stopped: ${reason}`);
    this.#end(this.#failure);
  }

  #end(reason: Error): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
