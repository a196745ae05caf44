import { type Draft, type Entry, type Layer, Work } from '../../domain/work';
import type { AppendResult, EntryStore, Untimed } from './entry-store';
import { JournalError, newer, unanswered } from './journal-error';
import { SILENT_MS } from './journal-presence';

const now = () => new Date().toISOString();

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether what was done is kept in the browser: `kept` only after it was read back, `late` when that takes long. */
export type Keeping = 'kept' | 'keeping' | 'late' | 'failed';

/** What takes longer is said, in milliseconds. */
const LATE_MS = 700;

/**
 * A work and its entries: what is done is shown at once and kept as soon as the store says so. Entries that other tabs
 * keep come in between; an entry of ours that does not fit them any more is given back as lost.
 */
export class WorkKeeper {
  /** the work, in another box after each entry */
  work = $state.raw<{ readonly current: Work }>();
  keeping = $state<Keeping>('kept');
  /** why what is done cannot be kept in this browser, '' when it can */
  failure = $state('');
  /** whether a newer version of the app has written in it: what is done here would be lost */
  isReadOnly = $state(false);

  #kept: Entry[] = [];
  #pending: Entry[] = [];
  /** whether it was done without the store, which has not said yet what it keeps */
  #isSilent = false;
  #opened: Promise<unknown> = Promise.resolve();
  #isFlushing = false;
  #flushed = Promise.resolve();

  /** @param told of what other tabs do: that the work is another now, and our entries that they made impossible */
  constructor(
    private readonly given: Layer,
    private readonly store: EntryStore,
    private readonly told: { onchange: () => void; onlost: (entries: readonly Entry[]) => void },
  ) {
    this.#replay();
  }

  get current(): Work {
    return this.work?.current ?? new Work(this.given);
  }

  /**
   * Fetches what is kept. Resolves to what is to be said of it, to `undefined` when it cannot be fetched.
   * @param onsilent called when the store says nothing for long: what is done then waits for what it says in the end
   * @param silentMs how long that is
   */
  open(onsilent: () => void = () => undefined, silentMs = SILENT_MS): Promise<readonly string[] | undefined> {
    const opened = this.#open(onsilent, silentMs);
    this.#opened = opened;
    return opened;
  }

  async #open(onsilent: () => void, silentMs: number): Promise<readonly string[] | undefined> {
    const timer = setTimeout(() => {
      this.#isSilent = true;
      this.#fail(unanswered());
      onsilent();
    }, silentMs);
    try {
      const { entries, problems, isReadOnly } = await this.store.open();
      this.#kept = [...entries];
      this.#replay();
      this.keeping = this.isBehind ? 'keeping' : 'kept';
      this.failure = '';
      if (isReadOnly) this.#fail(newer());
      return problems;
    } catch (error) {
      this.#fail(error);
      return undefined;
    } finally {
      clearTimeout(timer);
      this.#isSilent = false;
    }
  }

  /** Takes over what other tabs keep. Returns what ends that. */
  follow(): () => void {
    return this.store.onTail(
      (tail, from) => {
        if (from === this.#kept.length) this.#take(tail); // else an append of ours fetches it
      },
      (reason) => this.#fail(reason),
    );
  }

  /** Whether anything that was done is not kept in this browser. */
  get isBehind(): boolean {
    return this.#pending.length > 0;
  }

  /**
   * Does something. Throws when it does not fit the work as it is, or the work can only be read; drafts and what was
   * saved are noted all the same, for this visit. It is of now, unless it says when.
   */
  do(untimed: Untimed<Entry>): void {
    const entry = { at: now(), ...untimed } as Entry;
    if (this.isReadOnly && entry.kind !== 'drafts' && entry.kind !== 'saved') throw new Error(this.failure);
    const { current } = this;
    if (!current.accepts(entry)) throw new Error('It was changed in the meantime. Look at it again.');
    current.apply(entry);
    this.work = { current };
    this.#pending.push(entry);
    void this.flush();
  }

  /** Tries again to keep what is not kept yet; resolves when it is kept, or why not is said. */
  flush(): Promise<void> {
    if (!this.#isFlushing) this.#flushed = this.#flush();
    return this.#flushed;
  }

  /** The same, for somebody who waits for it. */
  tryAgain(): void {
    if (this.#isSilent) this.keeping = 'late';
    void this.flush();
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    if (this.#isSilent) await this.#opened;
    this.keeping = 'keeping';
    try {
      let [entry] = this.#pending;
      while (entry) {
        const result = await this.#append(entry);
        if (result.ok) {
          this.#kept.push(entry);
          this.#pending.shift();
        } else {
          this.#take(result.tail);
        }
        [entry] = this.#pending;
      }
      this.keeping = 'kept';
      this.failure = '';
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isFlushing = false;
    }
  }

  async #append(entry: Entry): Promise<AppendResult> {
    const timer = setTimeout(() => (this.keeping = 'late'), LATE_MS);
    try {
      return await this.store.append(entry, this.#kept.length);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Drafts as they are written, and when they were, where the browser has not kept that yet. */
  get pendingDrafts(): readonly { at: string; draft: Draft }[] {
    return this.drafts.flatMap((draft) => {
      const last = this.#pending.findLast(
        (entry) => entry.kind === 'drafts' && entry.put.some(({ key }) => key === draft.key),
      );
      return last ? [{ at: last.at, draft }] : [];
    });
  }

  /** How many entries the browser has kept, as far as this page knows. */
  get keptCount(): number {
    return this.#kept.length;
  }

  /** Where and when the journal last notes something of a draft; `undefined` for one that it does not know. */
  lastNoteOf(key: string): { index: number; at: string } | undefined {
    const isOfIt = (entry: Entry) => {
      if (entry.kind === 'drafts')
        return entry.drop.includes(key) || entry.put.some((draft) => draft.key === key);
      if (entry.kind !== 'change') return false;
      return entry.change.drafts?.some(({ before, after }) => (before ?? after)?.key === key) === true;
    };
    const index = this.#kept.findLastIndex(isOfIt);
    const entry = this.#kept[index];
    return entry && { index, at: entry.at };
  }

  /** The drafts of the work, the newest first. */
  get drafts(): readonly Draft[] {
    return [...(this.work?.current.drafts.values() ?? [])].reverse();
  }

  #fail(error: unknown): void {
    this.failure = messageOf(error);
    this.keeping = 'failed';
    this.isReadOnly ||= error instanceof JournalError && error.trouble === 'newer';
  }

  /** Entries of others come before those of ours that are not kept yet. */
  #take(tail: readonly Entry[]): void {
    this.#kept.push(...tail);
    if (this.#pending.length === 0) {
      const { current } = this;
      for (const entry of tail) if (current.accepts(entry)) current.apply(entry);
      this.work = { current };
    } else {
      this.#replay();
    }
    this.told.onchange();
  }

  #replay(): void {
    const current = new Work(this.given);
    for (const entry of this.#kept) if (current.accepts(entry)) current.apply(entry);
    const lost: Entry[] = [];
    const stillPossible: Entry[] = [];
    for (const entry of this.#pending) {
      if (current.accepts(entry)) {
        current.apply(entry);
        stillPossible.push(entry);
      } else {
        lost.push(entry);
      }
    }
    this.#pending = stillPossible;
    this.work = { current };
    if (lost.length > 0) this.told.onlost(lost);
  }
}
