import type { Map as MapLibreMap } from 'maplibre-gl';
import { centerOf, placeOfSighting, unwrapLng } from '../../domain/distance';
import type { Target } from '../../domain/query';
import { toAddressPoint } from '../../io/place-params';
import type { AppState } from '../app-state.svelte';
import type { SightingTilesClient } from './sighting-tiles';
import { sightingsAt } from './sightings-at';

/** What is this near to a click or tap is meant, in CSS pixels; a finger is wider than a pointer. */
const SNAP_PIXELS = matchMedia('(pointer: coarse)').matches ? 22 : 12;

interface Pixels {
  x: number;
  y: number;
}

/** Pixels from a point of the screen to where the map shows a place, in the copy of the world that is nearest. */
function pixelsTo(map: MapLibreMap, [lng, lat]: readonly [number, number], at: Pixels): number {
  const { x, y } = map.project([unwrapLng(lng, map.unproject([at.x, at.y]).lng), lat]);
  return Math.hypot(x - at.x, y - at.y);
}

/** The one of some candidates that a point of the screen is nearest to, if it is near enough to be meant. */
function nearestTo<T>(
  map: MapLibreMap,
  at: Pixels,
  candidates: readonly T[],
  centerOfEach: (candidate: T) => readonly [number, number] | undefined,
): T | undefined {
  let nearest: { candidate: T; pixels: number } | undefined;
  for (const candidate of candidates) {
    const center = centerOfEach(candidate);
    const pixels = center ? pixelsTo(map, center, at) : Infinity;
    if (pixels <= SNAP_PIXELS && pixels < (nearest?.pixels ?? Infinity)) nearest = { candidate, pixels };
  }
  return nearest?.candidate;
}

/** The point of the map under a point of the screen, as finely as the address keeps it. */
export function pointAt(map: MapLibreMap, { x, y }: Pixels): Target {
  return toAddressPoint(map.unproject([x, y]));
}

/**
 * What is meant by a point of the screen: the reference point or sighting whose mark is there, by its id, else the point
 * of the map.
 */
export async function targetAt(
  app: AppState,
  map: MapLibreMap,
  at: Pixels,
  tiles: SightingTilesClient,
): Promise<Target> {
  const point = nearestTo(map, at, app.referencePoints, ({ lng, lat }) => [lng, lat]);
  if (point) return point.id;
  const { rows, isMark } = await sightingsAt(map, at, tiles, app.table);
  if (!isMark) return pointAt(map, at);
  const [only] = rows;
  const centerOfRow = (row: number): [number, number] | undefined => {
    const place = placeOfSighting(app.table.record(row));
    return place && centerOf(place);
  };
  // The mark of one sighting may stand aside of its place; that of a group is of all of them.
  const row = rows.length === 1 ? only : nearestTo(map, at, rows, centerOfRow);
  return row === undefined ? pointAt(map, at) : app.table.record(row).id;
}
