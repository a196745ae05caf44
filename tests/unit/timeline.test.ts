import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DaySpan } from '../../src/domain/dates';
import type { Confidence } from '../../src/domain/sighting';
import { CONFIDENCES, type SightingTable } from '../../src/domain/table';
import {
  type TimelineBins,
  binOfDay,
  dateOfDay,
  histogram,
  spanOf,
  totalWeights,
} from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';
import { binsOf, daysOf } from './days';
import { allRows, sampleSighting, sampleTable } from './sample';

const iso = (day: number) => dateOfDay(day).toISOString().slice(0, 10);
const day = (text: string) => daysOf(text).firstDay;
const startsOf = (bins: TimelineBins) => Array.from(bins.starts, iso);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

const FIRST = day('0000-01-01');
const LAST = day('9999-12-31');

const spans: fc.Arbitrary<DaySpan> = fc
  .oneof(
    fc.tuple(fc.integer({ min: FIRST, max: LAST }), fc.integer({ min: FIRST, max: LAST })),
    fc.tuple(fc.integer({ min: FIRST, max: LAST - 3000 }), fc.nat(3000)).map(([a, n]) => [a, a + n] as const),
  )
  .map(([a, b]) => ({ firstDay: Math.min(a, b), lastDay: Math.max(a, b) }));

/** Dates that are intervals, as they are in a table. */
type Dated = { eventDate: string; confidence: Confidence };

function tableOf(dates: readonly Dated[]): SightingTable {
  return sampleTable(dates.map((date, i) => sampleSighting({ id: `s-${i}`, ...date })));
}

const soon = { min: day('2022-11-20'), max: day('2023-03-10') };
const dated: fc.Arbitrary<Dated[]> = fc.array(
  fc.record({
    eventDate: fc
      .tuple(fc.integer(soon), fc.oneof(fc.constant(0), fc.nat(90)))
      .map(([first, more]) => (more === 0 ? iso(first) : `${iso(first)}/${iso(first + more)}`)),
    confidence: fc.constantFrom(...CONFIDENCES),
  }),
  { maxLength: 30 },
);

/** The plain way: every day of every date gives its share to the bin that it lies in. */
function dayByDay(dates: readonly Dated[], { starts }: TimelineBins): Record<Confidence, number[]> {
  const empty = () => Array.from({ length: starts.length - 1 }, () => 0);
  const weights = { high: empty(), moderate: empty(), low: empty() };
  for (const { eventDate, confidence } of dates) {
    const { firstDay, lastDay } = daysOf(eventDate);
    for (let at = firstDay; at <= lastDay; at++) {
      const bin = starts.findLastIndex((start) => start <= at);
      if (bin < 0 || bin >= starts.length - 1) continue;
      weights[confidence][bin] = (weights[confidence][bin] ?? 0) + 1 / (lastDay - firstDay + 1);
    }
  }
  return weights;
}

function totals(dates: readonly string[], bins: TimelineBins): number[] {
  const table = tableOf(dates.map((eventDate) => ({ eventDate, confidence: 'low' })));
  return [...histogram(table, allRows(table), bins).low];
}

describe('bins', () => {
  test('cover the span without gap or overlap, and are no more than asked for', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 400 }), (span, maxBins) => {
        const { starts } = timelineBins(span, maxBins);
        const count = starts.length - 1;
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(maxBins);
        expect([...starts]).toEqual([...new Set(starts)].sort((a, b) => a - b));
        expect(starts[0]).toBeLessThanOrEqual(span.firstDay);
        expect(starts[1]).toBeGreaterThan(span.firstDay);
        expect(starts[count - 1]).toBeLessThanOrEqual(span.lastDay);
        expect(starts[count]).toBeGreaterThan(span.lastDay);
      }),
    );
  });

  test('begin where their unit does', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 400 }), (span, maxBins) => {
        const { unit, step, starts } = timelineBins(span, maxBins);
        for (const start of starts) {
          const date = dateOfDay(start);
          if (unit === 'week') expect(date.getUTCDay()).toBe(1);
          if (unit === 'month' || unit === 'year') expect(date.getUTCDate()).toBe(1);
          if (unit === 'year') expect([date.getUTCMonth(), date.getUTCFullYear() % step]).toEqual([0, 0]);
        }
      }),
    );
  });

  test.for([
    ['2022-12/2023-01-23', 60, 'day', 1],
    ['2022-12/2023-01-23', 53, 'week', 1],
    ['2021-01/2024-12', 220, 'week', 1],
    ['2021-01/2024-12', 100, 'month', 1],
    ['2021-01/2024-12', 20, 'year', 1],
    ['0000-01/9999-12', 200, 'year', 50],
    ['0000-01/9999-12', 1, 'year', 10_000],
  ] as const)('of %s, at most %i: by %s, %i at a time', ([eventDate, maxBins, unit, step]) => {
    expect(timelineBins(daysOf(eventDate), maxBins)).toMatchObject({ unit, step });
  });

  test('a week starts on Monday, also across a new year', () => {
    expect(startsOf(binsOf('week', '2022-12-28/2023-01-10'))).toEqual([
      '2022-12-26',
      '2023-01-02',
      '2023-01-09',
      '2023-01-16',
    ]);
  });

  test('a month is as long as it is, in leap years too', () => {
    expect(startsOf(binsOf('month', '2024-01-31/2024-03-01'))).toEqual([
      '2024-01-01',
      '2024-02-01',
      '2024-03-01',
      '2024-04-01',
    ]);
    const { starts } = binsOf('month', '1900-02-01/1900-04-30');
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBe(28);
  });

  test('years before 100 are these years', () => {
    expect(startsOf(timelineBins(daysOf('0000-06-01/0002-06-01'), 3))).toEqual([
      '0000-01-01',
      '0001-01-01',
      '0002-01-01',
      '0003-01-01',
    ]);
  });

  test('the last day of the year 9999 has one', () => {
    const { starts } = timelineBins(daysOf('9999-12-31'), 10);
    expect([...starts]).toEqual([LAST, LAST + 1]);
  });

  test('none at all cannot be asked for', () => {
    expect(() => timelineBins(daysOf('2023-01'), 0)).toThrow(/at least one/);
  });

  test('find the bin of a day', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 400 }), fc.nat(), (span, maxBins, n) => {
        const bins = timelineBins(span, maxBins);
        const at = span.firstDay + (n % (span.lastDay - span.firstDay + 1));
        expect(binOfDay(bins, at)).toBe(bins.starts.findLastIndex((start) => start <= at));
      }),
    );
  });

  test('a day outside of them counts to the nearest', () => {
    const bins = binsOf('month', '2023-01/2023-03');
    expect([binOfDay(bins, day('2022-07-01')), binOfDay(bins, day('2023-07-01'))]).toEqual([0, 2]);
  });
});

describe('the span of all sightings', () => {
  test('runs from the first day of any to the last day of any', () => {
    const dates = ['2023-01-19', '2022-12/2023-01-23', '2023-01-20'];
    const table = tableOf(dates.map((eventDate) => ({ eventDate, confidence: 'low' })));
    expect(spanOf(table)).toEqual({ firstDay: day('2022-12-01'), lastDay: day('2023-01-23') });
  });

  test('does not exist without sightings', () => {
    expect(spanOf(tableOf([]))).toBeUndefined();
  });
});

describe('a histogram', () => {
  test('adds up to the number of sightings, whatever the bins', () => {
    fc.assert(
      fc.property(dated, fc.integer({ min: 1, max: 200 }), (dates, maxBins) => {
        const table = tableOf(dates);
        const span = spanOf(table);
        if (span === undefined) return;
        const weights = histogram(table, allRows(table), timelineBins(span, maxBins));
        expect(sum(totalWeights(weights))).toBeCloseTo(dates.length, 9);
        for (const level of CONFIDENCES) {
          const ofLevel = dates.filter(({ confidence }) => confidence === level).length;
          expect(sum(weights[level])).toBeCloseTo(ofLevel, 9);
        }
      }),
    );
  });

  test('is what one gets day by day, also where dates reach out of the bins', () => {
    const inside = fc
      .tuple(fc.integer(soon), fc.nat(120))
      .map(([firstDay, more]) => ({ firstDay, lastDay: firstDay + more }));
    fc.assert(
      fc.property(dated, inside, fc.integer({ min: 1, max: 130 }), (dates, span, maxBins) => {
        const table = tableOf(dates);
        const bins = timelineBins(span, maxBins);
        const weights = histogram(table, allRows(table), bins);
        const expected = dayByDay(dates, bins);
        for (const level of CONFIDENCES) {
          weights[level].forEach((weight, bin) => expect(weight).toBeCloseTo(expected[level][bin] ?? NaN, 9));
        }
      }),
    );
  });

  test('is exactly 0 where no date is, after however many intervals', () => {
    const dates = Array.from({ length: 300 }, (_, i) => `2023-01-01/2023-01-${10 + (i % 19)}`);
    const weights = totals([...dates, '2023-02-20'], binsOf('day', '2023-01/2023-02'));
    expect(weights.slice(28, 31)).toEqual([0, 0, 0]);
    expect(weights.slice(31, 50).every((weight) => weight === 0)).toBe(true);
  });

  test('an interval over the edge of two weeks is parted by its days', () => {
    // Friday to Monday
    expect(totals(['2023-01-20/2023-01-23'], binsOf('week', '2023-01-16/2023-01-29'))).toEqual([0.75, 0.25]);
  });

  test('a month is spread evenly over its days', () => {
    const weights = totals(['2023-01'], binsOf('day', '2022-12-31/2023-02-01'));
    expect(weights[0]).toBe(0);
    expect(weights.slice(1, 32).every((weight) => Math.abs(weight - 1 / 31) < 1e-12)).toBe(true);
    expect(weights[32]).toBe(0);
  });

  test('an interval over three months gives each the share of its days, a leap day too', () => {
    const [january, february, march] = totals(['2024-01-22/2024-03-01'], binsOf('month', '2024-01/2024-03'));
    expect([january, february, march]).toEqual([
      expect.closeTo(10 / 40, 12),
      expect.closeTo(29 / 40, 12),
      expect.closeTo(1 / 40, 12),
    ]);
  });

  test('dates of the years 0000 and 9999 count', () => {
    const bins = timelineBins(daysOf('0000-01/9999-12'), 100);
    const weights = totals(['0000-01-01', '0000-02', '9999-12-31', '0000-01/9999-12'], bins);
    expect(sum(weights)).toBeCloseTo(4, 9);
    expect(weights[0]).toBeGreaterThan(2);
    expect(weights.at(-1)).toBeGreaterThan(1);
  });

  test('only counts the rows that it is given', () => {
    const table = tableOf([
      { eventDate: '2023-01-01', confidence: 'high' },
      { eventDate: '2023-01-02', confidence: 'low' },
    ]);
    const bins = binsOf('day', '2023-01-01/2023-01-02');
    const weights = histogram(table, Uint32Array.of(1), bins);
    expect([[...weights.high], [...weights.low]]).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(sum(totalWeights(histogram(table, new Uint32Array(), bins)))).toBe(0);
  });
});
