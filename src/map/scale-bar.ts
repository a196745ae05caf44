import { SPHERE_RADIUS_METERS } from '../domain/haversine';
import { unitFor } from '../domain/units';
import type { Units } from '../domain/units';

/** CSS pixels that the whole world is wide at zoom 0. */
const WORLD_PIXELS = 512;

const STEPS = [5, 3, 2, 1] as const;

/**
 * The bar of a scale: the longest round length of ground that fits into `maxPixels` at a latitude and zoom.
 * Web Mercator's scale grows with latitude, so that it holds for the middle of the map.
 */
export function scaleBar(
  lat: number,
  zoom: number,
  maxPixels: number,
  units: Units = 'metric',
): { pixels: number; label: string } {
  const circumference = 2 * Math.PI * SPHERE_RADIUS_METERS * Math.cos((lat * Math.PI) / 180);
  const metersPerPixel = circumference / (WORLD_PIXELS * 2 ** zoom);
  const mostMeters = metersPerPixel * maxPixels;
  const unit = unitFor(mostMeters * (1 + 1e-9), units);
  const most = mostMeters / unit.meters;
  const power = 10 ** Math.floor(Math.log10(most) + 1e-9);
  const length = power * (STEPS.find((step) => step * power <= most * (1 + 1e-9)) ?? 1);
  const label = `${Number(length.toPrecision(3)).toLocaleString('en-GB')} ${unit.name}`;
  return { pixels: (length * unit.meters) / metersPerPixel, label };
}
