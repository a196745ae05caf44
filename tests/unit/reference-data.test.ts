import { describe, expect, test } from 'vitest';
import { readReferencePoints, readSystems } from '../../src/domain/reference-data';

const point = {
  type: 'Feature',
  id: 'kremlin',
  geometry: { type: 'Point', coordinates: [37.6178, 55.7517] },
  properties: {
    name: 'Moscow Kremlin',
    coordinateUncertaintyInMeters: 300,
    georeferenceRemarks: 'The radius covers the walls.',
  },
};

const system = { name: 'Tor', otherNames: ['SA-15'], description: 'A system.', markShape: 'square' };

describe('reference points', () => {
  const read = (...features: unknown[]) => readReferencePoints({ type: 'FeatureCollection', features });

  test('are read', () => {
    expect(read(point)).toEqual({
      referencePoints: [
        {
          id: 'kremlin',
          name: 'Moscow Kremlin',
          lng: 37.6178,
          lat: 55.7517,
          uncertaintyMeters: 300,
          remarks: 'The radius covers the walls.',
        },
      ],
      issues: [],
    });
  });

  const { name, coordinateUncertaintyInMeters, georeferenceRemarks } = point.properties;
  const faults: readonly (readonly [string, unknown, string])[] = [
    ['null', null, '$'],
    ['another type', { ...point, type: 'Point' }, '$'],
    ['no id', { ...point, id: undefined }, '$.id'],
    ['an id that is no slug', { ...point, id: 'The Kremlin' }, '$.id'],
    ['no place', { ...point, geometry: null }, '$.geometry'],
    [
      'a latitude of 95',
      { ...point, geometry: { type: 'Point', coordinates: [0, 95] } },
      '$.geometry.coordinates',
    ],
    ['no properties', { ...point, properties: null }, '$.properties'],
    [
      'no name',
      { ...point, properties: { coordinateUncertaintyInMeters, georeferenceRemarks } },
      '$.properties.name',
    ],
    [
      'no uncertainty',
      { ...point, properties: { name, georeferenceRemarks } },
      '$.properties.coordinateUncertaintyInMeters',
    ],
    [
      'no remarks',
      { ...point, properties: { name, coordinateUncertaintyInMeters } },
      '$.properties.georeferenceRemarks',
    ],
  ];

  test.for(faults)('with %s are an error', ([, feature, path]) => {
    expect(read(feature).issues).toMatchObject([{ index: 0, path, severity: 'error' }]);
  });

  test.for(faults)('with %s take no other with them', ([, feature]) => {
    const other = { ...point, id: 'the-other' };
    expect(read(feature, other).referencePoints.map(({ id }) => id)).toEqual(['the-other']);
  });

  test('of an id that is there already are an error', () => {
    expect(read(point, point)).toMatchObject({
      referencePoints: [{ id: 'kremlin' }],
      issues: [{ index: 1, path: '$.id' }],
    });
  });

  test.for([null, undefined, [], 'text', {}, { features: {} }])('are not in %j', (value) => {
    expect(readReferencePoints(value)).toMatchObject({
      referencePoints: [],
      issues: [{ path: '$.features', severity: 'error' }],
    });
  });
});

describe('systems', () => {
  test('are read', () => {
    expect(readSystems({ tor: system })).toEqual({ systems: [{ id: 'tor', ...system }], issues: [] });
  });

  test.for([
    ['null', null, '$'],
    ['no name', { ...system, name: undefined }, '$.name'],
    ['other names that are no list', { ...system, otherNames: 'SA-15' }, '$.otherNames'],
    ['no description', { ...system, description: '' }, '$.description'],
    ['an unknown shape', { ...system, markShape: 'star' }, '$.markShape'],
    ['the shape "constructor"', { ...system, markShape: 'constructor' }, '$.markShape'],
  ] as const)('with %s are an error', ([, entry, path]) => {
    expect(readSystems({ tor: entry })).toMatchObject({ systems: [], issues: [{ id: 'tor', path }] });
  });

  test('with an id that is no slug are an error', () => {
    expect(readSystems({ 'The Tor': system })).toMatchObject({
      systems: [],
      issues: [{ severity: 'error' }],
    });
  });

  test('that are wrong take no other with them', () => {
    expect(readSystems({ bad: null, tor: system }).systems.map(({ id }) => id)).toEqual(['tor']);
  });

  test.for([null, undefined, [], 'text'])('are not in %j', (value) => {
    expect(readSystems(value)).toMatchObject({ systems: [], issues: [{ path: '$', severity: 'error' }] });
  });
});
