import type { DistanceInterval } from './distance';
import { type Units, unitFor } from './units';

function formatNumber(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * The rounding step that an interval bears, in metres: the power of ten of the unit at or below a tenth of its width.
 * @param unitMeters the unit that is rounded in
 */
export function roundingStepMeters(
  { minMeters, maxMeters }: { minMeters: number; maxMeters: number },
  unitMeters = 1,
): number {
  const tenth = Math.max(1, (maxMeters - minMeters) / 10);
  return 10 ** Math.floor(Math.log10(tenth / unitMeters) + 1e-9) * unitMeters;
}

/**
 * A measured distance as text: `13.4 km`, and the ends of its range, rounded outward so that it still contains the
 * truth: `10.3 km`, `16.5 km`. When the two places may touch there is no distance to name but the greatest: `up to
 * 18 km`.
 */
export function formatInterval(
  interval: Pick<DistanceInterval, 'meters' | 'minMeters' | 'maxMeters'>,
  units: Units = 'metric',
): { distance: string; least: string; most: string; range: string } {
  const unit = unitFor(Math.max(interval.meters, roundingStepMeters(interval)), units);
  const step = roundingStepMeters(interval, unit.meters);
  const digits = Math.max(0, Math.round(Math.log10(unit.meters / step)));
  const text = (steps: number) => formatNumber((steps * step) / unit.meters, digits);
  const least = text(Math.floor(interval.minMeters / step));
  const most = text(Math.ceil(interval.maxMeters / step));
  return {
    distance:
      interval.minMeters === 0 && interval.maxMeters > 0
        ? `up to ${most} ${unit.name}`
        : `${text(Math.round(interval.meters / step))} ${unit.name}`,
    least: `${least} ${unit.name}`,
    most: `${most} ${unit.name}`,
    range: `${least} to ${most} ${unit.name}`,
  };
}

/** A measured distance and its range as text, see {@link formatInterval}: `13.4 km`, `10.3 to 16.5 km`. */
export function formatDistance(
  interval: Pick<DistanceInterval, 'meters' | 'minMeters' | 'maxMeters'>,
  units: Units = 'metric',
): { distance: string; range: string } {
  const { distance, range } = formatInterval(interval, units);
  return { distance, range };
}

/** An area as text, and its range, rounded as distances are: `12.4 km²`, `11.9 to 13.0 km²`. */
export function formatArea(
  area: { squareMeters: number; minSquareMeters: number; maxSquareMeters: number },
  units: Units = 'metric',
): { area: string; range: string } {
  const unit = unitFor(Math.sqrt(area.squareMeters), units);
  const square = unit.meters ** 2;
  const tenth = Math.max(1, (area.maxSquareMeters - area.minSquareMeters) / 10) / square;
  const step = 10 ** Math.floor(Math.log10(tenth) + 1e-9);
  const digits = Math.max(0, Math.round(-Math.log10(step)));
  const text = (steps: number) => formatNumber(steps * step, digits);
  const least = text(Math.floor(area.minSquareMeters / square / step));
  const most = text(Math.ceil(area.maxSquareMeters / square / step));
  return {
    area:
      area.minSquareMeters === 0
        ? `up to ${most} ${unit.name}²`
        : `${text(Math.round(area.squareMeters / square / step))} ${unit.name}²`,
    range: `${least} to ${most} ${unit.name}²`,
  };
}

/** How far something may be off, as text to three digits and never less than it is: `300 m`, `1.24 km`. */
export function formatUncertainty(valueMeters: number, units: Units = 'metric'): string {
  const unit = unitFor(valueMeters, units);
  const value = valueMeters / unit.meters;
  const step = 10 ** (Math.floor(Math.log10(value)) - 2);
  // What is a whole number of steps but for the last bits of a double is not one step more.
  const rounded = Number((Math.ceil(value / step - 1e-9) * step).toPrecision(3));
  return `${rounded.toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${unit.name}`;
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

/** A direction in words, with how far it can be off when that is a degree or more: `41° NE ± 22°`. */
export function formatBearing(degrees: number, uncertaintyDegrees: number): string {
  const off = uncertaintyDegrees < 1 ? '' : ` ± ${Math.ceil(uncertaintyDegrees)}°`;
  return `${Math.round(degrees) % 360}° ${compassPoint(degrees)}${off}`;
}

/** Why no direction is told: the places may be the same, or, as at a pole, each lies in many directions. */
export function noDirectionText({ minMeters }: Pick<DistanceInterval, 'minMeters'>): string {
  return minMeters === 0 ? 'too near to tell' : 'cannot be told';
}
