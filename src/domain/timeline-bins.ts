import type { DaySpan } from './dates';
import { startsOfUnits } from './period';
import type { BinUnit, TimelineBins } from './timeline';

/** What a bin can be, finest first. */
const STEPS: readonly { unit: BinUnit; step: number; mostDays: number }[] = [
  { unit: 'day', step: 1, mostDays: 1 },
  { unit: 'week', step: 1, mostDays: 7 },
  { unit: 'month', step: 1, mostDays: 31 },
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map((step) => ({
    unit: 'year' as const,
    step,
    mostDays: 366 * step,
  })),
];

/** The whole bins that cover a span, of the finest unit that needs at most `maxBins` of them. */
export function timelineBins(span: DaySpan, maxBins: number): TimelineBins {
  const days = span.lastDay - span.firstDay + 1;
  for (const { unit, step, mostDays } of STEPS) {
    if (days / mostDays > maxBins) continue;
    const starts = startsOfUnits(span, unit, step);
    if (starts.length - 1 <= maxBins) return { unit, step, starts: Int32Array.from(starts) };
  }
  throw new RangeError(
    `${days} days fit in no ${maxBins} bins: ask for at least one, in the years 0 to 9999.`,
  );
}
