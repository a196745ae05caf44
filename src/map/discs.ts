import { destination } from '@turf/turf';
import type { Position } from 'geojson';
import { SPHERE_RADIUS_METERS } from '../domain/distance';
import { TILE_PIXELS } from './groups';
import { MAX_LAT, latToY, lngToX } from './mercator';

/** Straight edges of a disc part from its circle by at most this... */
const ERROR_PIXELS = 0.05;
/** ...but for discs so large that they would have more corners than this. */
const MAX_CORNERS = 20_000;

/** A disc around a pole runs around the whole map: the band from its lowest latitude to the pole contains it. */
function polarCap(x: number, lat: number, lowestLat: number): Position[] {
  const [lowY, poleY] = [latToY(Math.sign(lat) * lowestLat), latToY(Math.sign(lat) * 90)];
  return [
    [x - 0.5, lowY],
    [x + 0.5, lowY],
    [x + 0.5, poleY],
    [x - 0.5, poleY],
    [x - 0.5, lowY],
  ];
}

/** CSS pixels a metre of ground takes at a latitude, on Turf's sphere. */
export function pixelsPerMeter(lat: number, z: number): number {
  return (
    (TILE_PIXELS * 2 ** z) /
    (2 * Math.PI * SPHERE_RADIUS_METERS * Math.cos((Math.min(MAX_LAT, Math.abs(lat)) * Math.PI) / 180))
  );
}

/**
 * Outline of the ground within a radius of a centre, on the unit square: points of the true circle on Turf's
 * sphere, close enough for the zoom. `x` is the centre's own, on whichever copy of the world is meant. A `circle` layer would be simpler, but MapLibre drops a
 * circle whose centre lies outside of the tile, so the disc would go as soon as its centre leaves the screen.
 */
export function discRing(x: number, lat: number, radiusMeters: number, z: number): Position[] {
  const arc = (radiusMeters / SPHERE_RADIUS_METERS) * (180 / Math.PI);
  if (Math.abs(lat) + arc >= 90) return polarCap(x, lat, Math.abs(lat) - arc);
  const radiusPixels = radiusMeters * pixelsPerMeter(lat, z);
  const step = 2 * Math.acos(1 - Math.min(1, ERROR_PIXELS / radiusPixels));
  const corners = Math.min(MAX_CORNERS, Math.max(32, Math.ceil((2 * Math.PI) / step)));
  const centerX = lngToX(0);
  const ring: Position[] = [];
  for (let i = 0; i < corners; i++) {
    // Measured from longitude 0, so that no disc is torn at the antimeridian.
    const point = destination([0, lat], radiusMeters, (-360 * i) / corners, { units: 'meters' });
    const [lng = 0, pointLat = 0] = point.geometry.coordinates;
    ring.push([x + lngToX(lng) - centerX, latToY(pointLat)]);
  }
  const [first] = ring;
  if (first) ring.push(first);
  return ring;
}
