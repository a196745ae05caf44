import { type BinRange, daysOfRange } from './bin-range';
import { type DaySpan, formatEventDate } from './dates';
import { type TimelineBins, type TimelineWeights, dateOfDay, dayOfDate, totalWeights } from './timeline';

/** 0000-01-01 and 9999-12-31: bins may begin before the one and end after the other. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/** Weights that differ by less are the same: they are sums of fractions. */
const WEIGHT_ERROR = 1e-9;

/** `2023-01-19` */
function isoDay(day: number): string {
  return dateOfDay(Math.min(LAST_DAY, Math.max(FIRST_DAY, day)))
    .toISOString()
    .slice(0, 10);
}

/** Last day of the month that a day belongs to. */
function lastOfMonth(day: number): number {
  const date = dateOfDay(day);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return dayOfDate(date);
}

function isWholeYears({ firstDay, lastDay }: DaySpan): boolean {
  return isoDay(firstDay).endsWith('-01-01') && isoDay(lastDay).endsWith('-12-31');
}

/**
 * Writes a span of days for readers, with whole months and years by name: `6–20 January 2023`, `January 2023`,
 * `December 2022 – 23 January 2023`, `2021–2024`.
 */
export function formatDays({ firstDay, lastDay }: DaySpan): string {
  const first = isoDay(firstDay);
  const last = isoDay(lastDay);
  const [firstYear, lastYear] = [first, last].map((text) => String(Number(text.slice(0, 4))));
  if (isWholeYears({ firstDay, lastDay })) {
    return firstYear === lastYear ? `${firstYear}` : `${firstYear}–${lastYear}`;
  }
  if (firstDay === lastDay) return formatEventDate(first);
  const isFirstWhole = first.endsWith('-01') && lastOfMonth(firstDay) <= lastDay;
  const isLastWhole = lastOfMonth(lastDay) === lastDay && Number(last.slice(8)) <= lastDay - firstDay + 1;
  const start = isFirstWhole ? first.slice(0, 7) : first;
  const end = isLastWhole ? last.slice(0, 7) : last;
  return start === end ? formatEventDate(start) : formatEventDate(`${start}/${end}`);
}

/** Names a bin: `16 January 2023`, `week of 16 January 2023`, `January 2023`, `2023`, `2020–2029`. */
export function formatBin(bins: TimelineBins, bin: number): string {
  const days = daysOfRange(bins, { first: bin, last: bin });
  return bins.unit === 'week' ? `week of ${formatEventDate(isoDay(days.firstDay))}` : formatDays(days);
}

/** What one bar stands for: `day`, `week`, `month`, `year`, `10 years`. */
export function formatUnit({ unit, step }: TimelineBins): string {
  return step === 1 ? unit : `${step} ${unit}s`;
}

/** The bins that hold the most, if they stand side by side and are not all; `undefined` if none stands out. */
function fullestBins(weights: TimelineWeights, range: BinRange): BinRange | undefined {
  const totals = totalWeights(weights).map((total, bin) =>
    bin < range.first || bin > range.last ? 0 : total,
  );
  const most = totals.reduce((a, b) => Math.max(a, b), 0);
  if (most === 0) return undefined;
  const isFull = (bin: number) => (totals[bin] ?? 0) > most - WEIGHT_ERROR;
  const first = totals.findIndex((_, bin) => isFull(bin));
  const last = totals.findLastIndex((_, bin) => isFull(bin));
  const isAll = first === range.first && last === range.last;
  const isBroken = totals.subarray(first, last).some((_, i) => !isFull(first + i));
  return isAll || isBroken ? undefined : { first, last };
}

/** Says where in a range a histogram is highest: `most on 20 January 2023`; '' when nowhere in particular. */
export function formatPeak(weights: TimelineWeights, bins: TimelineBins, range: BinRange): string {
  const fullest = fullestBins(weights, range);
  if (fullest === undefined) return '';
  const { first, last } = fullest;
  const days = daysOfRange(bins, fullest);
  if (bins.unit === 'day') return `most on ${formatDays(days)}`;
  return first === last && bins.unit === 'week'
    ? `most in the ${formatBin(bins, first)}`
    : `most in ${formatDays(days)}`;
}
