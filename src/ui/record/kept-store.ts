import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';
import { JournalError } from './journal-error';
import { JournalStore } from './journal-store';
import { MemoryStore } from './memory-store';

/** Keeps a work in the journal of this browser. Where there can be none, opened files last as long as the page. */
export class KeptStore implements EntryStore {
  readonly #journal: JournalStore;
  readonly #memory = new MemoryStore();

  /** @param key and address of the work, as of {@link JournalStore} */
  constructor(key: string, address: string) {
    this.#journal = new JournalStore(key, address);
  }

  async open(): Promise<{ entries: readonly Entry[]; problems: readonly string[]; isReadOnly: boolean }> {
    const { entries, faults, isReadOnly } = await this.#journal.open();
    const problems = faults.map(
      ({ offset, reason }) => `A change kept in this browser cannot be read (byte ${offset}): it ${reason}.`,
    );
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

  async putContent(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    try {
      return await this.#journal.putContent(bytes);
    } catch (error) {
      if (error instanceof JournalError && error.trouble === 'unsupported')
        return this.#memory.putContent(bytes);
      throw error;
    }
  }

  async content(sha256: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#memory.content(sha256);
    if (bytes) return bytes;
    try {
      return await this.#journal.content(sha256);
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
