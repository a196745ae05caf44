import { describe, expect, test } from 'vitest';
import { describeSightings } from '../../src/cli/describe-publication';
import { firstDayOfMonth } from '../../src/domain/dates';
import type { Publication } from '../../src/domain/publication';
import { countMatches } from '../../src/domain/publication-totals';
import { findMatches, NO_FILTER, withFacet } from '../../src/domain/query';
import { totalsOf } from '../../src/map/published-totals';
import { seededSightings } from '../bench/seeded';
import { sampleTable } from './sample';

const table = sampleTable([...seededSightings(6000, 3)]);
const publication = { ...describeSightings(table, 'Made up'), periods: [] } as unknown as Publication;
const days = { firstDay: firstDayOfMonth(2022, 3) + 6, lastDay: firstDayOfMonth(2022, 3) + 12 };
const filter = { ...withFacet(NO_FILTER, 'confidence', ['high', 'low']), days };

describe('totals of a publication', () => {
  const totals = totalsOf(table);

  test('tell single days apart', () => {
    expect(totals.period).toBe('day');
    const matches = countMatches(publication, totals, filter);
    const { rows, counts } = findMatches(table, { facets: filter.facets, days });
    expect(matches?.count).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(5);
    expect(matches?.placedCount).toBe(rows.filter((row) => table.hasPlace(row)).length);
    for (const name of ['confidence', 'system', 'status', 'origins', 'place'] as const) {
      const some = (map: ReadonlyMap<string, number> | undefined) =>
        [...(map ?? [])].filter(([, count]) => count > 0).sort();
      expect(some(matches?.counts[name]), name).toEqual(some(counts[name]));
    }
  });

  test('of more than there is room for tell months apart, and no days', () => {
    const coarse = totalsOf(table, totals.placed.length / 4);
    expect(coarse.period).toBe('month');
    expect(countMatches(publication, coarse, filter)).toBeUndefined();
    const month = { firstDay: firstDayOfMonth(2022, 3), lastDay: firstDayOfMonth(2022, 3) + 30 };
    const matches = countMatches(publication, coarse, { ...filter, days: month });
    expect(matches?.count).toBe(findMatches(table, { facets: filter.facets, days: month }).rows.length);
  });
});
