import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DescribedPoint, ReferencePoint } from '../../src/domain/sighting';
import { SightingTable } from '../../src/domain/table';
import { Places } from '../../src/ui/places.svelte';

const point: DescribedPoint = {
  id: 'own-gate',
  name: 'Gate',
  lng: 37.6123456,
  lat: 55.7,
  uncertaintyMeters: 20.5,
  remarks: 'Clicked.',
};
const shared = { lng: 37.61235, lat: 55.7, uncertaintyMeters: 21 };
const other: DescribedPoint = { ...point, id: 'own-tower', name: 'Tower', lng: 37.7 };
const given: ReferencePoint = {
  id: 'kremlin',
  name: 'Kremlin',
  lng: 37.6,
  lat: 55.75,
  uncertaintyMeters: 300,
};

/** What a browser keeps, for as long as a test takes. */
let memory: Record<string, string>;
/** why nothing can be kept, if nothing can */
let refusal: string | undefined;

beforeEach(() => {
  memory = {};
  refusal = undefined;
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory[key] ?? null,
    setItem: (key: string, value: string) => {
      if (refusal !== undefined) throw new Error(refusal);
      memory[key] = value;
    },
  });
});

function places(...own: DescribedPoint[]): Places {
  const made = new Places({ table: SightingTable.empty() });
  made.given = [given];
  made.keepOwn(own);
  return made;
}

describe('own points', () => {
  test('are there at the next visit', () => {
    places(point, other);
    const next = new Places({ table: SightingTable.empty() });
    expect([next.recallOwn(), next.own.map(({ id }) => id)]).toEqual(['', ['own-gate', 'own-tower']]);
    expect(next.own[0]).toEqual({ ...point, isOwn: true });
  });

  test('stand with those of the data', () => {
    expect(places(point).referencePoints.map(({ id }) => id)).toEqual(['kremlin', 'own-gate']);
  });

  test('go by another id where the data has theirs', () => {
    const made = places(point);
    made.given = [{ ...given, id: 'own-gate' }];
    expect(made.referencePoints.map(({ id }) => id)).toEqual(['own-gate', 'own-gate-2']);
  });

  test('that are the same twice get ids that differ', () => {
    memory['sighting-map/points'] = JSON.stringify({ features: [] });
    expect(places(point, point).own.map(({ id }) => id)).toEqual(['own-gate', 'own-gate-2']);
  });

  test('that cannot be kept are there, and it is said', () => {
    refusal = 'The quota has been exceeded.';
    const made = places(point);
    expect([made.own.length, made.keepFailure]).toEqual([1, refusal]);
  });

  test.for([
    ['{"features":', 0, /not JSON/],
    ['null', 0, /features/],
    ['[1]', 0, /features/],
    ['{"features":[7]}', 0, /Not all/],
    [
      '{"features":[{"type":"Feature","id":"own-gate","geometry":{"type":"Point","coordinates":[37.6,55.7]},"properties":{"name":"Gate","coordinateUncertaintyInMeters":5,"georeferenceRemarks":"Clicked."}},{"type":"Feature"}]}',
      1,
      /Not all.*\$\.id/,
    ],
  ] as const)('kept as %j are read as far as they can be', ([text, count, says]) => {
    memory['sighting-map/points'] = text;
    const made = new Places({ table: SightingTable.empty() });
    expect([made.recallOwn(), made.own.length]).toEqual([expect.stringMatching(says), count]);
  });
});

describe('a target', () => {
  test('that is an own point is shared as a point of the map, to the metre', () => {
    expect(places(point).toShare('own-gate')).toEqual(shared);
  });

  test('that was shared is the own point again', () => {
    expect(places(other, point).fromShared(shared)).toBe('own-gate');
  });

  test('that was shared is a point of the map where the own point is not', () => {
    expect(places(other).fromShared(shared)).toBe(shared);
  });

  test('of another uncertainty is no own point', () => {
    const narrower = { ...shared, uncertaintyMeters: 5 };
    expect(places(point).fromShared(narrower)).toBe(narrower);
  });

  test.for(['kremlin', 'own-gate', 'nothing'])('named %s is not looked up when it comes back', (id) => {
    expect(places(point).fromShared(id)).toBe(id);
  });

  test('that is a point of the data is shared by its id', () => {
    expect(places(point).toShare('kremlin')).toBe('kremlin');
  });

  test('on an own point that was removed stays where it was', () => {
    const made = places(point, other);
    made.keepOwn([other]);
    expect(made.find('own-gate')).toMatchObject({ name: 'Gate', place: { lng: point.lng } });
    expect([made.toShare('own-gate'), made.renew('own-gate')]).toEqual([shared, shared]);
  });

  test('comes back with the own point', () => {
    const made = places(point);
    made.keepOwn([]);
    made.keepOwn([point]);
    expect(made.renew(shared)).toBe('own-gate');
  });

  test('that was removed leaves its id to nobody else', () => {
    const made = places(point);
    made.keepOwn([]);
    expect([made.isTaken('own-gate'), made.isTaken('kremlin'), made.isTaken('own-tower')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
