import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Filter, countValues, filterRows, sortNewestFirst } from '../../src/domain/query';
import type { Confidence, Sighting } from '../../src/domain/sighting';
import { CONFIDENCES } from '../../src/domain/table';
import { allRows, sampleSighting, sampleTable } from './sample';

const SYSTEMS = ['', 's-400', 'pantsir-s1', 'tor'];
const DATES = [
  '2023-01-19',
  '2023-01',
  '2022-12',
  '2023-01-06/2023-01-20',
  '2022-12/2023-01-23',
  '2023-01-20',
];

const sightings: fc.Arbitrary<Sighting[]> = fc
  .array(
    fc.record({
      confidence: fc.constantFrom(...CONFIDENCES),
      system: fc.constantFrom(...SYSTEMS),
      eventDate: fc.constantFrom(...DATES),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ system, ...row }, i) =>
      sampleSighting({ id: `s-${i}`, ...row, ...(system === '' ? {} : { system }) }),
    ),
  );

const filters: fc.Arbitrary<Filter> = fc.record(
  {
    confidences: fc.subarray([...CONFIDENCES]).map((some): ReadonlySet<Confidence> => new Set(some)),
    systemIds: fc.subarray([...SYSTEMS, 'unknown']).map((some): ReadonlySet<string> => new Set(some)),
  },
  { requiredKeys: [] },
);

describe('a filter', () => {
  test('lets through what meets all of its conditions, in the order of the table', () => {
    fc.assert(
      fc.property(sightings, filters, (all, filter) => {
        const expected = [...all.keys()].filter((row) => {
          const { confidence, system = '' } = all[row]?.properties ?? {};
          if (confidence === undefined) return false;
          const { confidences, systemIds } = filter;
          return (confidences?.has(confidence) ?? true) && (systemIds?.has(system) ?? true);
        });
        expect([...filterRows(sampleTable(all), filter)]).toEqual(expected);
      }),
    );
  });

  test('without conditions lets everything through', () => {
    expect([...filterRows(sampleTable([sampleSighting()]), {})]).toEqual([0]);
  });

  test('with an empty condition lets nothing through', () => {
    expect([...filterRows(sampleTable([sampleSighting()]), { confidences: new Set() })]).toEqual([]);
  });

  test('of an empty table is empty', () => {
    expect([...filterRows(sampleTable([]), {})]).toEqual([]);
  });
});

describe('newest first', () => {
  const order = (dates: readonly string[]) => {
    const table = sampleTable(dates.map((eventDate, i) => sampleSighting({ id: `s-${i}`, eventDate })));
    return [...sortNewestFirst(table, allRows(table))].map((row) => dates[row]);
  };

  test('a later day comes before an earlier one', () => {
    expect(order(['2023-01-19', '2023-01-21', '2023-01-20'])).toEqual([
      '2023-01-21',
      '2023-01-20',
      '2023-01-19',
    ]);
  });

  test('the last day counts', () => {
    expect(order(['2023-01-19', '2022-12/2023-01-23'])).toEqual(['2022-12/2023-01-23', '2023-01-19']);
  });

  test('of the same last day the narrower date comes first', () => {
    expect(order(['2023-01', '2023-01-31', '2023-01-10/2023-01-31'])).toEqual([
      '2023-01-31',
      '2023-01-10/2023-01-31',
      '2023-01',
    ]);
  });

  test('the same dates keep the order of the table', () => {
    const table = sampleTable(['a', 'b', 'c'].map((id) => sampleSighting({ id })));
    expect([...sortNewestFirst(table, Uint32Array.of(2, 0, 1))]).toEqual([0, 1, 2]);
  });

  test('no row is lost or added', () => {
    fc.assert(
      fc.property(sightings, filters, (all, filter) => {
        const table = sampleTable(all);
        const rows = filterRows(table, filter);
        expect([...sortNewestFirst(table, rows)].toSorted((a, b) => a - b)).toEqual([...rows]);
      }),
    );
  });

  test('the rows that it was given stay as they were', () => {
    const table = sampleTable([
      sampleSighting({ id: 'a', eventDate: '2022-01-01' }),
      sampleSighting({ id: 'b', eventDate: '2023-01-01' }),
    ]);
    const rows = allRows(table);
    sortNewestFirst(table, rows);
    expect([...rows]).toEqual([0, 1]);
  });
});

describe('counts of values', () => {
  test('add up to the rows', () => {
    fc.assert(
      fc.property(sightings, filters, (all, filter) => {
        const table = sampleTable(all);
        const rows = filterRows(table, filter);
        const counts = countValues(table.columns.confidence, rows, CONFIDENCES.length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });

  test('are by value, 0 for those that do not occur', () => {
    expect([...countValues(Uint8Array.of(2, 0, 2, 2), Uint32Array.of(0, 1, 2), 4)]).toEqual([1, 0, 2, 0]);
  });
});
