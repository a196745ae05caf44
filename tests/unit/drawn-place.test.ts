import { bbox, bboxPolygon, circle, distance } from '@turf/turf';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { checkGeometry } from '../../src/domain/geometry-rules';
import { IssueList } from '../../src/domain/issue';
import { areaOfText, readDecimals, textOfArea } from '../../src/domain/place-text';
import { draftFeatures, draftSources } from '../../src/map/draft-layers';
import { areaOfDrawn, boundsOfDrawn, circleOfDrawn, decimalsAtZoom } from '../../src/map/drawn-place';
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
    const [corners = []] = areaOfDrawn({ type: 'Polygon', coordinates: [ring] }, 9).coordinates;
    expect(corners).toEqual([
      [37.5, 55.6],
      [37.7, 55.61],
      [37.6, 55.9],
      [37.5, 55.6],
    ]);
  });

  test('as an area beyond the antimeridian is written where it lies', () => {
    const [west, south, east, north] = [181.2, 1, 182, 2];
    expect(areaOfDrawn(bboxPolygon([west, south, east, north]).geometry, 9)).toEqual(
      bboxPolygon([-178.8, south, -178, north]).geometry,
    );
  });

  test('as an area across the antimeridian is cut there, as the contract wants it', () => {
    const anywhere = fc.record({
      seam: fc.constantFrom(-180, 180),
      off: fc.double({ min: -1.8, max: 1.8, noNaN: true }),
      lat: fc.double({ min: -70, max: 70, noNaN: true }),
      steps: fc.integer({ min: 3, max: 24 }),
      turned: fc.boolean(),
    });
    fc.assert(
      fc.property(anywhere, ({ seam, off, lat, steps, turned }) => {
        const ring = Array.from({ length: steps }, (_, at): Position => {
          const angle = (2 * Math.PI * at) / steps;
          return [seam + off + 2 * Math.cos(angle), lat + Math.sin(angle)];
        });
        const closed = [...ring, ring[0] ?? []];
        const area = areaOfDrawn({ type: 'Polygon', coordinates: [turned ? closed.reverse() : closed] }, 12);
        const report = new IssueList(0, null);
        checkGeometry({ geometry: areaOfText(textOfArea(area), readDecimals) }, report);
        expect(report.issues).toEqual([]);
        const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
        const width = (rings: Position[][]) => {
          const [w, , e] = bbox({ type: 'Polygon', coordinates: rings });
          return e - w;
        };
        const [w, , e] = bbox({ type: 'Polygon', coordinates: [closed] });
        expect(polygons.reduce((sum, rings) => sum + width(rings), 0)).toBeCloseTo(e - w, 2);
      }),
    );
  });

  test('as an area that goes back and forth across the antimeridian is refused by name', () => {
    const ring = [
      [179, 0],
      [181, 0],
      [181, 1],
      [179.5, 1],
      [179.5, 2],
      [181, 2],
      [181, 3],
      [179, 3],
      [179, 0],
    ];
    const report = new IssueList(0, null);
    checkGeometry({ geometry: areaOfDrawn({ type: 'Polygon', coordinates: [ring] }, 9) }, report);
    expect(report.issues[0]?.message).toContain('longitude 181 is outside -180 to 180');
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
