import { describe, expect, test } from 'vitest';
import { type BinRange, countBins, daysOfRange } from '../../src/domain/bin-range';
import { type BinUnit, histogram } from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';
import { formatBin, formatDays, formatPeak, formatUnit } from '../../src/domain/timeline-words';
import { binsOf, daysOf } from './days';
import { allRows, sampleSighting, sampleTable } from './sample';

describe('in words', () => {
  test.for([
    ['2023-01-19', '19 January 2023'],
    ['2023-01-06/2023-01-20', '6–20 January 2023'],
    ['2023-01-01/2023-01-20', '1–20 January 2023'],
    ['2023-01-12/2023-01-31', '12–31 January 2023'],
    ['2023-01-01/2023-01-31', 'January 2023'],
    ['2022-12-01/2023-01-23', 'December 2022 – 23 January 2023'],
    ['2022-12-05/2023-01-31', '5 December 2022 – January 2023'],
    ['2024-02-01/2024-02-29', 'February 2024'],
    ['2023-01-01/2023-12-31', '2023'],
    ['2021-01-01/2024-12-31', '2021–2024'],
    ['2022-12-26/2023-01-01', '26 December 2022 – 1 January 2023'],
    ['0099-01-01/0099-12-31', '99'],
  ] as const)('the days %s are "%s"', ([eventDate, words]) => {
    expect(formatDays(daysOf(eventDate))).toBe(words);
  });

  test.for([
    ['day', '16 January 2023'],
    ['week', 'week of 16 January 2023'],
    ['month', 'January 2023'],
    ['year', '2023'],
  ] as const)('a %s is "%s"', ([unit, words]) => {
    expect(formatBin(binsOf(unit, '2023-01-16/2023-02-02'), 0)).toBe(words);
  });

  test('ten years are named by their first and last, and so is the unit', () => {
    const bins = timelineBins(daysOf('1951-06-01/2009-06-01'), 6);
    expect([formatBin(bins, 1), formatUnit(bins)]).toEqual(['1960–1969', '10 years']);
  });

  test('bins that begin before the year 0000 or end after 9999 have names', () => {
    const first = binsOf('week', '0000-01-01/0000-03-01');
    const last = binsOf('week', '9999-11-01/9999-12-31');
    expect(formatBin(first, 0)).toMatch(/^week of 1 January/);
    expect(formatDays(daysOfRange(last, { first: 8, last: 8 }))).toBe('27–31 December 9999');
  });

  const peak = (unit: BinUnit, dates: readonly string[], within?: BinRange) => {
    const table = sampleTable(dates.map((eventDate, i) => sampleSighting({ id: `s-${i}`, eventDate })));
    const bins = binsOf(unit, '2023-01-02/2023-02-28');
    return formatPeak(
      histogram(table, allRows(table), bins),
      bins,
      within ?? { first: 0, last: countBins(bins) - 1 },
    );
  };

  test.for([
    ['day', ['2023-01-19', '2023-01-20', '2023-01-20'], 'most on 20 January 2023'],
    ['day', ['2023-01-19', '2023-01-20'], 'most on 19–20 January 2023'],
    ['day', ['2023-01-19', '2023-01-21'], ''],
    ['week', ['2023-01-19', '2023-01-20'], 'most in the week of 16 January 2023'],
    ['month', ['2023-02-19'], 'most in February 2023'],
    ['month', ['2023-01-19', '2023-02-19'], ''],
    ['day', [], ''],
  ] as const)('by %s, the peak of %j is "%s"', ([unit, dates, words]) => {
    expect(peak(unit, dates)).toBe(words);
  });

  test('the peak is sought where one looks', () => {
    const dates = ['2023-01-10', '2023-01-11', '2023-01-11', '2023-01-19'];
    expect(peak('day', dates, { first: 0, last: 8 })).toBe('most on 10 January 2023');
    expect(peak('day', dates, { first: 12, last: 20 })).toBe('most on 19 January 2023');
    expect(peak('day', dates, { first: 8, last: 8 })).toBe('');
  });
});
