import { Ajv2020 } from 'ajv/dist/2020';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/domain/issue';
import {
  CONFIDENCE,
  CONTRACT_VERSION,
  CREDIBILITY,
  DISTANCE_QUALIFIER,
  RELIABILITY,
  SOURCE_TYPE,
  STANCE,
  STATUS,
} from '../../src/domain/sighting';
import { fixtures, geoBytes, geoJson, toText } from './fixtures';

interface ObjectSchema {
  required: string[];
  properties: Record<string, { enum?: string[] }>;
}

interface SightingSchema {
  $id: string;
  description: string;
  properties: { properties: ObjectSchema };
  $defs: { source: ObjectSchema; reportedDistance: ObjectSchema };
}

interface Collection {
  expect?: Pick<Issue, 'index' | 'path' | 'severity'>;
  features: unknown[];
}

const schema = geoJson('sighting.schema.json') as SightingSchema;
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const accepts = ajv.compile(schema);

function parse(bytes: Uint8Array): Collection {
  return JSON.parse(toText(bytes)) as Collection;
}

/** Faults of one feature that a schema has no words for. */
const BEYOND_SCHEMA = [
  'distance-source-beyond-list',
  'distance-to-constructor',
  'distance-to-itself',
  'distance-to-nowhere',
  'eventDate-day-that-does-not-exist',
  'eventDate-day-zero',
  'eventDate-end-that-does-not-exist',
  'eventDate-leap-day-of-common-year',
  'eventDate-month-that-does-not-exist',
  'eventDate-month-zero',
  'eventDate-reversed',
  'feature-crs',
  'hole-counter-clockwise',
  'id-duplicate',
  'multipolygon-bow-tie',
  'multipolygon-second-clockwise',
  'publishedDate-day-that-does-not-exist',
  'retrievedDate-day-that-does-not-exist',
  'ring-bow-tie',
  'ring-clockwise',
  'ring-of-one-place',
  'ring-unclosed',
  'ring-without-area',
  'system-constructor',
  'system-unknown',
  'url-line-break',
  'url-no-host',
].map((name) => `${name}.geojson`);

const badFeatures = fixtures('bad').flatMap(({ name, bytes }) => {
  const { expect: expected, features } = parse(bytes);
  if (expected === undefined || expected.index === null) return [];
  return [{ name, severity: expected.severity, feature: features[expected.index] }];
});

describe('the schema accepts', () => {
  test.for(parse(geoBytes('sightings.geojson')).features.map((feature, i) => ({ feature, i })))(
    'sighting $i of geo/',
    ({ feature }) => {
      accepts(feature);
      expect(accepts.errors ?? []).toEqual([]);
    },
  );

  test.for(fixtures('good'))('every feature of $name', ({ bytes }) => {
    const errors = parse(bytes).features.map((feature) => (accepts(feature) ? [] : accepts.errors));
    expect(errors.flat()).toEqual([]);
  });

  test.for(badFeatures.filter(({ severity }) => severity === 'warning'))(
    '$name, which is only warned of',
    ({ feature }) => {
      expect(accepts(feature)).toBe(true);
    },
  );
});

describe('the schema rejects', () => {
  const errors = badFeatures.filter(({ severity }) => severity === 'error');

  test.for(errors.filter(({ name }) => !BEYOND_SCHEMA.includes(name)))('$name', ({ feature }) => {
    expect(accepts(feature)).toBe(false);
  });

  test('all errors but those that it has no words for', () => {
    const accepted = errors.filter(({ feature }) => accepts(feature)).map(({ name }) => name);
    expect(accepted).toEqual(BEYOND_SCHEMA);
  });
});

describe('the schema agrees with the code', () => {
  const { source, reportedDistance } = schema.$defs;
  const sighting = schema.properties.properties;

  test.for([
    ['confidence', sighting, CONFIDENCE],
    ['status', sighting, STATUS],
    ['type', source, SOURCE_TYPE],
    ['reliability', source, RELIABILITY],
    ['credibility', source, CREDIBILITY],
    ['stance', source, STANCE],
    ['qualifier', reportedDistance, DISTANCE_QUALIFIER],
  ] as const)('on the vocabulary of %s', ([key, { properties }, vocabulary]) => {
    expect(properties[key]?.enum).toEqual(Object.keys(vocabulary));
  });

  test('on the version of the contract', () => {
    expect([schema.$id, schema.description]).toEqual([
      expect.stringContaining(CONTRACT_VERSION),
      expect.stringContaining(CONTRACT_VERSION),
    ]);
  });
});

describe('the schema has the fields of the contract, in their order', () => {
  test('of a sighting', () => {
    expect(Object.keys(schema.properties.properties.properties)).toEqual([
      'title',
      'system',
      'systemQualifier',
      'quantity',
      'eventDate',
      'verbatimLocality',
      'coordinateUncertaintyInMeters',
      'georeferenceRemarks',
      'confidence',
      'confidenceBasis',
      'status',
      'sources',
      'reportedDistances',
    ]);
  });

  test('of a source', () => {
    expect(Object.keys(schema.$defs.source.properties)).toEqual([
      'publisher',
      'title',
      'url',
      'publishedDate',
      'retrievedDate',
      'archivedUrl',
      'origin',
      'type',
      'reliability',
      'credibility',
      'stance',
      'claim',
    ]);
  });

  test('of a reported distance', () => {
    expect(Object.keys(schema.$defs.reportedDistance.properties)).toEqual([
      'to',
      'meters',
      'qualifier',
      'source',
    ]);
  });
});
