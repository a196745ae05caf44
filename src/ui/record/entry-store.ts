import type { Entry } from '../../domain/work';

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
  /** Keeps the bytes of a file. @returns the SHA-256 of the bytes in hex, which is their name */
  putContent(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** The bytes of a file that was kept; `undefined` when they are gone or damaged. */
  content(sha256: string): Promise<Uint8Array | undefined>;
  /** Lets go of it; what is not kept by then is not kept. */
  close(): void;
}
