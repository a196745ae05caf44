import type { Entry } from '../../domain/work';
import type { JournalFault } from '../../io/journal';
import { JournalError, newer } from './journal-error';
import { JournalLink, type LinkOptions } from './journal-link';
import type { Appended, Position, Tail } from './journal-records';
import { type JournalNews, newsChannel } from './journal-news';

export type { JournalFault };

/** What a work was when it was opened. */
export interface OpenedWork {
  entries: Entry[];
  /** what could not be read; it stays in the file */
  faults: readonly JournalFault[];
  /** whether a newer version of the app has written in it, so that this one must not */
  isReadOnly: boolean;
}

export type Append = { ok: true } | { ok: false; tail: Entry[] };

const OUTCOME_UNKNOWN =
  'What keeps your changes has stopped, and another tab is writing: whether the last change is kept is not known. ' +
  'Close the other tabs of this map and try again.';

/**
 * Keeps one work in this browser. It gives every entry of the journal to its owner exactly once, in the journal's
 * order: from open(), as an append() that was `ok`, in the `tail` of one that was not, or to the listener of onTail().
 */
export class JournalStore {
  /** Whether the browser has promised to keep it when the disk gets full; asked with the first change. */
  isPersistent: Promise<boolean> | undefined;

  readonly #link: JournalLink;
  readonly #news = newsChannel();
  #position: Position | undefined;
  #length = 0;
  #isReadOnly = false;
  /** an entry of which the outcome is not known */
  #unsure: string | undefined;
  #isAppending = false;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * @param key of the work, see `workKey`
   * @param address of the data that the work begins with, for a list of kept works
   */
  constructor(
    private readonly key: string,
    private readonly address: string,
    options?: LinkOptions,
  ) {
    this.#link = new JournalLink(options);
  }

  /** How many entries the owner was given. */
  get length(): number {
    return this.#length;
  }

  /** Whether it is told when other tabs append; else that is seen when it is read, or appended to. */
  get hearsOthers(): boolean {
    return this.#news !== undefined;
  }

  /** Reads the work. A work that nobody has begun yet has no entries. Rejects with a {@link JournalError}. */
  open(): Promise<OpenedWork> {
    return this.#inTurn(async () => {
      const tail = await this.#link.ask('read', this.key);
      this.#length = 0;
      this.#unsure = undefined;
      return { entries: this.#take(tail), faults: tail.faults, isReadOnly: this.#isReadOnly };
    });
  }

  /**
   * Appends an entry, if the journal has no other entry than its owner has. Resolves to `ok` when it is on the disk
   * and was read back from there; else to what others have appended, for its owner to apply, to look whether the
   * entry is still wanted, and to try again. Rejects with a {@link JournalError}, and then the entry is not kept;
   * only when the trouble is `stopped` that is not known: then the same entry can be appended again, and is kept once.
   * @param expectedLength the `length` on which the entry builds
   * @throws while another append runs
   */
  async append(entry: Entry, expectedLength: number): Promise<Append> {
    if (this.#isAppending) throw new Error('Append one entry after the other: the last one is not kept yet.');
    this.#isAppending = true;
    try {
      return await this.#inTurn(() => this.#append(entry, expectedLength));
    } finally {
      this.#isAppending = false;
    }
  }

  /**
   * Tells what other tabs append, in order. Returns what ends that.
   * @param onTrouble called when that cannot be read any more, such as when another tab has put the work aside
   */
  onTail(listener: (tail: Entry[]) => void, onTrouble: (reason: JournalError) => void = () => undefined) {
    const onmessage = ({ data }: MessageEvent<JournalNews>) => {
      if (data.key !== this.key || data.tab === this.#link.tab) return;
      this.#inTurn(async () => {
        // Not open yet, so that all is still to be read; or an entry of unknown outcome is to be asked for first.
        if (this.#position === undefined || this.#unsure !== undefined) return;
        const tail = this.#take(await this.#link.ask('read', this.key, this.#position));
        if (tail.length > 0) listener(tail);
        if (this.#isReadOnly) onTrouble(newer());
      }).catch((error: unknown) => {
        if (error instanceof JournalError) onTrouble(error);
        else throw error;
      });
    };
    this.#news?.addEventListener('message', onmessage);
    return () => this.#news?.removeEventListener('message', onmessage);
  }

  /** Keeps the content of an opened file and resolves to its name, told by its bytes, when they were read back. */
  putContent(content: Blob, progress: (done: number) => void = () => undefined): Promise<string> {
    this.#askToPersist();
    return this.#link.askLong(progress, 'putContent', this.key, content);
  }

  /** What was kept under a name, still on the disk; rejects when it is damaged. */
  content(name: string): Promise<File | undefined> {
    return this.#link.ask('content', this.key, name);
  }

  /** Ends the worker. What was not confirmed yet rejects. */
  close(): void {
    this.#news?.close();
    this.#link.close();
  }

  async #append(entry: Entry, expectedLength: number): Promise<Append> {
    const position = this.#position;
    if (position === undefined) {
      // It could not be read when it was opened: either it can be by now, or the reason is said again.
      const tail = this.#take(await this.#link.ask('read', this.key));
      return tail.length > 0 ? { ok: false, tail } : this.#append(entry, expectedLength);
    }
    if (this.#isReadOnly) throw newer();
    if (expectedLength !== this.#length) return { ok: false, tail: [] }; // a tail came first
    this.#askToPersist();
    const answer = await this.#ask(entry, position);
    this.#unsure = undefined;
    if (!answer.ok) return { ok: false, tail: this.#take(answer.tail) };
    this.#position = answer.position;
    this.#length++;
    return { ok: true };
  }

  /** Asks once more when the worker dies: a new one sees in the journal whether the entry is there. */
  async #ask(entry: Entry, position: Position): Promise<Appended> {
    const text = JSON.stringify(entry);
    const plain = JSON.parse(text) as Entry; // proxies, such as Svelte’s, cannot be sent to a worker
    const ask = () => this.#link.ask('append', this.key, this.address, plain, position);
    if (this.#unsure !== text) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof JournalError) || error.trouble !== 'stopped') throw error;
        this.#unsure = text;
      }
    }
    try {
      return await ask();
    } catch (error) {
      const isBusy = error instanceof JournalError && error.trouble === 'busy';
      throw isBusy ? new JournalError('stopped', OUTCOME_UNKNOWN) : error;
    }
  }

  #take({ entries, position, isReadOnly }: Tail): Entry[] {
    this.#position = position;
    this.#length += entries.length;
    this.#isReadOnly ||= isReadOnly;
    return entries;
  }

  #askToPersist(): void {
    if (!isSecureContext) return; // no such question there, and nothing that could be kept
    // Some private windows have no such thing.
    const { storage } = navigator as { storage?: StorageManager };
    this.isPersistent ??= (storage?.persist() ?? Promise.resolve(false)).catch(() => false);
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(run);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
