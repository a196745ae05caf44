import { circle, distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftFeatures, draftSources } from '../../src/map/draft-layers';
import { boundsOfDrawn, circleOfDrawn, cornersOfDrawn, decimalsAtZoom } from '../../src/map/drawn-place';
import { TILE_PIXELS } from '../../src/map/mercator';

const zooms = fc.double({ min: 0, max: 18, noNaN: true });

describe('what is drawn', () => {
  test('is never written more finely than a pixel, nor more finely than a metre', () => {
    fc.assert(
      fc.property(zooms, (zoom) => {
        const decimals = decimalsAtZoom(zoom);
        const degreesPerPixel = 360 / (TILE_PIXELS * 2 ** zoom);
        expect(decimals).toBeLessThanOrEqual(5);
        if (decimals > 0) expect(10 ** -decimals).toBeGreaterThanOrEqual(degreesPerPixel * 0.999);
        if (decimals < 5) expect(10 ** -(decimals + 1)).toBeLessThan(degreesPerPixel * 1.001);
      }),
    );
  });

  test('as a circle has the middle and the radius that it was drawn with', () => {
    const lngs = fc.double({ min: -180, max: 179.9, noNaN: true });
    const lats = fc.double({ min: -70, max: 70, noNaN: true });
    const pixels = fc.double({ min: 20, max: 400, noNaN: true });
    fc.assert(
      fc.property(
        lngs,
        lats,
        pixels,
        fc.double({ min: 4, max: 16, noNaN: true }),
        (lng, lat, radius, zoom) => {
          const metersPerPixel = (40_030_000 * Math.cos((lat * Math.PI) / 180)) / (TILE_PIXELS * 2 ** zoom);
          const meters = radius * metersPerPixel;
          const drawn = circleOfDrawn(
            circle([lng, lat], meters, { units: 'meters', steps: 64 }).geometry,
            zoom,
          );
          expect(drawn.lng).toBeGreaterThanOrEqual(-180);
          expect(drawn.lng).toBeLessThan(180.0001);
          const step = 10 ** -decimalsAtZoom(zoom);
          expect(distance([lng, lat], [drawn.lng, drawn.lat], { units: 'meters' })).toBeLessThan(
            step * 111_200,
          );
          expect(drawn.radiusMeters).toBeGreaterThanOrEqual(Math.floor(meters));
          expect(drawn.radiusMeters).toBeLessThanOrEqual(meters + Math.max(1, 10 * metersPerPixel * 1.01));
        },
      ),
    );
  });

  test('as an area loses what rounding makes the same', () => {
    const ring = [
      [37.50001, 55.6],
      [37.50002, 55.6],
      [37.7, 55.61],
      [37.6, 55.9],
      [37.50001, 55.6],
    ];
    expect(cornersOfDrawn({ type: 'Polygon', coordinates: [ring] }, 9)).toEqual([
      [37.5, 55.6],
      [37.7, 55.61],
      [37.6, 55.9],
    ]);
    expect(
      cornersOfDrawn(
        {
          type: 'Polygon',
          coordinates: [
            [
              [181.2, 1],
              [182, 1],
              [182, 2],
              [181.2, 1],
            ],
          ],
        },
        9,
      )[0],
    ).toEqual([-178.8, 1]);
  });
});

describe('the place that is written', () => {
  test('is a point with its disc, an area, or nothing', () => {
    const point = { type: 'Point' as const, coordinates: [37.6, 55.7] };
    const types = (features: ReturnType<typeof draftFeatures>) =>
      features.map(({ geometry }) => geometry.type);
    expect(types(draftFeatures(point, 500))).toEqual(['Polygon', 'Point']);
    expect(types(draftFeatures(point, undefined))).toEqual(['Point']);
    expect(draftFeatures(null, 500)).toEqual([]);
    expect(draftSources(draftFeatures(point, 500))).toHaveProperty('draft.data.features.length', 2);
  });

  test('has bounds that hold it', () => {
    const point = { type: 'Point' as const, coordinates: [37.6, 55.7] };
    expect(boundsOfDrawn([])).toBeUndefined();
    const [west = NaN, south = NaN, east = NaN, north = NaN] =
      boundsOfDrawn(draftFeatures(point, 1000)) ?? [];
    expect(distance([west, south], [east, north], { units: 'meters' })).toBeCloseTo(
      Math.hypot(2000, 2000),
      -2,
    );
  });
});
