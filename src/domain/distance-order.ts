import { hasDirection } from './distance';
import { type DistanceColumns, type MeasuredTable, unmeasuredColumns } from './distance-columns';
import { type DistanceList, nearnessIn } from './distance-list';
import type { Nearness } from './nearness';
import { type DatedTable, type SortDirection, oldestFirst, orderOfKeys } from './sort';
import { TextRanks, ranksOf } from './text-ranks';

/** What pairs of a sighting and a reference point can be sorted by. */
export const DISTANCE_SORTS = [
  'sighting',
  'date',
  'reference',
  'distance',
  'least',
  'most',
  'bearing',
  'wgs84',
  'difference',
  'nearest',
] as const;
export type DistanceSort = (typeof DISTANCE_SORTS)[number];

/** What is sorted of a table: a whole one is such, and so is what a worker has of it. */
export type SortedTable = MeasuredTable & DatedTable;

/** Sightings are worked on so many at a time, between two pauses. */
const ROWS_AT_ONCE = 500;

/** The key of what has none of what is sorted by: it comes last, either way. */
const NO_KEY = 2 ** 32 - 1;

/** Ranks the nearest before what may be nearest, and that before the rest. */
const NEARNESS_RANK = { yes: 0, maybe: 1, no: 2 } as const;

/** A number as a key: in whole parts of its unit, moved so that none is below 0. */
function keyOfNumber(number: number, partsPerUnit: number, least = 0): number {
  if (Number.isNaN(number)) return NO_KEY;
  return Math.min(NO_KEY - 1, Math.max(0, Math.round((number - least) * partsPerUnit)));
}

/** Of metres, to a centimetre: no place is known better than to a metre. */
function keyOfMeters(meters: number): number {
  return keyOfNumber(meters, 100);
}

/** The two models part by less than this anywhere, in metres. */
const MOST_DIFFERENCE = 1e6;

/** By row: a later first day is a higher rank, of the same first day a later last day. */
function dateRanks(table: DatedTable): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const ranks = new Uint32Array(table.length);
  let rank = 0;
  let before: number | undefined;
  for (const row of oldestFirst(table)) {
    const isSame =
      before === undefined || (firstDay[row] === firstDay[before] && lastDay[row] === lastDay[before]);
    ranks[row] = isSame ? rank : ++rank;
    before = row;
  }
  return ranks;
}

/**
 * Gives the key of the pair of the `i`th sighting and the `point`th reference point. The pairs of a sighting follow each
 * other.
 * @param at where its figures stand in the columns of this turn
 */
type KeyOf = (i: number, point: number, at: number) => number;

/** What is sorted by figures that columns have. */
const MEASURED: ReadonlySet<DistanceSort> = new Set(['distance', 'least', 'most', 'difference', 'nearest']);

/**
 * Sorts the pairs of a list. What they were sorted by last is kept, so that it is computed once for both directions:
 * two numbers of 4 bytes a pair in all, and another while it sorts.
 */
export class DistanceOrder {
  /** what sightings are called, in the order of the list's rows: needed to sort by it */
  readonly titles: TextRanks;
  #keys: { by: DistanceSort; direction: SortDirection; keys: Uint32Array } | undefined;
  #order: Uint32Array | undefined;

  constructor(private readonly list: DistanceList<SortedTable>) {
    this.titles = new TextRanks(list.rows.length);
  }

  /**
   * Indices of the list's pairs; pairs that are equal keep their order, and those that have none of it, such as a
   * direction that cannot be told, come last either way. Metres are equal that are the same to a centimetre, their
   * differences to a millimetre, and degrees to a millionth.
   */
  sort(by: DistanceSort, direction: SortDirection): Uint32Array {
    for (const share of this.prepare(by)) void share;
    const made = this.#keys;
    if (!made) return new Uint32Array();
    if (this.#order && made.direction === direction) return this.#order;
    this.#order = undefined; // lets go of it before there is another
    if (made.direction !== direction) {
      const { keys } = made;
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] ?? NO_KEY;
        if (key !== NO_KEY) keys[i] = NO_KEY - 1 - key;
      }
      made.direction = direction;
    }
    this.#order = orderOfKeys(made.keys);
    return this.#order;
  }

  /**
   * Computes what {@link sort} needs, with pauses in which it tells which share of it is done, so that it can be left.
   * @throws Error when it is to be sorted by {@link titles}, and some are missing
   */
  *prepare(by: DistanceSort): Generator<number> {
    if (this.#keys?.by === by) return;
    const { list } = this;
    this.#keys = this.#order = undefined; // lets go of them before there are others
    const ranks = yield* this.#ranks(by);
    const columns = list.referencePoints.map(() => unmeasuredColumns(ROWS_AT_ONCE));
    const keyOf = this.#keyFunction(by, ranks, columns);
    const keys = new Uint32Array(list.length);
    for (let from = 0; from < list.rows.length; from += ROWS_AT_ONCE) {
      const to = Math.min(list.rows.length, from + ROWS_AT_ONCE);
      if (MEASURED.has(by)) list.columnsOf(from, to, columns);
      for (let i = from; i < to; i++) {
        for (let point = 0; point < columns.length; point++) {
          keys[list.indexOf(i, point)] = keyOf(i, point, i - from);
        }
      }
      yield to / list.rows.length;
    }
    this.#keys = { by, direction: 'ascending', keys };
  }

  /** What is ranked of all sightings, or points, before any pair has a key. */
  *#ranks(by: DistanceSort): Generator<number, Uint32Array> {
    if (by === 'date') return dateRanks(this.list.table);
    if (by === 'reference') return ranksOf(this.list.referencePoints.map(({ name }) => name));
    if (by !== 'sighting') return new Uint32Array();
    return yield* this.titles.rank();
  }

  #keyFunction(by: DistanceSort, ranks: Uint32Array, columns: readonly DistanceColumns[]): KeyOf {
    const { list } = this;
    const figure = (name: keyof DistanceColumns, point: number, at: number) =>
      columns[point]?.[name][at] ?? NaN;
    switch (by) {
      case 'sighting':
        return (i) => ranks[i] ?? NO_KEY;
      case 'date':
        return (i) => ranks[list.rows[i] ?? -1] ?? NO_KEY;
      case 'reference':
        return (_, point) => ranks[point] ?? NO_KEY;
      // What is told as "up to 5 km" stands where its 5 kilometres do.
      case 'distance':
        return (_, point, at) => {
          const isGreatest = figure('minMeters', point, at) === 0;
          return keyOfMeters(figure(isGreatest ? 'maxMeters' : 'meters', point, at));
        };
      case 'least':
        return (_, point, at) => keyOfMeters(figure('minMeters', point, at));
      case 'most':
        return (_, point, at) => keyOfMeters(figure('maxMeters', point, at));
      case 'bearing':
        return (i, point) => {
          const interval = list.onSphere(list.indexOf(i, point));
          return keyOfNumber(hasDirection(interval) ? interval.bearing : NaN, 1e6);
        };
      case 'wgs84':
        return (i, point) => {
          const { meters, minMeters, maxMeters } = list.onEllipsoid(list.indexOf(i, point));
          return keyOfMeters(minMeters === 0 ? maxMeters : meters);
        };
      case 'difference':
        return (i, point, at) => {
          const onEllipsoid = list.metersOnEllipsoid(list.indexOf(i, point));
          return keyOfNumber(figure('meters', point, at) - onEllipsoid, 1000, -MOST_DIFFERENCE);
        };
      case 'nearest': {
        let nearness: readonly Nearness[] = [];
        return (_, point, at) => {
          if (point === 0) nearness = nearnessIn(columns, at);
          return NEARNESS_RANK[nearness[point] ?? 'no'];
        };
      }
    }
  }
}
