import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';
import { JournalError, unanswered } from './journal-error';
import type { LinkOptions } from './journal-link';
import { SILENT_MS } from './journal-presence';
import { JournalStore } from './journal-store';
import { MemoryStore } from './memory-store';

const ALONE =
  'This browser does not let tabs tell each other: what another tab of this map changes is seen here after the next change, or when the page is reloaded.';

/** The names of the contents that an entry needs to be read again. */
function contentsOf(entry: Entry): string[] {
  if (entry.kind !== 'change') return [];
  return entry.change.layers.flatMap(({ after }) => {
    if (after?.source.kind !== 'content') return [];
    const { sha256, setAside } = after.source;
    return setAside ? [sha256, setAside.sha256] : [sha256];
  });
}

/**
 * Keeps a work in the journal of this browser. Opened files that cannot be kept are held, and kept before the first entry
 * that needs them: the journal never names a file that is not there.
 */
export class KeptStore implements EntryStore {
  readonly #journal: JournalStore;
  readonly #memory = new MemoryStore();
  readonly #whyHeld = new Map<string, string>();
  /** whether something was not waited for that may still be answered, and holds up what is asked next */
  #isSilent = false;
  #isClosed = false;

  /** @param key and address of the work, as of {@link JournalStore} */
  constructor(key: string, address: string, options?: LinkOptions) {
    this.#journal = new JournalStore(key, address, options);
  }

  async open(): Promise<{ entries: readonly Entry[]; problems: readonly string[]; isReadOnly: boolean }> {
    this.#isSilent = true; // whoever opens a file before this is answered does not wait for it
    const opening = this.#journal.open().finally(() => (this.#isSilent = false));
    const { entries, faults, isReadOnly } = await opening;
    const problems = faults.map(
      ({ offset, reason }) => `A change kept in this browser cannot be read (byte ${offset}): it ${reason}.`,
    );
    if (entries.length > 0 && !this.#journal.hearsOthers) problems.push(ALONE);
    return { entries, problems, isReadOnly };
  }

  async append(entry: Entry, expectedLength: number): Promise<AppendResult> {
    for (const name of contentsOf(entry)) {
      const content = await this.#memory.content(name);
      if (!content) continue;
      await this.#journal.putContent(content);
      this.#letGo(name);
    }
    return this.#journal.append(entry, expectedLength);
  }

  onTail(
    listener: (tail: readonly Entry[], from: number) => void,
    ontrouble: (reason: Error) => void,
  ): () => void {
    return this.#journal.onTail((tail) => listener(tail, this.#journal.length - tail.length), ontrouble);
  }

  async putContent(content: Blob, progress: (done: number) => void = () => undefined): Promise<string> {
    if (this.#isSilent) return await this.#hold(content, unanswered());
    try {
      const name = await this.#putInTime(content, progress);
      this.#letGo(name);
      return name;
    } catch (error) {
      if (this.#isClosed || !(error instanceof JournalError)) throw error;
      return await this.#hold(content, error);
    }
  }

  whyHeld(name: string): string | undefined {
    return this.#whyHeld.get(name);
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
    this.#isClosed = true;
    this.#journal.close();
    this.#memory.close();
  }

  async #hold(content: Blob, reason: JournalError): Promise<string> {
    const name = await this.#memory.putContent(content).catch(() => {
      throw reason; // what cannot be read any more cannot be held, either
    });
    this.#whyHeld.set(name, reason.message);
    return name;
  }

  /** What is kept need not be held. */
  #letGo(name: string): void {
    this.#memory.forget(name);
    this.#whyHeld.delete(name);
  }

  /** Rejects where nothing is said for long; then it may be kept all the same. */
  #putInTime(content: Blob, progress: (done: number) => void): Promise<string> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#isSilent = true;
        reject(unanswered());
      };
      const wait = () => setTimeout(leave, SILENT_MS);
      let timer = wait();
      const told = (done: number) => {
        clearTimeout(timer);
        timer = wait();
        progress(done);
      };
      const end = () => {
        clearTimeout(timer);
        this.#isSilent = false;
      };
      void this.#journal.putContent(content, told).finally(end).then(resolve, reject);
    });
  }
}
