import { distance } from '@turf/turf';
import { type Place, SPHERE_ERROR, centerOf, measure, placeOfSighting } from './distance';
import { PLACE_KIND, type SightingTable } from './table';

/** Distances of all rows of a table to one place, as `measure` gives them; NaN for rows without a place. */
export interface DistanceColumns {
  /** between the centres, on Turf's sphere */
  meters: Float64Array;
  /** the true WGS 84 distance of the true places is never less... */
  minMeters: Float64Array;
  /** ...and never more */
  maxMeters: Float64Array;
}

/** Measures every row of a table from a place. An area among the places costs its record's parsing. */
export function distancesFrom(from: Place, table: SightingTable): DistanceColumns {
  const { lng, lat, uncertaintyMeters, placeKind } = table.columns;
  const empty = () => new Float64Array(table.length).fill(NaN);
  const columns: DistanceColumns = { meters: empty(), minMeters: empty(), maxMeters: empty() };
  const center = centerOf(from);
  const fromUncertainty = 'area' in from ? NaN : from.uncertaintyMeters;
  for (let row = 0; row < table.length; row++) {
    if (placeKind[row] === PLACE_KIND.none) continue;
    if ('area' in from || placeKind[row] === PLACE_KIND.area) {
      const place = placeOfSighting(table.record(row));
      if (place === undefined) continue;
      const interval = measure(from, place);
      columns.meters[row] = interval.meters;
      columns.minMeters[row] = interval.minMeters;
      columns.maxMeters[row] = interval.maxMeters;
      continue;
    }
    const meters = distance(center, [lng[row] ?? NaN, lat[row] ?? NaN], { units: 'meters' });
    const slack = fromUncertainty + (uncertaintyMeters[row] ?? NaN);
    columns.meters[row] = meters;
    columns.minMeters[row] = Math.max(0, meters * (1 - SPHERE_ERROR) - slack);
    columns.maxMeters[row] = meters * (1 + SPHERE_ERROR) + slack;
  }
  return columns;
}
