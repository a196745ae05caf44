import type { ScaleLinear } from 'd3-scale';
import { type TimeInterval, utcDay, utcMonday, utcMonth, utcYear } from 'd3-time';
import type { DaySpan } from '../../domain/dates';
import { type BinUnit, type TimelineBins, dateOfDay, dayOfDate } from '../../domain/timeline';

/** A label under the timeline, and the mark that it belongs to, in pixels from the left of the chart. */
export interface AxisTick {
  mark: number;
  x: number;
  anchor: 'start' | 'middle' | 'end';
  label: string;
}

/** Days to pixels. */
export type DayScale = ScaleLinear<number, number>;

/** A character of the axis is at most about so wide, in pixels: labels are parted by what they may need. */
const CHARACTER_PIXELS = 6.4;
const GAP_PIXELS = 9;

const UNITS: readonly BinUnit[] = ['day', 'week', 'month', 'year'];

const MONTH_NAMES = Array.from({ length: 12 }, (_, month) =>
  new Date(Date.UTC(2000, month)).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }),
);

const isFirstOrFifteenth = (date: Date) => [1, 15].includes(date.getUTCDate());

/** Where labels can stand, closest together first, and how many days are about between them. */
const STEPS: readonly { unit: BinUnit; interval: TimeInterval; days: number }[] = [
  { unit: 'day', interval: utcDay, days: 1 },
  { unit: 'day', interval: utcMonday, days: 7 },
  { unit: 'day', interval: utcDay.filter(isFirstOrFifteenth), days: 15 },
  ...[1, 2, 3, 6].map((months) => ({
    unit: 'month' as const,
    interval: utcMonth.every(months) ?? utcMonth,
    days: 30 * months,
  })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((years) => ({
    unit: 'year' as const,
    interval: utcYear.every(years) ?? utcYear,
    days: 365 * years,
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
  dates: readonly Date[],
  unit: BinUnit,
  markOf: (day: number) => number,
  { left, right, year }: { left: number; right: number; year: number },
): AxisTick[] | undefined {
  const ticks: AxisTick[] = [];
  let freeFrom = left;
  let lastYear = year;
  for (const date of dates) {
    const mark = markOf(dayOfDate(date));
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
  const [left = 0, right = 0] = scale.range();
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
    const dates = step.interval.range(dateOfDay(begin), dateOfDay(end));
    const ticks = ticksBetween(dates, step.unit, markOf, room);
    if (ticks !== undefined) return [first, ...ticks, last];
  }
  return [first, last];
}
