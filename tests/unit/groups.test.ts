import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Groups } from '../../src/map/groups';
import { Places } from '../../src/map/places';
import { type PlacedRow, type PlainGroup, plainGroups } from './marks-reference';
import { sampleSighting, sampleTable } from './sample';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Anywhere, crowded in one corner, and at the antimeridian, where the map's two edges meet. */
const place = fc.oneof(
  fc.tuple(double(-180, 180), double(-85, 85)),
  fc.tuple(double(30, 50), double(40, 60)),
  fc.tuple(double(30, 30.4), double(50, 50.2)),
  fc.tuple(double(179, 180), double(-2, 2)),
  fc.tuple(double(-180, -179), double(-2, 2)),
  fc.tuple(fc.constantFrom(-180, -90, 0, 90, 180), fc.constantFrom(-45, 0, 45)),
);
const places = fc.array(place, { minLength: 1, maxLength: 120 });

function placesOf(points: readonly [lng: number, lat: number][]): Places {
  return new Places(
    sampleTable(
      points.map((coordinates, i) =>
        sampleSighting({ id: `p-${i}`, geometry: { type: 'Point', coordinates: [...coordinates] } }),
      ),
    ),
  );
}

function positionsWhere(made: Places, isShown: (row: number) => boolean): Uint8Array {
  return Uint8Array.from(made.row, (row) => (isShown(row) ? 1 : 0));
}

/** Groups in an order of their own, without rounding noise. */
function normal(groups: readonly PlainGroup[]): unknown {
  return groups
    .map(({ rows, x, y }) => ({
      rows: rows.toSorted((a, b) => a - b),
      x: Math.abs(x - Math.round(x)).toFixed(9),
      y: y.toFixed(9),
    }))
    .toSorted((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
}

describe('groups', () => {
  test('are those of the rule in plain words, for the sightings shown', () => {
    fc.assert(
      fc.property(places, fc.nat(10), fc.integer({ min: 1, max: 4 }), (points, z, every) => {
        const made = placesOf(points);
        const shown = positionsWhere(made, (row) => row % every === 0);
        const groups = new Groups(made, shown, shown.filter(Boolean).length, z);
        const heads = [...groups.head.keys()].filter((cell) => groups.head[cell] === cell);
        const found = heads.map((head) => ({
          rows: groups.sharing(groups.cells.first[head] ?? 0).map((position) => made.row[position] ?? 0),
          x: groups.cells.x[head] ?? NaN,
          y: groups.cells.y[head] ?? NaN,
        }));
        const wanted = Array.from({ length: made.length }, (_, i): PlacedRow => ({
          row: made.row[i] ?? 0,
          x: made.x[i] ?? 0,
          y: made.y[i] ?? 0,
        })).filter(({ row }) => row % every === 0);
        expect(normal(found)).toEqual(normal(plainGroups(wanted, z)));
      }),
      { numRuns: 150 },
    );
  });

  /** Members of each group of sightings in one line, ten pixels apart, in the middle of a wide cell of zoom 10. */
  function membersInLine(count: number): number[] {
    const pixel = 360 / (512 * 2 ** 10);
    const middle = 32 * pixel; // of the first cell to the right of longitude 0
    const points = Array.from({ length: count }, (_, i): [number, number] => [
      middle + ((i % 4) - 2) * 10 * pixel,
      -middle + (Math.floor(i / 4) - 2) * 5 * pixel,
    ]);
    const made = placesOf(points);
    const { cells, head } = new Groups(made, new Uint8Array(count).fill(1), count, 10);
    return [...head.keys()].filter((cell) => head[cell] === cell).map((cell) => cells.count[cell] ?? 0);
  }

  test('are single marks as long as these find room', () => {
    expect(membersInLine(8)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  test('are one where marks would crowd, at any zoom', () => {
    expect(membersInLine(9)).toEqual([9]);
  });

  test('count as many sightings as are shown', () => {
    fc.assert(
      fc.property(places, fc.nat(18), (points, z) => {
        const made = placesOf(points);
        const { cells, head } = new Groups(made, new Uint8Array(made.length).fill(1), made.length, z);
        const counts = [...head.keys()]
          .filter((cell) => head[cell] === cell)
          .map((cell) => cells.count[cell] ?? 0);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(points.length);
      }),
    );
  });
});

describe('places', () => {
  test('of a cell stand next to each other, in ascending order of their codes', () => {
    fc.assert(
      fc.property(places, (points) => {
        const { code } = placesOf(points);
        expect(code).toEqual(code.toSorted());
      }),
    );
  });
});
