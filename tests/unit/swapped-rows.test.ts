import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../src/cli/check-file';
import { readInput, resultLines } from '../../src/cli/read-input';
import type { Sighting } from '../../src/domain/sighting';
import { swappedRows } from '../../src/domain/swapped-rows';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { readContract } from '../../src/io/contract-geojson';
import { sortContract } from '../../src/io/contract-stream';
import { readSightings } from '../../src/io/geojson';
import { readTable } from '../../src/io/table-file';
import { previewOf } from '../../src/ui/record/open/import-preview';
import { toBytes } from './fixtures';
import { sampleSighting } from './sample';

type Place = readonly [lng: number, lat: number];

const HOME: readonly Place[] = [
  [37.61, 55.75],
  [37.7, 55.83],
  [37.47, 55.65],
  [38.2, 55.1],
  [36.9, 56.2],
];
const SWAPPED: Place = [55.79, 37.54];

const found = (places: readonly Place[]) =>
  swappedRows(
    places.map(([lng]) => lng),
    places.map(([, lat]) => lat),
  );
const context = { systemIds: new Set<string>(), referencePointIds: new Set<string>() };
const said =
  'latitude 37.54, longitude 55.79 lies far from most places of the file, and would lie near them with latitude and longitude exchanged: exchange them if so';
const sightings = [...HOME, SWAPPED].map((coordinates, i) =>
  sampleSighting({ id: `s-${i}`, geometry: { type: 'Point', coordinates: [...coordinates] } }),
);
const geojson = JSON.stringify({ type: 'FeatureCollection', features: sightings });

describe('a place that alone has latitude and longitude exchanged', () => {
  test('is found among five others and more, wherever it stands', () => {
    expect(found([...HOME, SWAPPED])).toEqual([5]);
    expect(found([SWAPPED, ...HOME])).toEqual([0]);
    const many = Array.from({ length: 40 }, (_, i): Place => [30 + (i % 9), 48 + (i % 7)]);
    expect(found([...many, SWAPPED, [47.1, 33.3]])).toEqual([40, 41]);
    expect(found([...many, [2.35, 48.86], SWAPPED])).toEqual([41]);
  });

  test('is found among very many, of which some are looked at to tell where they lie', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => HOME[i % 5] ?? SWAPPED);
    expect(found(many.with(77_777, SWAPPED))).toEqual([77_777]);
  });

  test('is found beside one that is elsewhere, or has none, among few', () => {
    expect(found([...HOME, SWAPPED, [131.9, 43.1]])).toEqual([5]);
    expect(found([...HOME, SWAPPED, [0, 0]])).toEqual([5]);
  });

  test('is found beside two others, and none beside one', () => {
    expect(found([...HOME.slice(3), SWAPPED])).toEqual([2]);
    expect(found([...HOME.slice(4), SWAPPED])).toEqual([]);
    expect(found([[NaN, NaN], ...HOME.slice(4), SWAPPED])).toEqual([]);
    expect(found([])).toEqual([]);
  });

  test('is none in a file of the whole world, and none that would be no nearer', () => {
    const WORLD: readonly Place[] = [
      [-122, 37],
      [-0.1, 51.5],
      [2.3, 48.9],
      [139.7, 35.7],
      [151, -33],
      [28, -26],
      [-58, -34],
      [37.6, 55.7],
    ];
    expect(found([...WORLD, [20, 78], SWAPPED])).toEqual([]);
    expect(found([...HOME, [-74, 40.7]])).toEqual([]);
  });

  test('is none whose latitude and longitude are nearly the same, or whose neighbours are', () => {
    expect(found([...HOME, [46, 46.5]])).toEqual([]);
    const even = HOME.map(([lng, lat]): Place => [lng + 10, lat - 6]);
    expect(found([...even, [49.75, 47.61]])).toEqual([]);
  });

  test('is one of two in nine, and of a third', () => {
    expect(found([...HOME, ...HOME.slice(0, 2), SWAPPED, [55.2, 37.9]])).toEqual([7, 8]);
    expect(found([...HOME, [55.2, 37.9], SWAPPED])).toEqual([5, 6]);
  });

  test('is none where half as many lie there as elsewhere', () => {
    const turned = HOME.map(([lng, lat]): Place => [lat, lng]);
    expect(found([...HOME, ...turned])).toEqual([]);
    expect(found([...HOME, ...turned.slice(0, 3)])).toEqual([]);
  });
});

describe('it is told', () => {
  test('by validate, of the feature that has it', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'rows-')), 'a.geojson');
    await writeFile(file, geojson);
    const { report } = await checkFile(file, context);
    expect([report.accepted, report.notes]).toEqual([6, []]);
    expect(report.issues).toMatchObject([
      {
        index: 5,
        line: 1,
        byte: geojson.indexOf(JSON.stringify(sightings[5])),
        id: 's-5',
        path: '$.geometry.coordinates',
        message: said,
        severity: 'warning',
      },
    ]);
  });

  test('by an import of sightings into the app', () => {
    const { result } = readContract(toBytes(geojson), context, () => undefined);
    expect(result.warnings).toEqual([
      {
        place: expect.stringMatching(/^feature 6 /) as string,
        id: 's-5',
        message: `$.geometry.coordinates: ${said}`,
      },
    ]);
  });

  test('by one of a large file, which is read as it arrives', async () => {
    const read = readSightings(toBytes(geojson), context);
    async function* again() {
      yield await Promise.resolve(toBytes(geojson));
    }
    const { outcome } = await sortContract(read, again, context);
    expect(outcome.warnings).toEqual([
      { place: '“s-5”', id: 's-5', message: `$.geometry.coordinates: ${said}` },
    ]);
  });

  test('by convert and validate of a table, with its line, of rows that are incomplete too', async () => {
    const rows = [...HOME, SWAPPED].map(([lng, lat], i) => `Strike ${i},2023-01-19,${lat},${lng}`);
    const table = toBytes(['title,date,lat,lon', ...rows].join('\n'));
    const input = await readInput('a.csv', table, context);
    expect([input.result.accepted, input.result.incomplete.length]).toEqual([0, 6]);
    expect([...resultLines('a.csv', input)].filter((line) => line.includes('exchanged'))).toEqual([
      `a.csv:line 7: strike-5-2023-01-19: warning: $.geometry.coordinates: ${said}`,
    ]);
  });

  test('but not of places off the Earth, which are refused already', async () => {
    const rows = [...HOME, [55.7, 137.6]].map(([lng, lat], i) => `Strike ${i},2023-01-19,${lat},${lng}`);
    const input = await readInput('a.csv', toBytes(['title,date,lat,lon', ...rows].join('\n')), context);
    expect(input.result.warnings).toEqual([]);
  });
});

describe('rows of a table that have the two the other way round', () => {
  const table = ['title,lat,lon', ...[...HOME, SWAPPED].map(([lng, lat], i) => `Strike ${i},${lat},${lng}`)];
  const dataOf = () => readTable(toBytes(table.join('\n')));

  test('are told though there is no such latitude', () => {
    const rows = [...HOME.map(([lng, lat]) => [lng + 90, lat - 12]), [43.1, 127.9]];
    const lines = rows.map(([lng, lat], i) => `Strike ${i},2023-01-19,${lat},${lng}`);
    const data = readTable(toBytes(['title,date,lat,lon', ...lines].join('\n')));
    const { exchanged } = previewOf(data, suggestMapping(data), context, []);
    expect(exchanged).toEqual([{ place: 'line 7', lat: 127.9, lng: 43.1 }]);
  });

  test('are named by the preview, and exchanged where the mapping says so', () => {
    const data = dataOf();
    const mapping = suggestMapping(data);
    const before = previewOf(data, mapping, context, []);
    expect(before.exchanged).toMatchObject([{ place: 'line 7' }]);
    const mended = { ...mapping, exchanged: new Set(before.exchanged.map(({ place }) => place)) };
    // They are named still, for who wants them back.
    expect(previewOf(data, mended, context, []).exchanged).toMatchObject([{ place: 'line 7' }]);
    const { incomplete, warnings } = applyMapping(data, mended, context, new Set());
    const places = incomplete.map(({ feature }) => (feature as Sighting).geometry);
    expect(places.map((geometry) => geometry && 'coordinates' in geometry && geometry.coordinates)).toEqual([
      ...HOME,
      [...SWAPPED].reverse(),
    ]);
    expect(warnings).toEqual([]);
    expect(applyMapping(data, mapping, context, new Set()).warnings).toHaveLength(1);
  });

  test('are those that are not, where all others have longitude first', () => {
    const data = dataOf();
    const turned = { ...suggestMapping(data), order: 'lat lng' } as const;
    expect(previewOf(data, turned, context, []).exchanged).toMatchObject([{ place: 'line 7' }]);
    const mended = { ...turned, exchanged: new Set(['line 7']) };
    const { incomplete } = applyMapping(data, mended, context, new Set());
    expect(incomplete[5]?.feature).toMatchObject({ geometry: { coordinates: [...SWAPPED] } });
  });
});

describe('places of a file that what is known already speaks for or against', () => {
  const MOSCOW = [36, 54, 40, 58] as const;
  const tableOf = (places: readonly Place[]) =>
    readTable(
      toBytes(['title,lat,lon', ...places.map(([lng, lat], i) => `Strike ${i},${lat},${lng}`)].join('\n')),
    );
  const judged = (
    places: readonly Place[],
    known: readonly (readonly [number, number, number, number])[],
  ) => {
    const data = tableOf(places);
    return previewOf(data, suggestMapping(data), context, known);
  };
  const turned = HOME.map(([lng, lat]): Place => [lat, lng]);

  test('are exchanged where more stand the wrong way round than the right one', () => {
    const { swapped, exchanged } = judged([...HOME.slice(0, 2), ...turned], [MOSCOW]);
    expect(swapped).toBeUndefined();
    expect(exchanged.map(({ place }) => place)).toEqual([4, 5, 6, 7, 8].map((line) => `line ${line}`));
  });

  test('are exchanged among few others, and among those that are far from each other', () => {
    expect(judged([[37.5, 55.7], SWAPPED], [MOSCOW]).exchanged).toMatchObject([{ place: 'line 3' }]);
    const far: readonly Place[] = [...HOME, [131.9, 43.1], [132, 43.2], [131.8, 43.3]];
    expect(judged([...far, SWAPPED], []).exchanged).toEqual([]);
    expect(judged([...far, SWAPPED], [MOSCOW]).exchanged).toMatchObject([{ place: 'line 10' }]);
  });

  test('are those that alone lie far from the others, where nothing that is known is near', () => {
    const PARIS = [2, 48, 3, 49] as const;
    expect(judged([...HOME, SWAPPED], [PARIS]).exchanged).toMatchObject([{ place: 'line 7' }]);
  });

  test('are swapped all together where none or nearly none lies right', () => {
    const { swapped, exchanged } = judged(turned, [MOSCOW]);
    expect(swapped).toMatch(/None of 5 places lies near/);
    expect(exchanged).toEqual([]);
  });
});
