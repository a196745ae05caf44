import type { Entry } from '../../domain/work';
import type { AppendResult, EntryStore } from './entry-store';
import { contentName } from './kept-content';

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

  /** Under the name that it would be kept by, where that can be told: without https there are no hashes. */
  async putContent(content: Blob): Promise<string> {
    const hasHashes = (globalThis as { isSecureContext?: boolean }).isSecureContext === true;
    const name = hasHashes ? await contentName(content) : `memory-${this.#contents.size}`;
    this.#contents.set(name, content);
    return name;
  }

  /** Lets go of a content. */
  forget(name: string): void {
    this.#contents.delete(name);
  }

  whyHeld(name: string): string | undefined {
    return this.#contents.has(name) ? 'Nothing is kept here.' : undefined;
  }

  content(name: string): Promise<Blob | undefined> {
    return Promise.resolve(this.#contents.get(name));
  }
}
