import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { circle } from '@turf/turf';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { unwrapLng } from '../domain/distance';
import { FONT, type Theme } from './theme';

/** A circle around a place, with its middle. */
export interface Ring {
  lng: number;
  lat: number;
  meters: number;
  /** written on the circle, '' for nothing */
  label: string;
  /** a `band` is the faint edge of what is about right, such as 20 % more or less than was reported */
  kind: 'ring' | 'band';
}

/** The circle as a line that goes on across the antimeridian. */
function outlineOf({ lng, lat, meters }: Ring): Position[] {
  const ring = circle([lng, lat], meters, { units: 'meters', steps: 180 }).geometry.coordinates[0] ?? [];
  let before = lng;
  return ring.map(([x = 0, y = 0]) => [(before = unwrapLng(x, before)), y]);
}

function featuresOf(ring: Ring): Feature[] {
  const { lng, lat, label, kind } = ring;
  return [
    {
      type: 'Feature',
      properties: { kind, label },
      geometry: { type: 'LineString', coordinates: outlineOf(ring) },
    },
    { type: 'Feature', properties: { kind }, geometry: { type: 'Point', coordinates: [lng, lat] } },
  ];
}

/** The circles that conditions, the rings tool and reported distances draw around their places. */
export function ringSources(rings: readonly Ring[]): Record<string, SourceSpecification> {
  const data: FeatureCollection = { type: 'FeatureCollection', features: rings.flatMap(featuresOf) };
  return { rings: { type: 'geojson', data } };
}

/** @see ringSources */
export function ringLayers(theme: Theme): LayerSpecification[] {
  return [
    {
      id: 'ring-bands',
      type: 'line',
      source: 'rings',
      filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'kind'], 'band']],
      paint: { 'line-color': theme.selection, 'line-width': 1, 'line-dasharray': [2, 3] },
    },
    {
      id: 'ring-lines',
      type: 'line',
      source: 'rings',
      filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'kind'], 'ring']],
      paint: { 'line-color': theme.selection, 'line-width': 1.75, 'line-dasharray': [6, 3] },
    },
    {
      id: 'ring-middles',
      type: 'circle',
      source: 'rings',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 4,
        'circle-color': theme.selection,
        'circle-stroke-color': theme.paper,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'ring-labels',
      type: 'symbol',
      source: 'rings',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'label'],
        'text-font': FONT.medium,
        'text-size': 12,
        'text-keep-upright': true,
      },
      paint: { 'text-color': theme.selection, 'text-halo-color': theme.paper, 'text-halo-width': 2 },
    },
  ];
}
