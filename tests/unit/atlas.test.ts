import { openAsBlob, statSync } from 'node:fs';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import { openTileArchiveFile } from '../../src/io/tile-archive';
import { lngToX, latToY } from '../../src/map/mercator';

const FILE = new URL('../../geo/basemap/atlas.pmtiles', import.meta.url);

const archive = await openTileArchiveFile(new File([await openAsBlob(FILE)], 'atlas.pmtiles'));

async function tileAt(
  lng: number,
  lat: number,
  z: number,
): Promise<{ tile: VectorTile; x: number; y: number; z: number }> {
  const x = Math.floor(lngToX(lng) * 2 ** z);
  const y = Math.floor(latToY(lat) * 2 ** z);
  const bytes = await archive.tile(z, x, y);
  if (!bytes) throw new Error(`The archive has no tile ${z}/${x}/${y}.`);
  return { tile: new VectorTile(new PbfReader(new Uint8Array(bytes))), x, y, z };
}

function featuresOf(tile: VectorTile, layer: string): VectorTileFeature[] {
  const found = tile.layers[layer];
  return found ? Array.from({ length: found.length }, (_, i) => found.feature(i)) : [];
}

async function placeNamed(latin: string, lng: number, lat: number) {
  const { tile } = await tileAt(lng, lat, 6);
  return featuresOf(tile, 'places').find(({ properties }) => properties['name_latin'] === latin)?.properties;
}

describe('the built-in atlas', () => {
  test('is at most 14 MB', () => {
    expect(statSync(FILE).size).toBeLessThanOrEqual(14_000_000);
  });

  test('shows the world, from zoom 0 to 8', () => {
    const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = archive.header;
    expect([minZoom, maxZoom, minLon, maxLon]).toEqual([0, 8, -180, 180]);
    expect([minLat, maxLat]).toEqual([expect.closeTo(-85.05, 1), expect.closeTo(85.05, 1)]);
  });

  test('has zoom 7 and 8 for lng 18..62, lat 43..70, and not beyond', async () => {
    const at = async (lng: number, lat: number) => {
      const found = [7, 8].map((z) =>
        archive.tile(z, Math.floor(lngToX(lng) * 2 ** z), Math.floor(latToY(lat) * 2 ** z)),
      );
      return (await Promise.all(found)).map((tile) => tile !== undefined);
    };
    expect(await at(18.1, 43.1)).toEqual([true, true]);
    expect(await at(61.9, 69.9)).toEqual([true, true]);
    expect(await at(-74, 40.7)).toEqual([false, false]);
  });

  test('has the layers that the style draws', () => {
    expect([...archive.layers].sort()).toEqual([
      'borders',
      'lakes',
      'land',
      'places',
      'rivers',
      'urban',
      'water',
    ]);
  });

  test.for([
    ['Moscow', 37.62, 55.75, 'Москва', 'Москва'],
    ['Kyiv', 30.52, 50.45, 'Киев', 'Київ'],
    ['Mariupol', 37.55, 47.1, 'Мариуполь', 'Маріуполь'],
    ['Sevastopol', 33.52, 44.6, 'Севастополь', 'Севастополь'],
  ] as const)('knows %s by its Latin, Russian and local names', async ([latin, lng, lat, russian, local]) => {
    expect(await placeNamed(latin, lng, lat)).toMatchObject({ name_ru: russian, name_local: local });
  });

  /** Borders on the isthmus of Crimea, by their attributes. */
  async function bordersOnIsthmus(z: number) {
    const { tile, x, y } = await tileAt(33.7, 46.15, z);
    return featuresOf(tile, 'borders')
      .filter((feature) => {
        const { geometry } = feature.toGeoJSON(x, y, z);
        const lines =
          geometry.type === 'LineString'
            ? [geometry.coordinates]
            : geometry.type === 'MultiLineString'
              ? geometry.coordinates
              : [];
        return lines
          .flat()
          .some(([lng = 0, lat = 0]) => lng > 33.4 && lng < 34.9 && lat > 45.8 && lat < 46.3);
      })
      .map(({ properties }) => properties);
  }

  test.for([3, 4, 5, 6, 7, 8])('has no solid border across the isthmus of Crimea at zoom %i', async (z) => {
    const found = await bordersOnIsthmus(z);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ disputed }) => disputed !== 1)).toEqual([]);
  });

  test('writes no Latin name in Cyrillic, and every capital in Russian', async () => {
    const size = 2 ** 6;
    const wrong: unknown[] = [];
    for (let x = 0; x < size; x++) {
      for (let y = 0; y < size; y++) {
        const bytes = await archive.tile(6, x, y);
        if (!bytes) continue;
        const tile = new VectorTile(new PbfReader(new Uint8Array(bytes)));
        for (const { properties } of featuresOf(tile, 'places')) {
          const { name_latin: latin, name_ru: russian, capital, population } = properties;
          const isCyrillic = /\p{Script=Cyrillic}/u.test(String(latin));
          const isNameless = capital === 1 && Number(population) > 20_000 && russian === undefined;
          if (isCyrillic || isNameless) wrong.push(latin);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('draws a recognised border solid', async () => {
    const { tile } = await tileAt(36.2, 50.4, 6); // Ukraine and Russia, north of Kharkiv
    const countries = featuresOf(tile, 'borders').filter(({ properties }) => properties['level'] === 0);
    expect(countries.map(({ properties }) => properties['disputed'])).toContain(0);
  });
});
