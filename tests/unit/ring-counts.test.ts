import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Place, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import { distancesFrom } from '../../src/domain/distance-columns';
import {
  type RingPart,
  RING_PARTS,
  countInRings,
  nextRadius,
  rowsInRing,
} from '../../src/domain/ring-counts';
import type { Sighting } from '../../src/domain/sighting';
import { sampleSighting, sampleTable } from './sample';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const AREA: Sighting['geometry'] = {
  type: 'Polygon',
  coordinates: [
    [
      [37.5, 55.7],
      [37.8, 55.7],
      [37.8, 55.9],
      [37.5, 55.7],
    ],
  ],
};

const geometry: fc.Arbitrary<Sighting['geometry']> = fc.oneof(
  fc.constantFrom<Sighting['geometry']>(null, AREA),
  fc
    .tuple(double(37, 38.5), double(55.3, 56.2))
    .map((coordinates) => ({ type: 'Point' as const, coordinates })),
);
const sightings: fc.Arbitrary<Sighting[]> = fc
  .array(fc.record({ geometry, uncertainty: double(1, 8000) }), { maxLength: 20 })
  .map((all) =>
    all.map(({ geometry, uncertainty }, i) =>
      sampleSighting({
        id: `s-${i}`,
        geometry,
        ...(geometry?.type === 'Point' ? { coordinateUncertaintyInMeters: uncertainty } : {}),
      }),
    ),
  );
const middle: fc.Arbitrary<Place> = fc.record({
  lng: double(37, 38.5),
  lat: double(55.3, 56.2),
  uncertaintyMeters: fc.constantFrom(0, 300, 3000),
});
const radii = fc.array(double(1, 80_000), { maxLength: 4 });

/** The part of a ring that a sighting is in, by the words of the definition. */
function plainPart(from: Place, sighting: Sighting, meters: number): RingPart | undefined {
  const place = placeOfSighting(sighting);
  if (!place) return undefined;
  const { minMeters, maxMeters } = measure(from, place);
  if (maxMeters <= meters) return 'certainly';
  return minMeters <= meters ? 'possibly' : 'outside';
}

describe('the counts in rings', () => {
  const tables = fc.tuple(sightings, middle, radii, fc.func(fc.boolean()));

  test('are those of a plain reading, over the rows that are asked for', () => {
    fc.assert(
      fc.property(tables, ([all, from, meters, isWanted]) => {
        const rows = Uint32Array.from(all.keys()).filter((row) => isWanted(row));
        const wanted = all.filter((_, row) => isWanted(row));
        const counts = countInRings(distancesFrom(from, sampleTable(all)), rows, meters);
        const plainly = meters.map((radius) => ({
          meters: radius,
          ...Object.fromEntries(
            RING_PARTS.map((part) => [
              part,
              wanted.filter((sighting) => plainPart(from, sighting, radius) === part).length,
            ]),
          ),
        }));
        expect(counts.rings).toEqual(plainly);
        expect(counts.withoutPlace).toBe(wanted.filter((sighting) => sighting.geometry === null).length);
      }),
    );
  });

  test('are of rows that can be listed, nearest first', () => {
    fc.assert(
      fc.property(tables, ([all, from, meters]) => {
        const distances = distancesFrom(from, sampleTable(all));
        const rows = Uint32Array.from(all.keys());
        for (const radius of meters) {
          for (const part of RING_PARTS) {
            const listed = [...rowsInRing(distances, rows, radius, part)];
            const plainly = [...rows].filter((row) => {
              const sighting = all[row];
              return sighting && plainPart(from, sighting, radius) === part;
            });
            expect(listed.toSorted((a, b) => a - b)).toEqual(plainly);
            const meters = listed.map((row) => distances.meters[row] ?? NaN);
            expect(meters).toEqual(meters.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });

  test('are none without radii', () => {
    const distances = distancesFrom({ lng: 37, lat: 55, uncertaintyMeters: 0 }, sampleTable([]));
    expect(countInRings(distances, new Uint32Array(), [])).toEqual({ rings: [], withoutPlace: 0 });
  });
});

describe('the next radius', () => {
  test.for([
    [10, 20],
    [20, 50],
    [50, 100],
    [0.5, 1],
    [0.02, 0.05],
    [7, 10],
    [4999, 5000],
    [5.0002, 10],
  ] as const)('after %d is %d', ([radius, next]) => {
    expect(nextRadius(radius)).toBe(next);
  });
});
