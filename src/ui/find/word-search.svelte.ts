import type { System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import { hasWords } from '../../domain/words';
import { startSearch } from './search-start';
import type { SightingSearch } from './sighting-search';

/** What is searched. */
interface Data {
  readonly table: SightingTable;
  readonly systems: readonly System[];
}

/** The sightings that have the words which were typed last. */
export class WordSearch {
  /** why the words cannot be searched, '' when they can */
  failure = $state('');
  /** what is being done, such as “searching”, while what was found does not follow the words yet; else '' */
  doing = $state('');
  #found = $state.raw<{ rows: Uint32Array }>();
  #words = '';
  #finding: Promise<Uint32Array> | undefined;
  #search: Promise<SightingSearch> | undefined;
  #searched: SightingTable | undefined;

  constructor(private readonly data: Data) {}

  /** rows that have the words, best first; left out while there are no words */
  get rows(): Uint32Array | undefined {
    return this.#found?.rows;
  }

  /** Gets ready to search, so that the first words are found at once. */
  prepare(): void {
    this.#searchOf(this.data.table)
      .then((search) => search.prepare())
      .catch((error: unknown) => (this.failure = String(error instanceof Error ? error.message : error)));
  }

  /** Searches for words; the rows are those of the words before until these are found. */
  async find(words: string): Promise<void> {
    const { table } = this.data;
    this.#words = words;
    this.failure = '';
    this.doing = hasWords(words) && table.length > 0 ? 'searching' : '';
    if (this.doing === '') {
      this.#found = undefined;
      return;
    }
    const isWanted = () => words === this.#words && table === this.data.table;
    try {
      // Of the words that were typed while others were searched, the last alone are searched.
      while (this.#finding) await this.#finding.catch(() => undefined);
      if (!isWanted()) return;
      this.#finding = this.#searchOf(table).then((search) => search.find(words));
      const rows = await this.#finding.finally(() => (this.#finding = undefined));
      if (isWanted()) this.#found = { rows };
    } catch (error) {
      if (isWanted()) this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (isWanted()) this.doing = '';
    }
  }

  /** Searches for the same words in other data; until they are found, nothing has them. */
  findAnew(): void {
    this.#found = undefined;
    void this.find(this.#words);
  }

  #searchOf(table: SightingTable): Promise<SightingSearch> {
    if (this.#search && this.#searched === table) return this.#search;
    this.#searched = table;
    this.#search = startSearch(this.#search, table, this.data.systems, (doing) => {
      if (this.doing !== '') this.doing = doing;
    });
    this.#search.catch(() => (this.#searched = undefined)); // the next call tries again
    return this.#search;
  }
}
