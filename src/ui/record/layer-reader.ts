import type { Layer } from '../../domain/work';
import { readContent } from '../loading/read-content';
import type { ArrivingWork } from './arriving-work.svelte';
import type { EntryStore } from './entry-store';
import type { LayerData, LayerFiles } from './layer-files';

interface Page {
  notice: string;
  readonly arriving: ArrivingWork;
}

/** What a promise comes to, unless it is left first. */
function unlessLeft<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const left = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  return Promise.race([promise, left]);
}

/** Reads the files that layers were opened from, as this browser keeps them, and tells the page how far it is. */
export class LayerReader {
  /** layers that nobody wanted to wait for */
  readonly #left = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  /**
   * @param readAgain called when a layer came after all, or somebody wants one that was left
   */
  constructor(
    private readonly layers: () => readonly Layer[],
    private readonly files: LayerFiles,
    private readonly store: Pick<EntryStore, 'content' | 'whyHeld'>,
    private readonly page: Page,
    private readonly readAgain: () => void,
  ) {}

  /**
   * Reads the files of layers that are not read yet, such as one that undo brings back; each once. What needs no file is
   * not held up.
   */
  async read(): Promise<void> {
    if (!this.layers().some((layer) => this.#isWanted(layer))) return;
    const readAll = () => this.#readAll();
    this.#last = this.#last.then(readAll, readAll);
    await this.#last;
  }

  /** The layer that is read from a kept file and has not got it, with that now; `undefined` when there is none. */
  bringBack(sha256: string, data: LayerData): Layer | undefined {
    const layer = this.layers().find(
      ({ id, source }) => source.kind === 'content' && source.sha256 === sha256 && !this.files.has(id),
    );
    if (!layer) return undefined;
    this.files.put(layer.id, data);
    const reason = this.store.whyHeld(sha256);
    // It said that the file is missing.
    this.page.notice =
      reason === undefined ? '' : `“${layer.name}” is there again for this visit alone. ${reason}`;
    this.readAgain();
    return layer;
  }

  #isWanted({ id, source }: Layer): boolean {
    return source.kind === 'content' && !this.files.has(id) && !this.#left.has(id);
  }

  async #readAll(): Promise<void> {
    for (const layer of this.layers()) {
      const { id, source, name } = layer;
      if (source.kind !== 'content' || !this.#isWanted(layer)) continue;
      const leaving = new AbortController();
      const { signal } = leaving;
      const { progress, end } = this.page.arriving.begin(name, () => leaving.abort());
      try {
        const data = await this.#dataOf(source.sha256, signal, progress);
        if (data) this.files.put(id, { ...data, leftOut: source.leftOut ?? 0 });
        else
          this.page.notice = `The file of “${name}” is gone from this browser, or damaged. Open ${source.fileName} again.`;
      } catch (error) {
        if (!signal.aborted) throw error;
        this.#left.add(id);
        this.page.arriving.leave(name, () => {
          this.#left.delete(id);
          this.readAgain();
        });
      } finally {
        end();
      }
    }
  }

  async #dataOf(
    name: string,
    signal: AbortSignal,
    progress: (done: number) => void,
  ): Promise<LayerData | undefined> {
    const content = await unlessLeft(signal, this.store.content(name));
    if (!content) return undefined;
    try {
      return await readContent(content, {}, { signal, progress });
    } catch {
      signal.throwIfAborted();
      return undefined; // what cannot be read, such as of a work that another tab put aside, is as good as gone
    }
  }
}
