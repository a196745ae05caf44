import { partsOf, periodTest, wantedCombinations } from './facet-combination';
import { PERIODS, type Period, tellsApart } from './period';
import { PUBLISHED_FACETS, type Publication, type PublishedFacet, limitsOf } from './publication';
import { type Filter, ORIGIN_VALUES, PLACE_VALUES, withFacet } from './query';
import { isObject } from './rules';
import { CONFIDENCES, STATUSES } from './table';

/** Of all sightings of a publication, how many have what filters ask for. */
export interface PublicationTotals {
  period: Period;
  /** of those with a place and of those without: combination, first and last period, count, by turns */
  placed: number[];
  unplaced: number[];
}

/** How many sightings a filter lets through, and how many other choices would. */
export interface PublishedMatches {
  count: number;
  /** of these, how many have a place, and so are on the map */
  placedCount: number;
  /** for each facet, how many have a value and meet all conditions but the facet's own */
  counts: Readonly<Record<PublishedFacet, ReadonlyMap<string, number>>>;
}

const TUPLE = 4;

/** The totals that an archive's metadata has, if any. */
export function readTotals(metadata: unknown): PublicationTotals | undefined {
  const value = isObject(metadata) ? metadata['totals'] : undefined;
  const isNumbers = (list: unknown) =>
    Array.isArray(list) && list.length % TUPLE === 0 && list.every((number) => typeof number === 'number');
  const isSound =
    isObject(value) &&
    PERIODS.some((period) => period === value['period']) &&
    isNumbers(value['placed']) &&
    isNumbers(value['unplaced']);
  return isSound ? (value as unknown as PublicationTotals) : undefined;
}

/** Counts what a filter lets through; `undefined` when totals cannot tell. */
export function countMatches(
  publication: Pick<Publication, 'systemIds' | 'days' | 'periods'>,
  totals: PublicationTotals,
  filter: Filter,
): PublishedMatches | undefined {
  const limits = limitsOf(publication, filter, Infinity);
  if (limits.length > 0 || !tellsApart(totals.period, filter.days, publication.days)) return undefined;
  const { systemIds } = publication;
  const test = periodTest(filter.days, totals.period);
  const counts = Object.fromEntries(
    PUBLISHED_FACETS.map((name) => [name, new Map<string, number>()]),
  ) as Record<PublishedFacet, Map<string, number>>;
  // What all facets but one let through, for the values of that one.
  const others = PUBLISHED_FACETS.map((name) => {
    const { facets } = withFacet(filter, name, []);
    return [name, wantedCombinations(facets, systemIds), facets.place] as const;
  });
  const wanted = wantedCombinations(filter.facets, systemIds);
  let [count, placedCount] = [0, 0];
  for (const place of PLACE_VALUES) {
    const sums = sumsOf(place === 'yes' ? totals.placed : totals.unplaced, test, wanted.length);
    for (const [combination, own] of sums.entries()) {
      if (own === 0) continue;
      const parts = partsOf(combination, systemIds.length);
      const values: Record<PublishedFacet, string> = {
        confidence: CONFIDENCES[parts.confidence] ?? '',
        status: STATUSES[parts.status] ?? '',
        origins: ORIGIN_VALUES[parts.origins] ?? '',
        system: systemIds[parts.system] ?? '',
        place,
      };
      for (const [name, isWanted, places] of others) {
        if (isWanted[combination] === 0 || places?.has(place) === false) continue;
        counts[name].set(values[name], (counts[name].get(values[name]) ?? 0) + own);
      }
      if (wanted[combination] === 0 || filter.facets.place?.has(place) === false) continue;
      count += own;
      if (place === 'yes') placedCount += own;
    }
  }
  return { count, placedCount, counts };
}

/** How many of some totals have each combination, in the periods that pass a test. */
function sumsOf(
  totals: readonly number[],
  test: (first: number, last: number) => boolean,
  combinations: number,
): Float64Array {
  const sums = new Float64Array(combinations);
  for (let i = 0; i < totals.length; i += TUPLE) {
    const [combination, first, last, own] = [totals[i], totals[i + 1], totals[i + 2], totals[i + 3]];
    if (test(first ?? 0, last ?? 0)) sums[combination ?? 0] = (sums[combination ?? 0] ?? 0) + (own ?? 0);
  }
  return sums;
}
