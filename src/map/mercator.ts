import { SPHERE_RADIUS_METERS } from '../domain/haversine';

/** Web Mercator on the unit square: x from 0 at 180° W to 1 at 180° E, y from 0 in the north to 1 in the south. */

/** Greatest latitude of the square, in degrees. */
export const MAX_LAT = 85.051128779806604;

/** Size of a tile in CSS pixels, as MapLibre draws vector tiles. */
export const TILE_PIXELS = 512;

const MAX_SIN = Math.sin((MAX_LAT * Math.PI) / 180);

export function lngToX(lng: number): number {
  return lng / 360 + 0.5;
}

export function latToY(lat: number): number {
  return sinLatToY(Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180));
}

/** The same from the sine of a latitude. */
export function sinLatToY(sinLat: number): number {
  const sin = Math.max(-MAX_SIN, Math.min(MAX_SIN, sinLat));
  return Math.min(1 - Number.EPSILON, Math.max(0, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)));
}

export function xToLng(x: number): number {
  return (x - 0.5) * 360;
}

export function yToLat(y: number): number {
  return (Math.asin(yToSinLat(y)) * 180) / Math.PI;
}

/** The sine of the latitude at y. */
export function yToSinLat(y: number): number {
  return Math.tanh(Math.PI * (1 - 2 * y));
}

/** CSS pixels a metre of ground takes at a latitude, on Turf's sphere. */
export function pixelsPerMeter(lat: number, z: number): number {
  return (
    (TILE_PIXELS * 2 ** z) /
    (2 * Math.PI * SPHERE_RADIUS_METERS * Math.cos((Math.min(MAX_LAT, Math.abs(lat)) * Math.PI) / 180))
  );
}
