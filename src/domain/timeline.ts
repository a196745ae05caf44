import type { DaySpan } from './dates';
import type { Confidence } from './sighting';
import type { FindTable } from './find-table';
import { CONFIDENCES } from './table';

export type BinUnit = 'day' | 'week' | 'month' | 'year';

/** A span of days parted into bins of the calendar, without gap or overlap. */
export interface TimelineBins {
  unit: BinUnit;
  /** units in a bin: 1, except for years, which may go by 2, 5, 10, ... */
  step: number;
  /** first day of each bin, and the day after the last bin at the end */
  starts: Int32Array;
}

/** How many sightings fall in each bin, by confidence; fractions come from dates that are intervals. */
export type TimelineWeights = Readonly<Record<Confidence, Float64Array>>;

const MS_PER_DAY = 86_400_000;

/** The instant at which a day starts, in UTC. */
export function dateOfDay(day: number): Date {
  return new Date(day * MS_PER_DAY);
}

/** The day that an instant belongs to, in UTC. */
export function dayOfDate(date: Date): number {
  return Math.floor(date.getTime() / MS_PER_DAY);
}

/** The first and last day of all sightings, or `undefined` when there are none. */
export function spanOf({ columns, length }: FindTable): DaySpan | undefined {
  if (length === 0) return undefined;
  let firstDay = Infinity;
  let lastDay = -Infinity;
  for (const day of columns.firstDay) if (day < firstDay) firstDay = day;
  for (const day of columns.lastDay) if (day > lastDay) lastDay = day;
  return { firstDay, lastDay };
}

/** The bin that a day lies in; a day before or after all bins counts to the first or last. */
export function binOfDay({ starts }: TimelineBins, day: number): number {
  const count = starts.length - 1;
  const begin = starts[0] ?? 0;
  const end = starts[count] ?? 0;
  if (day <= begin) return 0;
  if (day >= end) return count - 1;
  // Bins are nearly of one length, so that a guess is at most a few bins off.
  let bin = Math.floor(((day - begin) * count) / (end - begin));
  while ((starts[bin] ?? 0) > day) bin--;
  while ((starts[bin + 1] ?? Infinity) <= day) bin++;
  return bin;
}

/**
 * Counts sightings by bin and confidence. Each has weight 1, spread evenly over the days of its date; what of
 * them lies outside of the bins is left out. Takes one pass over the rows, however long their dates are.
 */
export function histogram(table: FindTable, rows: Uint32Array, bins: TimelineBins): TimelineWeights {
  const { firstDay, lastDay, confidence } = table.columns;
  const { starts } = bins;
  const count = starts.length - 1;
  const begin = starts[0] ?? 0;
  const end = starts[count] ?? 0;
  const weights = new Float64Array(CONFIDENCES.length * count);
  // Of dates that cover bins whole: where their weight a day, and their number, change.
  const slopes = new Float64Array(CONFIDENCES.length * (count + 1));
  const covers = new Int32Array(CONFIDENCES.length * (count + 1));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const first = firstDay[row] ?? 0;
    const last = lastDay[row] ?? 0;
    if (last < begin || first >= end) continue;
    const level = confidence[row] ?? 0;
    const perDay = 1 / (last - first + 1);
    const from = Math.max(first, begin);
    const to = Math.min(last, end - 1);
    const bin = binOfDay(bins, from);
    const at = level * count + bin;
    const binEnd = starts[bin + 1] ?? end;
    if (to < binEnd) {
      weights[at] = (weights[at] ?? 0) + perDay * (to - from + 1);
      continue;
    }
    const lastBin = binOfDay(bins, to);
    const lastAt = level * count + lastBin;
    weights[at] = (weights[at] ?? 0) + perDay * (binEnd - from);
    weights[lastAt] = (weights[lastAt] ?? 0) + perDay * (to - (starts[lastBin] ?? end) + 1);
    const rise = level * (count + 1) + bin + 1;
    const fall = level * (count + 1) + lastBin;
    slopes[rise] = (slopes[rise] ?? 0) + perDay;
    slopes[fall] = (slopes[fall] ?? 0) - perDay;
    covers[rise] = (covers[rise] ?? 0) + 1;
    covers[fall] = (covers[fall] ?? 0) - 1;
  }
  for (let level = 0; level < CONFIDENCES.length; level++) {
    let perDay = 0;
    let covering = 0;
    for (let bin = 0; bin < count; bin++) {
      const change = level * (count + 1) + bin;
      covering += covers[change] ?? 0;
      // What no date covers is exactly 0: sums of fractions would leave a trace.
      perDay = covering === 0 ? 0 : perDay + (slopes[change] ?? 0);
      const at = level * count + bin;
      weights[at] = (weights[at] ?? 0) + perDay * ((starts[bin + 1] ?? 0) - (starts[bin] ?? 0));
    }
  }
  const of = (name: Confidence) => {
    const level = CONFIDENCES.indexOf(name);
    return weights.subarray(level * count, (level + 1) * count);
  };
  return { high: of('high'), moderate: of('moderate'), low: of('low') };
}

/** How many sightings fall in each bin, of whatever confidence. */
export function totalWeights(weights: TimelineWeights): Float64Array {
  const total = new Float64Array(weights.high.length);
  for (const level of CONFIDENCES) {
    weights[level].forEach((weight, bin) => (total[bin] = (total[bin] ?? 0) + weight));
  }
  return total;
}
