import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature, Geometry } from 'geojson';
import { discPolygon } from './discs';
import type { Theme } from './theme';

/** The place of a sighting that is being written, with the disc of its uncertainty. */
export function draftFeatures(geometry: Geometry | null, uncertaintyMeters: number | undefined): Feature[] {
  if (geometry === null) return [];
  const feature = (own: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry: own });
  if (geometry.type !== 'Point' || uncertaintyMeters === undefined) return [feature(geometry)];
  const [lng = 0, lat = 0] = geometry.coordinates;
  return [feature(discPolygon({ lng, lat, radiusMeters: uncertaintyMeters })), feature(geometry)];
}

/** What is being written or drawn. */
export function draftSources(features: readonly Feature[]): Record<string, SourceSpecification> {
  return { draft: { type: 'geojson', data: { type: 'FeatureCollection', features: [...features] } } };
}

/** @see draftSources */
export function draftLayers(theme: Theme): LayerSpecification[] {
  return [
    {
      id: 'draft-fills',
      type: 'fill',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': theme.selection, 'fill-opacity': 0.14 },
    },
    {
      id: 'draft-outlines',
      type: 'line',
      source: 'draft',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': theme.selection, 'line-width': 2, 'line-dasharray': [3, 1.5] },
    },
    {
      id: 'draft-points',
      type: 'circle',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 5,
        'circle-color': theme.selection,
        'circle-stroke-color': theme.paper,
        'circle-stroke-width': 2,
      },
    },
  ];
}
