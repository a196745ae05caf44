import type { DaySpan } from './dates';
import { type TimelineBins, binOfDay } from './timeline';

/** Neighbouring bins of a timeline, both ends included. */
export interface BinRange {
  first: number;
  last: number;
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** The number of bins. */
export function countBins({ starts }: TimelineBins): number {
  return starts.length - 1;
}

/** The days of some bins. */
export function daysOfRange({ starts }: TimelineBins, { first, last }: BinRange): DaySpan {
  return { firstDay: starts[first] ?? 0, lastDay: (starts[last + 1] ?? 1) - 1 };
}

/** The bins that some days meet, or `undefined` when they meet none. */
export function rangeOfDays(bins: TimelineBins, { firstDay, lastDay }: DaySpan): BinRange | undefined {
  const begin = bins.starts[0] ?? 0;
  const end = bins.starts.at(-1) ?? 0;
  if (lastDay < begin || firstDay >= end || lastDay < firstDay) return undefined;
  return { first: binOfDay(bins, firstDay), last: binOfDay(bins, lastDay) };
}

/** The range as long as it is, further on by `steps` bins, or less where the bins end. */
export function moveRange({ first, last }: BinRange, steps: number, count: number): BinRange {
  const by = clamp(steps, -first, count - 1 - last);
  return { first: first + by, last: last + by };
}

/** The range with one end at another bin; an end cannot pass the other. */
export function resizeRange(
  { first, last }: BinRange,
  end: 'first' | 'last',
  bin: number,
  count: number,
): BinRange {
  return end === 'first'
    ? { first: clamp(bin, 0, last), last }
    : { first, last: clamp(bin, first, count - 1) };
}

/** The range between two bins, in whatever order. */
export function rangeBetween(a: number, b: number): BinRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}

/** Whether a range leaves nothing out. */
export function isWhole({ first, last }: BinRange, count: number): boolean {
  return first === 0 && last === count - 1;
}

/** The bins that one looks through at a time when one has not said: about an eighth, from the start. */
export function openingRange(count: number): BinRange {
  return { first: 0, last: Math.max(1, Math.round(count / 8)) - 1 };
}

/** How far a step of playing goes: a quarter of the range, so that what stays can be followed. */
export function playStep({ first, last }: BinRange): number {
  return Math.max(1, Math.round((last - first + 1) / 4));
}
