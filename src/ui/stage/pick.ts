import type { Map as MapLibreMap } from 'maplibre-gl';
import { unwrapLng, wrapLng } from '../../domain/distance';
import type { MapPoint, Target } from '../../domain/query';
import { toAddressPoint } from '../../io/place-params';
import { TILE_PIXELS, latToY, pixelsPerMeter } from '../../map/mercator';
import type { AppState } from '../app-state.svelte';

/** How far beside the point that is meant a click or tap may be, in CSS pixels. */
export const CLICK_PIXELS = 5;

/** What is this near to a click or tap is meant, in CSS pixels; a finger is wider than a pointer. */
const SNAP_PIXELS = matchMedia('(pointer: coarse)').matches ? 22 : 12;

interface Pixels {
  x: number;
  y: number;
}

/** What a point of the screen stands for. */
export interface Picked {
  target: Target;
  /** how many more sightings and reference points are as near, of which the nearest was taken */
  others: number;
}

/** The point of the map under a point of the screen, as finely as the address keeps it and as vague as a click is. */
export function pointAt(map: MapLibreMap, { x, y }: Pixels): MapPoint {
  const { lng, lat } = map.unproject([x, y]);
  const uncertaintyMeters = Math.max(1, CLICK_PIXELS / pixelsPerMeter(lat, map.getZoom()));
  return toAddressPoint({ lng, lat, uncertaintyMeters });
}

/** Rows that are shown whose places have their centres near a point of the screen, and how near, in CSS pixels. */
function rowsAt(app: AppState, map: MapLibreMap, at: Pixels): { row: number; pixels: number }[] {
  const world = TILE_PIXELS * 2 ** map.getZoom();
  const { lng: ownLng, lat: ownLat } = map.unproject([at.x, at.y]);
  const ownY = latToY(ownLat);
  const { lng, lat } = app.table.columns;
  const found: { row: number; pixels: number }[] = [];
  // By the data, not by what is drawn: that may be on its way yet.
  for (const row of app.find.rowsOnMap) {
    const right = (wrapLng((lng[row] ?? NaN) - ownLng) / 360) * world;
    if (!(Math.abs(right) <= SNAP_PIXELS)) continue;
    const pixels = Math.hypot(right, (latToY(lat[row] ?? NaN) - ownY) * world);
    if (pixels <= SNAP_PIXELS) found.push({ row, pixels });
  }
  return found;
}

/**
 * What is meant by a point of the screen: the reference point or sighting that is there, the nearest of them, by its id,
 * else the point of the map.
 */
export function targetAt(app: AppState, map: MapLibreMap, at: Pixels): Picked {
  const { lng } = map.unproject([at.x, at.y]);
  const points = app.referencePoints.flatMap((point) => {
    const { x, y } = map.project([unwrapLng(point.lng, lng), point.lat]);
    const pixels = Math.hypot(x - at.x, y - at.y);
    return pixels <= SNAP_PIXELS ? [{ id: point.id, pixels }] : [];
  });
  const rows = rowsAt(app, map, at).sort((a, b) => a.pixels - b.pixels);
  const [point] = points.sort((a, b) => a.pixels - b.pixels);
  const [nearest] = rows;
  const others = points.length + rows.length - 1;
  if (point && point.pixels <= (nearest?.pixels ?? Infinity)) return { target: point.id, others };
  if (nearest) return { target: app.table.record(nearest.row).id, others };
  return { target: pointAt(map, at), others: 0 };
}
