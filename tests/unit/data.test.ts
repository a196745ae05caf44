import { describe, expect, test } from 'vitest';
import { SPHERE_ERROR, placeOfSighting } from '../../src/domain/distance';
import { readReferencePoints, readSystems } from '../../src/domain/reference-data';
import { checkReportedDistances, referenceDistances } from '../../src/domain/report';
import type { Sighting } from '../../src/domain/sighting';
import { readSightings } from '../../src/io/geojson';
import { idsOf } from './sample';
import { geoBytes, geoContext, geoJson, geoReferencePoints, toText } from './fixtures';

const { table, issues } = readSightings(geoBytes('sightings.geojson'), geoContext());

function sighting(id: string): Sighting {
  const row = table.rowOf(id);
  if (row === undefined) throw new Error(`geo/sightings.geojson has no sighting "${id}".`);
  return table.record(row);
}

function findTarget(id: string) {
  const point = geoReferencePoints().find((found) => found.id === id);
  if (point) return { name: point.name, place: point };
  const target = sighting(id);
  return { name: target.properties.title, place: placeOfSighting(target) };
}

describe('geo/', () => {
  test('sightings have no issue, not even a warning', () => {
    expect(issues).toEqual([]);
  });

  test('reference points have no issue', () => {
    expect(readReferencePoints(geoJson('reference-points.geojson')).issues).toEqual([]);
  });

  test('systems have no issue', () => {
    expect(readSystems(geoJson('systems.json')).issues).toEqual([]);
  });

  test('every sighting of January 2023 is there, sorted by id', () => {
    expect(idsOf(table)).toEqual([
      'losiny-ostrov-s400',
      'moscow-defence-ministry-roof',
      'moscow-several-locations',
      'moscow-teterinsky-lane-roof',
      'ostafyevo-airport-pantsir',
      'timiryazev-fields-s400',
      'valdai-yashcherovo-pantsir',
      'zarechye-near-novo-ogaryovo',
    ]);
  });

  test('every reference point is there, sorted by id', () => {
    expect(geoReferencePoints().map(({ id }) => id)).toEqual([
      'defence-ministry-arbat',
      'kremlin',
      'novo-ogaryovo',
      'ostafyevo-airport',
      'valdai-lake',
    ]);
  });

  test.for(['sightings.geojson', 'reference-points.geojson'])('%s has one feature per line', (name) => {
    const lines = toText(geoBytes(name)).trimEnd().split('\n').slice(1, -1);
    const types = lines.map((line) => (JSON.parse(line.replace(/,$/, '')) as { type: string }).type);
    const { features } = geoJson(name) as { features: unknown[] };
    expect(types).toEqual(features.map(() => 'Feature'));
  });

  test('every member of a feature stands in the same order', () => {
    const { features } = geoJson('sightings.geojson') as { features: object[] };
    expect(new Set(features.map((feature) => Object.keys(feature).join()))).toEqual(
      new Set(['type,id,geometry,properties']),
    );
  });

  test.for([
    ['moscow-defence-ministry-roof', [37.591, 55.728], 400],
    ['moscow-teterinsky-lane-roof', [37.6512, 55.7454], 50],
    ['zarechye-near-novo-ogaryovo', [37.396, 55.688], 2000],
    ['losiny-ostrov-s400', [37.778, 55.864], 6000],
    ['timiryazev-fields-s400', [37.55, 55.835], 1500],
    ['ostafyevo-airport-pantsir', [37.475, 55.512], 1500],
    ['valdai-yashcherovo-pantsir', [33.3, 57.99], 15_000],
  ] as const)('%s is no finer than the report', ([id, coordinates, uncertainty]) => {
    const { geometry, properties } = sighting(id);
    expect([geometry, properties.coordinateUncertaintyInMeters]).toEqual([
      { type: 'Point', coordinates },
      uncertainty,
    ]);
  });

  test('the report without a place has none', () => {
    expect(sighting('moscow-several-locations').geometry).toBeNull();
  });

  test.for([
    ['kremlin', 37.6178, 55.7517, 300],
    ['novo-ogaryovo', 37.19667, 55.73194, 1000],
    ['defence-ministry-arbat', 37.60222, 55.74889, 150],
    ['ostafyevo-airport', 37.50722, 55.51167, 1500],
    ['valdai-lake', 33.295, 57.9875, 3000],
  ] as const)('reference point %s is where it should be', ([id, lng, lat, uncertaintyMeters]) => {
    expect(geoReferencePoints().find((point) => point.id === id)).toMatchObject({
      lng,
      lat,
      uncertaintyMeters,
    });
  });
});

describe('distances to reference points', () => {
  function distanceTo(pointId: string, id: string) {
    const place = placeOfSighting(sighting(id));
    if (!place) throw new Error(`Sighting "${id}" has no place.`);
    const found = referenceDistances(place, geoReferencePoints()).find(
      ({ referencePoint }) => referencePoint.id === pointId,
    );
    if (!found) throw new Error(`There is no reference point "${pointId}".`);
    return found.interval;
  }

  test.for([
    ['moscow-teterinsky-lane-roof', 'kremlin', 2.21],
    ['zarechye-near-novo-ogaryovo', 'novo-ogaryovo', 13.44],
  ] as const)('%s is as far from %s as on the ellipsoid, %d km, but for the sphere', ([id, pointId, km]) => {
    expect(Math.abs(distanceTo(pointId, id).meters / 1000 / km - 1)).toBeLessThan(SPHERE_ERROR);
  });

  test.for([
    ['moscow-teterinsky-lane-roof', 'kremlin', 109],
    ['zarechye-near-novo-ogaryovo', 'novo-ogaryovo', 111],
  ] as const)('%s is seen from %s at %d degrees', ([id, pointId, degrees]) => {
    expect(Math.round(distanceTo(pointId, id).bearing)).toBe(degrees);
  });

  test('come nearest first', () => {
    const place = placeOfSighting(sighting('ostafyevo-airport-pantsir'));
    const distances = place ? referenceDistances(place, geoReferencePoints()) : [];
    const all = distances.map(({ interval }) => interval.meters);
    expect([all.length, all]).toEqual([5, all.toSorted((a, b) => a - b)]);
  });
});

describe('reported distances', () => {
  test.for([
    ['zarechye-near-novo-ogaryovo', 'The Moscow Times', 'about', 10_000, 'cannot be told'],
    ['zarechye-near-novo-ogaryovo', 'Telegraph.bg', 'about', 10_000, 'cannot be told'],
    [
      'zarechye-near-novo-ogaryovo',
      'RFE/RL Russian Service, via Ukrainska Pravda',
      'at-most',
      10_000,
      'not consistent',
    ],
    ['moscow-defence-ministry-roof', 'Telegraph.bg', 'about', 700, 'not consistent'],
    ['ostafyevo-airport-pantsir', 'Kyiv Post', 'about', 2000, 'cannot be told'],
    ['moscow-teterinsky-lane-roof', 'Defence Blog', 'about', 2414, 'cannot be told'],
    ['moscow-teterinsky-lane-roof', 'Firstpost', 'about', 2414, 'cannot be told'],
    ['moscow-teterinsky-lane-roof', 'DefenseMirror', 'about', 3000, 'cannot be told'],
  ] as const)('of %s by %s, %s %d m: %s', ([id, publisher, qualifier, meters, verdict]) => {
    const checks = checkReportedDistances(sighting(id), findTarget);
    const found = checks.find(({ source }) => source?.publisher === publisher);
    expect([found?.reported, found?.verdict]).toEqual([
      expect.objectContaining({ qualifier, meters }),
      verdict,
    ]);
  });

  test('the two roofs are about 4.2 km apart', () => {
    const [check] = checkReportedDistances(sighting('moscow-defence-ministry-roof'), findTarget);
    expect((check?.measured?.meters ?? 0) / 1000).toBeCloseTo(4.2, 0.5);
  });

  test('to something without a place cannot be told', () => {
    const checks = checkReportedDistances(sighting('ostafyevo-airport-pantsir'), () => undefined);
    expect(checks).toMatchObject([{ verdict: 'cannot be told', target: 'ostafyevo-airport' }]);
  });
});
