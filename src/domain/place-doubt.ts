import type { Issue } from './issue';
import { isObject } from './rules';
import { PLACE_KIND, type SightingTable } from './table';

/** 0, 0 lies in the open sea, and is what programs make of a place that is missing. */
const NO_PLACE =
  'is 0, 0, the usual sign of a place that is missing: write null for a sighting reported without a place';

/** The warning of a sighting whose place is hardly the one that is meant. */
function doubt(index: number | null, id: string | null): Issue {
  return { index, id, path: '$.geometry.coordinates', message: NO_PLACE, severity: 'warning' };
}

/** Doubts about the place of a Feature, beside what the contract says of it; of anything else none. */
export function placeDoubts(feature: unknown, index: number | null): Issue[] {
  const geometry = isObject(feature) ? feature['geometry'] : undefined;
  if (!isObject(feature) || !isObject(geometry) || geometry['type'] !== 'Point') return [];
  const { coordinates } = geometry;
  const isNowhere =
    Array.isArray(coordinates) && coordinates.length === 2 && coordinates.every((x) => x === 0);
  return isNowhere ? [doubt(index, typeof feature['id'] === 'string' ? feature['id'] : null)] : [];
}

/** The same of all sightings of a table, `index` being that of the row. */
export function placeDoubtsOf(table: SightingTable): (Issue & { index: number })[] {
  const { lng, lat, placeKind } = table.columns;
  const doubts: (Issue & { index: number })[] = [];
  for (let row = 0; row < table.length; row++) {
    if (lng[row] === 0 && lat[row] === 0 && placeKind[row] === PLACE_KIND.point)
      doubts.push({ ...doubt(row, table.idOf(row)), index: row });
  }
  return doubts;
}
