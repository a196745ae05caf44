import { type DaySpan, firstDayOfMonth } from './dates';
import { type BinUnit, dateOfDay } from './timeline';

/** How finely days are told apart, finest first; by `none` not at all. */
export const PERIODS = ['day', 'month', 'year', 'none'] as const;
export type Period = (typeof PERIODS)[number];

/** 1970-01-01 was a Thursday: so many days after a Monday, on which weeks start, as in ISO 8601. */
const DAYS_AFTER_MONDAY = 3;

/** The number of the unit of the calendar that a day lies in; months are year × 12 + month from 0. */
function unitOf(day: number, unit: BinUnit): number {
  if (unit === 'day') return day;
  if (unit === 'week') return Math.floor((day + DAYS_AFTER_MONDAY) / 7);
  const date = dateOfDay(day);
  return unit === 'year' ? date.getUTCFullYear() : date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The day on which a unit of the calendar begins, by its number. */
function firstDayOf(number: number, unit: BinUnit): number {
  if (unit === 'day') return number;
  if (unit === 'week') return number * 7 - DAYS_AFTER_MONDAY;
  if (unit === 'year') return firstDayOfMonth(number, 1);
  const year = Math.floor(number / 12);
  return firstDayOfMonth(year, number - year * 12 + 1);
}

/** The number of the period that a day lies in: of the day itself, month (year × 12 + month from 0), year, or 0. */
export function periodOf(day: number, period: Period): number {
  return period === 'none' ? 0 : unitOf(day, period);
}

/**
 * The first days of the stretches of `step` units that hold some days, and of the one after them. Stretches are counted
 * from the year 0 on, so that those of 5 years begin in 2020 and 2025, those of 3 months in January and April.
 */
export function startsOfUnits({ firstDay, lastDay }: DaySpan, unit: BinUnit, step = 1): number[] {
  const first = Math.floor(unitOf(firstDay, unit) / step);
  const last = Math.floor(unitOf(lastDay, unit) / step);
  return Array.from({ length: last - first + 2 }, (_, i) => firstDayOf((first + i) * step, unit));
}

/** The whole periods that hold some days; of `none` there are no bounds. */
export function wholePeriods({ firstDay, lastDay }: DaySpan, period: Period): DaySpan {
  if (period === 'none') return { firstDay: -Infinity, lastDay: Infinity };
  return {
    firstDay: firstDayOf(unitOf(firstDay, period), period),
    lastDay: firstDayOf(unitOf(lastDay, period) + 1, period) - 1,
  };
}

/**
 * Whether dates that are known by their periods alone tell which of them lie in some days: the days are whole periods,
 * or hold `all` days that there are.
 */
export function tellsApart(period: Period, days: DaySpan | undefined, all: DaySpan | undefined): boolean {
  if (days === undefined || all === undefined) return true;
  const whole = wholePeriods(days, period);
  const isSharp = (edge: 'firstDay' | 'lastDay') => whole[edge] === days[edge];
  return (
    (isSharp('firstDay') || days.firstDay <= all.firstDay) &&
    (isSharp('lastDay') || days.lastDay >= all.lastDay)
  );
}
