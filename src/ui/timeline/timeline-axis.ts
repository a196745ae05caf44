import type { DaySpan } from '../../domain/dates';
import { startsOfUnits } from '../../domain/period';
import { type BinUnit, type TimelineBins, dateOfDay } from '../../domain/timeline';
import type { LinearScale } from './linear-scale';

/** A label under the timeline, and the mark that it belongs to, in pixels from the left of the chart. */
export interface AxisTick {
  mark: number;
  x: number;
  anchor: 'start' | 'middle' | 'end';
  label: string;
}

/** Days to pixels. */
export type DayScale = LinearScale;

/** A character of the axis is at most about so wide, in pixels: labels are parted by what they may need. */
const CHARACTER_PIXELS = 6.4;
const GAP_PIXELS = 9;

const UNITS: readonly BinUnit[] = ['day', 'week', 'month', 'year'];

const MONTH_NAMES = Array.from({ length: 12 }, (_, month) =>
  new Date(Date.UTC(2000, month)).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }),
);

interface LabelStep {
  unit: BinUnit;
  /** about so many days are between two labels */
  days: number;
  /** The days that can have a label, of the first of a span to its last and a little beyond. */
  among: (span: DaySpan) => number[];
}

/** Where labels can stand, closest together first. */
const STEPS: readonly LabelStep[] = [
  { unit: 'day', days: 1, among: (span) => startsOfUnits(span, 'day') },
  { unit: 'day', days: 7, among: (span) => startsOfUnits(span, 'week') },
  {
    unit: 'day',
    days: 15, // the first and the fifteenth
    among: (span) => startsOfUnits(span, 'month').flatMap((first) => [first, first + 14]),
  },
  ...[1, 2, 3, 6].map((months) => ({
    unit: 'month' as const,
    days: 30 * months,
    among: (span: DaySpan) => startsOfUnits(span, 'month', months),
  })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((years) => ({
    unit: 'year' as const,
    days: 365 * years,
    among: (span: DaySpan) => startsOfUnits(span, 'year', years),
  })),
];

/** `19 Jan`, `Jan`, `2023`; with the year `19 Jan 2023`, `Jan 2023`. */
function labelOf(date: Date, unit: BinUnit, hasYear: boolean): string {
  const year = String(date.getUTCFullYear());
  if (unit === 'year') return year;
  const month = MONTH_NAMES[date.getUTCMonth()] ?? '';
  const day = unit === 'month' ? '' : `${date.getUTCDate()} `;
  return `${day}${month}${hasYear ? ` ${year}` : ''}`;
}

const widthOf = (label: string) => label.length * CHARACTER_PIXELS;

/** The ticks of one step between two labels, or `undefined` when they would run into each other. */
function ticksBetween(
  days: readonly number[],
  unit: BinUnit,
  markOf: (day: number) => number,
  { left, right, year }: { left: number; right: number; year: number },
): AxisTick[] | undefined {
  const ticks: AxisTick[] = [];
  let freeFrom = left;
  let lastYear = year;
  for (const day of days) {
    const date = dateOfDay(day);
    const mark = markOf(day);
    const label = labelOf(date, unit, date.getUTCFullYear() !== lastYear);
    const half = widthOf(label) / 2;
    if (mark + half > right) break;
    if (mark - half < freeFrom) {
      if (ticks.length > 0) return undefined;
      continue;
    }
    ticks.push({ mark, x: mark, anchor: 'middle', label });
    freeFrom = mark + half + GAP_PIXELS;
    lastYear = date.getUTCFullYear();
  }
  return ticks;
}

/**
 * The labels of the time axis: the first and the last date with their years, and between them as many as have
 * room, each with its year where that is another than that of the label before.
 */
export function axisTicks(bins: TimelineBins, span: DaySpan, scale: DayScale): AxisTick[] {
  const [left, right] = scale.range;
  const begin = bins.starts[0] ?? 0;
  const end = bins.starts.at(-1) ?? 0;
  const unit = bins.unit === 'week' ? 'day' : bins.unit;
  const isByDay = bins.unit === 'day';
  // The label of a day stands under the middle of its bar; those of longer times where they begin.
  const markOf = (day: number) => scale(day + (isByDay ? 0.5 : 0));
  const firstLabel = labelOf(dateOfDay(span.firstDay), unit, true);
  const lastLabel = labelOf(dateOfDay(span.lastDay), unit, true);
  const [firstMark, lastMark] = [scale(span.firstDay), scale(span.lastDay + 1)];
  if (firstLabel === lastLabel || right - left < widthOf(firstLabel) + widthOf(lastLabel) + GAP_PIXELS) {
    const middle = (left + right) / 2;
    return [{ mark: middle, x: middle, anchor: 'middle', label: firstLabel }];
  }
  const firstX = Math.min(firstMark, right - widthOf(firstLabel) - widthOf(lastLabel) - GAP_PIXELS);
  const lastX = Math.max(lastMark, firstX + widthOf(firstLabel) + widthOf(lastLabel) + GAP_PIXELS);
  const first: AxisTick = { mark: firstMark, x: firstX, anchor: 'start', label: firstLabel };
  const last: AxisTick = { mark: lastMark, x: lastX, anchor: 'end', label: lastLabel };
  const room = {
    left: firstX + widthOf(firstLabel) + GAP_PIXELS,
    right: lastX - widthOf(lastLabel) - GAP_PIXELS,
    year: dateOfDay(span.firstDay).getUTCFullYear(),
  };
  for (const step of STEPS) {
    const isTooFine = UNITS.indexOf(step.unit) < UNITS.indexOf(unit);
    if (isTooFine || (end - begin) / step.days > (right - left) / CHARACTER_PIXELS) continue;
    const days = step.among({ firstDay: begin, lastDay: end - 1 }).filter((day) => day >= begin && day < end);
    const ticks = ticksBetween(days, step.unit, markOf, room);
    if (ticks !== undefined) return [first, ...ticks, last];
  }
  return [first, last];
}
