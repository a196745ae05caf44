import { JournalLink, type LinkOptions } from './journal-link';
import type { KeptList, KeptWork } from './kept-list';

export type { KeptList, KeptWork };

/** All works that are kept in this browser, for a list from which they can be restored. Rejects with a `JournalError`. */
export class KeptWorks {
  readonly #link: JournalLink;

  constructor(options?: LinkOptions) {
    this.#link = new JournalLink(options);
  }

  /** All works, and the sightings changed in them that have all of some words. */
  list(words = ''): Promise<KeptList> {
    return this.#link.ask('list', words);
  }

  /** Puts a work aside. Resolves to its new id; `undefined` when nothing was kept under the key. */
  discard(key: string): Promise<string | undefined> {
    return this.#link.ask('discard', key);
  }

  /** Makes a work that was put aside the work of its data again; what was in its place is put aside. */
  restore(id: string): Promise<void> {
    return this.#link.ask('restore', id);
  }

  /** Deletes a work that was put aside. Nothing brings it back. */
  deleteForever(id: string): Promise<void> {
    return this.#link.ask('deleteForever', id);
  }

  /** The journal of a work, as a file to be saved. */
  exportJournal(id: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#link.ask('exportJournal', id);
  }

  /** Takes the file of a journal in, among the works that were put aside. Resolves to its id. */
  importJournal(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    return this.#link.ask('importJournal', bytes);
  }

  close(): void {
    this.#link.close();
  }
}
