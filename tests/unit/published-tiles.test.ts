import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import { wholePeriods } from '../../src/domain/period';
import { finestPeriod, limitsOf } from '../../src/domain/publication';
import { type Filter, NO_FILTER, findRows, withFacet } from '../../src/domain/query';
import type { Sighting } from '../../src/domain/sighting';
import type { SightingTable } from '../../src/domain/table';
import { latToY, lngToX } from '../../src/map/mercator';
import { PublishedTiles } from '../../src/map/published-tiles';
import { SightingTiles } from '../../src/map/tiles';
import { seededSightings } from '../bench/seeded';
import { publishedInMemory } from './published-archives';
import { sampleSighting, sampleTable } from './sample';

/** So small that a few thousand sightings are published as millions are. */
const BUDGET = { singles: 60, countRows: 90 };

interface Published {
  table: SightingTable;
  tiles: PublishedTiles;
  publication: ReturnType<typeof publishedInMemory>['publication'];
}

function publish(sightings: readonly Sighting[], budget = BUDGET): Published {
  const table = sampleTable(sightings);
  const archives = publishedInMemory(table, budget);
  return { table, tiles: new PublishedTiles(archives), publication: archives.publication };
}

interface Shown {
  count: number;
  row: number;
  tags: string;
  x: number;
  y: number;
}

function shown(bytes: Uint8Array, layer: string): Shown[] {
  const found = new VectorTile(new PbfReader(bytes)).layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found?.feature(i))
    .filter((feature): feature is VectorTileFeature => feature !== undefined)
    .map((feature) => {
      const { x = NaN, y = NaN } = feature.loadGeometry()[0]?.[0] ?? {};
      const { count = 1, row, ...tags } = feature.properties;
      return { count: Number(count), row: Number(row), tags: JSON.stringify(tags), x, y };
    })
    .sort((a, b) => a.row - b.row || a.x - b.x);
}

const withoutPlace = ({ count, row, tags }: Shown) => `${count} ${row} ${tags}`;

/** Tiles at a zoom that there may be something on: those of some rows, and one beside each. */
function tilesOf(table: SightingTable, z: number, some: readonly number[]): [x: number, y: number][] {
  const across = 2 ** z;
  const keys = some.flatMap((pick) => {
    const row = pick % Math.max(1, table.length);
    if (!table.hasPlace(row)) return [];
    const x = Math.min(across - 1, Math.floor(lngToX(table.columns.lng[row] ?? 0) * across));
    const y = Math.floor(latToY(table.columns.lat[row] ?? 0) * across);
    return [`${x} ${y}`, `${(x + 1) % across} ${y}`];
  });
  return [...new Set(keys)].map((key) => key.split(' ').map(Number) as [number, number]);
}

const SIGHTINGS = {
  spread: [...seededSightings(3000, 7)],
  /** many at one point, in one month */
  crowded: Array.from({ length: 400 }, (_, i) =>
    sampleSighting({
      id: `crowd-${i}`,
      geometry: { type: 'Point', coordinates: [37.6 + (i % 7) * 1e-5, 55.7 + (i % 3) * 1e-5] },
      eventDate: `2023-01-${String(1 + (i % 28)).padStart(2, '0')}`,
      confidence: (['high', 'moderate', 'low'] as const)[i % 3] ?? 'low',
    }),
  ),
  /** at the edges of the map */
  edges: [...seededSightings(300, 3)].map((sighting, i) => ({
    ...sighting,
    geometry: {
      type: 'Point' as const,
      coordinates: [i % 2 ? 179.9 + (i % 10) / 100 : -179.95 + (i % 9) / 100, ((i * 7) % 170) - 85],
    },
    properties: { ...sighting.properties, coordinateUncertaintyInMeters: 10 ** (2 + (i % 5)) },
  })),
  few: [...seededSightings(5, 1)],
  none: [],
};
type Name = keyof typeof SIGHTINGS;
const published = Object.fromEntries(
  Object.entries(SIGHTINGS).map(([name, sightings]) => [name, publish(sightings)]),
) as Record<Name, Published>;

const somewhere = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });
const facets = fc.record({
  confidence: somewhere(['high', 'moderate', 'low']),
  system: somewhere(['', 'tor', 's-400', 'pantsir-s1', 'nowhere']),
  status: somewhere(['reported', 'retracted', 'disputed']),
  origins: somewhere(['0', '1', '2', '3', '4+']),
  place: somewhere(['yes', 'no']),
});
const days = fc.option(
  fc.tuple(fc.integer({ min: 18_500, max: 20_200 }), fc.nat(500)).map(([firstDay, length]) => ({
    firstDay,
    lastDay: firstDay + length,
  })),
  { nil: undefined },
);
const filters = fc.tuple(facets, days).map(([values, span]): Filter => {
  let filter: Filter = { ...NO_FILTER, days: span };
  for (const [name, chosen] of Object.entries(values)) {
    if (chosen) filter = withFacet(filter, name as keyof typeof values, chosen);
  }
  return filter;
});

/** The filter with whole periods, as finely as tiles of a zoom can tell them apart. */
function answerable(filter: Filter, { publication }: Published, z: number): Filter {
  return filter.days ? { ...filter, days: wholePeriods(filter.days, finestPeriod(publication, z)) } : filter;
}

function expectedOf({ table }: Published, filter: Filter): SightingTiles {
  const tiles = new SightingTiles(table);
  tiles.show(findRows(table, { facets: filter.facets, days: filter.days }));
  return tiles;
}

describe.each(Object.keys(SIGHTINGS) as Name[])('published tiles of sightings (%s)', (name) => {
  const own = published[name];
  const picks = fc.array(fc.nat(), { minLength: 3, maxLength: 3 });

  test('have the marks of SightingTiles under any filter that they can answer', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.nat(18), picks, async (any, z, some) => {
        const filter = answerable(any, own, z);
        expect(limitsOf(own.publication, filter, z)).toEqual([]);
        const expected = expectedOf(own, filter);
        for (const [x, y] of [...tilesOf(own.table, z, some), [0, 0] as const]) {
          const ours = shown(await own.tiles.tile(z, x, y, filter), 'marks');
          const theirs = shown(expected.tile(z, x, y), 'marks');
          expect(ours.map(withoutPlace)).toEqual(theirs.map(withoutPlace));
          for (const [i, mark] of ours.entries()) {
            const most = mark.count === 1 ? 0 : 1; // a mean is of places that were rounded
            expect(Math.abs(mark.x - (theirs[i]?.x ?? NaN))).toBeLessThanOrEqual(most);
            expect(Math.abs(mark.y - (theirs[i]?.y ?? NaN))).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('have the discs of SightingTiles, of those that meet a filter', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.nat(18), picks, async (any, z, some) => {
        const filter = answerable(any, own, z);
        const rows = new Set(findRows(own.table, { facets: filter.facets, days: filter.days }));
        const all = new SightingTiles(own.table);
        for (const [x, y] of [...tilesOf(own.table, z, some), [0, 0] as const]) {
          const ours = shown(await own.tiles.tile(z, x, y, filter), 'discs');
          const theirs = shown(all.tile(z, x, y), 'discs').filter(({ row }) => rows.has(row));
          expect(ours.map(withoutPlace)).toEqual(theirs.map(withoutPlace));
          for (const [i, disc] of ours.entries()) {
            // Rounded, a place is two centimetres off at most.
            expect(Math.abs(disc.x - (theirs[i]?.x ?? NaN))).toBeLessThanOrEqual(1);
            expect(Math.abs(disc.y - (theirs[i]?.y ?? NaN))).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
