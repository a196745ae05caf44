import type { Issue } from './issue';
import { isObject } from './rules';
import { swappedRows } from './swapped-rows';
import { PLACE_KIND, type SightingTable } from './table';

/** 0, 0 lies in the open sea, and is what programs make of a place that is missing. */
const NO_PLACE =
  'is 0, 0, the usual sign of a place that is missing: write null for a sighting reported without a place';

const PATH = '$.geometry.coordinates';

/** The warning of a sighting whose place is hardly the one that is meant. */
function doubt(index: number | null, id: string | null, message = NO_PLACE): Issue {
  return { index, id, path: PATH, message, severity: 'warning' };
}

/** That a place is one of {@link swappedRows}. */
function swappedDoubt(lng: number, lat: number): string {
  return `latitude ${lat}, longitude ${lng} lies far from most places of the file, and would lie near them with latitude and longitude exchanged: exchange them if so`;
}

/** The places that seem to have latitude and longitude exchanged, among others that have not. */
export function swappedDoubts(
  lng: ArrayLike<number>,
  lat: ArrayLike<number>,
): { index: number; path: string; message: string }[] {
  return swappedRows(lng, lat).map((index) => {
    const message = swappedDoubt(lng[index] ?? NaN, lat[index] ?? NaN);
    return { index, path: PATH, message };
  });
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

/** The same of all sightings of a table, and of those whose place fits no others of it; `index` is that of the row. */
export function placeDoubtsOf(table: SightingTable): (Issue & { index: number })[] {
  const { lng, lat, placeKind } = table.columns;
  const doubts: (Issue & { index: number })[] = [];
  for (let row = 0; row < table.length; row++) {
    if (lng[row] === 0 && lat[row] === 0 && placeKind[row] === PLACE_KIND.point)
      doubts.push({ ...doubt(row, table.idOf(row)), index: row });
  }
  for (const { index, message } of swappedDoubts(lng, lat))
    doubts.push({ ...doubt(index, table.idOf(index), message), index });
  return doubts.sort((a, b) => a.index - b.index);
}
