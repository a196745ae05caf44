import type { MultiPolygon, Polygon } from 'geojson';
import { outlineOf } from './area-outline';
import { type Place, SPHERE_ERROR, centerOf } from './distance';
import { SPHERE_RADIUS_METERS, haversineMeters } from './haversine';
import { edgeBowMeters, measure } from './measure';
import { PLACE_KIND, type SightingColumns } from './table';

/** What is measured of a table: a whole one is such, and so is what a worker has of it. */
export interface MeasuredTable {
  readonly length: number;
  readonly columns: Pick<SightingColumns, 'lng' | 'lat' | 'uncertaintyMeters' | 'placeKind'>;
  /** the geometry of a row that is an area */
  area(row: number): Polygon | MultiPolygon | undefined;
}

/** Distances of rows of a table to one place, as `measure` gives them; NaN for rows without a place. */
export interface DistanceColumns {
  /** between the centres, on Turf's sphere */
  meters: Float64Array;
  /** the true WGS 84 distance of the true places is never less... */
  minMeters: Float64Array;
  /** ...and never more */
  maxMeters: Float64Array;
}

/** Of each area, which is looked at once for each place that is measured from. */
const bows = new WeakMap<Polygon | MultiPolygon, number>();

function bowOf(area: Polygon | MultiPolygon): number {
  const bow = bows.get(area) ?? edgeBowMeters(area);
  bows.set(area, bow);
  return bow;
}

/** Least and greatest distance from a point to an area, as `measure` has them, without the rest of it. */
function rangeToArea(
  lng: number,
  lat: number,
  uncertaintyMeters: number,
  area: Polygon | MultiPolygon,
): [minMeters: number, maxMeters: number] {
  const range = outlineOf(area).range(lng, lat);
  if (range === undefined) {
    const { minMeters, maxMeters } = measure({ lng, lat, uncertaintyMeters }, { area });
    return [minMeters, maxMeters];
  }
  const slack = uncertaintyMeters + bowOf(area);
  return [
    Math.max(0, range.min * SPHERE_RADIUS_METERS * (1 - SPHERE_ERROR) - slack),
    range.max * SPHERE_RADIUS_METERS * (1 + SPHERE_ERROR) + slack,
  ];
}

/** Columns of so many rows, none of them measured. */
export function unmeasuredColumns(length: number): DistanceColumns {
  const [meters, minMeters, maxMeters] = [0, 1, 2].map(() => new Float64Array(length).fill(NaN));
  return { meters, minMeters, maxMeters } as DistanceColumns;
}

/**
 * Measures rows of a table from a place. An area costs its record's parsing, once a table.
 * @param rows what is measured, and the order of the columns; left out: every row of the table
 * @param columns what is written to, from the first element on; left out: new ones
 */
export function distancesFrom(
  from: Place,
  table: MeasuredTable,
  rows?: Uint32Array,
  columns = unmeasuredColumns(rows?.length ?? table.length),
): DistanceColumns {
  const { lng, lat, uncertaintyMeters, placeKind } = table.columns;
  const length = rows?.length ?? table.length;
  const [fromLng, fromLat] = centerOf(from);
  const fromUncertainty = 'area' in from ? NaN : from.uncertaintyMeters;
  const { meters, minMeters, maxMeters } = columns;
  for (let i = 0; i < length; i++) {
    const row = rows?.[i] ?? i;
    const kind = placeKind[row];
    if (kind === PLACE_KIND.none) {
      meters[i] = minMeters[i] = maxMeters[i] = NaN;
      continue;
    }
    const [rowLng, rowLat, uncertainty] = [lng[row] ?? NaN, lat[row] ?? NaN, uncertaintyMeters[row] ?? NaN];
    const area = kind === PLACE_KIND.area ? table.area(row) : undefined;
    if ('area' in from) {
      const to = area ? { area } : { lng: rowLng, lat: rowLat, uncertaintyMeters: uncertainty };
      const interval = measure(from, to);
      meters[i] = interval.meters;
      minMeters[i] = interval.minMeters;
      maxMeters[i] = interval.maxMeters;
      continue;
    }
    const between = haversineMeters(fromLng, fromLat, rowLng, rowLat);
    meters[i] = between;
    if (area) {
      [minMeters[i], maxMeters[i]] = rangeToArea(fromLng, fromLat, fromUncertainty, area);
      continue;
    }
    const slack = fromUncertainty + uncertainty;
    minMeters[i] = Math.max(0, between * (1 - SPHERE_ERROR) - slack);
    maxMeters[i] = between * (1 + SPHERE_ERROR) + slack;
  }
  return columns;
}
