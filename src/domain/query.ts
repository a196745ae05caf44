import type { DaySpan } from './dates';
import type { DistanceColumns } from './distance-columns';
import type { FindTable } from './find-table';
import { CONFIDENCES, STATUSES } from './table';

/** The conditions that a sighting meets by one of a few values, in the order in which they are shown. */
export const FACETS = ['confidence', 'system', 'status', 'origins', 'place', 'publisher'] as const;
export type FacetName = (typeof FACETS)[number];

/** Values of the facet `origins`: how many independent origins support a sighting. */
export const ORIGIN_VALUES = ['0', '1', '2', '3', '4+'] as const;

/** Values of the facet `place`: whether the report names one. */
export const PLACE_VALUES = ['yes', 'no'] as const;

/** A point of the map, and how far the place that is meant may be from it: exactly there when left out. */
export interface MapPoint {
  lng: number;
  lat: number;
  uncertaintyMeters?: number;
}

/** A place that is measured from: the id of a reference point or of a sighting, or a point of the map. */
export type Target = string | MapPoint;

/**
 * Whether a place lies within a distance wherever the true places are, may lie within it (those that certainly do
 * included), or lies outside of it wherever the true places are.
 */
export const SURENESS = ['certainly', 'possibly', 'outside'] as const;
export type Sureness = (typeof SURENESS)[number];

/** Which sightings to show; all conditions are to be met. */
export interface Filter {
  /** the values of which a sighting must have one; '' of `system` stands for "not named"; left out: any */
  facets: Readonly<Partial<Record<FacetName, ReadonlySet<string>>>>;
  /** the event date, or a day of its interval, lies in here */
  days?: DaySpan | undefined;
  near?: { target: Target; meters: number; sureness: Sureness } | undefined;
  /** words that the sighting's text has, see `SearchIndex` */
  text: string;
  /** its mark lies in what the map shows */
  isInView: boolean;
}

export const NO_FILTER: Filter = { facets: {}, text: '', isInView: false };

/** The filter with other values of a facet; none of them for any. */
export function withFacet(filter: Filter, name: FacetName, values: readonly string[]): Filter {
  const others = Object.entries(filter.facets).filter(([facet]) => facet !== name);
  const own: [string, ReadonlySet<string>][] = values.length > 0 ? [[name, new Set(values)]] : [];
  return { ...filter, facets: Object.fromEntries([...others, ...own]) };
}

/** What is in view, in degrees; longitudes may run on beyond 180. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** A filter with all that it refers to: a condition that is left out lets everything through. */
export interface Query {
  facets: Filter['facets'];
  days?: DaySpan | undefined;
  near?: { distances: DistanceColumns; meters: number; sureness: Sureness } | undefined;
  /** rows whose text has the words */
  textRows?: Uint32Array | undefined;
  view?: Bounds | undefined;
}

/** The rows that a query lets through, in the order of the table, and how many other choices would let through. */
export interface Matches {
  /** meet all conditions */
  rows: Uint32Array;
  /** for each facet, how many rows have a value and meet all conditions but the facet's own */
  counts: Readonly<Record<FacetName, ReadonlyMap<string, number>>>;
  /** of the rows that meet all conditions but that on the distance, how many are near in each sense */
  near: Readonly<Record<Sureness, number>>;
}

/** Facets of which a row has one value: its column, and the value that each number of the column stands for. */
function singleFacets(table: FindTable) {
  const { confidence, system, status, origins, placeKind } = table.columns;
  const originValues = Array.from({ length: 256 }, (_, count) => ORIGIN_VALUES[Math.min(count, 4)] ?? '');
  return [
    { name: 'confidence', column: confidence, values: CONFIDENCES },
    { name: 'system', column: system, values: table.systemIds },
    { name: 'status', column: status, values: STATUSES },
    { name: 'origins', column: origins, values: originValues },
    { name: 'place', column: placeKind, values: ['no', 'yes', 'yes'] }, // by PLACE_KIND
  ] as const;
}

/** The values that rows of a table can have, those that no row has included. */
export function facetValues(table: FindTable, name: FacetName): readonly string[] {
  if (name === 'publisher') return table.publishers;
  return [...new Set(singleFacets(table).find((facet) => facet.name === name)?.values)];
}

/** The bit of each condition. */
export const BIT = {
  ...Object.fromEntries(FACETS.map((name, i) => [name, 1 << i])),
  days: 1 << 8,
  near: 1 << 9,
  text: 1 << 10,
  view: 1 << 11,
} as Readonly<Record<FacetName | 'days' | 'near' | 'text' | 'view', number>>;

/** For each row, the bits of the conditions that it fails. One loop a condition keeps each loop simple and fast. */
export function failedConditions(table: FindTable, query: Query): Uint16Array {
  const failed = new Uint16Array(table.length);
  const { columns } = table;
  const failUnless = (bit: number, meets: (row: number) => boolean) => {
    for (let row = 0; row < failed.length; row++) if (!meets(row)) failed[row] = (failed[row] ?? 0) | bit;
  };
  for (const { name, column, values } of singleFacets(table)) {
    const wanted = query.facets[name];
    if (wanted === undefined) continue;
    const isWanted = Uint8Array.from(values, (value) => Number(wanted.has(value)));
    failUnless(BIT[name], (row) => isWanted[column[row] ?? 0] === 1);
  }
  const { publisher: publishers } = query.facets;
  if (publishers) {
    const isWanted = Uint8Array.from(table.publishers, (name) => Number(publishers.has(name)));
    const { publisher, publisherStart } = columns;
    failUnless(BIT.publisher, (row) => {
      const end = publisherStart[row + 1] ?? 0;
      for (let i = publisherStart[row] ?? 0; i < end; i++) if (isWanted[publisher[i] ?? 0] === 1) return true;
      return false;
    });
  }
  const { days, near, textRows, view } = query;
  if (days) {
    const { firstDay, lastDay } = columns;
    failUnless(
      BIT.days,
      (row) => (firstDay[row] ?? 0) <= days.lastDay && (lastDay[row] ?? 0) >= days.firstDay,
    );
  }
  if (near) {
    const { minMeters, maxMeters } = near.distances;
    const bound = near.sureness === 'certainly' ? maxMeters : minMeters;
    failUnless(BIT.near, (row) => {
      const boundMeters = bound[row] ?? NaN;
      return near.sureness === 'outside' ? boundMeters > near.meters : boundMeters <= near.meters;
    });
  }
  if (textRows) {
    const has = new Uint8Array(table.length);
    for (const row of textRows) has[row] = 1;
    failUnless(BIT.text, (row) => has[row] === 1);
  }
  if (view) {
    const isIn = isInView(table, view);
    failUnless(BIT.view, isIn);
  }
  return failed;
}

/** Tells of each row whether its mark is in view. */
function isInView({ columns: { lng, lat } }: FindTable, view: Bounds): (row: number) => boolean {
  const width = view.east - view.west;
  return (row) => {
    const y = lat[row] ?? NaN;
    if (!(y >= view.south && y <= view.north)) return false;
    const x = ((((lng[row] ?? NaN) - view.west) % 360) + 360) % 360;
    return x <= width;
  };
}

/** How many rows are in view, of those that fail no other condition. */
export function countInView(table: FindTable, failed: Uint16Array, view: Bounds | undefined): number {
  const isIn = view ? isInView(table, view) : () => true;
  let count = 0;
  for (let row = 0; row < failed.length; row++) {
    if (((failed[row] ?? 0) & ~BIT.view) === 0 && isIn(row)) count++;
  }
  return count;
}

/** Adds what each number of a column counts to the value that it stands for. */
function countsByValue(values: readonly string[], counts: Uint32Array): Map<string, number> {
  const byValue = new Map<string, number>();
  for (const [i, value] of values.entries()) {
    byValue.set(value, (byValue.get(value) ?? 0) + (counts[i] ?? 0));
  }
  return byValue;
}

/** The rows that fail no condition, but perhaps some that are named by their bits. */
export function rowsFailing(failed: Uint16Array, onlyBits = 0): Uint32Array<ArrayBuffer> {
  const others = ~onlyBits;
  let count = 0;
  for (let row = 0; row < failed.length; row++) if (((failed[row] ?? 0) & others) === 0) count++;
  const rows = new Uint32Array(count);
  count = 0;
  for (let row = 0; row < failed.length; row++) if (((failed[row] ?? 0) & others) === 0) rows[count++] = row;
  return rows;
}

/** The rows that meet a query, without any counts. */
export function findRows(table: FindTable, query: Query): Uint32Array {
  return rowsFailing(failedConditions(table, query));
}

/**
 * Finds the rows that meet a query. Time grows with the rows of the table times the conditions.
 * @param failed what the rows fail of the query, where that is known
 * @param rows those that fail nothing, where these are known
 */
export function findMatches(
  table: FindTable,
  query: Query,
  failed: Uint16Array = failedConditions(table, query),
  rows: Uint32Array = rowsFailing(failed),
): Matches {
  const counts = {} as Record<FacetName, ReadonlyMap<string, number>>;
  for (const { name, column, values } of singleFacets(table)) {
    const byNumber = new Uint32Array(values.length);
    const other = ~BIT[name];
    for (let row = 0; row < failed.length; row++) {
      const value = column[row] ?? 0;
      if (((failed[row] ?? 0) & other) === 0) byNumber[value] = (byNumber[value] ?? 0) + 1;
    }
    counts[name] = countsByValue(values, byNumber);
  }
  const { publisher, publisherStart } = table.columns;
  const byPublisher = new Uint32Array(table.publishers.length);
  for (let row = 0; row < failed.length; row++) {
    if (((failed[row] ?? 0) & ~BIT.publisher) !== 0) continue;
    const end = publisherStart[row + 1] ?? 0;
    for (let i = publisherStart[row] ?? 0; i < end; i++) {
      const value = publisher[i] ?? 0;
      byPublisher[value] = (byPublisher[value] ?? 0) + 1;
    }
  }
  counts.publisher = countsByValue(table.publishers, byPublisher);
  return { rows, counts, near: countNear(failed, query.near) };
}

function countNear(failed: Uint16Array, near: Query['near']): Record<Sureness, number> {
  const counts = { certainly: 0, possibly: 0, outside: 0 };
  if (near === undefined) return counts;
  const { minMeters, maxMeters } = near.distances;
  for (let row = 0; row < failed.length; row++) {
    if (((failed[row] ?? 0) & ~BIT.near) !== 0) continue;
    if ((maxMeters[row] ?? NaN) <= near.meters) counts.certainly++;
    if ((minMeters[row] ?? NaN) <= near.meters) counts.possibly++;
    if ((minMeters[row] ?? NaN) > near.meters) counts.outside++;
  }
  return counts;
}
