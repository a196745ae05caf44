import type { SightingTable } from '../../domain/table';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../io/silence';
import { tileTableOf } from '../../map/tile-table';
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
 * that ask later are told so; when it hangs, it is ended, those that wait are told, and the next question starts another.
 */
export class SightingTilesClient {
  /** how often `show` was called; tiles of another revision are out of date */
  revision = 0;

  #worker: Worker | undefined;
  readonly #silence = new Silence(MOST_SILENCE_MS, () => this.#hang());
  #failure: Error | undefined;
  #table: SightingTable | undefined;
  /** whether all rows of the table are shown */
  #isWhole = false;
  /** those that are shown where not all are */
  #rows: Uint32Array | undefined;
  #lastId = 0;
  /** by "z/x/y", not asked yet */
  readonly #wanted = new Map<string, Wanted>();
  readonly #asked = new Map<number, Wanted>();
  readonly #marks = new Map<number, { resolve: (rows: number[]) => void; reject: (error: Error) => void }>();

  constructor() {
    this.#start();
  }

  /** Takes a table, whose rows are to be shown as soon as it is known which: getting ready takes a while. */
  prepare(table: SightingTable): void {
    if (table === this.#table) return;
    this.#post({ kind: 'table', table: tileTableOf(table) });
    this.#table = table;
    this.#isWhole = false;
    this.#rows = undefined;
  }

  /** Shows these rows of a table from now on, and no other, or all of them. Whether that is something else than before. */
  show(table: SightingTable, rows?: Uint32Array): boolean {
    const isWhole = rows === undefined || rows.length === table.length;
    if (isWhole && this.#isWhole && table === this.#table) return false;
    this.revision++;
    this.prepare(table);
    this.#isWhole = isWhole;
    this.#rows = isWhole ? undefined : rows;
    this.#postRows();
    return true;
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
      this.#ask({ kind: 'sharing-mark', id, row, z });
    });
  }

  /** Ends the worker. Nothing that waits is answered any more. */
  close(): void {
    this.#silence.end();
    this.#worker?.terminate();
  }

  #start(): void {
    try {
      this.#worker = new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' });
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    const worker = this.#worker;
    worker.onmessage = ({ data }: MessageEvent<TileAnswer>) => {
      if (this.#worker === worker) this.#take(data);
    };
    worker.onerror = (event) => {
      event.preventDefault(); // it is told to whoever wants a tile
      // A script that cannot be loaded has no message.
      this.#fail(event.message || 'its script cannot be loaded');
    };
    worker.onmessageerror = () => this.#fail('an answer of it cannot be read');
  }

  /** Starts another worker, which shows what the one before did. */
  #startAnew(): void {
    this.#start();
    if (!this.#table) return;
    this.#post({ kind: 'table', table: tileTableOf(this.#table) });
    if (this.#rows || this.#isWhole) this.#postRows();
  }

  #postRows(): void {
    const copy = this.#rows?.slice(); // a list of its own, to give away
    this.#post({ kind: 'show', rows: copy, revision: this.revision }, copy ? [copy.buffer] : []);
  }

  #post(question: TileQuestion, transfer: Transferable[] = []): void {
    if (!this.#failure) this.#worker?.postMessage(question, transfer);
  }

  /** Asks what is to be answered, of a worker in the place of the one that hung if need be. */
  #ask(question: TileQuestion): void {
    if (!this.#worker) this.#startAnew();
    if (this.#asked.size + this.#marks.size === 1) this.#silence.begin();
    this.#post(question);
  }

  #askNext(): void {
    for (const [key, wanted] of this.#wanted) {
      if (this.#asked.size >= MAX_ASKED) return;
      const id = ++this.#lastId;
      this.#wanted.delete(key);
      this.#asked.set(id, wanted);
      this.#ask({ kind: 'tile', id, z: wanted.z, x: wanted.x, y: wanted.y });
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
    if (this.#asked.size + this.#marks.size > 0) this.#silence.begin();
    else this.#silence.end();
  }

  #fail(reason: string): void {
    this.#failure ??= new Error(
      `the worker that draws the sightings has stopped (${reason}); the list still has them all. Reload the page.`,
    );
    this.#end(this.#failure);
  }

  #hang(): void {
    this.#end(
      new Error(
        `the worker that draws the sightings was ended: ${SAID_NOTHING}; the list still has them all. Zoom to try again, or reload the page.`,
      ),
    );
  }

  #end(reason: Error): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#wanted.values(), ...this.#asked.values()].flatMap((wanted) => [
      ...wanted.waiting,
    ]);
    for (const { reject } of [...waiting, ...this.#marks.values()]) reject(reason);
    this.#wanted.clear();
    this.#asked.clear();
    this.#marks.clear();
  }
}
