import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { distance } from '@turf/turf';
import type { FeatureCollection, Geometry } from 'geojson';
import { describe, expect, test } from 'vitest';
import { measure } from '../../src/domain/measure';
import { MARK_SHAPES, type System } from '../../src/domain/sighting';
import { CONFIDENCES } from '../../src/domain/table';
import { atlasBase, emptyBase } from '../../src/map/atlas';
import { LABELS, type Labels } from '../../src/map/base';
import { baseOfStyle } from '../../src/map/foreign-base';
import { areaFeatures } from '../../src/map/layers';
import { legend } from '../../src/map/legend';
import { readMeasurement } from '../../src/domain/measurement';
import { type Ring, ringSources } from '../../src/map/ring-layers';
import { type DrawnMeasurement, rulerSources } from '../../src/map/ruler-layers';
import { inOrder } from '../../src/map/order';
import { protomapsBase } from '../../src/map/protomaps';
import { overlaysOf } from '../../src/map/overlays';
import { type MapState, style as styleWith } from '../../src/map/style';
import {
  type SymbolDrawing,
  drawingOfImage,
  markDrawing,
  markImage,
  referencePointImage,
} from '../../src/map/symbols';
import { DARK, LIGHT } from '../../src/map/theme';
import { geoReferencePoints, geoSystems } from './fixtures';
import { allRows, sampleSighting, sampleTable } from './sample';

const THEMES = [LIGHT, DARK];
const center: [number, number] = [37.6, 55.7];

const square = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [37, 55],
      [38, 55],
      [38, 56],
      [37, 55],
    ],
  ],
};
const tableWithArea = sampleTable([sampleSighting(), sampleSighting({ id: 'area', geometry: square })]);
const areas = areaFeatures(tableWithArea, allRows(tableWithArea));
const noAreas: FeatureCollection = { type: 'FeatureCollection', features: [] };

function mapState(changes: Partial<MapState> = {}): MapState {
  return {
    theme: LIGHT,
    base: atlasBase(changes.theme ?? LIGHT, 'latin', 'archive://atlas'),
    graticule: undefined,
    tilesUrl: 'sightings://0/{z}/{x}/{y}',
    fontFaces: { 'Noto Sans Regular': 'http://localhost/regular.woff2' },
    systems: geoSystems(),
    referencePoints: geoReferencePoints(),
    shownCount: 8,
    layerRings: [],
    areas: noAreas,
    rings: [],
    measured: undefined,
    draft: [],
    selected: undefined,
    ...changes,
  };
}

const style = (state: MapState) => styleWith(state, overlaysOf(state.theme, state));

const lines = geoReferencePoints().map((to) => ({
  from: center,
  to,
  label: '13.4 km',
  interval: measure({ lng: center[0], lat: center[1], uncertaintyMeters: 500 }, to),
  isEndInView: false,
}));
const unnamed: System[] = [];

test('what there is nothing of is not drawn: its tiles would take as long as those of others', () => {
  const isDrawn = (state: MapState, source: string) =>
    style(state)
      .layers.filter((layer) => 'source' in layer && layer.source === source)
      .some(({ layout }) => layout?.visibility !== 'none');
  const extent = { west: 37, south: 55, east: 38, north: 56 };
  expect(isDrawn(mapState(), 'areas')).toBe(false);
  expect(isDrawn(mapState({ areas }), 'areas')).toBe(true);
  expect(isDrawn(mapState(), 'graticule')).toBe(false);
  expect(isDrawn(mapState({ graticule: extent }), 'graticule')).toBe(true);
  expect(isDrawn(mapState(), 'sightings')).toBe(true);
});

test('what changes changes at once: a map of discs takes long to draw', () => {
  expect(style(mapState()).transition).toEqual({ duration: 0, delay: 0 });
});

const states = THEMES.flatMap((theme) =>
  (
    [undefined, { row: 0, center, lines: [] }, { row: 0, center, uncertaintyMeters: 500, lines }] as const
  ).flatMap((selected) =>
    [unnamed, geoSystems()].flatMap((systems) =>
      [noAreas, areas].map((shown) => ({
        name: `${theme.id}, ${selected ? `selected with ${selected.lines.length} lines` : 'nothing selected'}, ${systems.length} systems, ${shown.features.length} areas`,
        state: mapState({ theme, selected, systems, areas: shown }),
      })),
    ),
  ),
);

const foreign = baseOfStyle(
  {
    version: 8,
    glyphs: 'fonts/{fontstack}/{range}.pbf',
    sprite: 'sprite',
    sources: { roads: { type: 'vector', tiles: ['tiles/{z}/{x}/{y}.pbf'] } },
    layers: [
      { id: 'background', type: 'background' },
      { id: 'marks', type: 'line', source: 'roads', 'source-layer': 'roads' },
    ],
  },
  'https://example.org/styles/street.json',
);
const labels = Object.keys(LABELS) as Labels[];
const bases = THEMES.flatMap((theme) => [
  { name: `${theme.id}, nothing`, base: emptyBase(theme) },
  { name: `${theme.id}, a foreign style`, base: foreign },
  ...labels.flatMap((names) => [
    { name: `${theme.id}, atlas, ${names}`, base: atlasBase(theme, names, 'archive://atlas') },
    {
      name: `${theme.id}, Protomaps, ${names}`,
      base: protomapsBase(theme, names, {
        url: 'archive://mine',
        layers: ['earth', 'water', 'roads', 'places'],
        credits: [],
      }),
    },
  ]),
]);

describe('the style over a base', () => {
  test.for(bases)('is valid: $name', ({ base }) => {
    const graticule = { west: 37, south: 55, east: 38, north: 56 };
    expect(validateStyleMin(style(mapState({ base, graticule })))).toEqual([]);
  });

  test.for(bases)('has every layer of the base below the sightings: $name', ({ base }) => {
    const ids = style(mapState({ base })).layers.map(({ id }) => id);
    const own = base.layers.map(({ id }) => id);
    const below = ids.slice(0, ids.indexOf('area-fills'));
    expect(below.filter((id) => own.includes(id))).toEqual(own);
  });

  test('keeps names of its own apart from those of a foreign style', () => {
    const ids = style(mapState({ base: foreign })).layers.map(({ id }) => id);
    expect(ids.filter((id) => id.endsWith('marks'))).toEqual(['base/marks', 'marks']);
  });
});

describe('the style', () => {
  test.for(states)('is valid: $name', ({ state }) => {
    expect(validateStyleMin(style(state))).toEqual([]);
  });

  test('has no layer twice', () => {
    const ids = style(mapState()).layers.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('draws marks over discs, and both over the land', () => {
    const ids = style(mapState()).layers.map(({ id }) => id);
    const wanted = ['base/land', 'disc-fills', 'marks'];
    expect(ids.filter((id) => wanted.includes(id))).toEqual(wanted);
  });

  test('asks nothing of another host', () => {
    const text = JSON.stringify(style(mapState({ areas })).sources);
    expect(text.match(/https?:\/\/[^/"]+/g)?.filter((host) => host !== 'http://localhost') ?? []).toEqual([]);
  });

  test('does not change its state', () => {
    const points = Object.freeze(geoReferencePoints());
    expect(() => style(Object.freeze(mapState({ referencePoints: points })))).not.toThrow();
  });

  test('has only images that can be drawn', () => {
    const text = JSON.stringify(THEMES.map((theme) => style(mapState({ theme })).layers));
    const images = text.match(/"(?:light|dark)\/[^"]*"/g) ?? [];
    const unknown = images.filter((image) => !drawingOfImage(JSON.parse(image) as string, THEMES));
    expect([images.length > 0, unknown]).toEqual([true, []]);
  });

  test('does not change the layers of the sightings with the selection, for that parses every tile again', () => {
    const ofSightings = (selected: MapState['selected']) =>
      style(mapState({ selected })).layers.filter(
        (layer) => 'source' in layer && layer.source === 'sightings',
      );
    expect(ofSightings({ row: 0, center, lines })).toEqual(ofSightings(undefined));
  });

  test.for([
    [500, ['Point', 'Polygon']],
    [undefined, ['Point']],
  ] as const)('has the place of the selection, uncertain by %s metres', ([uncertaintyMeters, types]) => {
    const selected = { row: 0, center, lines, ...(uncertaintyMeters ? { uncertaintyMeters } : {}) };
    const source = style(mapState({ selected })).sources['selection'];
    const data = source?.type === 'geojson' ? (source.data as FeatureCollection) : noAreas;
    expect(data.features.map(({ geometry }) => geometry.type)).toEqual(types);
  });

  test('has no line to a reference point that the selection lies on', () => {
    const [first] = lines;
    const here = lines.filter((line) => line === first).map((line) => ({ ...line, from: center }));
    const on = here.map(({ to, ...line }) => ({
      ...line,
      to: { ...to, lng: center[0], lat: center[1] },
      interval: { ...line.interval, meters: 0 },
    }));
    const { sources } = style(mapState({ selected: { row: 0, center, lines: on } }));
    expect(sources['reference-lines']).toMatchObject({ data: { features: [] } });
  });
});

describe('the ring of a condition on the distance', () => {
  const ringAt = (lng: number, lat: number, meters: number): Ring => ({
    lng,
    lat,
    meters,
    label: '10 km',
    kind: 'ring',
  });
  const ringOf = (near: { lng: number; lat: number; meters: number }) => {
    const data = ringSources([ringAt(near.lng, near.lat, near.meters)])['rings'] as {
      data: FeatureCollection;
    };
    const [ring] = data.data.features;
    return ring?.geometry.type === 'LineString' ? ring.geometry.coordinates : [];
  };

  test('is as far from its place all around as it says', () => {
    const around = ringOf({ lng: 37.6, lat: 55.75, meters: 10_000 });
    const off = around.map((corner) =>
      Math.abs(distance([37.6, 55.75], corner, { units: 'meters' }) - 10_000),
    );
    expect([around.length > 100, Math.max(...off) < 1]).toEqual([true, true]);
  });

  test('goes on across the antimeridian', () => {
    const lngs = ringOf({ lng: 179.9, lat: 0, meters: 50_000 }).map(([lng = NaN]) => lng);
    const steps = lngs.slice(1).map((lng, i) => Math.abs(lng - (lngs[i] ?? NaN)));
    expect([Math.max(...lngs) > 180, Math.max(...steps) < 1]).toEqual([true, true]);
  });

  test('is nothing without a condition', () => {
    expect(ringSources([])['rings']).toMatchObject({ data: { features: [] } });
  });

  /** What is drawn, by its kind and label; a middle has neither. */
  const drawn = (rings: readonly Ring[]) => {
    const { data } = ringSources(rings)['rings'] as { data: FeatureCollection };
    return data.features.map(({ properties }) => [properties?.['kind'], properties?.['label']]);
  };

  test('is drawn one time where two are the same, with the label that one of them has', () => {
    const ring = ringAt(37.6, 55.75, 10_000);
    const again = drawn([{ ...ring, label: '' }, ring, { ...ring, label: '' }]);
    expect(again).toEqual(drawn([ring]));
    expect(again).toHaveLength(2); // the circle and its middle
  });

  test('shares its middle with the others around it', () => {
    const rings = [5000, 10_000, 20_000].map((meters) => ringAt(37.6, 55.75, meters));
    expect(drawn(rings).filter(([kind]) => kind === undefined)).toHaveLength(1);
  });

  test('has a line to what was measured, in one piece across the antimeridian', () => {
    const ring = { ...ringAt(179.9, 0, 10_000), reach: { lng: -179.9, lat: 0.1, label: '25 km' } };
    const { data } = ringSources([ring])['rings'] as { data: FeatureCollection };
    const line = data.features.find(({ properties }) => properties?.['kind'] === 'reach')?.geometry;
    const lngs = line?.type === 'LineString' ? line.coordinates.map(([lng = NaN]) => lng) : [];
    const steps = lngs.slice(1).map((lng, i) => Math.abs(lng - (lngs[i] ?? NaN)));
    expect([lngs.length > 1, Math.max(...steps) < 1, Math.max(...lngs)]).toEqual([
      true,
      true,
      expect.closeTo(180.1, 5) as number,
    ]);
  });

  test.for(THEMES)('has layers that the style specification accepts, $id', (theme) => {
    const ring = { ...ringAt(37.6, 55.75, 10_000), reach: { lng: 37.7, lat: 55.8, label: '8 km' } };
    const rings: Ring[] = [ring, { ...ring, meters: 8000, kind: 'band' }];
    expect(validateStyleMin(style(mapState({ theme, rings })))).toEqual([]);
  });
});

describe('discs', () => {
  const opacityOf = (shownCount: number) => {
    const layer = style(mapState({ shownCount })).layers.find(({ id }) => id === 'disc-fills');
    return layer?.type === 'fill' ? Number(layer.paint?.['fill-opacity']) : NaN;
  };

  test('are as strong for a few sightings as for one', () => {
    expect([1, 8, 200].map(opacityOf)).toEqual([0.13, 0.13, 0.13]);
  });

  test('are weaker the more there are, and never gone', () => {
    const [some = NaN, many = NaN, most = NaN] = [1000, 5000, 1_000_000].map(opacityOf);
    expect([some < 0.13, many < some, most <= many, most > 0.02]).toEqual([true, true, true, true]);
  });
});

describe('rings around the marks of data sets', () => {
  const ringsOf = (layerRings: MapState['layerRings']) =>
    style(mapState({ layerRings })).layers.find(({ id }) => id === 'layer-rings');

  test('are not drawn for a data set by itself', () => {
    expect(ringsOf(['none'])).toMatchObject({ layout: { visibility: 'none' } });
  });

  test('have the colour of their data set, by the index of its layer', () => {
    expect(ringsOf(['none', 'teal', 'rose'])).toMatchObject({
      layout: { visibility: 'visible' },
      paint: {
        'circle-stroke-color': [
          'match',
          ['get', 'layer'],
          1,
          LIGHT.rings.teal,
          2,
          LIGHT.rings.rose,
          'transparent',
        ],
      },
    });
  });

  test('are in the legend where there are several', () => {
    const one = { name: 'Moscow', ring: 'none' } as const;
    const other = { name: 'Kyiv', ring: 'teal' } as const;
    const labels = (sets: Parameters<typeof legend>[3]) =>
      legend(LIGHT, [], false, sets).dataSets.map(({ label }) => label);
    expect([labels([one]), labels([one, other])]).toEqual([[], ['Moscow', 'Kyiv']]);
  });
});

describe('areas', () => {
  test('are the rows that are areas', () => {
    expect(areas.features.map(({ properties }) => properties)).toEqual([
      { row: 1, confidence: 'low', system: '' },
    ]);
  });

  test('are parsed once for all filters', () => {
    const [area] = areaFeatures(tableWithArea, Uint32Array.of(1)).features;
    expect(areas.features[0]).toBe(area);
  });

  test('have the very geometry of their record', () => {
    expect(areas.features[0]?.geometry).toEqual(square);
  });
});

describe('the order of layers', () => {
  const discs = { id: 'disc-fills', type: 'fill', source: 'sightings' } as const;
  const marks = { id: 'marks', type: 'symbol', source: 'sightings' } as const;

  test('is the same however they come', () => {
    expect(inOrder([marks, discs]).map(({ id }) => id)).toEqual(['disc-fills', 'marks']);
  });

  test('throws for a layer that is not in it, and names it', () => {
    expect(() => inOrder([discs, { id: 'extra', type: 'background' }])).toThrow('"extra"');
  });

  test('leaves the list that it was given as it was', () => {
    expect(inOrder(Object.freeze([marks, discs]))).toHaveLength(2);
  });
});

describe('symbols', () => {
  const marks = THEMES.flatMap((theme) =>
    MARK_SHAPES.flatMap((shape) =>
      CONFIDENCES.map((confidence) => ({
        theme,
        shape,
        confidence,
        name: markImage(theme, shape, confidence),
      })),
    ),
  );

  test.for(marks)('$name is drawn', ({ theme, shape, confidence, name }) => {
    expect(drawingOfImage(name, THEMES)).toEqual(markDrawing(theme, shape, confidence));
  });

  test.for(THEMES)('the reference point of the $id theme is drawn', (theme) => {
    expect(drawingOfImage(referencePointImage(theme), THEMES)?.parts).not.toEqual([]);
  });

  test.for([
    '',
    '/',
    'light',
    'sepia/mark/circle/high',
    'light/mark',
    'light/mark/circle',
    'light/mark/star/high',
    'light/mark/circle/medium',
    'light/mark/circle/constructor',
    'light/mark/constructor/high',
    'light/badge/circle/high',
    '__proto__/mark/circle/high',
  ])('there is no image %j', (name) => {
    expect(drawingOfImage(name, THEMES)).toBeUndefined();
  });

  /** A drawing without its colours: outlines, and which of them are filled with the colour of their edge. */
  function withoutColour({ parts }: SymbolDrawing): string {
    return parts.map(({ path, fill, stroke }) => `${path} ${fill === stroke ? 'full' : 'hollow'}`).join(' ');
  }

  test.for(THEMES)('all marks of the $id theme are told apart without colour', (theme) => {
    const drawings = marks
      .filter((mark) => mark.theme === theme)
      .map(({ shape, confidence }) => withoutColour(markDrawing(theme, shape, confidence)));
    expect(new Set(drawings).size).toBe(MARK_SHAPES.length * CONFIDENCES.length);
  });

  test('no two systems of the project share a shape', () => {
    const shapes = geoSystems().map(({ markShape }) => markShape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe('the legend', () => {
  test('names every system, and the lack of one', () => {
    expect(legend(LIGHT, geoSystems()).systems.map(({ label }) => label)).toEqual([
      'Pantsir-S1',
      'S-400',
      'System not named',
    ]);
  });

  test('has every level of confidence', () => {
    expect(legend(LIGHT, []).confidence.map(({ label }) => label)).toEqual([
      'High confidence',
      'Moderate confidence',
      'Low confidence',
    ]);
  });
});

describe('a measurement on the map', () => {
  const drawn = (corners: [number, number][], isClosed: boolean): DrawnMeasurement => {
    const vertices = corners.map(([lng, lat]) => ({
      name: '',
      place: { lng, lat, uncertaintyMeters: 500 },
    }));
    return {
      legs: readMeasurement(vertices, isClosed).legs.map(({ line }) => ({ line, label: '1 km' })),
      vertices: vertices.map(({ place }) => place),
      isClosed,
    };
  };
  const featuresOf = (measured: DrawnMeasurement | undefined, part: string) => {
    const { data } = rulerSources(measured)['ruler'] as { data: FeatureCollection };
    return data.features.filter(({ properties }) => properties?.['part'] === part);
  };
  const lngsOf = (geometry: Geometry | undefined) =>
    geometry?.type === 'Polygon' ? (geometry.coordinates[0] ?? []).map(([lng = NaN]) => lng) : [];

  test('is nothing without one', () => {
    expect(rulerSources(undefined)['ruler']).toMatchObject({ data: { features: [] } });
  });

  test('has its legs with their lengths, its vertices and their discs', () => {
    const measured = drawn(
      [
        [37, 55],
        [38, 55],
        [38, 56],
      ],
      false,
    );
    const counts = ['leg', 'length', 'vertex', 'disc', 'area'].map(
      (part) => featuresOf(measured, part).length,
    );
    expect(counts).toEqual([2, 2, 3, 3, 0]);
  });

  test.for([
    ['east', [38, 55], 0],
    ['west', [36, 55], 0],
    ['north', [37, 56], -90],
    ['north-west, from right to left', [36.9, 55.0573], 45],
  ] as const)('has its length along the leg and upright, going %s', ([, [lng, lat], degrees]) => {
    const measured = drawn(
      [
        [37, 55],
        [lng, lat],
      ],
      false,
    );
    const [length] = featuresOf(measured, 'length');
    const angle = Number(length?.properties?.['degrees']);
    expect([length?.properties?.['label'], Math.abs(angle) <= 90]).toEqual(['1 km', true]);
    expect(Math.abs(Math.sin(((angle - degrees) * Math.PI) / 180))).toBeLessThan(0.02);
    const [middle = NaN] = length?.geometry.type === 'Point' ? length.geometry.coordinates : [];
    expect(middle).toBeCloseTo((37 + lng) / 2, 1);
  });

  test('that is closed has an area, which goes on across the antimeridian', () => {
    const [area] = featuresOf(
      drawn(
        [
          [170, 60],
          [-170, 60],
          [-175, 65],
        ],
        true,
      ),
      'area',
    );
    const lngs = lngsOf(area?.geometry);
    expect([Math.min(...lngs), Math.max(...lngs), lngs[0] === lngs.at(-1)]).toEqual([
      170,
      expect.closeTo(190, 6),
      true,
    ]);
  });

  test('that runs around a pole is closed by way of the pole', () => {
    const [area] = featuresOf(
      drawn(
        [
          [0, 80],
          [120, 80],
          [-120, 80],
        ],
        true,
      ),
      'area',
    );
    const ring = area?.geometry.type === 'Polygon' ? (area.geometry.coordinates[0] ?? []) : [];
    expect(ring.filter(([, lat]) => lat === 90)).toHaveLength(2);
  });

  test('has its vertices where its legs end', () => {
    const measured = drawn(
      [
        [179, 0],
        [-179, 1],
        [-177, 2],
      ],
      false,
    );
    const points = featuresOf(measured, 'vertex').map(({ geometry }) =>
      geometry.type === 'Point' ? geometry.coordinates[0] : NaN,
    );
    expect(points).toEqual([179, expect.closeTo(181, 6), expect.closeTo(183, 6)]);
  });

  test.for(THEMES)('has layers that the style specification accepts, $id', (theme) => {
    const measured = drawn(
      [
        [37, 55],
        [38, 55],
        [38, 56],
      ],
      true,
    );
    expect(validateStyleMin(style(mapState({ theme, measured })))).toEqual([]);
  });
});
