import { type Place, centerOf } from '../../domain/distance';
import { type DistanceColumns, distancesFrom } from '../../domain/distance-columns';
import {
  type Bounds,
  FACETS,
  type FacetName,
  type Filter,
  type Matches,
  NO_FILTER,
  type Query,
  type Target,
  facetValues,
  findMatches,
  findRows,
  withFacet,
} from '../../domain/query';
import type { System } from '../../domain/sighting';
import { inOrderOf, nearestFirst, newestFirst, oldestFirst, surestFirst } from '../../domain/sort';
import type { SightingTable } from '../../domain/table';
import { hasWords } from '../../domain/words';
import type { Sort } from '../../io/place-params';
import { type Address, PARAMS } from '../../io/url';
import type { Ring } from '../../map/ring-layers';
import type { Places } from '../places.svelte';
import { SightingSearch } from './sighting-search';

/** What is searched. */
interface Data {
  readonly table: SightingTable;
  readonly systems: readonly System[];
  readonly places: Places;
  /** what the map shows, once there is a map */
  readonly extent: Bounds | undefined;
}

function keyOf(target: Target | undefined): string {
  return target === undefined ? '' : JSON.stringify(target);
}

/** Which sightings are shown and in which order: the filter, the search and the sort, and what they find. */
export class FindState {
  filter = $state.raw<Filter>(NO_FILTER);
  /** what to sort by; left out: the best match while there are words to search, else the newest */
  sortChoice = $state.raw<Sort>();
  /** why the words cannot be searched, '' when they can */
  searchFailure = $state('');
  /** whether what is shown does not follow the words yet */
  isSearching = $state(false);

  /** rows that have the words, best first; left out while there are no words */
  #found = $state.raw<{ rows: Uint32Array }>();
  #search: SightingSearch | undefined;
  #searched: SightingTable | undefined;

  readonly sort: Sort = $derived.by(() => {
    const choice = this.sortChoice ?? { by: 'relevance' };
    return choice.by === 'relevance' && !this.#found ? { by: 'newest' } : choice; // nothing to match
  });

  readonly #nearTarget = $derived(keyOf(this.filter.near?.target));
  readonly #nearDistances = $derived(this.#withItself(this.#nearTarget));
  readonly #sortTarget = $derived(this.sort.by === 'distance' ? keyOf(this.sort.target) : '');
  readonly #sortDistances = $derived(this.#distancesFrom(this.#sortTarget));
  readonly #sortBy = $derived(this.sort.by);

  // Parts of the filter, so that what hangs on some of them stays the same when others change.
  readonly #facets = $derived(this.filter.facets);
  readonly #near = $derived(this.filter.near);
  readonly #days = $derived(this.filter.days);
  readonly #isInView = $derived(this.filter.isInView);

  readonly #query: Query = $derived.by(() => {
    const [near, distances] = [this.#near, this.#nearDistances];
    const textRows = this.#found?.rows;
    return { facets: this.#facets, near: near && distances && { ...near, distances }, textRows };
  });
  readonly #view = $derived.by(() => (this.#isInView ? this.data.extent : undefined));
  /** what meets the whole filter */
  readonly matches: Matches = $derived.by(() =>
    findMatches(this.data.table, { ...this.#query, days: this.#days, view: this.#view }),
  );
  /** the rows that would be shown if any day were; the same array as long as these stay */
  readonly rowsOfAnyDay = $derived.by(() => findRows(this.data.table, { ...this.#query, view: this.#view }));
  /** the rows that would be shown if they were near enough; the same array as long as these stay */
  readonly rowsOfAnyDistance = $derived.by(() =>
    findRows(this.data.table, {
      facets: this.#facets,
      textRows: this.#found?.rows,
      days: this.#days,
      view: this.#view,
    }),
  );
  /** the rows that the map has, where they are in view or not; the same array as long as these stay */
  readonly rowsOnMap = $derived.by(() => findRows(this.data.table, { ...this.#query, days: this.#days }));
  /** how many the map shows of those that meet all else */
  readonly inViewCount = $derived.by(
    () => findRows(this.data.table, { ...this.#query, days: this.#days, view: this.data.extent }).length,
  );
  /** what an empty filter finds */
  readonly totals: Matches = $derived.by(() => findMatches(this.data.table, { facets: {} }));
  /** all rows that the chosen sort knows, in its order */
  readonly #order = $derived.by(() => {
    const { table } = this.data;
    if (this.#sortBy === 'relevance' && this.#found) return this.#found.rows;
    if (this.#sortBy === 'oldest') return oldestFirst(table);
    if (this.#sortBy === 'confidence') return surestFirst(table);
    if (this.#sortBy === 'distance' && this.#sortDistances) return nearestFirst(table, this.#sortDistances);
    return newestFirst(table);
  });
  /** the rows that are shown, in their order in the list */
  readonly listedRows = $derived.by(() => inOrderOf(this.#order, this.matches.rows, this.data.table.length));

  constructor(private readonly data: Data) {}

  /** Distances of all rows to what the list is sorted by, if it is sorted by distance. */
  get sortDistances(): DistanceColumns | undefined {
    return this.#sortDistances;
  }

  /** The circle that the condition on the distance draws on the map. */
  get nearRing(): Ring | undefined {
    const { near } = this.filter;
    const place = near && this.placeOf(near.target);
    if (!near || !place) return undefined;
    const [lng, lat] = centerOf(place);
    return { lng, lat, meters: near.meters, label: '', kind: 'ring' };
  }

  /** Shows only sightings that have one of these values, or all for none. */
  setFacet(name: FacetName, values: readonly string[]): void {
    this.filter = withFacet(this.filter, name, values);
  }

  setDays(days: Filter['days']): void {
    this.filter = { ...this.filter, days };
  }

  setNear(near: Filter['near']): void {
    this.filter = { ...this.filter, near };
  }

  setInView(isInView: boolean): void {
    this.filter = { ...this.filter, isInView };
  }

  /** Searches for words; what is shown follows as soon as they are found. */
  setText(text: string): void {
    this.filter = { ...this.filter, text };
    void this.#find(text);
  }

  clear(): void {
    this.filter = NO_FILTER;
    void this.#find('');
  }

  /** Gets ready to search, so that the first words are found at once. */
  prepare(): void {
    this.#searchOf(this.data.table)
      .prepare()
      .catch(
        (error: unknown) => (this.searchFailure = String(error instanceof Error ? error.message : error)),
      );
  }

  /** Takes over what an address says. */
  follow(address: Address): void {
    const facets = Object.fromEntries(
      FACETS.flatMap((name) => (address[name] === undefined ? [] : [[name, address[name]]])),
    );
    const { dates: days, q: text, inview: isInView } = address;
    const near = address.near && {
      ...address.near,
      target: this.data.places.fromShared(address.near.target),
    };
    this.filter = { facets, days, near, text: '', isInView };
    this.sortChoice = this.#withTarget(address.sort, (target) => this.data.places.fromShared(target));
    this.setText(text);
  }

  /** What an address has to say of the filter and the sort. */
  get address(): Pick<Address, FacetName | 'dates' | 'near' | 'q' | 'inview' | 'sort'> {
    const { facets, days, near, text, isInView } = this.filter;
    const chosen = Object.fromEntries(FACETS.map((name) => [name, facets[name]])) as Record<
      FacetName,
      ReadonlySet<string> | undefined
    >;
    const toShare = (target: Target) => this.data.places.toShare(target);
    return {
      ...chosen,
      dates: days,
      near: near && { ...near, target: toShare(near.target) },
      q: text,
      inview: isInView,
      sort: this.#withTarget(this.sortChoice, toShare),
    };
  }

  /** Lets go of what refers to nothing in the data, and names it. */
  dropUnknown(): string[] {
    const { table } = this.data;
    const unknown: string[] = [];
    for (const name of FACETS) {
      const chosen = this.filter.facets[name];
      if (!chosen) continue;
      const known = facetValues(table, name);
      const lost = [...chosen].filter((value) => !known.includes(value));
      unknown.push(...lost.map((value) => `${name}=${value}`));
      if (lost.length > 0)
        this.setFacet(
          name,
          [...chosen].filter((value) => !lost.includes(value)),
        );
    }
    const { near } = this.filter;
    if (near && this.placeOf(near.target) === undefined) {
      unknown.push(`near=${PARAMS.near.stringify(near)}`);
      this.setNear(undefined);
    }
    const { sortChoice } = this;
    if (sortChoice?.by === 'distance' && this.placeOf(sortChoice.target) === undefined) {
      unknown.push(`sort=${PARAMS.sort.stringify(sortChoice)}`);
      this.sortChoice = undefined;
    }
    return unknown;
  }

  /** Names anew what the filter and the sort are about, after the reader's own points changed. */
  renewTargets(): void {
    const { near } = this.filter;
    const renew = (target: Target) => this.data.places.renew(target);
    if (near && renew(near.target) !== near.target) this.setNear({ ...near, target: renew(near.target) });
    this.sortChoice = this.#withTarget(this.sortChoice, renew);
  }

  /** Where a target is; `undefined` for the id of nothing that has a place. */
  placeOf(target: Target): Place | undefined {
    return this.data.places.find(target)?.place;
  }

  #withTarget(sort: Sort | undefined, change: (target: Target) => Target): Sort | undefined {
    return sort?.by === 'distance' ? { ...sort, target: change(sort.target) } : sort;
  }

  #distancesFrom(key: string): DistanceColumns | undefined {
    const place = key === '' ? undefined : this.placeOf(JSON.parse(key) as Target);
    return place && distancesFrom(place, this.data.table);
  }

  /** A sighting that others are near to is near to itself, however vague its place is. */
  #withItself(key: string): DistanceColumns | undefined {
    const distances = this.#distancesFrom(key);
    const row = key === '' ? undefined : this.data.places.rowOf(JSON.parse(key) as Target);
    if (distances && row !== undefined) {
      distances.meters[row] = distances.minMeters[row] = distances.maxMeters[row] = 0;
    }
    return distances;
  }

  #searchOf(table: SightingTable): SightingSearch {
    if (this.#search && this.#searched === table) return this.#search;
    this.#search?.close();
    this.#searched = table;
    this.#search = new SightingSearch(table, this.data.systems);
    return this.#search;
  }

  async #find(text: string): Promise<void> {
    const { table } = this.data;
    this.searchFailure = '';
    this.isSearching = hasWords(text) && table.length > 0;
    if (!this.isSearching) {
      this.#found = undefined;
      return;
    }
    const isWanted = () => text === this.filter.text && table === this.data.table;
    try {
      const rows = await this.#searchOf(table).find(text);
      if (isWanted()) this.#found = { rows };
    } catch (error) {
      if (isWanted()) this.searchFailure = error instanceof Error ? error.message : String(error);
    } finally {
      if (isWanted()) this.isSearching = false;
    }
  }

  /** Searches again, in other data. */
  searchAnew(): void {
    this.#found = undefined;
    void this.#find(this.filter.text);
  }
}
