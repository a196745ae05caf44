/** Web Mercator on the unit square: x from 0 at 180° W to 1 at 180° E, y from 0 in the north to 1 in the south. */

/** Greatest latitude of the square, in degrees. */
export const MAX_LAT = 85.051128779806604;

export function lngToX(lng: number): number {
  return lng / 360 + 0.5;
}

export function latToY(lat: number): number {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return Math.min(1 - Number.EPSILON, Math.max(0, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)));
}
