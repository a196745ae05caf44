import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { sortContract } from '../../src/io/contract-stream';
import { writeCsv } from '../../src/io/flat-csv';
import type { ImportResult } from '../../src/io/foreign';
import { readSightings } from '../../src/io/geojson';
import { writeKml } from '../../src/io/kml';
import { type OpenOptions, openFile } from '../../src/io/open';
import { type Bounds, boundsOfPoints, pairsOfImport, swapNoteOf } from '../../src/io/swapped-places';
import { summaryOf } from '../../src/ui/record/open/file-summary';
import type { LargeFile } from '../../src/ui/record/open/large-file';
import { geoBytes, geoContext, toBytes, toText } from './fixtures';
import { sampleSighting } from './sample';

const MOSCOW: Bounds = [37, 55, 38, 56];

const GIVEN = (JSON.parse(toText(geoBytes('sightings.geojson'))) as { features: Sighting[] }).features;

const PLACED = GIVEN.filter(({ geometry }) => geometry !== null);

/** Coordinates as a desk writes them that puts the latitude first. */
function latFirst(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return typeof value[0] === 'number' ? (value as Position).toReversed() : value.map(latFirst);
}

function swapped(given: Sighting): Sighting {
  const { geometry, ...sighting } = given;
  if (geometry === null) return given;
  const coordinates = latFirst((geometry as { coordinates: unknown }).coordinates);
  return { ...sighting, geometry: { ...geometry, coordinates } as Sighting['geometry'] };
}

const collection = (features: readonly unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

async function opened(text: string, name: string, options?: OpenOptions): Promise<ImportResult> {
  const outcome = await openFile(toBytes(text), name, geoContext(), options);
  if (outcome.kind !== 'sightings') throw new Error(`${name} is taken for a file of others`);
  return outcome.result;
}

const featuresOf = ({ bytes }: ImportResult) =>
  (JSON.parse(toText(bytes)) as { features: Sighting[] }).features;

const noteOf = (result: ImportResult) => swapNoteOf(pairsOfImport(result), [MOSCOW], 'the office');

describe('swapped latitude and longitude of sightings', () => {
  const FILES: readonly (readonly [name: string, write: (sightings: readonly Sighting[]) => string])[] = [
    ['a.geojson', collection],
    ['a.geojsonl', (sightings) => sightings.map((one) => `${JSON.stringify(one)}\n`).join('')],
    ['a.csv', (sightings) => [...writeCsv(sightings)].join('')],
    ['a.kml', (sightings) => [...writeKml(sightings, [])].join('')],
  ];

  test.for(FILES)('are noticed in %s and mended when somebody says so', async ([name, write]) => {
    const before = await opened(write(GIVEN), name);
    expect(noteOf(before)).toBeUndefined();
    const text = write(GIVEN.map(swapped));
    const asIs = await opened(text, name);
    expect(noteOf(asIs)).toBe(
      `None of ${PLACED.length} places lies near the office. With latitude and longitude swapped, ${PLACED.length} do.`,
    );
    expect(featuresOf(asIs)).not.toEqual(featuresOf(before));
    const mended = await opened(text, name, { swapAxes: true });
    expect(featuresOf(mended)).toEqual(featuresOf(before));
    const swaps = mended.mended.filter(({ what }) => what === 'latitude and longitude were swapped');
    expect(swaps.map(({ id }) => id).toSorted()).toEqual(PLACED.map(({ id }) => id).toSorted());
    expect(noteOf(mended)).toBeUndefined();
  });

  test('are noticed where latitudes are off the Earth, and the drafts of these have them right', async () => {
    const far = swapped(sampleSighting({ id: 'far', geometry: { type: 'Point', coordinates: [158.6, 53] } }));
    const text = collection([far, { ...far, id: 'also', properties: { ...far.properties, title: '' } }]);
    const asIs = await opened(text, 'far.geojson');
    expect([asIs.accepted, asIs.incomplete.length]).toEqual([0, 2]);
    expect(noteOf(asIs)).toMatch(/^2 of 2 places lie outside of the Earth’s latitudes and longitudes/);
    const mended = await opened(text, 'far.geojson', { swapAxes: true });
    expect(featuresOf(mended)).toMatchObject([{ id: 'far', geometry: { coordinates: [158.6, 53] } }]);
    expect(mended.incomplete).toMatchObject([
      { feature: { id: 'also', geometry: { coordinates: [158.6, 53] } } },
    ]);
  });

  test('of an area turn its ring, which is turned back, and a bbox is left out', async () => {
    const ring = [
      [37, 55],
      [38, 55],
      [38, 56],
      [37, 55],
    ];
    const area = sampleSighting({ geometry: { type: 'Polygon', coordinates: [ring] } });
    const text = collection([{ ...swapped(area), bbox: [55, 37, 56, 38] }]);
    const { mended, ...result } = await opened(text, 'area.geojson', { swapAxes: true });
    expect(featuresOf({ mended, ...result })).toHaveLength(1);
    expect(featuresOf({ mended, ...result })[0]).not.toHaveProperty('bbox');
    expect(mended.map(({ what }) => what).join('; ')).toMatch(/^latitude and longitude were swapped; .*bbox/);
  });

  test('are measured by what is near, of which there may be several', () => {
    const places = [[55.7, 37.6] as const];
    expect(swapNoteOf(places, boundsOfPoints([]), 'x')).toBeUndefined();
    expect(swapNoteOf(places, boundsOfPoints([{ lng: 37, lat: 55 }]), 'x')).toMatch(/swapped, it does not/);
    expect(swapNoteOf(places, [MOSCOW, [50, 35, 60, 40]], 'x')).toBeUndefined();
  });
});

describe('a sighting that alone has latitude and longitude exchanged', () => {
  const HOME = [
    [37.61, 55.75],
    [37.7, 55.83],
    [37.47, 55.65],
    [38.2, 55.1],
    [36.9, 56.2],
    [55.79, 37.54],
  ];
  const sightings = HOME.map((coordinates, i) =>
    sampleSighting({ id: `s-${i}`, geometry: { type: 'Point', coordinates } }),
  );
  const exchanged = new Set(['s-5']);
  const placesOf = (result: ImportResult) =>
    featuresOf(result).map(({ geometry }) => geometry?.type === 'Point' && geometry.coordinates);
  const FILES: readonly (readonly [name: string, text: string])[] = [
    ['a.geojson', collection(sightings)],
    ['a.geojsonl', sightings.map((one) => `${JSON.stringify(one)}\n`).join('')],
    ['a.csv', [...writeCsv(sightings)].join('')],
    ['a.kml', [...writeKml(sightings, [])].join('')],
  ];

  test.for(FILES)(
    'is named by the review of %s, and exchanged where somebody says so',
    async ([name, text]) => {
      const read = await openFile(toBytes(text), name, geoContext());
      expect(summaryOf(read, geoContext(), [])).toMatchObject({
        swapped: undefined,
        exchanged: [{ place: 's-5', lng: 55.79, lat: 37.54 }],
      });
      const result = await opened(text, name, { exchanged });
      expect(placesOf(result)).toEqual(HOME.with(5, [37.54, 55.79]));
      expect(result.mended).toMatchObject([{ id: 's-5', what: 'latitude and longitude were swapped' }]);
      expect(result.warnings).toEqual([]);
    },
  );

  test('is the one that stays where the whole file is read the other way round', async () => {
    const result = await opened(collection(sightings), 'a.geojson', { swapAxes: true, exchanged });
    const turned = HOME.map(([lng, lat]) => [lat, lng]);
    expect(placesOf(result)).toEqual(turned.with(5, [55.79, 37.54]));
  });

  test('is named of a large file by its table', async () => {
    const bytes = toBytes(collection(sightings));
    const read = readSightings(bytes, geoContext());
    async function* again() {
      yield await Promise.resolve(bytes);
    }
    const large: LargeFile = {
      kind: 'large',
      format: 'geojson',
      read: await sortContract(read, again, geoContext()),
      content: () => new Blob([collection(sightings)]),
    };
    expect(summaryOf(large, geoContext(), [])).toMatchObject({ exchanged: [{ place: 's-5' }] });
  });
});
