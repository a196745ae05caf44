import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BinRange,
  daysOfRange,
  isWhole,
  moveRange,
  openingRange,
  rangeBetween,
  rangeOfDays,
  resizeRange,
} from '../../src/domain/bin-range';
import { binsOf, daysOf } from './days';

describe('a range of bins', () => {
  const COUNT = 20;
  const ranges: fc.Arbitrary<BinRange> = fc
    .tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1))
    .map(([a, b]) => rangeBetween(a, b));

  const bins = binsOf('week', '2023-01-02/2023-05-21');

  test('is the bins that its days meet, and its days are these bins', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        expect(rangeOfDays(bins, daysOfRange(bins, range))).toEqual(range);
      }),
    );
  });

  test('snaps to the bins around days that are none', () => {
    const bins = binsOf('month', '2023-01/2023-04');
    expect(rangeOfDays(bins, daysOf('2023-01-31/2023-03-01'))).toEqual({ first: 0, last: 2 });
    expect(rangeOfDays(bins, daysOf('2022-05-01/2023-02-01'))).toEqual({ first: 0, last: 1 });
  });

  test('does not exist for days before or after all bins', () => {
    const bins = binsOf('month', '2023-01/2023-04');
    expect(rangeOfDays(bins, daysOf('2022-12'))).toBeUndefined();
    expect(rangeOfDays(bins, daysOf('2023-05'))).toBeUndefined();
  });

  test('keeps its length when it moves, and stays inside', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: -50, max: 50 }), (range, steps) => {
        const { first, last } = moveRange(range, steps, COUNT);
        expect(last - first).toBe(range.last - range.first);
        expect([first >= 0, last < COUNT]).toEqual([true, true]);
      }),
    );
  });

  test('moves by as much as there is room for', () => {
    expect(moveRange({ first: 3, last: 5 }, 2, COUNT)).toEqual({ first: 5, last: 7 });
    expect(moveRange({ first: 3, last: 5 }, -9, COUNT)).toEqual({ first: 0, last: 2 });
    expect(moveRange({ first: 3, last: 5 }, 99, COUNT)).toEqual({ first: 17, last: 19 });
  });

  test('has ends that cannot pass each other, nor leave the bins', () => {
    const range = { first: 3, last: 5 };
    expect(resizeRange(range, 'first', 9, COUNT)).toEqual({ first: 5, last: 5 });
    expect(resizeRange(range, 'first', -9, COUNT)).toEqual({ first: 0, last: 5 });
    expect(resizeRange(range, 'last', 1, COUNT)).toEqual({ first: 3, last: 3 });
    expect(resizeRange(range, 'last', 99, COUNT)).toEqual({ first: 3, last: 19 });
  });

  test('to look through is about an eighth, and at least one bin', () => {
    expect([openingRange(54), openingRange(1)]).toEqual([
      { first: 0, last: 6 },
      { first: 0, last: 0 },
    ]);
  });

  test('is whole when it leaves nothing out', () => {
    expect([isWhole({ first: 0, last: 19 }, COUNT), isWhole({ first: 1, last: 19 }, COUNT)]).toEqual([
      true,
      false,
    ]);
  });
});
