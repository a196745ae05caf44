import { describe, expect, test } from 'vitest';
import type { Publication } from '../../src/domain/publication';
import { barsNoteOf, binsOf, totalsOf, weightsOf } from '../../src/ui/published/publication-counts';

const TIMELINE: NonNullable<Publication['timeline']> = {
  unit: 'month',
  step: 1,
  starts: [0, 31, 59, 90],
  high: [1, 2, 3],
  moderate: [10, 20, 30],
  low: [100, 200, 300],
};
const publication = { timeline: TIMELINE };
const listsOf = (weights: ReturnType<typeof weightsOf>) =>
  Object.fromEntries(Object.entries(weights).map(([level, of]) => [level, [...of]]));

describe('the dates of a publication', () => {
  test('are counted by its own bins', () => {
    expect(binsOf(publication)).toEqual({ unit: 'month', step: 1, starts: Int32Array.of(0, 31, 59, 90) });
    expect(binsOf({})).toBeUndefined();
  });

  test('are those of the levels of confidence that are asked for', () => {
    expect(listsOf(weightsOf(publication, { confidence: new Set(['high']) }))).toEqual({
      high: [1, 2, 3],
      moderate: [0, 0, 0],
      low: [0, 0, 0],
    });
  });

  test.for([
    [{ firstDay: 31, lastDay: 58 }, [0, 2, 0]],
    [{ firstDay: 58, lastDay: 59 }, [0, 2, 3]],
    [{ firstDay: -9, lastDay: 900 }, [1, 2, 3]],
    [{ firstDay: 900, lastDay: 901 }, [0, 0, 0]],
  ] as const)('from %o are in the bins that they meet', ([days, high]) => {
    expect([...weightsOf(publication, {}, days).high]).toEqual(high);
  });

  test('are said to be those of others, where a filter lets others through', () => {
    const filter = { text: '', isInView: false };
    expect(barsNoteOf({ ...filter, facets: { confidence: new Set(['high']) } })).toBe('');
    expect(barsNoteOf({ ...filter, facets: { system: new Set(['tor']) } })).not.toBe('');
  });
});

test('a publication has totals of the facets that it counts, and none of others', () => {
  const facets = { system: [['tor', 3]] } as unknown as Publication['facets'];
  const counted = { facets } as Publication;
  expect([...totalsOf(counted, 'system')]).toEqual([['tor', 3]]);
  expect([...totalsOf(counted, 'publisher')]).toEqual([]);
});
