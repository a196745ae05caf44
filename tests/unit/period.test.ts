import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf, startsOfUnits, wholePeriods } from '../../src/domain/period';
import { type BinUnit, dateOfDay } from '../../src/domain/timeline';
import { daysOf } from './days';

const FIRST = daysOf('0000-01-01').firstDay;
const LAST = daysOf('9999-12-31').lastDay;
const spans = fc
  .tuple(fc.integer({ min: FIRST, max: LAST }), fc.oneof(fc.nat(60), fc.nat(1500)))
  .map(([firstDay, more]) => ({ firstDay, lastDay: Math.min(LAST, firstDay + more) }));
const steps = fc.constantFrom<[BinUnit, number]>(
  ['day', 1],
  ['week', 1],
  ['month', 1],
  ['month', 2],
  ['month', 6],
  ['year', 1],
  ['year', 5],
  ['year', 100],
);

/** What the calendar of the language says. */
function begins(day: number, unit: BinUnit, step: number): boolean {
  const date = dateOfDay(day);
  if (unit === 'day') return true;
  if (unit === 'week') return date.getUTCDay() === 1;
  if (date.getUTCDate() !== 1) return false;
  return unit === 'month'
    ? date.getUTCMonth() % step === 0
    : date.getUTCMonth() === 0 && date.getUTCFullYear() % step === 0;
}

describe('units of the calendar', () => {
  test('begin on the days on which one finds them to begin, day by day', () => {
    fc.assert(
      fc.property(spans, steps, (span, [unit, step]) => {
        const starts = startsOfUnits(span, unit, step);
        const inside = starts.filter((day) => day > span.firstDay && day <= span.lastDay);
        const walked = [];
        for (let day = span.firstDay + 1; day <= span.lastDay; day++)
          if (begins(day, unit, step)) walked.push(day);
        expect(inside).toEqual(walked);
      }),
    );
  });

  test('are one that holds the first day, those within, and the start of the one after the last', () => {
    fc.assert(
      fc.property(spans, steps, (span, [unit, step]) => {
        const starts = startsOfUnits(span, unit, step);
        expect(starts.filter((day) => !begins(day, unit, step))).toEqual([]);
        expect(starts.filter((day) => day <= span.firstDay)).toEqual(starts.slice(0, 1));
        expect(starts.filter((day) => day > span.lastDay)).toEqual(starts.slice(-1));
      }),
    );
  });
});

describe('a period', () => {
  test('holds the days that have its number, and no others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: FIRST, max: LAST }),
        fc.constantFrom('day', 'month', 'year'),
        (day, period) => {
          const { firstDay, lastDay } = wholePeriods({ firstDay: day, lastDay: day }, period);
          const number = periodOf(day, period);
          expect([firstDay <= day, day <= lastDay]).toEqual([true, true]);
          expect([firstDay, lastDay].map((edge) => periodOf(edge, period))).toEqual([number, number]);
          expect(periodOf(firstDay - 1, period)).toBe(number - 1);
          expect(periodOf(lastDay + 1, period)).toBe(number + 1);
        },
      ),
    );
  });

  test('of none has one number and no bounds', () => {
    expect([periodOf(FIRST, 'none'), periodOf(LAST, 'none')]).toEqual([0, 0]);
    expect(wholePeriods({ firstDay: 0, lastDay: 0 }, 'none')).toEqual({
      firstDay: -Infinity,
      lastDay: Infinity,
    });
  });

  test.for([
    ['2024-02-29', 'day', 19_782, '2024-02-29'],
    ['2024-02-29', 'month', 2024 * 12 + 1, '2024-02'],
    ['2024-02-29', 'year', 2024, '2024-01/2024-12'],
    ['0000-01-01', 'month', 0, '0000-01'],
    ['9999-12-31', 'year', 9999, '9999-01/9999-12'],
  ] as const)('of %s, a %s: number %i, %s', ([date, period, number, days]) => {
    const { firstDay } = daysOf(date);
    expect(periodOf(firstDay, period)).toBe(number);
    expect(wholePeriods({ firstDay, lastDay: firstDay }, period)).toEqual(daysOf(days));
  });
});
