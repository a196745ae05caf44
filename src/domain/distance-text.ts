import type { DistanceInterval } from './distance';

function unitFor(valueMeters: number): { name: string; meters: number } {
  return valueMeters < 1000 ? { name: 'm', meters: 1 } : { name: 'km', meters: 1000 };
}

function formatNumber(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The rounding step that an interval bears: the power of ten at or below a tenth of its width, in metres. */
export function roundingStepMeters({
  minMeters,
  maxMeters,
}: {
  minMeters: number;
  maxMeters: number;
}): number {
  const tenth = Math.max(1, (maxMeters - minMeters) / 10);
  return 10 ** Math.floor(Math.log10(tenth) + 1e-9);
}

/**
 * A measured distance as text: `13.4 km`, and its range, rounded outward so that it still contains the truth:
 * `10.3 to 16.5 km`. When the two places may touch there is no distance to name but the greatest: `up to 18 km`.
 */
export function formatDistance(interval: Pick<DistanceInterval, 'meters' | 'minMeters' | 'maxMeters'>): {
  distance: string;
  range: string;
} {
  const step = roundingStepMeters(interval);
  const unit = unitFor(Math.max(interval.meters, step));
  const digits = Math.max(0, Math.round(Math.log10(unit.meters / step)));
  const text = (steps: number) => formatNumber((steps * step) / unit.meters, digits);
  const least = text(Math.floor(interval.minMeters / step));
  const most = text(Math.ceil(interval.maxMeters / step));
  return {
    distance:
      interval.minMeters === 0
        ? `up to ${most} ${unit.name}`
        : `${text(Math.round(interval.meters / step))} ${unit.name}`,
    range: `${least} to ${most} ${unit.name}`,
  };
}

/** A single number of metres as text, to three digits: `700 m`, `2.41 km`. */
export function formatMeters(valueMeters: number): string {
  const unit = unitFor(valueMeters);
  return `${(valueMeters / unit.meters).toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${unit.name}`;
}

const COMPASS = [
  'N',
  'NNE',
  'NE',
  'ENE',
  'E',
  'ESE',
  'SE',
  'SSE',
  'S',
  'SSW',
  'SW',
  'WSW',
  'W',
  'WNW',
  'NW',
  'NNW',
];

/** The point of a 16-point compass for degrees clockwise from north. */
export function compassPoint(degrees: number): string {
  return COMPASS[Math.round((((degrees % 360) + 360) % 360) / 22.5) % 16] ?? 'N';
}
