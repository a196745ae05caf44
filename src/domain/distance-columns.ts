import { type Place, SPHERE_ERROR, SPHERE_RADIUS_METERS, centerOf, measure } from './distance';
import { PLACE_KIND, type SightingTable } from './table';

/** Distances of rows of a table to one place, as `measure` gives them; NaN for rows without a place. */
export interface DistanceColumns {
  /** between the centres, on Turf's sphere */
  meters: Float64Array;
  /** the true WGS 84 distance of the true places is never less... */
  minMeters: Float64Array;
  /** ...and never more */
  maxMeters: Float64Array;
}

function toRadians(degrees: number): number {
  return ((degrees % 360) * Math.PI) / 180;
}

/**
 * Metres between two points in degrees on Turf's sphere: the haversine formula as `distance` of Turf has it, to the
 * last bit, without the objects that it makes for each point.
 */
export function haversineMeters(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const sinLat = Math.sin(toRadians(lat2 - lat1) / 2);
  const sinLng = Math.sin(toRadians(lng2 - lng1) / 2);
  const a = sinLat ** 2 + sinLng ** 2 * Math.cos(toRadians(lat1)) * Math.cos(toRadians(lat2));
  return 2 * Math.atan2(Math.sqrt(a), Math.sqrt(Math.max(0, 1 - a))) * SPHERE_RADIUS_METERS; // antipodes round to above 1
}

/**
 * Measures rows of a table from a place. An area costs its record's parsing, once a table.
 * @param rows what is measured, and the order of the columns; left out: every row of the table
 */
export function distancesFrom(from: Place, table: SightingTable, rows?: Uint32Array): DistanceColumns {
  const { lng, lat, uncertaintyMeters, placeKind } = table.columns;
  const length = rows?.length ?? table.length;
  const empty = () => new Float64Array(length).fill(NaN);
  const columns: DistanceColumns = { meters: empty(), minMeters: empty(), maxMeters: empty() };
  const [fromLng, fromLat] = centerOf(from);
  const fromUncertainty = 'area' in from ? NaN : from.uncertaintyMeters;
  for (let i = 0; i < length; i++) {
    const row = rows?.[i] ?? i;
    if (placeKind[row] === PLACE_KIND.none) continue;
    const point = {
      lng: lng[row] ?? NaN,
      lat: lat[row] ?? NaN,
      uncertaintyMeters: uncertaintyMeters[row] ?? NaN,
    };
    const area = table.area(row);
    if (area || 'area' in from) {
      const interval = measure(from, area ? { area } : point);
      columns.meters[i] = interval.meters;
      columns.minMeters[i] = interval.minMeters;
      columns.maxMeters[i] = interval.maxMeters;
      continue;
    }
    const meters = haversineMeters(fromLng, fromLat, point.lng, point.lat);
    const slack = fromUncertainty + point.uncertaintyMeters;
    columns.meters[i] = meters;
    columns.minMeters[i] = Math.max(0, meters * (1 - SPHERE_ERROR) - slack);
    columns.maxMeters[i] = meters * (1 + SPHERE_ERROR) + slack;
  }
  return columns;
}
