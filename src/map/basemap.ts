import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { FONT, type Theme } from './theme';

/** Whom the drawn base is owed to. */
export const BASEMAP_CREDITS = [
  { text: 'Natural Earth', url: 'https://www.naturalearthdata.com/' },
  { text: 'GeoNames (CC BY 4.0)', url: 'https://www.geonames.org/' },
] as const;

/** Sources of the built-in base; `baseUrl` is where geo/ is served, with a slash at the end. */
export function basemapSources(baseUrl: string): Record<string, SourceSpecification> {
  const file = (name: string) => `${baseUrl}basemap/${name}.geojson`;
  return {
    land: { type: 'geojson', data: file('land'), tolerance: 0.2 },
    borders: { type: 'geojson', data: file('borders'), tolerance: 0.2 },
    places: { type: 'geojson', data: file('places') },
  };
}

/** Layers of the built-in base: quiet, so that the sightings speak. */
export function basemapLayers(theme: Theme): LayerSpecification[] {
  return [
    { id: 'background', type: 'background', paint: { 'background-color': theme.water } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': theme.land } },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      filter: ['!', ['get', 'disputed']],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': theme.border,
        'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.6, 8, 1.4],
      },
    },
    {
      id: 'disputed-borders',
      type: 'line',
      source: 'borders',
      filter: ['get', 'disputed'],
      paint: {
        'line-color': theme.border,
        'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.6, 8, 1.4],
        'line-dasharray': [3, 3],
      },
    },
    {
      id: 'places',
      type: 'symbol',
      source: 'places',
      // A place of rank n shows from the zoom at which there is room for its like.
      filter: ['>=', ['zoom'], ['match', ['get', 'rank'], 1, 2, 2, 3.5, 3, 5, 4, 6.5, 5, 7.5, 6, 8.5, 9.5]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT.regular,
        'text-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          3,
          ['-', 14, ['get', 'rank']],
          10,
          ['-', 18, ['get', 'rank']],
        ],
        'text-max-width': 7,
        // A city's name makes way for what is reported there, but stays near.
        'text-variable-anchor': ['center', 'bottom-right', 'top-right', 'bottom-left', 'top-left'],
        'text-radial-offset': ['case', ['<=', ['get', 'rank'], 3], 2.5, 0.5],
        'symbol-sort-key': ['get', 'rank'],
        'text-padding': 6,
      },
      paint: { 'text-color': theme.place, 'text-halo-color': theme.placeHalo, 'text-halo-width': 1.4 },
    },
  ];
}
