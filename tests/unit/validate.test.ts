import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue';
import { SightingValidator, checkCollection } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';
import { fixtures, geoContext } from './fixtures';
import { sampleSighting } from './sample';

const context = geoContext();

function check(feature: unknown): Issue[] {
  return new SightingValidator(context).checkFeature(feature, 0);
}

function pathsOf(issues: readonly Issue[]): string[] {
  return issues.map(({ path }) => path);
}

describe('good files', () => {
  test.for(fixtures('good'))('$name has no issue', ({ bytes }) => {
    expect(readSightings(bytes, context).issues).toEqual([]);
  });

  test.for(fixtures('good'))('$name loses no feature', ({ bytes }) => {
    expect(readSightings(bytes, context).rejected).toBe(0);
  });
});

describe('bad files', () => {
  test.for(fixtures('bad'))('$name has the one issue that it names', ({ bytes }) => {
    const { issues, collection } = readSightings(bytes, context);
    const { message, ...where } = collection['expect'] as Issue;
    const found = issues.map(({ index, path, message, severity }) => ({ index, path, message, severity }));
    expect(found).toEqual([{ ...where, message: expect.stringContaining(message) }]);
  });

  test.for(fixtures('bad'))('$name loses a feature to an error and to nothing else', ({ bytes }) => {
    const { rejected, collection } = readSightings(bytes, context);
    const { index, severity } = collection['expect'] as Issue;
    expect(rejected).toBe(severity === 'error' && index !== null ? 1 : 0);
  });
});

describe('values that JSON has no words for', () => {
  const polygon = (ring: unknown) => ({
    ...sampleSighting(),
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  const point = (coordinates: unknown) => ({ ...sampleSighting(), geometry: { type: 'Point', coordinates } });

  test.for([NaN, Infinity, -Infinity])('a longitude of %s is an error', (lng) => {
    expect(check(point([lng, 55]))).toMatchObject([{ path: '$.geometry.coordinates', severity: 'error' }]);
  });

  test('a latitude of NaN in a ring is an error', () => {
    const ring = [
      [37, 55],
      [38, 55],
      [38, NaN],
      [37, 55],
    ];
    expect(check(polygon(ring))).toMatchObject([{ path: '$.geometry.coordinates[0][2]', severity: 'error' }]);
  });

  test('a list of coordinates with gaps is an error', () => {
    expect(check(point(new Array(2)))).not.toEqual([]);
  });

  test.for([undefined, 0n, Symbol('feature'), () => 'feature'])('%s is no feature', (value) => {
    expect(check(value)).toMatchObject([{ path: '$', severity: 'error' }]);
  });

  test('an object that contains itself is an issue, not an exception', () => {
    const properties: Record<string, unknown> = { ...sampleSighting().properties };
    properties['title'] = properties;
    expect(pathsOf(check({ ...sampleSighting(), properties }))).toContain('$.properties.title');
  });

  test('text nested 100,000 deep is an issue, not an exception', () => {
    let title: unknown = 'title';
    for (let i = 0; i < 100_000; i++) title = [title];
    const properties = { ...sampleSighting().properties, title };
    expect(pathsOf(check({ ...sampleSighting(), properties }))).toEqual(['$.properties.title']);
  });
});

describe('several faults', () => {
  const unknownFields = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`unknown${i}`, i]));
  const withUnknownFields = (geometry: unknown) => ({
    ...sampleSighting(),
    geometry,
    properties: { ...sampleSighting().properties, ...unknownFields },
  });

  test('every fault of a feature is listed', () => {
    const { type, geometry } = sampleSighting();
    const issues = check({ type, geometry, properties: { title: '', confidence: 'sure' } });
    expect(new Set(pathsOf(issues))).toEqual(
      new Set([
        '$.id',
        '$.properties.title',
        '$.properties.eventDate',
        '$.properties.verbatimLocality',
        '$.properties.coordinateUncertaintyInMeters',
        '$.properties.confidence',
        '$.properties.confidenceBasis',
        '$.properties.sources',
      ]),
    );
  });

  test('many unknown fields do not hide a latitude of 95', () => {
    const geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [37, 55],
          [38, 55],
          [38, 95],
          [37, 55],
        ],
      ],
    };
    expect(check(withUnknownFields(geometry))).toContainEqual(
      expect.objectContaining({ path: '$.geometry.coordinates[0][2]', severity: 'error' }),
    );
  });

  test('many unknown fields do not make a ring that is null an exception', () => {
    const issues = check(withUnknownFields({ type: 'Polygon', coordinates: [null] }));
    expect(issues).toContainEqual(
      expect.objectContaining({ path: '$.geometry.coordinates[0]', severity: 'error' }),
    );
  });

  test('thousands of faults in one geometry are not all listed', () => {
    const ring = Array.from({ length: 5000 }, () => ['x', 'y']);
    const issues = check({ ...sampleSighting(), geometry: { type: 'Polygon', coordinates: [ring] } });
    expect(issues.length).toBeLessThan(30);
  });

  test('a feature that is rejected takes no other with it', () => {
    const validator = new SightingValidator(context);
    validator.checkFeature(null, 0);
    expect(validator.checkFeature(sampleSighting(), 1)).toEqual([]);
  });

  test('three features of the same id are two errors', () => {
    const validator = new SightingValidator(context);
    const issues = [0, 1, 2].flatMap((index) => validator.checkFeature(sampleSighting(), index));
    expect(issues.map(({ index, path }) => ({ index, path }))).toEqual([
      { index: 1, path: '$.id' },
      { index: 2, path: '$.id' },
    ]);
  });
});

describe('what surrounds the features', () => {
  test.for([null, [], 'text', 7, undefined])('%j is no FeatureCollection', (value) => {
    expect(checkCollection(value)).toMatchObject([{ index: null, path: '$', severity: 'error' }]);
  });

  test('features must be a list', () => {
    expect(checkCollection({ type: 'FeatureCollection', features: {} })).toMatchObject([
      { path: '$.features', severity: 'error' },
    ]);
  });

  test('foreign members are welcome', () => {
    expect(checkCollection({ type: 'FeatureCollection', features: [], title: 'A title' })).toEqual([]);
  });
});

test('a bad feature does not take its id from a good one', () => {
  const validator = new SightingValidator(context);
  const good = sampleSighting();
  validator.checkFeature({ ...good, properties: { ...good.properties, title: 5 } }, 0);
  expect(validator.checkFeature(good, 1)).toEqual([]);
});
