import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distancesFrom } from '../../src/domain/distance-columns';
import { findTableOf, findTableParts } from '../../src/domain/find-table';
import { type FindQuestion, Finder, keepSame } from '../../src/domain/finder';
import { type Query, SURENESS, findMatches, findRows } from '../../src/domain/query';
import { countInRings, rowsInRing } from '../../src/domain/ring-counts';
import { inOrderOf, newestFirst } from '../../src/domain/sort';
import { CONFIDENCES, type SightingTable } from '../../src/domain/table';
import { histogram } from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';
import { AreasInView } from '../../src/map/areas-in-view';
import { areaFeatures } from '../../src/map/layers';
import { arbitrarySightings } from './arbitrary-sightings';
import { allRows, sampleTable } from './sample';

const KREMLIN = { lng: 37.6178, lat: 55.7517, uncertaintyMeters: 300 };
const bins = timelineBins({ firstDay: 0, lastDay: 30_000 }, 20);

const tables = arbitrarySightings.map(sampleTable);
const views = fc
  .tuple(fc.integer({ min: -180, max: 180 }), fc.nat(360), fc.integer({ min: -90, max: 90 }), fc.nat(90))
  .map(([west, width, south, height]) => ({
    west: west + 0.0625,
    east: west + 0.0625 + width,
    south: south + 0.0625,
    north: south + 0.0625 + height,
  }));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const questions: fc.Arbitrary<FindQuestion> = fc.record({
  facets: fc.record(
    { confidence: fc.subarray([...CONFIDENCES], { minLength: 1 }).map((some) => new Set<string>(some)) },
    { requiredKeys: [] },
  ),
  days: optional(
    fc
      .tuple(fc.integer({ min: -700_000, max: 40_000 }), fc.nat(700_000))
      .map(([firstDay, length]) => ({ firstDay, lastDay: firstDay + length })),
  ),
  near: optional(
    fc.record({
      origin: fc.record({ place: fc.constant(KREMLIN), row: optional(fc.constant(0)) }),
      meters: fc.integer({ min: 1, max: 20_000_000 }),
      sureness: fc.constantFrom(...SURENESS),
    }),
  ),
  textRows: fc.constant(undefined),
  view: optional(views),
  order: fc.oneof(
    fc.record({ by: fc.constantFrom('newest', 'oldest', 'confidence', 'relevance') }),
    fc.record({ by: fc.constant('distance' as const), place: fc.constant(KREMLIN) }),
  ),
  bins: optional(fc.constant(bins)),
});

/** As a worker has it: what is sent there is a copy. */
function remote(table: SightingTable): Finder {
  return new Finder(findTableOf(structuredClone(findTableParts(table))), distancesFrom);
}

describe('a finder', () => {
  test('answers from the parts that a worker gets as it does from the table', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(questions, { minLength: 1, maxLength: 3 }),
        optional(views),
        (table, asked, extent) => {
          const [here, there] = [new Finder(table, distancesFrom), remote(table)];
          expect(there.totals()).toEqual(here.totals());
          for (const question of asked) {
            expect(there.answer(structuredClone(question), extent)).toEqual(here.answer(question, extent));
          }
          const rings = { origin: { place: KREMLIN, row: 0 }, rows: allRows(table) };
          expect(there.countInRings(rings, [1e5, 1e6])).toEqual(here.countInRings(rings, [1e5, 1e6]));
          expect(there.nearestInRing(rings, 1e6, 'outside', 3)).toEqual(
            here.nearestInRing(rings, 1e6, 'outside', 3),
          );
        },
      ),
    );
  });

  test('finds in one answer what each part of it would be found by alone', () => {
    fc.assert(
      fc.property(tables, questions, optional(views), (table, question, extent) => {
        const { near, view, days, facets } = question;
        const answer = new Finder(table, distancesFrom).answer(question, extent);
        const distances = distancesFrom(KREMLIN, table);
        if (near?.origin.row !== undefined && table.length > 0) {
          distances.meters[0] = distances.minMeters[0] = distances.maxMeters[0] = 0;
        }
        const nearness = near && { ...near, distances };
        const find = (query: Query) => findRows(table, query);
        expect(answer.matches).toEqual(findMatches(table, { facets, days, near: nearness, view }));
        expect(answer.rowsOfAnyDay).toEqual(find({ facets, near: nearness, view }));
        expect(answer.rowsOfAnyDistance).toEqual(find({ facets, days, view }));
        expect(answer.rowsOnMap).toEqual(find({ facets, days, near: nearness }));
        expect(answer.inViewCount).toBe(find({ facets, days, near: nearness, view: extent }).length);
        expect(answer.listedRows.toSorted()).toEqual(answer.matches.rows);
        if (question.order.by === 'newest') {
          expect(answer.listedRows).toEqual(inOrderOf(newestFirst(table), answer.matches.rows, table.length));
        }
        expect(answer.histograms?.shown).toEqual(
          question.bins && histogram(table, answer.matches.rows, bins),
        );
      }),
    );
  });

  test('counts what is in view of the last question without asking it again', () => {
    fc.assert(
      fc.property(tables, questions, views, (table, question, extent) => {
        const finder = new Finder(table, distancesFrom);
        const { inViewCount } = finder.answer(question, extent);
        finder.answer(question, undefined);
        expect(finder.countInView(extent)).toBe(inViewCount);
      }),
    );
  });

  test('leaves the sighting in the middle out of its rings', () => {
    fc.assert(
      fc.property(tables, fc.nat(5), (table, row) => {
        const rows = allRows(table);
        const others = rows.filter((other) => other !== row);
        const distances = distancesFrom(KREMLIN, table);
        const question = { origin: { place: KREMLIN, row }, rows };
        const finder = new Finder(table, distancesFrom);
        expect(finder.countInRings(question, [1e6])).toEqual(countInRings(distances, others, [1e6]));
        expect(finder.nearestInRing(question, 1e6, 'outside', 2)).toEqual(
          rowsInRing(distances, others, 1e6, 'outside').slice(0, 2),
        );
      }),
    );
  });
});

test('an answer keeps the lists of the one before where they hold the same, and only there', () => {
  fc.assert(
    fc.property(tables, questions, questions, (table, first, second) => {
      const finder = new Finder(table, distancesFrom);
      const before = finder.answer(first, undefined);
      const after = finder.answer(second, undefined);
      const kept = keepSame(before, structuredClone(after));
      expect(kept).toEqual(after);
      const isSame = before.rowsOnMap.join() === after.rowsOnMap.join();
      expect(kept.rowsOnMap === before.rowsOnMap).toBe(isSame);
    }),
  );
});

test('the areas in view of the whole world are those of the page that are wide enough, as they are there', () => {
  const world = { west: -180, east: 180, south: -90, north: 90 };
  fc.assert(
    fc.property(tables, (table) => {
      const rows = allRows(table);
      const there = new AreasInView(findTableOf(structuredClone(findTableParts(table))));
      const wide = areaFeatures(table, rows).features.filter(
        ({ id }) => (table.columns.uncertaintyMeters[Number(id)] ?? 0) > 50_000,
      );
      const shown = there
        .among(rows, world)
        .features.filter(({ id }) => (table.columns.uncertaintyMeters[Number(id)] ?? 0) > 50_000);
      expect(shown).toEqual(wide);
      expect(there.among(rows, world)).toBe(there.among(rows.slice(), world));
      expect(there.among(new Uint32Array(), world).features).toEqual([]);
    }),
  );
});
