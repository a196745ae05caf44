import type { Layer } from '../../domain/work';
import { counted } from '../wording';
import type { EntryStore } from './entry-store';
import { type SetAsideContent, SetAsideList } from './set-aside-content';

/** What could not be used of the data that the page opened with. */
export interface GivenSetAside {
  /** whether these are features of a GeoJSON file */
  isFeatures: boolean;
  /** Finds them. Rejects with why they cannot be found. */
  find: () => Promise<SetAsideContent>;
}

/** The lists of what was set aside of the files of layers. */
export class SetAsideLists {
  readonly #read = new Map<string, Promise<SetAsideList>>();

  /**
   * @param leftOut how many features of the file of the page's own data are not shown
   * @param given `undefined` where that cannot be found again
   */
  constructor(
    private readonly store: Pick<EntryStore, 'content'>,
    private readonly leftOut: number,
    private readonly given: GivenSetAside | undefined,
  ) {}

  /** How many things are in the list of a layer; 0 when there is none. */
  countOf({ source }: Layer): number {
    if (source.kind === 'content') return source.setAside?.count ?? 0;
    return this.given ? this.leftOut : 0;
  }

  /** Whether what was left out of a layer can be put back into its file. */
  canBePutBack(layer: Layer, leftOut: number): boolean {
    return (
      this.countOf(layer) >= leftOut && (layer.source.kind === 'content' || this.given?.isFeatures === true)
    );
  }

  /** The list of a layer, read once. Rejects with why it is not there, and then it is read anew the next time. */
  of({ id, source }: Layer): Promise<SetAsideList> {
    const known = this.#read.get(id);
    if (known) return known;
    const reading = source.kind === 'given' ? this.#given() : this.#kept(source.setAside?.sha256 ?? '');
    this.#read.set(id, reading);
    reading.catch(() => this.#read.delete(id));
    return reading;
  }

  async #kept(name: string): Promise<SetAsideList> {
    const content = await this.store.content(name);
    if (!content) throw new Error('It is gone from this browser, or damaged: open the file again.');
    return await SetAsideList.read(content);
  }

  async #given(): Promise<SetAsideList> {
    if (!this.given) throw new Error('It was not kept: reload the page.');
    const { content, count } = await this.given.find();
    if (count === this.leftOut) return await SetAsideList.read(content);
    throw new Error(
      `The file at its address has changed since it was loaded: ${counted(count)} of its features cannot be used now, ${counted(this.leftOut)} could not then. Reload the page.`,
    );
  }
}
