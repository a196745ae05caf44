import { pointToPolygonDistance } from '@turf/turf';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { expect, test } from 'vitest';
import { outlineOf } from '../../src/domain/area-outline';
import { SPHERE_RADIUS_METERS } from '../../src/domain/haversine';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Quadrangles of up to four degrees, all over the map. */
const areas = fc
  .record({
    lng: double(-170, 170),
    lat: double(-80, 80),
    east: double(0.001, 2),
    north: double(0.001, 2),
    skew: double(-1, 1),
  })
  .map(({ lng, lat, east, north, skew }): Polygon => ({
    type: 'Polygon',
    coordinates: [
      [
        [lng - east, lat - north],
        [lng + east, lat - north * (1 - skew / 4)],
        [lng + east * (1 + skew / 2), lat + north],
        [lng - east, lat + north],
        [lng - east, lat - north],
      ],
    ],
  }));

test('the angles to an area are the distances that Turf has, to a centimetre', () => {
  fc.assert(
    fc.property(areas, double(-180, 180), double(-89, 89), fc.boolean(), (area, farLng, farLat, isNear) => {
      const [corner = []] = area.coordinates[0] ?? [];
      const [lng, lat] = isNear
        ? [(corner[0] ?? 0) + farLng / 90, (corner[1] ?? 0) + farLat / 90]
        : [farLng, farLat];
      const range = outlineOf(area).range(lng, lat);
      fc.pre(range !== undefined);
      const opposite = [lng > 0 ? lng - 180 : lng + 180, -lat];
      const [least, farthest] = [
        pointToPolygonDistance([lng, lat], area, { units: 'meters' }),
        Math.PI * SPHERE_RADIUS_METERS - pointToPolygonDistance(opposite, area, { units: 'meters' }),
      ];
      expect(Math.abs((range?.min ?? NaN) * SPHERE_RADIUS_METERS - least)).toBeLessThan(0.01);
      expect(Math.abs((range?.max ?? NaN) * SPHERE_RADIUS_METERS - farthest)).toBeLessThan(0.01);
    }),
    { numRuns: 300 },
  );
});

test('a point in the box of an area is left to Turf', () => {
  fc.assert(
    fc.property(areas, (area) => {
      const [lng = 0, lat = 0] = area.coordinates[0]?.[0] ?? [];
      expect(outlineOf(area).range(lng, lat)).toBeUndefined();
    }),
  );
});
