import type { Entry } from '../../domain/work';

/** An entry before it is noted when it was made; distributes over the kinds. */
export type Untimed<E> = E extends Entry ? Omit<E, 'at'> : never;

/** What an append came to: kept, or not since others were faster, whose entries come along. */
export type AppendResult = { ok: true } | { ok: false; tail: readonly Entry[] };

/** Where the entries of a work are kept, in their one order. */
export interface EntryStore {
  /** All entries that are kept. Rejects when nothing can be kept here. */
  open(): Promise<{ entries: readonly Entry[]; problems: readonly string[]; isReadOnly: boolean }>;
  /** Keeps an entry, if `expectedLength` entries are kept so far; resolves after it was read back. */
  append(entry: Entry, expectedLength: number): Promise<AppendResult>;
  /**
   * Tells of entries that another tab has kept, `from` the number that were kept before, and when that cannot be told
   * any more, such as when another tab has put the work aside. Returns what ends that.
   */
  onTail(
    listener: (tail: readonly Entry[], from: number) => void,
    ontrouble: (reason: Error) => void,
  ): () => void;
  /**
   * Keeps the content of a file, which may be one of the disk; where that cannot be, it is held until an entry that names
   * it is kept, or as long as the page.
   * @param progress told how much is done, 0 to 1
   * @returns its name, told by its bytes
   */
  putContent(content: Blob, progress?: (done: number) => void): Promise<string>;
  /** Why the content of a name is only had as long as the page; `undefined` for what is kept. */
  whyHeld(name: string): string | undefined;
  /** The content of a file that was kept; `undefined` when it is gone or damaged. */
  content(name: string): Promise<Blob | undefined>;
  /** Lets go of it; what is not kept by then is not kept. */
  close(): void;
}
