import { type Place, centerOf } from '../../domain/distance';
import type { FindAnswer, FindQuestion, FoundOrder, Origin } from '../../domain/finder';
import {
  type Bounds,
  FACETS,
  type FacetName,
  type Filter,
  type Matches,
  NO_FILTER,
  type Target,
  facetValues,
  withFacet,
} from '../../domain/query';
import type { RingCounts, RingPart } from '../../domain/ring-counts';
import type { System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import type { TimelineBins } from '../../domain/timeline';
import type { Sort } from '../../io/place-params';
import { type Address, PARAMS } from '../../io/url';
import type { Ring } from '../../map/ring-layers';
import type { Measuring } from '../measure/measuring.svelte';
import type { Places } from '../places.svelte';
import { Finding } from './finding.svelte';
import { WordSearch } from './word-search.svelte';

/** What is searched. */
interface Data {
  readonly table: SightingTable;
  readonly systems: readonly System[];
  readonly places: Places;
  /** what the map shows, once there is a map */
  readonly extent: Bounds | undefined;
  readonly measuring: Measuring;
  /** what is published as tiles instead, of which the table has little */
  readonly source: { readonly published: { valuesOf: (name: FacetName) => readonly string[] } | undefined };
}

function keyOf(target: Target | undefined): string {
  return target === undefined ? '' : JSON.stringify(target);
}

/** Which sightings are shown and in which order: the filter, the search and the sort, and what they find. */
export class FindState {
  filter = $state.raw<Filter>(NO_FILTER);
  /** what to sort by; left out: the best match while there are words to search, else the newest */
  sortChoice = $state.raw<Sort>();
  /** what the timeline counts by, while there is one */
  bins = $state.raw<TimelineBins>();
  /** what has the words of the filter */
  readonly words: WordSearch;

  readonly sort: Sort = $derived.by(() => {
    const choice = this.sortChoice ?? { by: 'relevance' };
    return choice.by === 'relevance' && !this.words.rows ? { by: 'newest' } : choice; // nothing to match
  });

  readonly #nearTarget = $derived(keyOf(this.filter.near?.target));
  readonly #nearOrigin = $derived(this.#originOf(this.#nearTarget));
  readonly #sortTarget = $derived(this.sort.by === 'distance' ? keyOf(this.sort.target) : '');
  /** what the list is sorted by the distance from, if it is */
  readonly sortPlace = $derived(this.#originOf(this.#sortTarget)?.place);
  readonly #sortBy = $derived(this.sort.by);
  readonly #order: FoundOrder = $derived.by(() => {
    const [by, place] = [this.#sortBy, this.sortPlace];
    if (by === 'distance') return place ? { by, place } : { by: 'newest' };
    return { by };
  });

  // Parts of the filter, so that what hangs on some of them stays the same when others change.
  readonly #facets = $derived(this.filter.facets);
  readonly #near = $derived(this.filter.near);
  readonly #days = $derived(this.filter.days);
  readonly #view = $derived.by(() => (this.filter.isInView ? this.data.extent : undefined));

  readonly #question: FindQuestion = $derived.by(() => {
    const [near, origin] = [this.#near, this.#nearOrigin];
    return {
      facets: this.#facets,
      days: this.#days,
      near: near && origin && { origin, meters: near.meters, sureness: near.sureness },
      textRows: this.words.rows,
      view: this.#view,
      order: this.#order,
      bins: this.bins,
    };
  });
  readonly #finder: Finding;

  readonly #answer: FindAnswer = $derived.by(() => this.#finder.answer);
  /** what meets the whole filter */
  readonly matches: Matches = $derived.by(() => this.#answer.matches);
  /** the rows that would be shown if they were near enough; the same array as long as these stay */
  readonly rowsOfAnyDistance = $derived.by(() => this.#answer.rowsOfAnyDistance);
  /** the rows that would be shown if any day were; the same array as long as these stay */
  readonly rowsOfAnyDay = $derived.by(() => this.#answer.rowsOfAnyDay);
  /** the rows that the map has, where they are in view or not; the same array as long as these stay */
  readonly rowsOnMap = $derived.by(() => this.#answer.rowsOnMap);
  /** the rows that are shown, in their order in the list; the same array as long as these stay */
  readonly listedRows = $derived.by(() => this.#answer.listedRows);
  /** how many the map shows of those that meet all else */
  readonly inViewCount = $derived.by(() => this.#answer.inViewCount);
  /** what the timeline shows, by the bins that it asked for last or before */
  readonly histograms = $derived.by(() => this.#answer.histograms);

  /** what an empty filter finds */
  readonly totals = $derived.by(() => this.#finder.totals);
  /** whether nothing is known yet of the sightings of a large table: then no rows are shown */
  readonly isPending = $derived.by(() => this.#finder.isPending);
  readonly wantsAll = $derived.by(() => this.#finder.wantsAll);
  /** whether what is shown is from before, or nothing is: what finds the rows hung */
  readonly hasStopped = $derived.by(() => this.#finder.hasStopped);
  /** the areas to be seen among the rows that the map has, where there are too many for the page */
  readonly areas = $derived.by(() => this.#finder.areas);

  constructor(private readonly data: Data) {
    this.words = new WordSearch(data);
    this.#finder = new Finding(data, () => this.#question);
  }

  /** Counts in rings around a place the rows that would be shown if they were near enough. */
  countInRings(origin: Origin, radii: readonly number[]): Promise<RingCounts> {
    return this.#finder.ask('countInRings', { origin, rows: this.rowsOfAnyDistance }, radii);
  }

  /** The nearest of these rows in a part of a ring of some metres, nearest first. */
  nearestInRing(origin: Origin, meters: number, part: RingPart, most: number): Promise<Uint32Array> {
    return this.#finder.ask('nearestInRing', { origin, rows: this.rowsOfAnyDistance }, meters, part, most);
  }

  /** Finds the rows once more, after that has stopped. */
  findAgain(): void {
    this.#finder.askAgain();
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
    void this.words.find(text);
  }

  clear(): void {
    this.filter = NO_FILTER;
    void this.words.find('');
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
    const { table, source } = this.data;
    const unknown: string[] = [];
    for (const name of FACETS) {
      const chosen = this.filter.facets[name];
      if (!chosen) continue;
      const known = source.published?.valuesOf(name) ?? facetValues(table, name);
      const kept = [...chosen].filter((value) => known.includes(value));
      if (kept.length === chosen.size) continue;
      this.setFacet(name, kept);
      for (const value of chosen) if (!kept.includes(value)) unknown.push(`${name}=${value}`);
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

  #originOf(key: string): Origin | undefined {
    if (key === '') return undefined;
    const target = JSON.parse(key) as Target;
    const place = this.placeOf(target);
    return place && { place, row: this.data.places.rowOf(target) };
  }
}
