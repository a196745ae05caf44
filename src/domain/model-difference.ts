import { formatMeters } from './units';
import type { Units } from './units';

/** A number with its sign, which is shown also when it is positive; not when it is rounded to 0. */
function signed(value: number, text: (magnitude: number) => string): string {
  const shown = text(Math.abs(value));
  if (!/[1-9]/.test(shown)) return shown;
  return `${value < 0 ? '−' : '+'}${shown}`;
}

/**
 * How much farther the sphere's distance is than the ellipsoid's, as text: `−31 m` and `−0.23 %`. It is one of two
 * formulas between the same two points, so that it has more digits than either distance bears.
 */
export function formatModelDifference(
  sphereMeters: number,
  ellipsoidMeters: number,
  units: Units = 'metric',
): { meters: string; share: string } {
  const difference = sphereMeters - ellipsoidMeters;
  const share = ellipsoidMeters === 0 ? 0 : difference / ellipsoidMeters;
  return {
    meters: signed(difference, (meters) =>
      meters < 10 && units !== 'imperial'
        ? `${meters.toFixed(1)} m`
        : formatMeters(units === 'metric' ? Math.round(meters) : meters, units),
    ),
    share: signed(share, (part) => `${(part * 100).toFixed(2)} %`),
  };
}
