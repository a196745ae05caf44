import { describe, expect, test } from 'vitest';
import { baseOfStyle, parseAttribution } from '../../src/map/foreign-base';
import { graticule } from '../../src/map/graticule';

describe('an attribution', () => {
  test.for([
    ['a link', '<a href="https://a.org/">A</a>', [{ text: 'A', url: 'https://a.org/' }]],
    [
      'words around a link',
      '&copy; <a href="https://a.org">A</a> contributors',
      [{ text: '© A contributors', url: 'https://a.org' }],
    ],
    [
      'several links',
      "<a href='https://a.org'>A</a> | <a href='https://b.org'>B &amp; C</a>",
      [
        { text: 'A', url: 'https://a.org' },
        { text: 'B & C', url: 'https://b.org' },
      ],
    ],
    ['plain words', 'Made by hand', [{ text: 'Made by hand' }]],
    ['nothing', '', []],
    ['a script', '<script>alert(1)</script>', [{ text: 'alert(1)' }]],
    ['a link that is none', '<a href="javascript:alert(1)">A</a>', [{ text: 'A' }]],
  ] as const)('of %s is credits, never markup', ([, html, credits]) => {
    expect(parseAttribution(html)).toEqual(credits);
  });
});

describe('a foreign style', () => {
  const base = baseOfStyle(
    {
      version: 8,
      glyphs: '../fonts/{fontstack}/{range}.pbf',
      sprite: [{ id: 'default', url: 'sprites/a' }],
      sources: {
        tiles: { type: 'vector', tiles: ['/t/{z}/{x}/{y}'], attribution: 'Tile makers' },
        json: { type: 'vector', url: 'tiles.json' },
        points: { type: 'geojson', data: 'points.geojson' },
      },
      layers: [{ id: 'roads', type: 'line', source: 'tiles', 'source-layer': 'roads' }],
    },
    'https://maps.example.org/styles/street/style.json',
  );

  test('has its relative addresses made absolute, placeholders kept', () => {
    expect([base.glyphs, base.sprite, base.sources]).toEqual([
      'https://maps.example.org/styles/fonts/{fontstack}/{range}.pbf',
      [{ id: 'default', url: 'https://maps.example.org/styles/street/sprites/a' }],
      {
        'base/tiles': {
          type: 'vector',
          tiles: ['https://maps.example.org/t/{z}/{x}/{y}'],
          attribution: 'Tile makers',
        },
        'base/json': { type: 'vector', url: 'https://maps.example.org/styles/street/tiles.json' },
        'base/points': { type: 'geojson', data: 'https://maps.example.org/styles/street/points.geojson' },
      },
    ]);
  });

  test('keeps its layers on its own sources', () => {
    expect(base.layers).toEqual([
      { id: 'base/roads', type: 'line', source: 'base/tiles', 'source-layer': 'roads' },
    ]);
  });

  test('is credited', () => {
    expect(base.credits).toEqual([{ text: 'Tile makers' }]);
  });
});

describe('the graticule', () => {
  const labels = (extent: Parameters<typeof graticule>[0]) =>
    graticule(extent).map(({ properties }) => properties?.['label'] as string);

  test('has round degrees, as many as fit', () => {
    expect(labels({ west: 37.48, south: 55.68, east: 37.72, north: 55.79 })).toEqual([
      '37.50°E',
      '37.55°E',
      '37.60°E',
      '37.65°E',
      '37.70°E',
      '55.70°N',
      '55.75°N',
    ]);
  });

  test('goes on over the antimeridian', () => {
    expect(labels({ west: 179.95, south: 0, east: 180.05, north: 0.01 })).toContain('179.98°W');
  });

  test('names the equator and the prime meridian without a side', () => {
    expect(labels({ west: -0.1, south: -0.1, east: 0.1, north: 0.1 })).toContain('0.00°');
  });
});
