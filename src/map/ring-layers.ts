import type {
  LayerSpecification,
  SourceSpecification,
  SymbolLayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { circle } from '@turf/turf';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { unwrapLng } from '../domain/distance';
import { greatCircleLine } from './great-circle';
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
  /** what is measured from the middle, with what is written on the line to it */
  reach?: { lng: number; lat: number; label: string };
}

/** The halos of two words meet across it, so that the line below does not come through. */
const THIN_SPACE = '\u2009';

/** The circle as a line that goes on across the antimeridian. */
function outlineOf({ lng, lat, meters }: Ring): Position[] {
  const ring = circle([lng, lat], meters, { units: 'meters', steps: 180 }).geometry.coordinates[0] ?? [];
  let before = lng;
  return ring.map(([x = 0, y = 0]) => [(before = unwrapLng(x, before)), y]);
}

function linesOf(ring: Ring): Feature[] {
  const { label, kind, reach } = ring;
  const line = (properties: { kind: string; label: string }, coordinates: Position[]): Feature => ({
    type: 'Feature',
    properties: { kind: properties.kind, label: properties.label.replaceAll(' ', THIN_SPACE) },
    geometry: { type: 'LineString', coordinates },
  });
  const outline = line({ kind, label }, outlineOf(ring));
  if (!reach) return [outline];
  return [
    outline,
    line(
      { kind: 'reach', label: reach.label },
      greatCircleLine([ring.lng, ring.lat], [reach.lng, reach.lat]),
    ),
  ];
}

/** Circles that are drawn one time each: of two that are the same, the one that says how wide it is. */
function distinct(rings: readonly Ring[]): Ring[] {
  const byPlace = new Map<string, Ring>();
  for (const ring of rings) {
    const key = [ring.lng, ring.lat, ring.meters].join();
    const known = byPlace.get(key);
    if (known === undefined || (known.label === '' && known.reach === undefined)) byPlace.set(key, ring);
  }
  return [...byPlace.values()];
}

/** The circles that conditions, the rings tool and reported distances draw around their places. */
export function ringSources(rings: readonly Ring[]): Record<string, SourceSpecification> {
  const middles = new Map(rings.map(({ lng, lat }) => [`${lng},${lat}`, [lng, lat]]));
  const points = [...middles.values()].map((coordinates): Feature => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates },
  }));
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: [...distinct(rings).flatMap(linesOf), ...points],
  };
  return { rings: { type: 'geojson', data } };
}

/** Text on a line, with a halo so wide that the line does not come through between the words. */
function labels(theme: Theme) {
  return {
    type: 'symbol',
    source: 'rings',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': FONT.medium,
      'text-size': 12,
      'text-keep-upright': true,
    },
    paint: { 'text-color': theme.selection, 'text-halo-color': theme.paper, 'text-halo-width': 3 },
  } satisfies Omit<SymbolLayerSpecification, 'id'>;
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
      id: 'ring-reaches',
      type: 'line',
      source: 'rings',
      filter: ['==', ['get', 'kind'], 'reach'],
      paint: { 'line-color': theme.selection, 'line-width': 1.75 },
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
      ...labels(theme),
      id: 'ring-labels',
      filter: ['all', ['==', ['geometry-type'], 'LineString'], ['!=', ['get', 'kind'], 'reach']],
      // Where one place on the circle is taken there is to be another.
      layout: { ...labels(theme).layout, 'symbol-placement': 'line', 'symbol-spacing': 300 },
    },
    {
      ...labels(theme),
      id: 'ring-reach-labels',
      filter: ['==', ['get', 'kind'], 'reach'],
      layout: { ...labels(theme).layout, 'symbol-placement': 'line-center' },
    },
  ];
}
