import { describe, expect, test } from 'vitest';
import {
  nameProblem,
  newPoints,
  nextName,
  ownId,
  withName,
  withUncertainty,
} from '../../src/domain/own-points';
import { readReferencePoints, referencePointFeature } from '../../src/domain/reference-data';
import type { DescribedPoint } from '../../src/domain/sighting';

const point: DescribedPoint = Object.freeze({
  id: 'own-gate',
  name: 'Gate',
  lng: 37.6,
  lat: 55.7,
  uncertaintyMeters: 20,
  remarks: 'Clicked.',
});
const none = () => false;

describe('the name of a point', () => {
  test.for(['Gate', 'Ворота № 2', 'x', '🛰'.repeat(80), ' spaces around '])('can be %j', (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  test.for(['', '   ', 'x'.repeat(81), 'two\nlines', 'two\u2028lines', 'a\u0000b'])(
    'cannot be %j',
    (name) => {
      expect(nameProblem(name)).toMatch(/name/);
    },
  );

  test.for(['Gate', ' spaces around ', '🛰'.repeat(80)])('%j is read from a file as well', (name) => {
    const features = [referencePointFeature(withName(point, name))];
    expect(readReferencePoints({ features }).issues).toEqual([]);
  });

  test('takes the place of the short name too', () => {
    expect(withName({ ...point, shortName: 'G' }, 'Door')).toEqual({ ...point, name: 'Door' });
  });

  test.for([
    [[], 'Point 1'],
    [['Point 1', 'Gate'], 'Point 2'],
    [['Point 7', 'Point 2'], 'Point 8'],
    [['point 3', 'Point 03x'], 'Point 1'],
  ] as const)('after %j is %s', ([names, next]) => {
    expect(nextName(names.map((name) => ({ name })))).toBe(next);
  });
});

describe('the id of a point', () => {
  test.for([
    ['Gate', 'own-gate'],
    ['Point 12', 'own-point-12'],
    ['Тула', 'own-tula'],
    ['  São João, №3 ', 'own-sao-joao-3'],
    ['東京', 'own-point'],
    ['!!!', 'own-point'],
  ] as const)('of %j is %s', ([name, id]) => {
    expect(ownId(name, none)).toBe(id);
  });

  test('of a long name is short, and a slug', () => {
    expect(ownId(`${'long '.repeat(30)}`, none)).toBe('own-long-long-long-long-long-long-long-long');
  });

  test('gets the first number that makes it free', () => {
    const taken = ['own-gate', 'own-gate-2', 'own-gate-4'];
    expect(ownId('Gate', (id) => taken.includes(id))).toBe('own-gate-3');
  });
});

describe('the uncertainty of a point', () => {
  test('that is set by hand is said to be, once', () => {
    const twice = withUncertainty(withUncertainty(point, 50), 70);
    expect(twice).toEqual({
      ...point,
      uncertaintyMeters: 70,
      remarks: 'Clicked. The radius was set by hand afterwards.',
    });
  });
});

describe('points that come in', () => {
  test('are new by their own ids', () => {
    expect(newPoints([point], [], none)).toEqual([point]);
  });

  test('are left out when they are there', () => {
    const other = { ...point, id: 'kremlin', remarks: 'Another.' };
    expect(newPoints([point, { ...point, id: 'own-again' }], [other], none)).toEqual([]);
  });

  test('get another id when theirs is taken', () => {
    const moved = { ...point, lng: 38 };
    expect(newPoints([moved], [point], (id) => id === 'own-gate')).toEqual([{ ...moved, id: 'own-gate-2' }]);
  });

  test('get ids that differ from each other', () => {
    const points = [point, { ...point, lng: 38 }, { ...point, lng: 39 }];
    expect(newPoints(points, [], none).map(({ id }) => id)).toEqual(['own-gate', 'own-gate-2', 'own-gate-3']);
  });
});
