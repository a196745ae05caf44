import type { Mapping } from '../../../io/mapping';
import type { Preview } from './import-preview';

/** What somebody says that the columns of a file mean, and what comes of it. */
export class MappingState {
  mapping = $state.raw<Mapping>() as Mapping;
  preview = $state.raw<Preview>() as Preview;
  /** whether the preview is that of an earlier mapping */
  isLate = $state(false);

  /** @param ask what comes of a mapping; `undefined` when nobody wants to know any more */
  constructor(
    suggestion: Mapping,
    preview: Preview,
    private readonly ask: (mapping: Mapping) => Promise<Preview | undefined>,
  ) {
    this.mapping = suggestion;
    this.preview = preview;
  }

  /** Changes the mapping. While one preview is awaited no other is asked for, and then only the last. */
  set(mapping: Mapping): void {
    this.mapping = mapping;
    if (!this.isLate) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.isLate = true;
    let asked: Mapping | undefined;
    while (asked !== this.mapping) {
      asked = this.mapping;
      const preview = await this.ask(asked);
      if (preview === undefined) return;
      this.preview = preview;
    }
    this.isLate = false;
  }
}
