/// <reference types="wicg-file-system-access" />
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import { inTime } from './in-time';

/** A file that a layer is saved to, and what it was when we wrote or opened it. */
export interface KnownFile {
  handle: FileSystemFileHandle;
  /** SHA-256 of its bytes in hex */
  sha256: string;
  size: number;
  /** milliseconds since 1970 */
  lastModified: number;
}

interface Schema extends DBSchema {
  files: { key: [work: string, layer: string]; value: KnownFile };
}

const DATABASE = 'sighting-map-files';

/**
 * The files that the layers of a work are saved to. Kept in IndexedDB for later visits; where that fails, they are
 * known as long as the page is open, and are asked for again then.
 */
export class FileHandles {
  readonly #known = new Map<string, { file: KnownFile; isStored: boolean }>();

  /** @param work its key */
  constructor(private readonly work: string) {}

  /** The file of a layer, `undefined` when there is none yet. */
  async of(layer: string): Promise<KnownFile | undefined> {
    const known = this.#known.get(layer);
    if (known?.isStored === false) return known.file;
    // Another tab may have written it since.
    return (await this.#use((database) => database.get('files', [this.work, layer]))) ?? known?.file;
  }

  async remember(layer: string, file: KnownFile): Promise<void> {
    this.#known.set(layer, { file, isStored: false });
    const key = await this.#use((database) => database.put('files', file, [this.work, layer]));
    this.#known.set(layer, { file, isStored: key !== undefined });
  }

  async #use<T>(run: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    const attempt = async () => {
      const database = await openDB<Schema>(DATABASE, 1, {
        upgrade: (fresh) => void fresh.createObjectStore('files'),
      });
      try {
        return await run(database);
      } finally {
        database.close();
      }
    };
    try {
      return await inTime(attempt());
    } catch {
      return undefined; // a convenience: the file is asked for again
    }
  }
}
