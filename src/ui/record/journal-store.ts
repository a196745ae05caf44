import type { Entry } from '../../domain/work';
import type { JournalFault } from '../../io/journal';
import { JournalError } from './journal-error';
import { JournalLink, type LinkOptions } from './journal-link';
import type { Appended, Position, Tail } from './journal-records';
import { type JournalNews, NEWS_CHANNEL } from './journal-news';

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

/**
 * Keeps one work in this browser. It gives every entry of the journal to its owner exactly once, in the journal's
 * order: from open(), as an append() that was `ok`, in the `tail` of one that was not, or to the listener of onTail().
 */
export class JournalStore {
  /** Whether the browser has promised to keep it when the disk gets full; asked with the first change. */
  isPersistent: Promise<boolean> | undefined;

  readonly #link: JournalLink;
  readonly #news = new BroadcastChannel(NEWS_CHANNEL);
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
      }).catch((error: unknown) => {
        if (error instanceof JournalError) onTrouble(error);
        else throw error;
      });
    };
    this.#news.addEventListener('message', onmessage);
    return () => this.#news.removeEventListener('message', onmessage);
  }

  /** Keeps the bytes of an opened file and resolves to their SHA-256, when they were read back. */
  putContent(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    this.#askToPersist();
    return this.#link.ask('putContent', this.key, bytes);
  }

  /** The bytes that were kept under a SHA-256; rejects when they are damaged. */
  content(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#link.ask('content', this.key, sha256);
  }

  /** Ends the worker. What was not confirmed yet rejects. */
  close(): void {
    this.#news.close();
    this.#link.close();
  }

  async #append(entry: Entry, expectedLength: number): Promise<Append> {
    const position = this.#position;
    if (position === undefined) throw new Error('Open the work before anything is appended to it.');
    if (this.#isReadOnly) {
      throw new JournalError(
        'newer',
        'A newer version of this map has written in your work: reload the page.',
      );
    }
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
    const ask = (isRepeated: boolean) =>
      this.#link.ask('append', this.key, this.address, entry, position, isRepeated);
    try {
      return await ask(this.#unsure === text);
    } catch (error) {
      if (!(error instanceof JournalError) || error.trouble !== 'stopped') throw error;
      this.#unsure = text;
      return ask(true);
    }
  }

  #take({ entries, position, isReadOnly }: Tail): Entry[] {
    this.#position = position;
    this.#length += entries.length;
    this.#isReadOnly ||= isReadOnly;
    return entries;
  }

  #askToPersist(): void {
    this.isPersistent ??= navigator.storage.persist().catch(() => false);
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(run);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
