import type { SightingTable } from '../../domain/table';
import { tileTableOf } from '../../map/places';
import type { TileAnswer, TileQuestion } from './tile-messages';

/** So many tiles are with the worker at a time: one in the making, one to go on with. The others can be called off. */
const MAX_ASKED = 2;

/** A tile, and which call of `show` it shows: the first is 1. */
export interface MadeTile {
  bytes: ArrayBuffer;
  revision: number;
}

interface Waiting {
  resolve: (tile: MadeTile) => void;
  reject: (error: Error) => void;
}

/** A tile that was asked for, perhaps more than once. */
interface Wanted {
  z: number;
  x: number;
  y: number;
  waiting: Set<Waiting>;
}

/**
 * Has the tiles of sightings made by a worker, so that the page stays free. Everything is done in the order in which
 * it is asked: a tile that is asked for after `show` shows those rows. When the worker fails, all that wait and all
 * that ask later are told so.
 */
export class SightingTilesClient {
  /** how often `show` was called; tiles of another revision are out of date */
  revision = 0;

  readonly #worker: Worker | undefined;
  #failure: Error | undefined;
  #table: SightingTable | undefined;
  #lastId = 0;
  /** by "z/x/y", not asked yet */
  readonly #wanted = new Map<string, Wanted>();
  readonly #asked = new Map<number, Wanted>();
  readonly #marks = new Map<number, { resolve: (rows: number[]) => void; reject: (error: Error) => void }>();

  constructor() {
    try {
      this.#worker = new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' });
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<TileAnswer>) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // it is told to whoever wants a tile
      // A script that cannot be loaded has no message.
      this.#fail(event.message || 'its script cannot be loaded');
    };
    this.#worker.onmessageerror = () => this.#fail('an answer of it cannot be read');
  }

  /** Shows these rows of a table from now on, and no other. */
  show(table: SightingTable, rows: Uint32Array): void {
    this.revision++;
    if (table !== this.#table) this.#post({ kind: 'table', table: tileTableOf(table) });
    this.#table = table;
    const copy = rows.slice(); // a list of its own, to give away
    this.#post({ kind: 'show', rows: copy, revision: this.revision }, [copy.buffer]);
  }

  /** The Mapbox Vector Tile at z, x, y. Rejects with the signal's reason when it is called off. */
  tile(z: number, x: number, y: number, signal?: AbortSignal): Promise<MadeTile> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      if (signal?.aborted) return reject(signal.reason as Error);
      const key = `${z}/${x}/${y}`;
      const wanted = this.#wanted.get(key) ?? { z, x, y, waiting: new Set() };
      const waiting = { resolve, reject };
      wanted.waiting.add(waiting);
      this.#wanted.set(key, wanted);
      signal?.addEventListener('abort', () => {
        wanted.waiting.delete(waiting);
        if (wanted.waiting.size === 0 && this.#wanted.get(key) === wanted) this.#wanted.delete(key);
        reject(signal.reason as Error);
      });
      this.#askNext();
    });
  }

  /** The rows shown that share the mark of this one on a tile of zoom `z`, itself among them. */
  sharingMark(row: number, z: number): Promise<number[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const id = ++this.#lastId;
      this.#marks.set(id, { resolve, reject });
      this.#post({ kind: 'sharing-mark', id, row, z });
    });
  }

  /** Ends the worker. Nothing that waits is answered any more. */
  close(): void {
    this.#worker?.terminate();
  }

  #post(question: TileQuestion, transfer: Transferable[] = []): void {
    if (!this.#failure) this.#worker?.postMessage(question, transfer);
  }

  #askNext(): void {
    for (const [key, wanted] of this.#wanted) {
      if (this.#asked.size >= MAX_ASKED) return;
      const id = ++this.#lastId;
      this.#wanted.delete(key);
      this.#asked.set(id, wanted);
      this.#post({ kind: 'tile', id, z: wanted.z, x: wanted.x, y: wanted.y });
    }
  }

  #take(answer: TileAnswer): void {
    const wanted = this.#asked.get(answer.id);
    const mark = this.#marks.get(answer.id);
    this.#asked.delete(answer.id);
    this.#marks.delete(answer.id);
    if (answer.kind === 'error') {
      const error = new Error(`The sightings cannot be drawn: ${answer.message}`);
      for (const { reject } of wanted?.waiting ?? []) reject(error);
      mark?.reject(error);
    } else if (answer.kind === 'tile') {
      const { bytes, revision } = answer;
      // Whoever gets bytes may give them away, so each has its own.
      for (const { resolve } of wanted?.waiting ?? []) resolve({ bytes: bytes.slice(0), revision });
    } else {
      mark?.resolve(answer.rows);
    }
    this.#askNext();
  }

  #fail(reason: string): void {
    const failure = new Error(
      `the worker that draws the sightings has stopped (${reason}); the list still has them all. Reload the page.`,
    );
    this.#failure ??= failure;
    this.#worker?.terminate();
    const waiting = [...this.#wanted.values(), ...this.#asked.values()].flatMap((wanted) => [
      ...wanted.waiting,
    ]);
    for (const { reject } of [...waiting, ...this.#marks.values()]) reject(this.#failure);
    this.#wanted.clear();
    this.#asked.clear();
    this.#marks.clear();
  }
}
