import { distance } from '@turf/turf';
import { describe, expect, test } from 'vitest';
import { boundsOfRows, openingBounds } from '../../src/map/opening-view';
import { allRows, sampleSighting, sampleTable } from './sample';

const at = (lng: number, lat: number, uncertainty = 100, id = 'sample') =>
  sampleSighting({
    id,
    geometry: { type: 'Point', coordinates: [lng, lat] },
    coordinateUncertaintyInMeters: uncertainty,
  });

describe('the bounds of rows', () => {
  test('hold the whole disc of a sighting', () => {
    const table = sampleTable([at(37.6, 55.7, 10_000)]);
    const [west = 0, south = 0, east = 0, north = 0] = boundsOfRows(table, allRows(table)) ?? [];
    const reach = [
      [west, 55.7],
      [east, 55.7],
      [37.6, south],
      [37.6, north],
    ].map((edge) => Math.round(distance([37.6, 55.7], edge, { units: 'meters' }) / 100));
    expect(reach).toEqual([100, 100, 100, 100]);
  });

  test('hold all of them', () => {
    const table = sampleTable([at(10, 20, 1, 'a'), at(30, 40, 1, 'b')]);
    expect(boundsOfRows(table, allRows(table))?.map((degrees) => Math.round(degrees))).toEqual([
      10, 20, 30, 40,
    ]);
  });

  test('are narrow for neighbours across the antimeridian', () => {
    const table = sampleTable([at(179.9, 10, 1, 'a'), at(-179.9, 10, 1, 'b')]);
    const [west = 0, , east = 0] = boundsOfRows(table, allRows(table)) ?? [];
    expect(east - west).toBeCloseTo(0.2, 3);
  });

  test('of rows without a place are none', () => {
    const table = sampleTable([sampleSighting({ geometry: null })]);
    expect(boundsOfRows(table, allRows(table))).toBeUndefined();
  });

  test('of no rows are none', () => {
    expect(boundsOfRows(sampleTable([at(1, 1)]), [])).toBeUndefined();
  });
});

describe('the opening view', () => {
  test('passes over the one that is far from the many', () => {
    const near = Array.from({ length: 9 }, (_, i) => at(37 + i / 10, 55, 100, `near-${i}`));
    const bounds = openingBounds(sampleTable([...near, at(-120, 40, 100, 'far')]));
    expect(bounds?.[0]).toBeGreaterThan(30);
  });

  test('of a table without places is none', () => {
    expect(openingBounds(sampleTable([]))).toBeUndefined();
  });
});
