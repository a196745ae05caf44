import { type DBSchema, type IDBPDatabase, deleteDB, openDB } from 'idb';
import type { KeptSighting, KeptSummary } from '../../domain/kept';
import { inTime } from './in-time';

/** What the index knows of a kept work. */
export interface IndexedWork extends KeptSummary {
  /** where its journal stands among all works; names it for all that can be done with it */
  id: string;
  address: string;
  /** records of the journal that cannot be read */
  faults: number;
  /** the journal that this reflects: its first line and its length */
  start: string;
  bytes: number;
}

export interface IndexedSighting extends KeptSighting {
  /** the id of the work in which it was written */
  work: string;
  /** where it stands among all that was written there */
  place: number;
}

interface Schema extends DBSchema {
  works: { key: string; value: IndexedWork };
  sightings: { key: [work: string, place: number]; value: IndexedSighting };
}

const DATABASE = 'sighting-map-kept';
const VERSION = 2; // 1 knew the changed sightings alone

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(DATABASE, VERSION, {
    upgrade(database) {
      for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name); // read anew from the journals
      database.createObjectStore('works', { keyPath: 'id' });
      database.createObjectStore('sightings', { keyPath: ['work', 'place'] });
    },
  });
}

/**
 * The index of all kept works, in IndexedDB: one record for each text of a sighting that was
 * written, and one for each work. It only
 * repeats what the journals say. Whatever fails here is noted and costs no more than a slower list.
 */
export class KeptIndex {
  /** what failed, in sentences */
  readonly notes: string[] = [];

  async works(): Promise<IndexedWork[]> {
    return this.#use([], (database) => database.getAll('works'));
  }

  async sightings(): Promise<IndexedSighting[]> {
    return this.#use([], (database) => database.getAll('sightings'));
  }

  /** Puts a work in the place of what the index knew of it. */
  async put(work: IndexedWork, sightings: readonly IndexedSighting[]): Promise<void> {
    await this.#rewrite(work.id, async (database) => {
      const transaction = database.transaction(['works', 'sightings'], 'readwrite');
      const store = transaction.objectStore('sightings');
      await Promise.all([
        store.delete(rangeOf(work.id)),
        ...sightings.map((sighting) => store.put(sighting)),
        transaction.objectStore('works').put(work),
        transaction.done,
      ]);
    });
  }

  /** Forgets a work that is no more at its place. */
  async drop(work: string): Promise<void> {
    await this.#rewrite(work, async (database) => {
      const transaction = database.transaction(['works', 'sightings'], 'readwrite');
      await Promise.all([
        transaction.objectStore('sightings').delete(rangeOf(work)),
        transaction.objectStore('works').delete(work),
        transaction.done,
      ]);
    });
  }

  #rewrite(work: string, write: (database: IDBPDatabase<Schema>) => Promise<void>): Promise<void> {
    return this.#use(undefined, write, work);
  }

  async #use<T>(instead: T, run: (database: IDBPDatabase<Schema>) => Promise<T>, work = ''): Promise<T> {
    // Opened for each use: nobody who wants to delete it has to wait for this page.
    const attempt = async () => {
      const database = await open();
      try {
        return await run(database);
      } finally {
        database.close();
      }
    };
    try {
      return await inTime(attempt());
    } catch (error) {
      this.#note(error, work);
    }
    try {
      await inTime(deleteDB(DATABASE)); // the journals have it all
      return await inTime(attempt());
    } catch (error) {
      this.#note(error, work);
      return instead;
    }
  }

  #note(error: unknown, work: string): void {
    const reason = error instanceof Error ? error.message : String(error);
    const of = work === '' ? '' : ` of ${work}`;
    this.notes.push(`The index${of} could not be used (${reason}). The journals were read instead.`);
  }
}

function rangeOf(work: string): IDBKeyRange {
  return IDBKeyRange.bound([work], [work, []]); // lists come after all texts
}
