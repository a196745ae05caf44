import { hasDirection } from './distance';
import type { DistanceList } from './distance-list';
import { type SortDirection, orderOfNumbers } from './sort';

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

/** Ranks of texts as a reader sorts them; texts that he takes for the same have the same rank. */
function ranksOf(texts: Iterable<string>): Map<string, number> {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const ranks = new Map<string, number>();
  let rank = 0;
  let previous: string | undefined;
  for (const text of [...new Set(texts)].sort(compare)) {
    if (previous !== undefined && compare(previous, text) !== 0) rank++;
    ranks.set(text, rank);
    previous = text;
  }
  return ranks;
}

/** Ranks the nearest before what may be nearest, and that before the rest. */
const NEARNESS_RANK = { yes: 0, maybe: 1, no: 2 } as const;

/** More than the days between any two dates of the years 0000 to 9999. */
const DAYS = 2 ** 22;

/** So many pairs are worked on between two pauses. */
const SLICE = 1000;

/** Sorts the pairs of a list. What they are sorted by is computed once, when it is first asked for. */
export class DistanceOrder {
  readonly #keys = new Map<DistanceSort, Float64Array>();

  constructor(private readonly list: DistanceList) {}

  /**
   * Indices of the list's pairs; pairs that are equal keep their order, and those that have none of it, such as a
   * direction that cannot be told, come last either way.
   */
  sort(by: DistanceSort, direction: SortDirection): Uint32Array {
    for (const pause of this.prepare(by)) void pause;
    return orderOfNumbers(this.#keys.get(by) ?? new Float64Array(), direction);
  }

  /** Computes what {@link sort} needs, and pauses now and then so that a page can do something else. */
  *prepare(by: DistanceSort): Generator<void> {
    if (this.#keys.has(by)) return;
    const keyOf = yield* this.#keyFunction(by);
    const keys = new Float64Array(this.list.length);
    for (let index = 0; index < keys.length; index++) {
      keys[index] = keyOf(index);
      if (index % SLICE === SLICE - 1) yield;
    }
    this.#keys.set(by, keys);
  }

  *#keyFunction(by: DistanceSort): Generator<void, (index: number) => number> {
    const { list } = this;
    switch (by) {
      case 'sighting': {
        const titles: string[] = [];
        for (const row of list.rows) {
          titles.push(list.table.record(row).properties.title);
          if (titles.length % SLICE === 0) yield;
        }
        const ranks = ranksOf(titles);
        const points = list.referencePoints.length;
        return (index) => ranks.get(titles[Math.floor(index / points)] ?? '') ?? NaN;
      }
      case 'date': {
        const { firstDay, lastDay } = list.table.columns;
        return (index) => {
          const { row } = list.pair(index);
          return (firstDay[row] ?? NaN) * DAYS + (lastDay[row] ?? NaN);
        };
      }
      case 'reference': {
        const ranks = ranksOf(list.referencePoints.map(({ name }) => name));
        return (index) => ranks.get(list.pair(index).referencePoint.name) ?? NaN;
      }
      // What is told as "up to 5 km" stands where its 5 kilometres do.
      case 'distance':
        return (index) => {
          const isGreatest = list.metersOnSphere(index, 'minMeters') === 0;
          return list.metersOnSphere(index, isGreatest ? 'maxMeters' : 'meters');
        };
      case 'least':
        return (index) => list.metersOnSphere(index, 'minMeters');
      case 'most':
        return (index) => list.metersOnSphere(index, 'maxMeters');
      case 'bearing':
        return (index) => {
          const interval = list.onSphere(index);
          return hasDirection(interval) ? interval.bearing : NaN;
        };
      case 'wgs84':
        return (index) => {
          const { meters, minMeters, maxMeters } = list.onEllipsoid(index);
          return minMeters === 0 ? maxMeters : meters;
        };
      case 'difference':
        return (index) => list.metersOnSphere(index) - list.metersOnEllipsoid(index);
      case 'nearest':
        return (index) => NEARNESS_RANK[list.nearness(index)];
    }
  }
}
