import { JournalLink, type LinkOptions } from './journal-link';
import type { KeptList, KeptWork } from './kept-list';
import type { TakenIn } from './kept-shelf';

export type { KeptList, KeptWork };

/** All works that are kept in this browser, for a list from which they can be restored. Rejects with a `JournalError`. */
export class KeptWorks {
  readonly #link: JournalLink;

  /** @param onprogress told the share of what is being done that is done, 0 to 1, where that takes long */
  constructor(
    private readonly onprogress: (done: number) => void = () => undefined,
    options?: LinkOptions,
  ) {
    this.#link = new JournalLink(options);
  }

  /** All works, and the sightings changed in them that have all of some words. */
  list(words = ''): Promise<KeptList> {
    return this.#link.ask('list', words);
  }

  /** Puts a work aside. Resolves to its new id; `undefined` when nothing was kept under the key. */
  discard(key: string): Promise<string | undefined> {
    return this.#link.askLong(this.onprogress, 'discard', key);
  }

  /** Makes a work that was put aside the work of its data again; what was in its place is put aside. */
  restore(id: string): Promise<void> {
    return this.#link.askLong(this.onprogress, 'restore', id);
  }

  /** Deletes a work that was put aside. Nothing brings it back. */
  deleteForever(id: string): Promise<void> {
    return this.#link.ask('deleteForever', id);
  }

  /** A copy of a work with the files that were opened in it, to be saved: a zip archive, or its journal where there are none. */
  exportWork(id: string): Promise<Blob> {
    return this.#link.askLong(this.onprogress, 'exportWork', id);
  }

  /** Takes a saved copy in, among the works that were put aside. */
  importWork(copy: Blob): Promise<TakenIn> {
    return this.#link.askLong(this.onprogress, 'importWork', copy);
  }

  /** Leaves off what is being done: it rejects, and all is as it was. */
  cancel(): void {
    this.#link.cancel();
  }

  /** Lets go of all that is not answered, which rejects, so that what is asked next need not wait for it. */
  startAnew(): void {
    this.#link.startAnew();
  }

  close(): void {
    this.#link.close();
  }
}
