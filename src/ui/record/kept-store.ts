import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';
import { JournalError } from './journal-error';
import type { LinkOptions } from './journal-link';
import { JournalStore } from './journal-store';
import { MemoryStore } from './memory-store';

const ALONE =
  'This browser does not let tabs tell each other: what another tab of this map changes is seen here after the next change, or when the page is reloaded.';

/** Keeps a work in the journal of this browser. Where there can be none, opened files last as long as the page. */
export class KeptStore implements EntryStore {
  readonly #journal: JournalStore;
  readonly #memory = new MemoryStore();

  /** @param key and address of the work, as of {@link JournalStore} */
  constructor(key: string, address: string, options?: LinkOptions) {
    this.#journal = new JournalStore(key, address, options);
  }

  async open(): Promise<{ entries: readonly Entry[]; problems: readonly string[]; isReadOnly: boolean }> {
    const { entries, faults, isReadOnly } = await this.#journal.open();
    const problems = faults.map(
      ({ offset, reason }) => `A change kept in this browser cannot be read (byte ${offset}): it ${reason}.`,
    );
    if (entries.length > 0 && !this.#journal.hearsOthers) problems.push(ALONE);
    return { entries, problems, isReadOnly };
  }

  append(entry: Entry, expectedLength: number): Promise<AppendResult> {
    return this.#journal.append(entry, expectedLength);
  }

  onTail(
    listener: (tail: readonly Entry[], from: number) => void,
    ontrouble: (reason: Error) => void,
  ): () => void {
    return this.#journal.onTail((tail) => listener(tail, this.#journal.length - tail.length), ontrouble);
  }

  async putContent(content: Blob, progress?: (done: number) => void): Promise<string> {
    try {
      return await this.#journal.putContent(content, progress);
    } catch (error) {
      if (error instanceof JournalError && error.trouble === 'unsupported')
        return this.#memory.putContent(content);
      throw error;
    }
  }

  async content(name: string): Promise<Blob | undefined> {
    const content = await this.#memory.content(name);
    if (content) return content;
    try {
      return await this.#journal.content(name);
    } catch (error) {
      if (error instanceof JournalError) return undefined;
      throw error;
    }
  }

  close(): void {
    this.#journal.close();
    this.#memory.close();
  }
}
