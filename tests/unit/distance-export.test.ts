import fc from 'fast-check';
import type { FeatureCollection, LineString, MultiLineString } from 'geojson';
import { describe, expect, test } from 'vitest';
import { unescapeFormula } from '../../src/domain/csv';
import { hasDirection, placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import {
  distancesCsv,
  distancesGeoJson,
  distancesJson,
  honestFigures,
  wholeDegrees,
} from '../../src/domain/distance-export';
import { DistanceList } from '../../src/domain/distance-list';
import { distancesTable } from '../../src/domain/distance-listing';
import { type EarthModel, measureOn } from '../../src/domain/geodesic';
import { nearnessOf } from '../../src/domain/nearness';
import type { ReferencePoint, Sighting } from '../../src/domain/sighting';
import { readSightings } from '../../src/io/geojson';
import { geoBytes, geoContext, geoReferencePoints } from './fixtures';
import { allRows, sampleSighting, sampleTable } from './sample';

const MODELS = ['sphere', 'wgs84'] as const;

const HEADER =
  'sighting,title,event_date,reference,reference_name,model,meters,min_meters,max_meters,bearing,bearing_uncertainty,nearest';

function listOf(sightings: readonly Sighting[], points: readonly ReferencePoint[]): DistanceList {
  const table = sampleTable(sightings);
  return new DistanceList(table, allRows(table), points);
}

const { table: geoTable } = readSightings(geoBytes('sightings.geojson'), geoContext());
const geoList = new DistanceList(geoTable, allRows(geoTable), geoReferencePoints());

/** Records of a CSV text by RFC 4180 to the letter; throws at anything else. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new Error(`No CSV from ${at}: ${text.slice(at, at + 40)}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** The records of a CSV text without its header. */
const rowsOf = (list: DistanceList, model: EarthModel, only?: string) =>
  parseCsv([...distancesCsv(list, model, only)].join('')).slice(1);

function placeOf(sighting: Sighting) {
  const place = placeOfSighting(sighting);
  if (place === undefined) throw new Error('It has a place.');
  return place;
}

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);
const near = fc.tuple(
  fc.double({ min: 37.5, max: 37.7, noNaN: true }),
  fc.double({ min: 55.7, max: 55.8, noNaN: true }),
);
const place = fc.record({
  at: fc.oneof(position, near),
  uncertainty: fc.double({ min: 1, max: 50_000, noNaN: true }),
});
const text = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'я', "'"),
});

const sightings = fc.array(fc.record({ place, title: text }), { maxLength: 5 }).map((all) =>
  all.map(({ place: { at, uncertainty }, title }, i) =>
    sampleSighting({
      id: `s-${i}`,
      title,
      geometry: { type: 'Point', coordinates: at },
      coordinateUncertaintyInMeters: uncertainty,
    }),
  ),
);
const points = fc.array(fc.record({ place, name: text }), { maxLength: 4 }).map((all) =>
  all.map(({ place: { at, uncertainty }, name }, i): ReferencePoint => {
    return { id: `r-${i}`, name, lng: at[0], lat: at[1], uncertaintyMeters: uncertainty };
  }),
);

describe.for(MODELS)('the CSV on the %s', (model) => {
  test('read back has the figures of every pair, in the order of the file, rounded outward', () => {
    fc.assert(
      fc.property(sightings, points, (all, references) => {
        const rows = rowsOf(listOf(all, references), model);
        const pairs = all.flatMap((sighting) => references.map((reference) => ({ sighting, reference })));
        expect(rows.map(([id, , , reference]) => [id, reference])).toEqual(
          pairs.map(({ sighting, reference }) => [sighting.id, reference.id]),
        );
        for (const [i, { sighting, reference }] of pairs.entries()) {
          const measured = measureOn(model, placeOfReferencePoint(reference), placeOf(sighting));
          const [, , , , , named, meters, min, max, bearing, uncertainty] = rows[i] ?? [];
          expect(named).toBe(model);
          expect(Number(min)).toBeLessThanOrEqual(measured.minMeters);
          expect(Number(max)).toBeGreaterThanOrEqual(measured.maxMeters);
          const tenth = Math.max(1, (measured.maxMeters - measured.minMeters) / 10);
          for (const [figure, exact] of [
            [meters, measured.meters],
            [min, measured.minMeters],
            [max, measured.maxMeters],
          ] as const) {
            expect(figure).toMatch(/^\d+$/);
            expect(Math.abs(Number(figure) - exact)).toBeLessThanOrEqual(tenth * (1 + 1e-6));
            // Not one digit more than a tenth of the width bears.
            expect(Number(figure) % 10 ** Math.floor(Math.log10(tenth) + 1e-9)).toBe(0);
          }
          const told = [
            String(Math.round(measured.bearing) % 360),
            String(Math.ceil(measured.bearingUncertainty)),
          ];
          expect([bearing, uncertainty]).toEqual(hasDirection(measured) ? told : ['', '']);
        }
      }),
    );
  });

  test('has every text unharmed but for the apostrophe before what a spreadsheet would run', () => {
    fc.assert(
      fc.property(sightings, points, (all, references) => {
        const rows = rowsOf(listOf(all, references), model);
        expect(rows.map(([, title = '', , , name = '']) => [title, name].map(unescapeFormula))).toEqual(
          all.flatMap(({ properties }) => references.map(({ name }) => [properties.title, name])),
        );
        for (const [, title, , , name] of rows)
          for (const cell of [title, name])
            expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]|[;\t\r\n][=+\-@＝＋－＠]/);
      }),
    );
  });

  test('names the nearest by the intervals of its own model', () => {
    fc.assert(
      fc.property(sightings, points, (all, references) => {
        const plain = all.flatMap((sighting) => {
          const measured = references.map((reference) =>
            measureOn(model, placeOfReferencePoint(reference), placeOf(sighting)),
          );
          return nearnessOf(
            measured.map(({ minMeters }) => minMeters),
            measured.map(({ maxMeters }) => maxMeters),
          );
        });
        expect(rowsOf(listOf(all, references), model).map((cells) => cells.at(-1))).toEqual(
          plain.map((nearness) => (nearness === 'no' ? '' : nearness)),
        );
      }),
    );
  });
});

describe('the CSV', () => {
  test('starts with its header, ends each record with CRLF, and has neither more', () => {
    const csv = [...distancesCsv(geoList, 'sphere')].join('');
    expect(csv.startsWith(`${HEADER}\r\n`)).toBe(true);
    expect(csv.match(/\r\n/g)).toHaveLength(36);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  test('of nothing is its header', () => {
    expect([...distancesCsv(listOf([], []), 'sphere')].join('')).toBe(`${HEADER}\r\n`);
  });

  test('comes in chunks when it is long', () => {
    const all = Array.from({ length: 600 }, (_, i) => sampleSighting({ id: `s-${i}` }));
    const chunks = [...distancesCsv(listOf(all, geoReferencePoints()), 'sphere')];
    expect(chunks.length).toBeGreaterThan(5);
    expect(parseCsv(chunks.join(''))).toHaveLength(3001);
  });

  test('of one reference point still knows the nearest of all', () => {
    const rows = rowsOf(geoList, 'sphere', 'defence-ministry-arbat');
    expect(rows.map(([id, , , reference, , , , , , , , nearest]) => [id, reference, nearest])).toContainEqual(
      ['moscow-teterinsky-lane-roof', 'defence-ministry-arbat', ''],
    );
    expect(rows).toHaveLength(7);
  });

  test('of the data in geo/ says what the popup says', () => {
    const rows = rowsOf(geoList, 'sphere');
    const figures = (id: string, reference: string) =>
      rows.find((cells) => cells[0] === id && cells[3] === reference)?.slice(6);
    expect(figures('zarechye-near-novo-ogaryovo', 'novo-ogaryovo')).toEqual([
      '13400',
      '10300',
      '16500',
      '111',
      '14',
      'maybe',
    ]);
    expect(figures('moscow-teterinsky-lane-roof', 'kremlin')).toEqual([
      '2200',
      '1840',
      '2570',
      '109',
      '10',
      'yes',
    ]);
    expect(figures('ostafyevo-airport-pantsir', 'ostafyevo-airport')?.slice(1)).toEqual([
      '0',
      '5100',
      '',
      '',
      'yes',
    ]);
  });
});

test('a bearing just short of north is 0, not 360', () => {
  expect(wholeDegrees(359.7)).toBe(0);
});

test('a bearing that cannot be told is none', () => {
  const interval = { meters: 14, minMeters: 0, maxMeters: 900, bearing: 12, bearingUncertainty: 180 };
  expect(honestFigures(interval)).toEqual({
    meters: 10,
    minMeters: 0,
    maxMeters: 900,
    bearing: null,
    bearingUncertainty: null,
  });
});

describe.for(MODELS)('the GeoJSON on the %s', (model) => {
  const parse = (list: DistanceList) =>
    JSON.parse([...distancesGeoJson(list, model)].join('')) as FeatureCollection<
      LineString | MultiLineString
    >;

  test('has a line from each reference point to each sighting, with the columns of the CSV', () => {
    const { type, features } = parse(geoList);
    const rows = rowsOf(geoList, model);
    expect([type, features.length]).toEqual(['FeatureCollection', rows.length]);
    for (const [i, { geometry, properties }] of features.entries()) {
      expect(Object.keys(properties ?? {})).toEqual(HEADER.split(','));
      const texts = Object.values(properties ?? {}).map((value) => String(value ?? ''));
      expect(texts).toEqual(rows[i]);
      const { row, referencePoint } = geoList.pair(i);
      const { lng, lat } = geoTable.columns;
      expect(geometry).toEqual({
        type: 'LineString',
        coordinates: [
          [referencePoint.lng, referencePoint.lat],
          [lng[row], lat[row]],
        ],
      });
    }
  });

  test('is cut at the antimeridian', () => {
    const sighting = sampleSighting({ geometry: { type: 'Point', coordinates: [-175, 60] } });
    const point: ReferencePoint = { id: 'r', name: 'R', lng: 175, lat: 60, uncertaintyMeters: 10 };
    const [feature] = parse(listOf([sighting], [point])).features;
    expect(feature?.geometry).toMatchObject({
      type: 'MultiLineString',
      coordinates: [
        [
          [175, 60],
          [180, expect.closeTo(60.09, 2)],
        ],
        [
          [-180, expect.closeTo(60.09, 2)],
          [-175, 60],
        ],
      ],
    });
  });

  test('of nothing is an empty collection', () => {
    expect(parse(listOf([], []))).toEqual({ type: 'FeatureCollection', features: [] });
  });
});

describe('the JSON', () => {
  const parse = (list: DistanceList, model: EarthModel) =>
    JSON.parse([...distancesJson(list, model)].join('')) as Record<string, unknown>[];

  test('has the numbers of measure to the last bit, and the keys in their order', () => {
    fc.assert(
      fc.property(sightings, points, (all, references) => {
        const expected = all.flatMap((sighting) =>
          references.map((reference) => {
            const { meters, minMeters, maxMeters, bearing } = measure(
              placeOfReferencePoint(reference),
              placeOf(sighting),
            );
            const ids = { sighting: sighting.id, reference: reference.id };
            return Object.entries({ ...ids, meters, minMeters, maxMeters, bearing, model: 'sphere' });
          }),
        );
        expect(parse(listOf(all, references), 'sphere').map((entry) => Object.entries(entry))).toEqual(
          expected,
        );
      }),
    );
  });

  test('on the ellipsoid has those of the ellipsoid', () => {
    const [first] = parse(geoList, 'wgs84');
    const { meters, minMeters, maxMeters, bearing } = geoList.onEllipsoid(0);
    expect(first).toMatchObject({ meters, minMeters, maxMeters, bearing, model: 'wgs84' });
  });

  test('leaves out sightings without a place', () => {
    const entries = parse(geoList, 'sphere');
    expect(entries).toHaveLength(35);
    expect(entries.map(({ sighting }) => sighting)).not.toContain('moscow-several-locations');
  });

  test('of nothing is an empty list', () => {
    expect(parse(listOf([], []), 'sphere')).toEqual([]);
  });
});

describe('the table of text', () => {
  const lines = [...distancesTable(geoList, 'sphere')].join('').split('\n');

  test('has a line for each pair, with distance, range, direction and the nearest', () => {
    expect(lines.filter((line) => line.includes('Pantsir') || line.includes('S-400'))).toHaveLength(35);
    expect(lines.join('\n')).toMatch(
      /education building in … {2}Moscow Kremlin +2\.20 km {2}1\.84 to 2\.57 km {2}ESE 109° ± 10° +nearest\n/,
    );
    expect(lines.join('\n')).toMatch(/up to 5\.1 km +0\.0 to 5\.1 km {2}too near to tell {2}nearest\n/);
  });

  test('has its columns under each other', () => {
    const starts = lines
      .slice(1, 36)
      .map((line) => line.search(/(Defence|Moscow K|Novo-O|Ostafyevo airport {3}|Lake)/));
    expect(new Set(starts.filter((start) => start > 50))).toHaveLength(1);
  });

  test('says what the Earth is', () => {
    expect(lines.at(-2)).toContain('Sphere of mean radius (Turf)');
  });
});
