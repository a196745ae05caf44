import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { distance } from '@turf/turf';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { SightingTiles } from '../../src/map/tiles';
import { latToY, lngToX } from '../../src/map/mercator';
import { sampleSighting, sampleTable } from './sample';

const MAX_LAT = 85;

function pointAt(lng: number, lat: number, uncertainty = 100, id = 'sample'): Sighting {
  const geometry = { type: 'Point' as const, coordinates: [lng, lat] };
  return sampleSighting({ id, geometry, coordinateUncertaintyInMeters: uncertainty });
}

function tilesOf(sightings: readonly Sighting[]): SightingTiles {
  return new SightingTiles(sampleTable(sightings));
}

function features(tiles: SightingTiles, layer: string, z: number, x: number, y: number): VectorTileFeature[] {
  const found = new VectorTile(new PbfReader(tiles.tile(z, x, y))).layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found?.feature(i)).filter(
    (f) => f !== undefined,
  );
}

/** The tile that a place lies in. */
function tileAt(z: number, lng: number, lat: number): [z: number, x: number, y: number] {
  const tiles = 2 ** z;
  // 180 degrees is -180 degrees, and what rounds to it is too.
  return [z, Math.floor(lngToX(lng) * tiles) % tiles, Math.min(tiles - 1, Math.floor(latToY(lat) * tiles))];
}

function countsOf(marks: readonly VectorTileFeature[]): number[] {
  return marks.map(({ properties }) => Number(properties['count'])).toSorted((a, b) => a - b);
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const place = fc.oneof(
  fc.tuple(double(-180, 180), double(-MAX_LAT, MAX_LAT)),
  fc.tuple(double(37.5, 37.6), double(55.7, 55.8)),
  fc.constantFrom<[number, number][]>(
    [37.6, 55.7],
    [179.99999999999997, 0],
    [180, 10],
    [-180, 10],
    [180, 0],
    [0, 0],
  ),
);
const places = fc.array(place, { maxLength: 300 });

describe('marks', () => {
  test('every sighting with a place is counted once over all tiles of a zoom', () => {
    fc.assert(
      fc.property(places, fc.nat(14), (points, z) => {
        const tiles = tilesOf(points.map(([lng, lat], i) => pointAt(lng, lat, 100, `p-${i}`)));
        const wanted = new Map(
          points.map(([lng, lat]) => tileAt(z, lng, lat)).map((tile) => [tile.join(), tile]),
        );
        const counts = [...wanted.values()].flatMap((tile) => countsOf(features(tiles, 'marks', ...tile)));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(points.length);
      }),
      { numRuns: 60 },
    );
  });

  test('the tiles around hold none of them a second time', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 2, max: 14 }), ([lng, lat], z) => {
        const tiles = tilesOf([pointAt(lng, lat, 1000)]);
        const [, x, y] = tileAt(z, lng, lat);
        const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [x + dx, y + dy] as const));
        const counts = around
          .map(([tx, ty]) => [(tx + 2 ** z) % 2 ** z, ty] as const)
          .filter(([, ty]) => ty >= 0 && ty < 2 ** z)
          .flatMap(([tx, ty]) => countsOf(features(tiles, 'marks', z, tx, ty)));
        expect(counts).toEqual([1]);
      }),
      { numRuns: 60 },
    );
  });

  test.for([0, 3, 10])('a sighting beyond the edge of the map is still counted at zoom %i', (z) => {
    const tiles = tilesOf([pointAt(10, 89, 100, 'north'), pointAt(10, -89, 100, 'south')]);
    const both = new Map([tileAt(z, 10, 89), tileAt(z, 10, -89)].map((tile) => [tile.join(), tile]));
    const counts = [...both.values()].flatMap((tile) => countsOf(features(tiles, 'marks', ...tile)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test('a sighting without a place has none', () => {
    expect(features(tilesOf([sampleSighting({ geometry: null })]), 'marks', 0, 0, 0)).toEqual([]);
  });

  test('a table without sightings makes empty tiles', () => {
    expect(features(tilesOf([]), 'marks', 0, 0, 0)).toEqual([]);
  });

  test('only the rows asked for are there', () => {
    const tiles = tilesOf([pointAt(10, 10, 100, 'a'), pointAt(50, 50, 100, 'b')]);
    tiles.show(Uint32Array.of(1));
    const marks = features(tiles, 'marks', 0, 0, 0);
    expect(marks.map(({ properties }) => properties['row'])).toEqual([1]);
  });

  test('rows that are shown again are drawn as before, byte for byte', () => {
    fc.assert(
      fc.property(places, fc.nat(14), (points, z) => {
        const tiles = tilesOf(points.map(([lng, lat], i) => pointAt(lng, lat, 20_000, `p-${i}`)));
        const rows = Uint32Array.from(points.keys());
        const tile = tileAt(z, points[0]?.[0] ?? 0, points[0]?.[1] ?? 0);
        const before = tiles.tile(...tile);
        tiles.show(rows.filter((row) => row % 2 === 1));
        tiles.tile(...tile);
        tiles.show(rows);
        expect(tiles.tile(...tile)).toEqual(before);
        tiles.show(rows.filter((row) => row % 2 === 1));
        tiles.tile(...tile);
        tiles.show();
        expect(tiles.tile(...tile)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('rows that are hidden are drawn as if they were not in the table', () => {
    fc.assert(
      fc.property(places, fc.nat(14), (points, z) => {
        const sightings = points.map(([lng, lat], i) => pointAt(lng, lat, 20_000, `p-${i}`));
        const tile = tileAt(z, points[0]?.[0] ?? 0, points[0]?.[1] ?? 0);
        const filtered = tilesOf([...sightings, pointAt(points[0]?.[0] ?? 0, points[0]?.[1] ?? 0)]);
        filtered.tile(...tile);
        filtered.show(Uint32Array.from(sightings.keys()));
        expect(filtered.tile(...tile)).toEqual(tilesOf(sightings).tile(...tile));
      }),
      { numRuns: 60 },
    );
  });

  test('a shared mark tells how many are of each confidence', () => {
    const levels = ['high', 'low', 'high', 'moderate'] as const;
    const tiles = tilesOf(levels.map((confidence, i) => sampleSighting({ id: `p-${i}`, confidence })));
    const [mark] = features(tiles, 'marks', 0, 0, 0);
    expect(mark?.properties).toEqual({ count: 4, row: 0, high: 2, moderate: 1, low: 1 });
  });

  const neighbours = [pointAt(37.6, 55.7, 100, 'a'), pointAt(37.602, 55.7, 100, 'b')];

  test('neighbours share a mark when zoomed out', () => {
    expect(countsOf(features(tilesOf(neighbours), 'marks', 0, 0, 0))).toEqual([2]);
  });

  test('neighbours have a mark each when zoomed in', () => {
    const tiles = [37.6, 37.602].map((lng) => tileAt(16, lng, 55.7));
    const distinct = new Map(tiles.map((tile) => [tile.join(), tile]));
    const marks = [...distinct.values()].flatMap((tile) => features(tilesOf(neighbours), 'marks', ...tile));
    expect(countsOf(marks)).toEqual([1, 1]);
  });

  test('sightings of the same place share a mark at the highest zoom', () => {
    const same = ['a', 'b', 'c'].map((id) => pointAt(37.6, 55.7, 100, id));
    expect(countsOf(features(tilesOf(same), 'marks', ...tileAt(18, 37.6, 55.7)))).toEqual([3]);
  });

  test('a single mark tells row, system, confidence and status', () => {
    const sighting = { ...sampleSighting({ system: 's-400', confidence: 'high' }) };
    const [mark] = features(tilesOf([sighting]), 'marks', 0, 0, 0);
    expect(mark?.properties).toEqual({
      count: 1,
      row: 0,
      system: 's-400',
      confidence: 'high',
      status: 'reported',
      layer: 0,
    });
  });

  test('the system of a report that names none is empty', () => {
    const [mark] = features(tilesOf([sampleSighting()]), 'marks', 0, 0, 0);
    expect(mark?.properties['system']).toBe('');
  });

  test('a shared mark stands at the mean of its members', () => {
    const tiles = tilesOf([pointAt(1, 1, 100, 'a'), pointAt(2, 1, 100, 'b'), pointAt(3, 1, 100, 'c')]);
    const [mark] = features(tiles, 'marks', 0, 0, 0);
    expect(mark?.loadGeometry()[0]?.[0]?.x).toBeCloseTo(lngToX(2) * 4096, -0.5);
  });

  test.for([5, 11, 17])('a single mark stands where its sighting is, at zoom %i', (z) => {
    const [tile] = [tileAt(z, 37.6512, 55.7454)];
    const [mark] = features(tilesOf([pointAt(37.6512, 55.7454)]), 'marks', ...tile);
    const found = mark?.toGeoJSON(tile[1], tile[2], z).geometry;
    const coordinates = found?.type === 'Point' ? found.coordinates : [];
    const unit = 40_075_017 / 2 ** z / 4096;
    expect(distance(coordinates, [37.6512, 55.7454], { units: 'meters' })).toBeLessThan(unit);
  });
});

describe('discs', () => {
  test.for([0, 30, 55.75, 70, 80, -45].flatMap((lat) => [7, 11, 14].map((z) => [lat, z] as const)))(
    'at latitude %d and zoom %i the outline is as far from the centre as it should be',
    ([lat, z]) => {
      const [zoom, x, y] = tileAt(z, 37.6, lat);
      const radius = (256 * 40_075_017 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** z) / 4;
      const [disc] = features(tilesOf([pointAt(37.6, lat, radius)]), 'discs', zoom, x, y);
      const ring = disc?.loadGeometry()[0] ?? [];
      const whole = disc?.toGeoJSON(x, y, z).geometry;
      const outline = whole?.type === 'Polygon' ? (whole.coordinates[0] ?? []) : [];
      // Corners on the tile's buffered edge belong to the clip, not to the disc.
      const isClip = (i: number) => [ring[i]?.x ?? 0, ring[i]?.y ?? 0].some((at) => at <= -250 || at >= 4346);
      const own = outline.filter((_, i) => !isClip(i));
      const offs = own.map((corner) => distance(corner, [37.6, lat], { units: 'meters' }) / radius - 1);
      expect([own.length >= 16, Math.max(...offs.map(Math.abs)) < 0.01]).toEqual([true, true]);
    },
  );

  /** Whether a tile's middle lies in the disc, going by the outline's winding around it. */
  function coversMiddle(disc: VectorTileFeature | undefined): boolean {
    const ring = disc?.loadGeometry()[0] ?? [];
    let turn = 0;
    for (const [i, a] of ring.entries()) {
      const b = ring[(i + 1) % ring.length] ?? a;
      const [ax, ay, bx, by] = [a.x - 2048, a.y - 2048, b.x - 2048, b.y - 2048];
      turn += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
    return Math.abs(turn) > Math.PI;
  }

  test('a disc is also in a tile that its centre is not in', () => {
    const [z, x, y] = tileAt(12, 37.6, 55.7);
    expect(features(tilesOf([pointAt(37.6, 55.7, 15_000)]), 'discs', z, x + 1, y)).toHaveLength(1);
  });

  test('a tile inside a disc is covered by it', () => {
    const [z, x, y] = tileAt(14, 37.65, 55.72);
    const [disc] = features(tilesOf([pointAt(37.6, 55.7, 50_000)]), 'discs', z, x, y);
    expect(coversMiddle(disc)).toBe(true);
  });

  test('a tile inside a disc has no outline running through it', () => {
    const [z, x, y] = tileAt(14, 37.65, 55.72);
    const [disc] = features(tilesOf([pointAt(37.6, 55.7, 50_000)]), 'discs', z, x, y);
    const inside = (disc?.loadGeometry()[0] ?? []).filter(
      (corner) => corner.x > 0 && corner.x < 4096 && corner.y > 0 && corner.y < 4096,
    );
    expect(inside).toEqual([]);
  });

  test('a tile beside a disc has nothing of it', () => {
    const [z, x, y] = tileAt(12, 37.6, 55.7);
    expect(features(tilesOf([pointAt(37.6, 55.7, 1000)]), 'discs', z, x + 4, y)).toEqual([]);
  });

  test.for([
    [179.99, 0],
    [-179.99, 2 ** 10 - 1],
  ] as const)('a disc around longitude %d reaches across the antimeridian', ([lng, x]) => {
    const tiles = tilesOf([pointAt(lng, 10, 20_000)]);
    expect(features(tiles, 'discs', 10, x, tileAt(10, lng, 10)[2])).toHaveLength(1);
  });

  test('a disc at the antimeridian is not torn', () => {
    const tile = tileAt(10, 179.99, 10);
    const [disc] = features(tilesOf([pointAt(179.99, 10, 20_000)]), 'discs', ...tile);
    const xs = (disc?.loadGeometry()[0] ?? []).map((corner) => corner.x);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(-256);
  });

  test('a disc that is hardly wider than its mark is left out', () => {
    expect(features(tilesOf([pointAt(37.6, 55.7, 100)]), 'discs', 0, 0, 0)).toEqual([]);
  });

  test('a disc wider than the Earth makes a tile', () => {
    const tiles = tilesOf([pointAt(10, 10, 1e9)]);
    expect(() => tiles.tile(4, 8, 7)).not.toThrow();
  });

  const sharing = (count: number) =>
    Array.from({ length: count }, (_, i) => pointAt(37.6, 55.7, 1000 + 100 * i, `p-${i}`));
  const rowsOf = (discs: readonly VectorTileFeature[]) => discs.map(({ properties }) => properties['row']);

  test('of a few sightings that share a mark are all there', () => {
    const discs = features(tilesOf(sharing(4)), 'discs', ...tileAt(12, 37.6, 55.7));
    expect(rowsOf(discs)).toEqual([0, 1, 2, 3]);
  });

  test('of many sightings that share a mark the widest is there', () => {
    const discs = features(tilesOf(sharing(5)), 'discs', ...tileAt(12, 37.6, 55.7));
    expect(rowsOf(discs)).toEqual([4]);
  });

  const apart = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      pointAt(37.6 + 0.0005 * (i % 5), 55.7 + 0.0005 * Math.floor(i / 5), 3000 + i, `p-${i}`),
    );

  test('of some sightings with marks of their own are all there', () => {
    expect(features(tilesOf(apart(16)), 'discs', ...tileAt(15, 37.6, 55.7))).toHaveLength(16);
  });

  test('of a crowd as wide and at the same place the widest is there', () => {
    expect(rowsOf(features(tilesOf(apart(17)), 'discs', ...tileAt(15, 37.6, 55.7)))).toEqual([16]);
  });

  test('of another width is there beside a crowd', () => {
    const tiles = tilesOf([...apart(17), pointAt(37.601, 55.7002, 200, 'narrow')]);
    expect(rowsOf(features(tiles, 'discs', ...tileAt(15, 37.601, 55.7002)))).toContain(17);
  });

  test('a disc that is drawn is drawn in every tile that it reaches', () => {
    const tiles = tilesOf(sharing(9));
    const [z, x, y] = tileAt(15, 37.6, 55.7);
    const rows = [-1, 0, 1].map((dx) => rowsOf(features(tiles, 'discs', z, x + dx, y)));
    expect(rows).toEqual([[8], [8], [8]]);
  });

  test('an area has no disc', () => {
    expect(features(tilesOf([area(0.2)]), 'discs', ...tileAt(14, 37.6, 55.7))).toEqual([]);
  });
});

/** A square of some degrees around the sample's place. */
function area(size: number, id = 'area'): Sighting {
  const [west, south] = [37.6 - size / 2, 55.7 - size / 2];
  const ring = [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ];
  return sampleSighting({ id, geometry: { type: 'Polygon', coordinates: [ring] } });
}

describe('areas', () => {
  test.for([0, 15])('have a mark at zoom %i', (z) => {
    expect(features(tilesOf([area(0.01)]), 'marks', ...tileAt(z, 37.6, 55.7))).toHaveLength(1);
  });

  test('have no disc', () => {
    expect(features(tilesOf([area(0.1)]), 'discs', ...tileAt(12, 37.6, 55.7))).toEqual([]);
  });
});

describe('sharingMark', () => {
  test('lists as many rows as the mark counts', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), fc.nat(14), (points, z) => {
        const tiles = tilesOf(points.map(([lng, lat], i) => pointAt(lng, lat, 100, `p-${i}`)));
        const tile = tileAt(z, points[0]?.[0] ?? 0, points[0]?.[1] ?? 0);
        for (const { properties } of features(tiles, 'marks', ...tile)) {
          expect(tiles.sharingMark(Number(properties['row']), z)).toHaveLength(Number(properties['count']));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is the same for all that share', () => {
    const tiles = tilesOf([pointAt(1, 1, 100, 'a'), pointAt(2, 1, 100, 'b'), pointAt(60, 60, 100, 'c')]);
    expect([0, 1].map((row) => tiles.sharingMark(row, 0).toSorted())).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('on both sides of the antimeridian, which is one place', () => {
    const tiles = tilesOf([pointAt(180, 10, 100, 'east'), pointAt(-180, 10, 100, 'west')]);
    expect([0, 1].map((row) => tiles.sharingMark(row, 12).toSorted())).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('leaves out rows that are not shown', () => {
    const tiles = tilesOf([pointAt(1, 1, 100, 'a'), pointAt(1, 1, 100, 'b')]);
    tiles.show(Uint32Array.of(1));
    expect(tiles.sharingMark(1, 10)).toEqual([1]);
  });
});
