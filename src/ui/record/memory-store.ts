import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';

/** Keeps nothing beyond this page. */
export class MemoryStore implements EntryStore {
  readonly #contents = new Map<string, Uint8Array>();

  open(): Promise<{ entries: readonly Entry[]; problems: readonly string[]; isReadOnly: boolean }> {
    return Promise.resolve({ entries: [], problems: [], isReadOnly: false });
  }

  append(): Promise<AppendResult> {
    return Promise.resolve({ ok: true });
  }

  onTail(): () => void {
    return () => undefined;
  }

  close(): void {
    this.#contents.clear();
  }

  putContent(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = `memory-${this.#contents.size}`;
    this.#contents.set(name, bytes);
    return Promise.resolve(name);
  }

  content(sha256: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#contents.get(sha256));
  }
}
