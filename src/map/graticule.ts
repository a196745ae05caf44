import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature } from 'geojson';
import { wrapLng } from '../domain/distance';
import { FONT, type Theme } from './theme';

/** Distances of lines that read well, in degrees. */
const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002];

/** About so many lines cross the view each way. */
const LINES = 5;

/** What is in view, in degrees. */
export interface Extent {
  west: number;
  south: number;
  east: number;
  north: number;
}

function multiplesWithin(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function degrees(value: number, step: number, positive: string, negative: string): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  const wrapped = positive === 'E' ? wrapLng(value) : value;
  const letter = wrapped === 0 ? '' : wrapped > 0 ? positive : negative;
  return `${Math.abs(wrapped).toFixed(digits)}°${letter}`;
}

/** Meridians and parallels across an extent, each with its degrees as `label`. */
export function graticule({ west, south, east, north }: Extent): Feature[] {
  const span = Math.max(east - west, north - south);
  const step = STEPS.findLast((candidate) => span / candidate <= 2 * LINES) ?? 30;
  const line = (label: string, coordinates: [number, number][]): Feature => ({
    type: 'Feature',
    properties: { label },
    geometry: { type: 'LineString', coordinates },
  });
  const meridians = multiplesWithin(west, east, step).map((lng) =>
    line(degrees(lng, step, 'E', 'W'), [
      [lng, south],
      [lng, north],
    ]),
  );
  const parallels = multiplesWithin(south, north, step).map((lat) =>
    line(degrees(lat, step, 'N', 'S'), [
      [west, lat],
      [east, lat],
    ]),
  );
  return [...meridians, ...parallels];
}

export function graticuleSources(extent: Extent | undefined): Record<string, SourceSpecification> {
  const features = extent ? graticule(extent) : [];
  return { graticule: { type: 'geojson', data: { type: 'FeatureCollection', features } } };
}

/** Where the base has no more detail, lines of latitude and longitude tell where one is. */
export function graticuleLine(theme: Theme): LayerSpecification {
  const paint = { 'line-color': theme.graticule, 'line-width': 0.75 };
  return { id: 'graticule', type: 'line', source: 'graticule', paint };
}

export function graticuleLabels(theme: Theme): LayerSpecification {
  return {
    id: 'graticule-labels',
    type: 'symbol',
    source: 'graticule',
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 500,
      'text-field': ['get', 'label'],
      'text-font': FONT.regular,
      'text-size': 11,
    },
    paint: { 'text-color': theme.minorPlace, 'text-halo-color': theme.placeHalo, 'text-halo-width': 1.5 },
  };
}
