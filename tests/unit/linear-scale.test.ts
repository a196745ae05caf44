import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearScale, roundNumbers } from '../../src/ui/timeline/linear-scale';

const ends = fc
  .tuple(
    fc.integer({ min: -3_000_000, max: 3_000_000 }),
    fc.integer({ min: 1, max: 3_000_000 }),
    fc.boolean(),
  )
  .map(([a, more, isFalling]): [number, number] => (isFalling ? [a + more, a] : [a, a + more]));

describe('a linear scale', () => {
  test('has the ends of its domain exactly at those of its range', () => {
    fc.assert(
      fc.property(ends, ends, (domain, range) => {
        const scale = linearScale(domain, range);
        expect(domain.map(scale)).toEqual(range);
        expect(range.map(scale.invert)).toEqual(domain);
        expect([scale.domain, scale.range]).toEqual([domain, range]);
      }),
    );
  });

  test.for([
    [5, 25],
    [0, 40],
    [10, 10],
    [20, -20],
    [-5, 55],
  ] as const)('has %i at %i pixels, within its ends and beyond', ([value, pixels]) => {
    const scale = linearScale([0, 10], [40, 10]);
    expect([scale(value), scale.invert(pixels)]).toEqual([pixels, value]);
  });
});

describe('round numbers', () => {
  test.for([
    [1, 2, [0, 0.5, 1]],
    [0.3, 2, [0, 0.2]],
    [0.6, 2, [0, 0.2, 0.4, 0.6]],
    [7, 2, [0, 5]],
    [10, 2, [0, 5, 10]],
    [460, 2, [0, 200, 400]],
    [23_000, 2, [0, 10_000, 20_000]],
    [100, 5, [0, 20, 40, 60, 80, 100]],
  ] as const)('up to %f, about %i: %j', ([most, count, expected]) => {
    const numbers = roundNumbers(most, count);
    expect(numbers).toHaveLength(expected.length);
    for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i] ?? NaN, 12);
  });

  test('are evenly apart, reach as far as there is room, and are about as many as asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e7, noNaN: true }),
        fc.constantFrom(2, 3, 5),
        (most, count) => {
          const [zero = NaN, step = NaN, ...more] = roundNumbers(most, count);
          const last = more.at(-1) ?? step;
          expect(zero).toBe(0);
          expect(Number(step.toPrecision(1))).toBeCloseTo(step, 12);
          expect(['1', '2', '5']).toContain(step.toExponential(0).charAt(0));
          expect(last).toBeLessThanOrEqual(most * (1 + 1e-9));
          expect(last + step).toBeGreaterThan(most);
          expect(most / step / count).toBeGreaterThan(1 / Math.sqrt(2.5) - 1e-9);
          expect(most / step / count).toBeLessThan(Math.sqrt(2.5) + 1e-9);
        },
      ),
    );
  });
});
