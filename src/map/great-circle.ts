import { bearing, destination, distance } from '@turf/turf';
import type { Position } from 'geojson';
import { unwrapLng } from '../domain/distance';

const STEPS = 64;

/** The great circle from a place to another, [lng, lat] each, in one piece: across the antimeridian longitudes run on. */
export function greatCircleLine(from: readonly [number, number], to: readonly [number, number]): Position[] {
  const [start, end] = [[...from], [...to]];
  const [meters, direction] = [distance(start, end, { units: 'meters' }), bearing(start, end)];
  let before = from[0];
  const unwrapped = ([lng = 0, lat = 0]: Position): Position => [(before = unwrapLng(lng, before)), lat];
  const between = Array.from({ length: STEPS - 1 }, (_, i) =>
    unwrapped(
      destination(start, (meters * (i + 1)) / STEPS, direction, { units: 'meters' }).geometry.coordinates,
    ),
  );
  return [start, ...between, unwrapped(end)];
}
