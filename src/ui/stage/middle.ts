import { unwrapLng, wrapLng } from '../../domain/distance';
import { haversineMeters } from '../../domain/haversine';
import type { MapPoint } from '../../domain/query';
import type { AppState } from '../app-state.svelte';

/** Where to start from when there is no map. */
const MOSCOW = { west: 37.6, south: 55.75, east: 37.6, north: 55.75 };

/** A point to start from where one of the map is wanted: the middle of the view. */
export function middleOfView({ extent }: AppState): MapPoint {
  const { west, south, east, north } = extent ?? MOSCOW;
  const round = (degrees: number) => Math.round(degrees * 1e4) / 1e4;
  return { lng: round(wrapLng((west + east) / 2)), lat: round((south + north) / 2) };
}

/** Does what a click in the middle of the map would: gives that point to who wants one, else opens what is nearest. */
export function chooseMiddle(app: AppState): void {
  const { map, picker } = app;
  if (!picker) return openMiddle(app);
  const lngLat = map?.getCenter();
  if (lngLat) map?.fire('click', { point: map.project(lngLat), lngLat });
}

/** Opens the sighting whose mark is nearest to the middle of the map. */
function openMiddle(app: AppState): void {
  const { extent, table, find, map } = app;
  const { published } = app.source;
  if (published) return map && published.opening.openMiddle(map);
  if (!extent) return;
  const { lng, lat } = table.columns;
  const [middleLng, middleLat] = [(extent.west + extent.east) / 2, (extent.south + extent.north) / 2];
  const away = (row: number) =>
    haversineMeters(middleLng, middleLat, unwrapLng(lng[row] ?? NaN, middleLng), lat[row] ?? NaN);
  let nearest: number | undefined;
  for (const row of find.rowsOnMap) {
    if (table.hasPlace(row) && (nearest === undefined || away(row) < away(nearest))) nearest = row;
  }
  if (nearest === undefined) return;
  app.isFocusWanted = true;
  app.select(nearest);
}
