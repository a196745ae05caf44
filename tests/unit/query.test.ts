import { distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEventDate } from '../../src/domain/dates';
import { type Place, placeOfSighting } from '../../src/domain/distance';
import { SPHERE_RADIUS_METERS, haversineMeters } from '../../src/domain/haversine';
import { measure } from '../../src/domain/measure';
import { distancesFrom } from '../../src/domain/distance-columns';
import { weighEvidence } from '../../src/domain/evidence';
import {
  type Bounds,
  FACETS,
  type FacetName,
  type Query,
  SURENESS,
  facetValues,
  findMatches,
  findRows,
} from '../../src/domain/query';
import type { Sighting } from '../../src/domain/sighting';
import { CONFIDENCES, STATUSES } from '../../src/domain/table';
import { allRows, sampleSighting, sampleSource, sampleTable } from './sample';

const SYSTEMS = ['', 's-400', 'pantsir-s1', 'tor'];
const DATES = [
  '2023-01-19',
  '2023-01',
  '2022-12',
  '2023-01-06/2023-01-20',
  '2022-12/2023-01-23',
  '2023-01-20',
];
const PUBLISHERS = ['A paper', 'Another, of two words', 'C'];
const ORIGINS = ['One', 'Two', 'Three', 'Four', 'Five'];
const RING = [
  [37, 55],
  [38, 55],
  [38, 56],
  [37, 55],
];

const geometry: fc.Arbitrary<Sighting['geometry']> = fc.oneof(
  fc.constant(null),
  fc.constant<Sighting['geometry']>({ type: 'Polygon', coordinates: [RING] }),
  fc
    .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }))
    .map((coordinates) => ({ type: 'Point' as const, coordinates })),
  fc
    .tuple(fc.double({ min: 37, max: 38, noNaN: true }), fc.double({ min: 55, max: 56, noNaN: true }))
    .map((coordinates) => ({ type: 'Point' as const, coordinates })),
);

const sightings: fc.Arbitrary<Sighting[]> = fc
  .array(
    fc.record({
      confidence: fc.constantFrom(...CONFIDENCES),
      status: fc.constantFrom(...STATUSES),
      system: fc.constantFrom(...SYSTEMS),
      eventDate: fc.constantFrom(...DATES),
      geometry,
      sources: fc.array(
        fc
          .record({
            publisher: fc.constantFrom(...PUBLISHERS),
            origin: fc.constantFrom(...ORIGINS),
            stance: fc.constantFrom('supports' as const, 'disputes' as const),
          })
          .map(sampleSource),
        { minLength: 1, maxLength: 6 },
      ),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ system, ...row }, i) =>
      sampleSighting({ id: `s-${i}`, ...row, ...(system === '' ? {} : { system }) }),
    ),
  );

const someOf = (values: readonly string[]) =>
  fc.subarray([...values], { minLength: 1 }).map((some): ReadonlySet<string> => new Set(some));

const KREMLIN: Place = { lng: 37.6178, lat: 55.7517, uncertaintyMeters: 300 };
const day = fc.integer({ min: 19_300, max: 19_400 });

/** A query by what it refers to: rows of the text are by number. */
const queries = fc.record(
  {
    facets: fc.record(
      {
        confidence: someOf(CONFIDENCES),
        system: someOf([...SYSTEMS, 'unknown']),
        status: someOf(STATUSES),
        origins: someOf(['0', '1', '2', '3', '4+']),
        place: someOf(['yes', 'no']),
        publisher: someOf([...PUBLISHERS, 'nobody']),
      },
      { requiredKeys: [] },
    ),
    days: fc.tuple(day, day).map(([a, b]) => ({ firstDay: Math.min(a, b), lastDay: Math.max(a, b) })),
    near: fc.record({ meters: fc.integer({ min: 1, max: 60_000 }), sureness: fc.constantFrom(...SURENESS) }),
    textRows: fc.uniqueArray(fc.nat(29)),
    view: fc
      .tuple(fc.integer({ min: -200, max: 200 }), fc.nat(400), fc.integer({ min: -90, max: 90 }), fc.nat(90))
      .map(([west, width, south, height]): Bounds => {
        // Odd bounds, on which no sighting stands to the last digit.
        const [x, y] = [west + 0.0625, south + 0.0625];
        return { west: x, east: x + width, south: y, north: y + height };
      }),
  },
  { requiredKeys: ['facets'] },
);
type Wanted = typeof queries extends fc.Arbitrary<infer T> ? T : never;

/** The values of a facet that a sighting has, read from its record. */
const VALUES_OF: Readonly<Record<FacetName, (sighting: Sighting) => string[]>> = {
  confidence: ({ properties }) => [properties.confidence],
  system: ({ properties }) => [properties.system ?? ''],
  status: ({ properties }) => [properties.status ?? 'reported'],
  origins: ({ properties }) => {
    const count = weighEvidence(properties.sources).supportingOrigins.length;
    return [count > 3 ? '4+' : String(count)];
  },
  place: (sighting) => [sighting.geometry === null ? 'no' : 'yes'],
  publisher: ({ properties }) => [...new Set(properties.sources.map(({ publisher }) => publisher))],
};

type Condition = FacetName | 'days' | 'near' | 'text' | 'view';

/** The plain reading of a query: the conditions that a sighting fails, one by one, from its record alone. */
function failedOf(
  sighting: Sighting,
  row: number,
  { facets, days, near, textRows, view }: Wanted,
): Condition[] {
  const failed: Condition[] = FACETS.filter((name) => {
    const wanted = facets[name];
    return wanted !== undefined && !VALUES_OF[name](sighting).some((value) => wanted.has(value));
  });
  const date = parseEventDate(sighting.properties.eventDate);
  if (days && 'span' in date) {
    const wantedDays = new Set(
      Array.from({ length: days.lastDay - days.firstDay + 1 }, (_, i) => days.firstDay + i),
    );
    const { firstDay, lastDay } = date.span;
    const own = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i);
    if (!own.some((some) => wantedDays.has(some))) failed.push('days');
  }
  const place = placeOfSighting(sighting);
  if (near) {
    const measured = place && measure(KREMLIN, place);
    const isMet = {
      certainly: measured !== undefined && measured.maxMeters <= near.meters,
      possibly: measured !== undefined && measured.minMeters <= near.meters,
      outside: measured !== undefined && measured.minMeters > near.meters,
    };
    if (!isMet[near.sureness]) failed.push('near');
  }
  if (textRows && !textRows.includes(row)) failed.push('text');
  if (view) {
    const [lng, lat] = sampleTableCenter(sighting);
    const turns = [-2, -1, 0, 1, 2].map((turn) => lng + 360 * turn);
    const isIn =
      lat >= view.south && lat <= view.north && turns.some((x) => x >= view.west && x <= view.east);
    if (!isIn) failed.push('view');
  }
  return failed;
}

/** The centre as the table has it; NaN without a place. */
function sampleTableCenter(sighting: Sighting): [number, number] {
  const { lng, lat } = sampleTable([sighting]).columns;
  return [lng[0] ?? NaN, lat[0] ?? NaN];
}

function queryOf(all: readonly Sighting[], { near, textRows, ...rest }: Wanted): Query {
  const table = sampleTable(all);
  return {
    ...rest,
    ...(near ? { near: { ...near, distances: distancesFrom(KREMLIN, table) } } : {}),
    ...(textRows ? { textRows: Uint32Array.from(textRows.filter((row) => row < all.length)) } : {}),
  };
}

/** Rows whose failed conditions are none but, perhaps, this one. */
function rowsBut(all: readonly Sighting[], wanted: Wanted, but?: Condition): number[] {
  return [...all.keys()].filter((row) => {
    const sighting = all[row];
    return sighting && failedOf(sighting, row, wanted).every((condition) => condition === but);
  });
}

/** A property over sightings and queries. */
function forAll(check: (all: Sighting[], wanted: Wanted) => void): void {
  fc.assert(fc.property(sightings, queries, check), { numRuns: 300 });
}

describe('a query', () => {
  test('lets through what meets all of its conditions, in the order of the table', () => {
    forAll((all, wanted) => {
      expect([...findMatches(sampleTable(all), queryOf(all, wanted)).rows]).toEqual(rowsBut(all, wanted));
    });
  });

  for (const name of FACETS) {
    test(`with a condition on ${name} alone is like its plain reading`, () => {
      forAll((all, { facets }) => {
        const { [name]: values } = facets;
        const wanted = { facets: values ? { [name]: values } : {} };
        expect([...findMatches(sampleTable(all), wanted).rows]).toEqual(rowsBut(all, wanted));
      });
    });
  }

  for (const key of ['days', 'near', 'textRows', 'view'] as const) {
    test(`with a condition on ${key} alone is like its plain reading`, () => {
      forAll((all, { [key]: condition }) => {
        const wanted: Wanted = { facets: {}, ...(condition ? { [key]: condition } : {}) };
        expect([...findMatches(sampleTable(all), queryOf(all, wanted)).rows]).toEqual(rowsBut(all, wanted));
      });
    });
  }

  test('finds the same rows without counts', () => {
    forAll((all, wanted) => {
      const [table, query] = [sampleTable(all), queryOf(all, wanted)];
      expect(findRows(table, query)).toEqual(findMatches(table, query).rows);
    });
  });

  test('without conditions lets everything through', () => {
    expect([...findMatches(sampleTable([sampleSighting()]), { facets: {} }).rows]).toEqual([0]);
  });

  test('with an empty condition lets nothing through', () => {
    const query = { facets: { confidence: new Set<string>() } };
    expect([...findMatches(sampleTable([sampleSighting()]), query).rows]).toEqual([]);
  });

  test('of an empty table is empty', () => {
    expect([...findMatches(sampleTable([]), { facets: {} }).rows]).toEqual([]);
  });

  test('takes a view across the antimeridian for what it is', () => {
    const at = (id: string, lng: number) =>
      sampleSighting({ id, geometry: { type: 'Point', coordinates: [lng, 0] } });
    const table = sampleTable([at('west', -179), at('east', 179), at('far', 0)]);
    const view = { west: 178, east: 182, south: -1, north: 1 };
    expect([...findMatches(table, { facets: {}, view }).rows]).toEqual([0, 1]);
  });
});

describe('the counts', () => {
  for (const name of FACETS) {
    test(`of ${name} are those of the rows that meet all other conditions`, () => {
      forAll((all, wanted) => {
        const expected = new Map(facetValues(sampleTable(all), name).map((value) => [value, 0]));
        for (const row of rowsBut(all, wanted, name)) {
          const sighting = all[row];
          for (const value of sighting ? VALUES_OF[name](sighting) : []) {
            expected.set(value, (expected.get(value) ?? 0) + 1);
          }
        }
        const { counts } = findMatches(sampleTable(all), queryOf(all, wanted));
        expect(new Map(counts[name])).toEqual(expected);
      });
    });
  }

  test('of what is near, in each sense, are those of the rows that meet all other conditions', () => {
    forAll((all, wanted) => {
      const { near } = findMatches(sampleTable(all), queryOf(all, wanted));
      const count = (sureness: (typeof SURENESS)[number]) =>
        wanted.near ? rowsBut(all, { ...wanted, near: { ...wanted.near, sureness } }).length : 0;
      expect(near).toEqual(Object.fromEntries(SURENESS.map((sureness) => [sureness, count(sureness)])));
    });
  });
});

describe('distances of all rows', () => {
  const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

  test('are those of Turf, to the last bit', () => {
    fc.assert(
      fc.property(degrees(180), degrees(90), degrees(180), degrees(90), (lng1, lat1, lng2, lat2) => {
        const turf = distance([lng1, lat1], [lng2, lat2], { units: 'meters' });
        const halfway = Math.PI * SPHERE_RADIUS_METERS; // where Turf says NaN, since its rounding went above 1
        expect(haversineMeters(lng1, lat1, lng2, lat2)).toBe(Number.isNaN(turf) ? halfway : turf);
      }),
      { numRuns: 2000 },
    );
  });

  test('are what each measured by itself is', () => {
    fc.assert(
      fc.property(sightings, (all) => {
        const table = sampleTable(all);
        const { meters, minMeters, maxMeters } = distancesFrom(KREMLIN, table);
        for (const row of allRows(table)) {
          const sighting = all[row];
          const place = sighting && placeOfSighting(sighting);
          const own = place && measure(KREMLIN, place);
          expect([meters[row], minMeters[row], maxMeters[row]]).toEqual([
            own?.meters ?? NaN,
            own?.minMeters ?? NaN,
            own?.maxMeters ?? NaN,
          ]);
        }
      }),
    );
  });

  test('can be from an area as well', () => {
    const area: Place = { area: { type: 'Polygon', coordinates: [RING] } };
    const sighting = sampleSighting();
    const place = placeOfSighting(sighting);
    const { minMeters } = distancesFrom(area, sampleTable([sighting]));
    expect(minMeters[0]).toBe(place && measure(area, place).minMeters);
  });
});
