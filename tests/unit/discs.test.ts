import { distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipRing } from '../../src/map/clip';
import { cornersOfBox, coversBox, discPolygon, discRing } from '../../src/map/discs';
import { latToY, lngToX, xToLng, yToLat } from '../../src/map/mercator';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const disc = fc.record({ lng: double(-180, 180), lat: double(-84, 84), radiusMeters: double(20, 400_000) });

/** Twice the area of a ring, whichever way it turns. */
function areaOf(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    sum += (ring[i] ?? 0) * (ring[next + 1] ?? 0) - (ring[next] ?? 0) * (ring[i + 1] ?? 0);
  }
  return Math.abs(sum);
}

describe('the outline of a disc', () => {
  test('is as far from the centre as Turf says, all around', () => {
    fc.assert(
      fc.property(disc, fc.nat(18), ({ lng, lat, radiusMeters }, z) => {
        const reach = Math.abs(lat) + radiusMeters / 111_195;
        fc.pre(reach < 85);
        const ring = discRing({ x: lngToX(lng), lat, radiusMeters }, z);
        for (let i = 0; i < ring.length; i += 2) {
          const corner = [xToLng(ring[i] ?? 0), yToLat(ring[i + 1] ?? 0)];
          const off = distance(corner, [lng, lat], { units: 'meters' }) - radiusMeters;
          expect(Math.abs(off)).toBeLessThan(0.01 + radiusMeters * 1e-6);
        }
      }),
    );
  });

  test('on its own is closed, and as far from the centre as Turf says', () => {
    const [outline = []] = discPolygon({ lng: 179.9, lat: 55.7, radiusMeters: 15_000 }).coordinates;
    const offs = outline.map((corner) => distance(corner, [179.9, 55.7], { units: 'meters' }) - 15_000);
    expect([outline[0], Math.max(...offs.map(Math.abs)) < 0.01]).toEqual([outline.at(-1), true]);
  });
});

describe('coversBox', () => {
  /** A disc, and a box somewhere in its surroundings, as shares of its radius. */
  const cases = fc.tuple(disc, double(-1.5, 1.5), double(-1.5, 1.5), double(0.01, 1.5));

  test('says what cutting the outline says', () => {
    fc.assert(
      fc.property(cases, ([{ lng, lat, radiusMeters }, dx, dy, size]) => {
        fc.pre(Math.abs(lat) + radiusMeters / 111_195 < 84);
        const x = lngToX(lng);
        const radius = radiusMeters / 40_030_000 / Math.cos((lat * Math.PI) / 180);
        const [minX, minY] = [x + dx * radius, latToY(lat) + dy * radius];
        const [maxX, maxY] = [minX + size * radius, minY + size * radius];
        const ring = discRing({ x, lat, radiusMeters }, 18).map((at, i) => at - (i % 2 === 0 ? minX : minY));
        const box = { minX: 0, minY: 0, maxX: maxX - minX, maxY: maxY - minY };
        const share = areaOf(clipRing(ring, box)) / (2 * box.maxX * box.maxY);
        const corners = cornersOfBox(minX, minY, maxX, maxY);
        // A corner that stands out by a hair's breadth takes the square of that off the area: either may be said of it.
        if (share < 0.999_9) expect(coversBox({ x, lat, radiusMeters }, corners)).toBe(false);
        if (share > 0.999_999_9)
          expect(coversBox({ x, lat, radiusMeters: radiusMeters * 1.001 }, corners)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('never says that a disc around a pole does', () => {
    const corners = cornersOfBox(0.5, 0.001, 0.501, 0.002);
    expect(coversBox({ x: 0.5, lat: 88, radiusMeters: 1e6 }, corners)).toBe(false);
  });
});

describe('clipRing', () => {
  const box = { minX: 0, minY: 0, maxX: 10, maxY: 10 };

  test('leaves what is inside', () => {
    expect(clipRing([1, 1, 9, 1, 9, 9], box)).toEqual([1, 1, 9, 1, 9, 9]);
  });

  test('leaves nothing of what is outside', () => {
    expect(clipRing([11, 1, 19, 1, 19, 9], box)).toEqual([]);
  });

  test('cuts at each edge', () => {
    expect(areaOf(clipRing([-5, -5, 15, -5, 15, 15, -5, 15], box))).toBe(200);
  });

  test('cuts a corner off', () => {
    expect(areaOf(clipRing([0, 0, 20, 0, 0, 20], box))).toBe(200);
  });
});
