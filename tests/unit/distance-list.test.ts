import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasDirection, placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import { DistanceList } from '../../src/domain/distance-list';
import { DISTANCE_SORTS, DistanceOrder, type DistanceSort } from '../../src/domain/distance-order';
import { measureOnEllipsoid } from '../../src/domain/geodesic';
import { type Nearness, nearnessOf } from '../../src/domain/nearness';
import type { ReferencePoint, Sighting } from '../../src/domain/sighting';
import { readSightings } from '../../src/io/geojson';
import { seededFile } from '../bench/seeded';
import { geoBytes, geoContext, geoReferencePoints } from './fixtures';
import { allRows, sampleSighting, sampleTable } from './sample';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const near = fc.tuple(double(37, 38), double(55, 56));
const anywhere = fc.tuple(double(-180, 180), double(-90, 90));
const position = fc.oneof(near, anywhere);

const sighting = fc
  .record({
    kind: fc.constantFrom('point', 'point', 'point', 'area', 'none'),
    at: position,
    uncertainty: double(1, 20_000),
    title: fc.constantFrom('A', 'a', 'B', 'Ä', 'A\u0308', 'Pantsir 2', 'Pantsir 10'),
    eventDate: fc.constantFrom('2023-01-19', '2023-01', '2023-01-06/2023-01-20', '2022-12/2023-01-23'),
  })
  .map(
    ({
      kind,
      at: [lng, lat],
      uncertainty,
      title,
      eventDate,
    }): Partial<Sighting['properties']> & {
      geometry: Sighting['geometry'];
    } => {
      if (kind === 'none') return { title, eventDate, geometry: null };
      if (kind === 'point') {
        const geometry = { type: 'Point' as const, coordinates: [lng, lat] };
        return { title, eventDate, geometry, coordinateUncertaintyInMeters: uncertainty };
      }
      const [west, south] = [Math.min(179, lng), Math.min(88, Math.max(-89, lat))];
      const ring = [
        [west, south],
        [west + 0.1, south],
        [west + 0.1, south + 0.1],
        [west, south],
      ];
      return { title, eventDate, geometry: { type: 'Polygon', coordinates: [ring] } };
    },
  );

const sightings = fc
  .array(sighting, { maxLength: 12 })
  .map((all) => all.map((changes, i) => sampleSighting({ ...changes, id: `s-${i}` })));

const referencePoints = fc
  .array(fc.record({ at: position, uncertaintyMeters: double(0, 10_000) }), { maxLength: 4 })
  .map((all) =>
    all.map(({ at: [lng, lat], uncertaintyMeters }, i): ReferencePoint => {
      return { id: `r-${i}`, name: `Point ${9 - i}`, lng, lat, uncertaintyMeters };
    }),
  );

/** All pairs of a list, the plain way. */
function pairsOf(all: readonly Sighting[], points: readonly ReferencePoint[]) {
  return all.flatMap((sighting, row) => {
    const place = placeOfSighting(sighting);
    return place === undefined ? [] : points.map((point) => ({ sighting, row, place, point }));
  });
}

describe('a list', () => {
  test('has a pair for each sighting with a place and each reference point, in that order', () => {
    fc.assert(
      fc.property(sightings, referencePoints, (all, points) => {
        const table = sampleTable(all);
        const list = new DistanceList(table, allRows(table), points);
        const pairs = pairsOf(all, points);
        expect(list.length).toBe(pairs.length);
        expect(list.unplacedCount).toBe(all.filter(({ geometry }) => geometry === null).length);
        expect(pairs.map((_, index) => list.pair(index))).toEqual(
          pairs.map(({ row, point }) => ({ row, referencePoint: point })),
        );
      }),
    );
  });

  test('measures as measure and measureOnEllipsoid do, from the reference point to the sighting', () => {
    fc.assert(
      fc.property(sightings, referencePoints, (all, points) => {
        const table = sampleTable(all);
        const list = new DistanceList(table, allRows(table), points);
        for (const [index, { place, point }] of pairsOf(all, points).entries()) {
          const measured = measure(placeOfReferencePoint(point), place);
          const onEllipsoid = measureOnEllipsoid(placeOfReferencePoint(point), place);
          expect(list.onSphere(index)).toEqual(measured);
          expect(list.onEllipsoid(index)).toEqual(onEllipsoid);
          const i = Math.floor(index / points.length);
          const columns = list.columnsOf(i, i + 1)[index % points.length];
          expect(columns?.meters[0]).toBe(measured.meters);
          expect(columns?.minMeters[0]).toBe(measured.minMeters);
          expect(columns?.maxMeters[0]).toBe(measured.maxMeters);
          expect(list.metersOnEllipsoid(index)).toBeCloseTo(onEllipsoid.meters, 6);
        }
      }),
    );
  });

  test('has the rows that it is given, and no others', () => {
    const all = [0, 1, 2].map((i) => sampleSighting({ id: `s-${i}` }));
    const list = new DistanceList(sampleTable(all), Uint32Array.of(0, 2), geoReferencePoints());
    expect([list.length, list.pair(0).row, list.pair(5).row]).toEqual([10, 0, 2]);
  });

  test('says of a pair that is beyond it that there is none', () => {
    const list = new DistanceList(sampleTable([sampleSighting()]), Uint32Array.of(0), geoReferencePoints());
    expect(() => list.pair(5)).toThrow('No pair 5: the list has 5.');
  });

  test.for([
    ['kremlin', 'moscow-teterinsky-lane-roof', 2.21, 109],
    ['novo-ogaryovo', 'zarechye-near-novo-ogaryovo', 13.44, 111],
  ] as const)('of the data in geo/ has %s to %s at %f km and %i°', ([reference, id, km, degrees]) => {
    const { table } = readSightings(geoBytes('sightings.geojson'), geoContext());
    const points = geoReferencePoints();
    const list = new DistanceList(table, Uint32Array.of(table.rowOf(id) ?? NaN), points);
    const index = points.findIndex((point) => point.id === reference);
    expect(Math.abs(list.onSphere(index).meters / 1000 - km)).toBeLessThan(0.05);
    expect(Math.round(list.onSphere(index).bearing)).toBe(degrees);
  });
});

describe('the nearest', () => {
  /** Intervals on a few numbers, so that their ends meet. */
  const intervals = fc.array(
    fc.tuple(fc.nat(9), fc.nat(4)).map(([min, width]) => ({ min, max: min + width })),
    { maxLength: 5 },
  );

  /** As it is defined, by all pairs. */
  function plainNearness(all: readonly { min: number; max: number }[]): Nearness[] {
    const isNearer = (a: { max: number }, b: { min: number }) => a.max < b.min;
    const isSure = all.map((one, i) => all.every((other, j) => i === j || isNearer(one, other)));
    return all.map((one, i): Nearness => {
      if (isSure[i] === true) return 'yes';
      return all.some((other) => isNearer(other, one)) ? 'no' : 'maybe';
    });
  }

  test('is claimed where its interval ends before every other begins, else whatever no other is nearer than', () => {
    fc.assert(
      fc.property(intervals, (all) => {
        const found = nearnessOf(
          all.map(({ min }) => min),
          all.map(({ max }) => max),
        );
        expect(found).toEqual(plainNearness(all));
      }),
      { numRuns: 5000 },
    );
  });

  test('of intervals that only touch is not claimed', () => {
    expect(nearnessOf([1, 2], [2, 3])).toEqual(['maybe', 'maybe']);
  });

  test('is not what overlaps the nearest centre but lies behind another', () => {
    expect(nearnessOf([0, 60, 89], [100, 61, 91])).toEqual(['maybe', 'maybe', 'no']);
  });

  test('of a list is that of the intervals on the sphere', () => {
    fc.assert(
      fc.property(sightings, referencePoints, (all, points) => {
        const table = sampleTable(all);
        const list = new DistanceList(table, allRows(table), points);
        const plain = all.flatMap((sighting) => {
          const place = placeOfSighting(sighting);
          if (place === undefined) return [];
          const measured = points.map((point) => measure(placeOfReferencePoint(point), place));
          return plainNearness(
            measured.map(({ minMeters, maxMeters }) => ({ min: minMeters, max: maxMeters })),
          );
        });
        expect(Array.from({ length: list.length }, (_, index) => list.nearness(index))).toEqual(plain);
      }),
    );
  });
});

describe('the order', () => {
  const collator = new Intl.Collator('en', { numeric: true });

  const centimeters = (meters: number) => Math.round(meters * 100);

  /** What a pair is sorted by, the plain way: a text or numbers, NaN for what has none. */
  function keyOf(list: DistanceList, by: DistanceSort, index: number): string | number[] {
    const { row, referencePoint } = list.pair(index);
    const [sphere, ellipsoid] = [list.onSphere(index), list.metersOnEllipsoid(index)];
    switch (by) {
      case 'sighting':
        return list.table.record(row).properties.title;
      case 'date':
        return [list.table.columns.firstDay[row] ?? NaN, list.table.columns.lastDay[row] ?? NaN];
      case 'reference':
        return referencePoint.name;
      case 'distance':
        return [centimeters(sphere.minMeters === 0 ? sphere.maxMeters : sphere.meters)];
      case 'least':
        return [centimeters(sphere.minMeters)];
      case 'most':
        return [centimeters(sphere.maxMeters)];
      case 'bearing':
        return [hasDirection(sphere) ? Math.round(sphere.bearing * 1e6) : NaN];
      case 'wgs84':
        return [
          centimeters(
            list.onEllipsoid(index).minMeters === 0 ? list.onEllipsoid(index).maxMeters : ellipsoid,
          ),
        ];
      case 'difference':
        return [Math.round((sphere.meters - ellipsoid + 1e6) * 1000)];
      case 'nearest':
        return [['yes', 'maybe', 'no'].indexOf(list.nearness(index))];
    }
  }

  function compareKeys(a: string | number[], b: string | number[], sign: 1 | -1): number {
    if (typeof a === 'string' || typeof b === 'string') return sign * collator.compare(String(a), String(b));
    const [lost, otherLost] = [a.some(Number.isNaN), b.some(Number.isNaN)];
    if (lost || otherLost) return Number(lost) - Number(otherLost);
    for (const [i, value] of a.entries()) {
      if (value !== b[i]) return sign * (value - (b[i] ?? NaN));
    }
    return 0;
  }

  test.for(DISTANCE_SORTS)('by %s is that of a stable sort, both ways, what has none of it last', (by) => {
    fc.assert(
      fc.property(
        sightings,
        referencePoints,
        fc.constantFrom(1 as const, -1 as const),
        (all, points, sign) => {
          const table = sampleTable(all);
          const list = new DistanceList(table, allRows(table), points);
          const order = orderOf(list).sort(by, sign === 1 ? 'ascending' : 'descending');
          const plain = Array.from({ length: list.length }, (_, index) => index).sort((a, b) =>
            compareKeys(keyOf(list, by, a), keyOf(list, by, b), sign),
          );
          expect([...order]).toEqual(plain);
        },
      ),
    );
  });

  /** An order of a list that has what its sightings are called. */
  function orderOf(list: DistanceList): DistanceOrder {
    const order = new DistanceOrder(list);
    for (const row of list.rows) order.titles.add(list.table.record(row).properties.title);
    return order;
  }

  test('pauses on its way when there is much to sort, and tells how far it is', () => {
    const { table } = readSightings(seededFile(2000), {});
    const list = new DistanceList(table, allRows(table), geoReferencePoints());
    const order = new DistanceOrder(list);
    const shares = [...order.prepare('wgs84')];
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect([...order.prepare('wgs84')]).toEqual([]); // it is known by then
  });

  test('that is left on its way begins anew, and is the same', () => {
    const { table } = readSightings(seededFile(2000), {});
    const list = new DistanceList(table, allRows(table), geoReferencePoints());
    const order = new DistanceOrder(list);
    for (const share of order.prepare('most')) if (share > 0.5) break;
    expect(order.sort('distance', 'ascending')).toEqual(
      new DistanceOrder(list).sort('distance', 'ascending'),
    );
    expect(order.sort('most', 'ascending')).toEqual(new DistanceOrder(list).sort('most', 'ascending'));
  });

  test('turns as often as it is asked to', () => {
    const { table } = readSightings(seededFile(300), {});
    const list = new DistanceList(table, allRows(table), geoReferencePoints());
    const order = new DistanceOrder(list);
    const [up, down] = [order.sort('bearing', 'ascending'), order.sort('bearing', 'descending')];
    expect(up).not.toEqual(down);
    expect(order.sort('bearing', 'ascending')).toEqual(up);
  });

  test('by what sightings are called needs all of that', () => {
    const table = sampleTable([sampleSighting()]);
    const order = new DistanceOrder(new DistanceList(table, allRows(table), geoReferencePoints()));
    expect(() => order.sort('sighting', 'ascending')).toThrow('There are 0 of 1 texts to sort.');
  });
});
