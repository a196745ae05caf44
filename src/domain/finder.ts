import { type Place } from './distance';
import type { DistanceColumns, distancesFrom } from './distance-columns';
import type { FindTable } from './find-table';
import {
  BIT,
  type Bounds,
  type Filter,
  type Matches,
  type Query,
  type Sureness,
  countInView,
  failedConditions,
  findMatches,
  rowsFailing,
} from './query';
import { type RingCounts, type RingPart, countInRings, rowsInRing } from './ring-counts';
import { inOrderOf, nearestFirst, newestFirst, oldestFirst, surestFirst } from './sort';
import { type TimelineBins, type TimelineWeights, histogram } from './timeline';

/** What distances are measured from: a place, and the row of the sighting that it is of, if it is of one. */
export interface Origin {
  place: Place;
  row?: number | undefined;
}

/** What rows are listed by; `relevance` is the order of the rows that have the words. */
export type FoundOrder =
  { by: 'relevance' | 'newest' | 'oldest' | 'confidence' } | { by: 'distance'; place: Place };

/** All that the page asks of the sightings when it shows some of them. */
export interface FindQuestion {
  facets: Filter['facets'];
  days?: Query['days'];
  near?: { origin: Origin; meters: number; sureness: Sureness } | undefined;
  /** rows that have the words, best first; left out while there are none */
  textRows?: Uint32Array | undefined;
  /** where the mark of a sighting has to be */
  view?: Bounds | undefined;
  order: FoundOrder;
  /** what the timeline counts by; left out while there is none */
  bins?: TimelineBins | undefined;
}

/** What the timeline shows. */
export interface Histograms {
  bins: TimelineBins;
  /** of what is shown */
  shown: TimelineWeights;
  /** of what would be shown if any day were */
  ofAnyDay: TimelineWeights;
}

/** What is found. Where a condition is left out, the lists that hang on it are the same array. */
export interface FindAnswer {
  /** what meets all conditions */
  matches: Matches;
  /** the rows that would be shown if any day were */
  rowsOfAnyDay: Uint32Array;
  /** the rows that would be shown if they were near enough */
  rowsOfAnyDistance: Uint32Array;
  /** the rows that the map has, where they are in view or not */
  rowsOnMap: Uint32Array;
  /** the rows that are shown, in their order in the list */
  listedRows: Uint32Array;
  /** how many the map shows of those that meet all else */
  inViewCount: number;
  histograms: Histograms | undefined;
}

/** Rings around a place, in which sightings are counted. */
export interface RingQuestion {
  origin: Origin;
  rows: Uint32Array;
}

/** Answers what a page asks of a table, and keeps what the next answer can need again. */
export class Finder {
  #failed: Uint16Array;
  readonly #near = new Kept<DistanceColumns>();
  readonly #sortedFrom = new Kept<DistanceColumns>();
  readonly #rings = new Kept<DistanceColumns>();
  readonly #order = new Kept<Uint32Array>();

  /** @param measureFrom measures rows from a place; only what is asked about distances needs it */
  constructor(
    readonly table: FindTable,
    private readonly measureFrom: typeof distancesFrom,
  ) {
    this.#failed = new Uint16Array(table.length);
  }

  /** What an empty filter finds. */
  totals(): Matches {
    return findMatches(this.table, { facets: {} });
  }

  /**
   * @param extent what the map shows, `undefined` for everything
   * @param tellRows told the rows that the map has as soon as these are known, in a third of the time
   */
  answer(
    { order, bins, near, ...rest }: FindQuestion,
    extent: Bounds | undefined,
    tellRows?: (rowsOnMap: Uint32Array) => void,
  ): FindAnswer {
    const { table } = this;
    const distances = near && this.#near.get(keyOf(near.origin), () => this.#distancesFrom(near.origin));
    const query: Query = { ...rest, near: near && distances && { ...near, distances } };
    const failed = (this.#failed = failedConditions(table, query));
    const rows = rowsFailing(failed);
    const without = (condition: unknown, bit: number) =>
      condition === undefined ? rows : rowsFailing(failed, bit);
    const rowsOnMap = without(query.view, BIT.view);
    tellRows?.(rowsOnMap);
    const matches = findMatches(table, query, failed, rows);
    const rowsOfAnyDay = without(query.days, BIT.days);
    return {
      matches,
      rowsOfAnyDay,
      rowsOfAnyDistance: without(near, BIT.near),
      rowsOnMap,
      inViewCount: this.countInView(extent),
      listedRows: inOrderOf(this.#orderOf(order, query.textRows), matches.rows, table.length),
      histograms: bins && this.#histograms(bins, matches.rows, rowsOfAnyDay),
    };
  }

  /** How many of the rows that the last question found, wherever they are, the map shows. */
  countInView(view: Bounds | undefined): number {
    return countInView(this.table, this.#failed, view);
  }

  /** Counts rows in rings of some radii, in metres; the sighting in their middle is none of them. */
  countInRings({ origin, rows }: RingQuestion, radii: readonly number[]): RingCounts {
    return countInRings(this.#aroundRings(origin), without(rows, origin.row), radii);
  }

  /** The nearest of the rows that are in a part of a ring, nearest first. */
  nearestInRing({ origin, rows }: RingQuestion, meters: number, part: RingPart, most: number): Uint32Array {
    return rowsInRing(this.#aroundRings(origin), without(rows, origin.row), meters, part).slice(0, most);
  }

  #aroundRings({ place }: Origin): DistanceColumns {
    return this.#rings.get(keyOf({ place }), () => this.measureFrom(place, this.table));
  }

  /** A sighting that others are near to is near to itself, however vague its place is. */
  #distancesFrom({ place, row }: Origin): DistanceColumns {
    const distances = this.measureFrom(place, this.table);
    if (row !== undefined) distances.meters[row] = distances.minMeters[row] = distances.maxMeters[row] = 0;
    return distances;
  }

  /** All rows that an order knows. */
  #orderOf(order: FoundOrder, textRows: Uint32Array | undefined): Uint32Array {
    if (order.by === 'relevance' && textRows) return textRows;
    const { table } = this;
    return this.#order.get(JSON.stringify(order), () => {
      if (order.by === 'oldest') return oldestFirst(table);
      if (order.by === 'confidence') return surestFirst(table);
      if (order.by !== 'distance') return newestFirst(table);
      const { place } = order;
      return nearestFirst(
        table,
        this.#sortedFrom.get(keyOf({ place }), () => this.measureFrom(place, table)),
      );
    });
  }

  #histograms(bins: TimelineBins, rows: Uint32Array, rowsOfAnyDay: Uint32Array): Histograms {
    const ofAnyDay = histogram(this.table, rowsOfAnyDay, bins);
    return { bins, ofAnyDay, shown: rows === rowsOfAnyDay ? ofAnyDay : histogram(this.table, rows, bins) };
  }
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The rows of before where they are the same. */
export function keepRows(before: Uint32Array, rows: Uint32Array): Uint32Array {
  return isSame(before, rows) ? before : rows;
}

/** An answer with the lists of the one before where they hold the same: what hangs on them then stays as it is. */
export function keepSame(before: FindAnswer | undefined, answer: FindAnswer): FindAnswer {
  if (before === undefined) return answer;
  return {
    ...answer,
    matches: { ...answer.matches, rows: keepRows(before.matches.rows, answer.matches.rows) },
    rowsOfAnyDay: keepRows(before.rowsOfAnyDay, answer.rowsOfAnyDay),
    rowsOfAnyDistance: keepRows(before.rowsOfAnyDistance, answer.rowsOfAnyDistance),
    rowsOnMap: keepRows(before.rowsOnMap, answer.rowsOnMap),
    listedRows: keepRows(before.listedRows, answer.listedRows),
  };
}

function keyOf(origin: Origin): string {
  return JSON.stringify(origin);
}

function without(rows: Uint32Array, unwanted: number | undefined): Uint32Array {
  return unwanted === undefined ? rows : rows.filter((row) => row !== unwanted);
}

/** Keeps what was made last, by what it was made for. */
class Kept<T> {
  #last: { key: string; value: T } | undefined;

  get(key: string, make: () => T): T {
    if (this.#last?.key !== key) {
      this.#last = undefined; // lets go of the one before the next takes as much
      this.#last = { key, value: make() };
    }
    return this.#last.value;
  }
}
