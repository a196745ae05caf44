import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DaySpan } from '../../src/domain/dates';
import { dateOfDay } from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';
import { linearScale } from '../../src/ui/timeline/linear-scale';
import { type AxisTick, axisTicks } from '../../src/ui/timeline/timeline-axis';
import { countLines } from '../../src/ui/timeline/timeline-bars';
import { gripAt } from '../../src/ui/timeline/timeline-drag';
import { daysOf } from './days';

/** Noto Sans of 12 px, as wide as letters and figures are on average. */
const CHARACTER_PIXELS = 6.2;

function ticksOf(span: DaySpan, width: number): AxisTick[] {
  const bins = timelineBins(span, Math.max(4, Math.floor(width / 4.5)));
  const scale = linearScale([bins.starts[0] ?? 0, bins.starts.at(-1) ?? 1], [0, width]);
  return axisTicks(bins, span, scale);
}

const labels = (eventDate: string, width: number) =>
  ticksOf(daysOf(eventDate), width).map(({ label }) => label);

function box({ x, anchor, label }: AxisTick): { left: number; right: number } {
  const width = label.length * CHARACTER_PIXELS;
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, right: left + width };
}

const spans = fc
  .tuple(fc.integer({ min: -719_528, max: 2_900_000 }), fc.oneof(fc.nat(80), fc.nat(3000), fc.nat(3_600_000)))
  .map(([firstDay, more]) => ({ firstDay, lastDay: Math.min(2_932_896, firstDay + more) }));

describe('the time axis', () => {
  test('has labels that do not touch and do not leave the chart, at any width', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 270, max: 1600 }), (span, width) => {
        const boxes = ticksOf(span, width).map(box);
        for (const [i, { left, right }] of boxes.entries()) {
          expect(left).toBeGreaterThanOrEqual(-1);
          expect(right).toBeLessThanOrEqual(width + 1);
          expect(left).toBeGreaterThan((boxes[i - 1]?.right ?? -Infinity) + 2);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('says the year wherever it is another than before', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 270, max: 1600 }), (span, width) => {
        const ticks = ticksOf(span, width);
        const years = ticks.map(({ label }) => /(?<=^|\D )\d+$|^\d{1,4}$/.exec(label)?.[0]);
        expect(years[0]).toBe(String(dateOfDay(span.firstDay).getUTCFullYear()));
        if (ticks.length > 1) expect(years.at(-1)).toBe(String(dateOfDay(span.lastDay).getUTCFullYear()));
      }),
    );
  });

  test.for([
    ['2022-12/2023-01-23', 1000, '1 Dec 2022|12 Dec|19 Dec|26 Dec|2 Jan 2023|9 Jan|16 Jan|23 Jan 2023'],
    ['2022-12/2023-01-23', 355, '1 Dec 2022|15 Dec|1 Jan 2023|23 Jan 2023'],
    ['2022-12/2023-01-23', 270, '1 Dec 2022|1 Jan 2023|23 Jan 2023'],
    ['2021-01/2024-12', 270, 'Jan 2021|2023|Dec 2024'],
    ['1900-01/1999-12', 400, '1900|1920|1930|1940|1950|1960|1970|1980|1999'],
    ['2023-01-19', 1000, '19 Jan 2023'],
  ] as const)('of %s, %i pixels wide', ([eventDate, width, expected]) => {
    expect(labels(eventDate, width).join('|')).toBe(expected);
  });
});

describe('the lines to read heights by', () => {
  test.for([
    [2.48, '1|2'],
    [460, '200|400'],
    [1, '0.5|1'],
    [1 / 54, '0.01'],
    [23_000, '10k|20k'],
  ] as const)('up to %f: %s', ([most, expected]) => {
    const lines = countLines(linearScale([0, most], [60, 0]));
    expect(lines.map(({ label }) => label).join('|')).toBe(expected);
  });
});

describe('a pointer holds', () => {
  const wide = { begin: 200, end: 500, least: 0, most: 1000 };
  const narrow = { begin: 200, end: 206, least: 0, most: 1000 };

  test.for([
    [150, 'new'],
    [177, 'first'],
    [207, 'first'],
    [350, 'all'],
    [493, 'last'],
    [523, 'last'],
    [550, 'new'],
  ] as const)('at %i of a wide brush: %s', ([x, grip]) => {
    expect(gripAt(x, wide, 'mouse')).toBe(grip);
  });

  test.for([
    [180, 'first'],
    [203, 'all'],
    [225, 'last'],
  ] as const)('at %i of a narrow brush: %s', ([x, grip]) => {
    expect(gripAt(x, narrow, 'mouse')).toBe(grip);
  });

  test('nothing of a brush that is not there', () => {
    expect(gripAt(200, undefined, 'mouse')).toBe('new');
  });

  test('a handle at least 24 pixels wide by mouse and 44 by touch, also where the chart ends', () => {
    for (const [kind, least] of [
      ['mouse', 24],
      ['touch', 44],
    ] as const) {
      for (const box of [wide, narrow, { ...wide, begin: 0 }, { ...wide, end: 1000 }]) {
        for (const grip of ['first', 'last'] as const) {
          const held = Array.from({ length: 1001 }, (_, x) => gripAt(x, box, kind)).filter((g) => g === grip);
          expect(held.length).toBeGreaterThanOrEqual(least);
        }
      }
    }
  });
});
