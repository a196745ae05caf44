import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
  VariableAnchorOffsetCollectionSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { BASE_PREFIX, type Base, type Labels } from './base';
import { placeImage } from './symbols';
import { FONT, type Theme } from './theme';

/** The built-in atlas, in geo/. */
export const ATLAS_FILE = 'basemap/atlas.pmtiles';

/** Zoom from which on the atlas has nothing more to show. */
const DETAIL_ZOOM = 10;

/** GSHHG's rivers are off by 1 to 3 km, but for the Moskva in Moscow: none is drawn where that would show. */
const RIVER_MAX_ZOOM = 10;

const SOURCE = `${BASE_PREFIX}atlas`;

function nameExpression(labels: Labels): ExpressionSpecification {
  const latin: ExpressionSpecification = ['get', 'name_latin'];
  const russian: ExpressionSpecification = ['coalesce', ['get', 'name_ru'], latin];
  if (labels === 'latin') return latin;
  if (labels === 'russian') return russian;
  return ['case', ['==', latin, russian], latin, ['concat', latin, '\n', russian]];
}

function byRank(widths: readonly [number, number, number, number]): ExpressionSpecification {
  return ['match', ['get', 'rank'], 1, widths[0], 2, widths[1], 3, widths[2], widths[3]];
}

function borders(
  id: string,
  filter: ExpressionSpecification,
  paint: NonNullable<LineLayerSpecification['paint']>,
): LayerSpecification {
  const layout = { 'line-join': 'round' } as const;
  return {
    id: `${BASE_PREFIX}${id}`,
    type: 'line',
    source: SOURCE,
    'source-layer': 'borders',
    filter,
    layout,
    paint,
  };
}

/** The layers of the atlas: quiet, so that the sightings speak. */
function atlasLayers(theme: Theme, labels: Labels): LayerSpecification[] {
  const fill = (
    layer: string,
    color: string | ExpressionSpecification,
    antialias = true,
  ): LayerSpecification => ({
    id: `${BASE_PREFIX}${layer}`,
    type: 'fill',
    source: SOURCE,
    'source-layer': layer,
    paint: { 'fill-color': color, 'fill-antialias': antialias },
  });
  const isDisputed: ExpressionSpecification = ['==', ['get', 'disputed'], 1];
  const isRegion: ExpressionSpecification = ['==', ['get', 'level'], 1];
  return [
    { id: `${BASE_PREFIX}background`, type: 'background', paint: { 'background-color': theme.water } },
    fill('land', theme.land, false),
    fill('urban', ['match', ['get', 'core'], 1, theme.urbanCore, theme.urban]),
    {
      id: `${BASE_PREFIX}rivers`,
      type: 'line',
      source: SOURCE,
      'source-layer': 'rivers',
      maxzoom: RIVER_MAX_ZOOM,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': theme.river,
        'line-width': [
          'interpolate',
          ['exponential', 1.4],
          ['zoom'],
          3,
          byRank([0.7, 0.4, 0.3, 0.3]),
          8,
          byRank([2.2, 1.6, 1, 0.6]),
          11,
          byRank([5, 4, 2, 1.2]),
        ],
      },
    },
    fill('lakes', theme.water),
    borders('region-borders', ['all', isRegion, ['!', isDisputed]], {
      'line-color': theme.regionBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.4, 8, 1.1, 11, 1.6],
      'line-dasharray': [5, 2, 1, 2],
      // Simplified from 1:10m, so they fade where they would be taken for exact.
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 3, 0, 4, 1, 9, 1, 10.5, 0.3],
    }),
    borders('borders', ['all', ['!', isRegion], ['!', isDisputed]], {
      'line-color': theme.border,
      'line-width': ['interpolate', ['linear'], ['zoom'], 1, 0.5, 4, 0.9, 8, 1.8],
    }),
    borders('disputed-borders', isDisputed, {
      'line-color': theme.disputedBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 1, 0.6, 4, 1, 8, 1.8],
      'line-dasharray': [3, 2.5],
    }),
    ...placeLayers(theme, labels),
  ];
}

/** From this zoom on cities are wide enough to be seen, and have no dot. */
const DOT_MAX_ZOOM = 7.5;

/** Places: a dot with a name beside it while zoomed out, the name alone over the place itself when zoomed in. */
function placeLayers(theme: Theme, labels: Labels): LayerSpecification[] {
  const common = {
    type: 'symbol',
    source: SOURCE,
    'source-layer': 'places',
    // The rank of a place is the lowest zoom at which it has room.
    filter: ['<=', ['get', 'rank'], ['+', ['zoom'], 0.5]],
    paint: {
      'text-color': ['case', ['>', ['get', 'population'], 100_000], theme.place, theme.minorPlace],
      'text-halo-color': theme.placeHalo,
      'text-halo-width': 1.4,
    },
  } satisfies Partial<SymbolLayerSpecification>;
  const layout: NonNullable<SymbolLayerSpecification['layout']> = {
    'text-field': nameExpression(labels),
    'text-font': FONT.regular,
    'symbol-sort-key': ['-', ['get', 'population']],
    'text-size': [
      'interpolate',
      ['linear'],
      ['zoom'],
      2,
      ['step', ['get', 'rank'], 13, 2, 12, 3, 11],
      6,
      ['step', ['get', 'rank'], 17, 4, 14.5, 5, 13, 6, 11.5],
      10,
      ['step', ['get', 'rank'], 22, 5, 17, 7, 15, 8, 13.5, 9, 12, 10, 11],
    ],
    'text-padding': 5,
    'text-max-width': 7,
    'text-justify': 'auto',
  };
  return [
    {
      ...common,
      id: `${BASE_PREFIX}places-with-dot`,
      maxzoom: DOT_MAX_ZOOM,
      layout: {
        ...layout,
        'icon-image': [
          'case',
          ['==', ['get', 'capital'], 1],
          placeImage(theme, true),
          placeImage(theme, false),
        ],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true, // a dot takes no room from a sighting
        'text-optional': true,
        'text-variable-anchor-offset': NEAR_THEN_FAR,
      },
    },
    {
      ...common,
      id: `${BASE_PREFIX}places`,
      minzoom: DOT_MAX_ZOOM,
      layout: {
        ...layout,
        // A city's name makes way for what is reported there, but stays near.
        'text-variable-anchor': [
          'center',
          'bottom',
          'top',
          'bottom-right',
          'bottom-left',
          'top-right',
          'top-left',
        ],
        'text-radial-offset': ['case', ['<=', ['get', 'rank'], 5], 2, 0.5],
      },
    },
  ];
}

/** Beside the dot where there is room; further off only beside what is reported there. In ems. */
const NEAR_THEN_FAR: VariableAnchorOffsetCollectionSpecification = [
  ...['left', [0.5, 0], 'right', [-0.5, 0], 'bottom', [0, -0.4], 'top', [0, 0.4]],
  ...['left', [1.8, 0], 'right', [-1.8, 0], 'bottom', [0, -1.6], 'top', [0, 1.6]],
] as VariableAnchorOffsetCollectionSpecification;

/** The built-in atlas as a base; `url` is the address of its TileJSON. */
export function atlasBase(theme: Theme, labels: Labels, url: string): Base {
  return {
    sources: { [SOURCE]: { type: 'vector', url } },
    layers: atlasLayers(theme, labels),
    credits: [
      { text: '© OpenStreetMap', url: 'https://www.openstreetmap.org/copyright' },
      { text: 'Natural Earth', url: 'https://www.naturalearthdata.com/' },
      { text: 'GeoNames', url: 'https://www.geonames.org/' },
      { text: 'GSHHG', url: 'https://www.soest.hawaii.edu/pwessel/gshhg/' },
      { text: 'DCW', url: 'https://www.soest.hawaii.edu/pwessel/dcw/' },
    ],
    detailZoom: DETAIL_ZOOM,
    hasLabels: true,
  };
}

/** Nothing but water, for when not even the atlas can be had. */
export function emptyBase(theme: Theme): Base {
  return {
    sources: {},
    layers: [
      { id: `${BASE_PREFIX}background`, type: 'background', paint: { 'background-color': theme.land } },
    ],
    credits: [],
  };
}
