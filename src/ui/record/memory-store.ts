import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';

/** Keeps nothing beyond this page. */
export class MemoryStore implements EntryStore {
  readonly #contents = new Map<string, Blob>();

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

  putContent(content: Blob): Promise<string> {
    const name = `memory-${this.#contents.size}`;
    this.#contents.set(name, content);
    return Promise.resolve(name);
  }

  content(name: string): Promise<Blob | undefined> {
    return Promise.resolve(this.#contents.get(name));
  }
}
