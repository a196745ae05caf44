import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distancesFrom } from '../../src/domain/distance-columns';
import { inOrderOf, nearestFirst, newestFirst, oldestFirst, surestFirst } from '../../src/domain/sort';
import { CONFIDENCES, type SightingTable } from '../../src/domain/table';
import { sampleSighting, sampleTable } from './sample';

function tableOfDates(dates: readonly string[]): SightingTable {
  return sampleTable(dates.map((eventDate, i) => sampleSighting({ id: `s-${i}`, eventDate })));
}

describe('newest first', () => {
  const order = (dates: readonly string[]) => [...newestFirst(tableOfDates(dates))].map((row) => dates[row]);

  test('a later day comes before an earlier one', () => {
    const dates = ['2023-01-19', '2023-01-21', '2023-01-20', '1969-12-31', '0000-01-01', '9999-12-31'];
    expect(order(dates)).toEqual(dates.toSorted().reverse());
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
    expect([...newestFirst(tableOfDates(['2023-01-19', '2023-01-19', '2023-01-19']))]).toEqual([0, 1, 2]);
  });
});

describe('oldest first', () => {
  const order = (dates: readonly string[]) => [...oldestFirst(tableOfDates(dates))].map((row) => dates[row]);

  test('an earlier day comes before a later one', () => {
    const dates = ['2023-01-19', '2023-01-21', '2023-01-20', '1969-12-31', '0000-01-01', '9999-12-31'];
    expect(order(dates)).toEqual(dates.toSorted());
  });

  test('of the same first day the narrower date comes first', () => {
    expect(order(['2023-01', '2023-01-01', '2023-01-01/2023-01-10'])).toEqual([
      '2023-01-01',
      '2023-01-01/2023-01-10',
      '2023-01',
    ]);
  });
});

test('surest first puts high before moderate before low, and the newest of each first', () => {
  const table = sampleTable(
    (['low', 'high', 'moderate', 'high'] as const).map((confidence, i) =>
      sampleSighting({ id: `s-${i}`, confidence, eventDate: `2023-01-1${i}` }),
    ),
  );
  expect([...surestFirst(table)]).toEqual([3, 1, 2, 0]);
});

const longitudes = fc.array(fc.option(fc.double({ min: -180, max: 180, noNaN: true })), { maxLength: 60 });

describe('nearest first', () => {
  const nearest = (lngs: readonly (number | null)[]) => {
    const table = sampleTable(
      lngs.map((lng, i) =>
        sampleSighting({
          id: `s-${i}`,
          geometry: lng === null ? null : { type: 'Point', coordinates: [lng, 0] },
        }),
      ),
    );
    const distances = distancesFrom({ lng: 0, lat: 0, uncertaintyMeters: 1 }, table);
    return { order: [...nearestFirst(table, distances)], distances };
  };

  test('no farther one comes before a nearer one', () => {
    fc.assert(
      fc.property(longitudes, (lngs) => {
        const { order, distances } = nearest(lngs);
        const meters = order
          .map((row) => distances.meters[row] ?? NaN)
          .filter((value) => !Number.isNaN(value));
        expect(meters.every((value, i) => i === 0 || value >= (meters[i - 1] ?? NaN) - 0.01)).toBe(true);
      }),
    );
  });

  test('those without a place come last', () => {
    expect(nearest([null, 10, null, 1]).order).toEqual([3, 1, 0, 2]);
  });

  test('no row is lost or added', () => {
    fc.assert(
      fc.property(longitudes, (lngs) => {
        expect(nearest(lngs).order.toSorted((a, b) => a - b)).toEqual([...lngs.keys()]);
      }),
    );
  });
});

test('every order of a table has each of its rows once', () => {
  const dates = fc.array(fc.constantFrom('2023-01-19', '2023-01', '2022-12/2023-01-23'), { maxLength: 50 });
  fc.assert(
    fc.property(dates, fc.array(fc.constantFrom(...CONFIDENCES), { minLength: 50 }), (eventDates, levels) => {
      const table = sampleTable(
        eventDates.map((eventDate, i) =>
          sampleSighting({ id: `s-${i}`, eventDate, confidence: levels[i] ?? 'low' }),
        ),
      );
      for (const order of [newestFirst(table), oldestFirst(table), surestFirst(table)]) {
        expect([...order].toSorted((a, b) => a - b)).toEqual([...eventDates.keys()]);
      }
    }),
  );
});

describe('some rows in the order of all', () => {
  test('keep that order', () => {
    expect([...inOrderOf(Uint32Array.of(3, 1, 0, 2), Uint32Array.of(0, 1, 2), 4)]).toEqual([1, 0, 2]);
  });

  test('leave the order as it was', () => {
    const order = Uint32Array.of(2, 1, 0);
    inOrderOf(order, Uint32Array.of(1), 3);
    expect([...order]).toEqual([2, 1, 0]);
  });
});
