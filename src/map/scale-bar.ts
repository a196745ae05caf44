import { SPHERE_RADIUS_METERS } from '../domain/distance';

/** CSS pixels that the whole world is wide at zoom 0. */
const WORLD_PIXELS = 512;

const STEPS = [5, 3, 2, 1] as const;

/**
 * The bar of a scale: the longest round length of ground that fits into `maxPixels` at a latitude and zoom.
 * Web Mercator's scale grows with latitude, so that it holds for the middle of the map.
 */
export function scaleBar(lat: number, zoom: number, maxPixels: number): { pixels: number; label: string } {
  const circumference = 2 * Math.PI * SPHERE_RADIUS_METERS * Math.cos((lat * Math.PI) / 180);
  const metersPerPixel = circumference / (WORLD_PIXELS * 2 ** zoom);
  const mostMeters = metersPerPixel * maxPixels;
  const power = 10 ** Math.floor(Math.log10(mostMeters) + 1e-9);
  const meters = power * (STEPS.find((step) => step * power <= mostMeters * (1 + 1e-9)) ?? 1);
  const label =
    meters < 1000 ? `${Number(meters.toPrecision(3))} m` : `${(meters / 1000).toLocaleString('en-GB')} km`;
  return { pixels: meters / metersPerPixel, label };
}
