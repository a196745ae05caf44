import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { discPolygon } from './discs';
import { latToY, lngToX, xToLng, yToLat } from './mercator';
import { FONT, type Theme } from './theme';

/** A measurement as the map shows it. */
export interface DrawnMeasurement {
  /** legs in their order, each as the positions of its geodesic, and its length in words */
  legs: readonly { line: readonly Position[]; label: string }[];
  vertices: readonly { lng: number; lat: number; uncertaintyMeters: number }[];
  isClosed: boolean;
}

/** Closes an outline; one that runs once around a pole goes by that pole, along the edge of the map. */
function closedRing(outline: readonly Position[]): Position[] {
  const [first = [], last = []] = [outline[0], outline.at(-1)];
  const [firstLng = NaN, firstLat = NaN] = first;
  const [lastLng = NaN] = last;
  if (Math.abs(lastLng - firstLng) < 180) return [...outline.slice(0, -1), first].map((at) => [...at]);
  const pole = firstLat > 0 ? 90 : -90;
  return [...outline, [lastLng, pole], [firstLng, pole], first].map((at) => [...at]);
}

/**
 * The length of a leg, to be written along the middle of it. Not as the label of a line, since one that runs through
 * several tiles would get one in each.
 */
function lengthFeature(line: readonly Position[], label: string): Feature {
  const last = line.length - 1;
  const [a = [], b = []] = [line[Math.ceil(last / 2) - 1], line[Math.floor(last / 2) + 1]];
  const [ax, ay, bx, by] = [lngToX(a[0] ?? 0), latToY(a[1] ?? 0), lngToX(b[0] ?? 0), latToY(b[1] ?? 0)];
  const degrees = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
  const upright = degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees;
  return {
    type: 'Feature',
    properties: { part: 'length', label, degrees: upright },
    geometry: { type: 'Point', coordinates: [xToLng((ax + bx) / 2), yToLat((ay + by) / 2)] },
  };
}

/** What a measurement adds to the map; nothing without one. */
export function rulerSources(measured: DrawnMeasurement | undefined): Record<string, SourceSpecification> {
  const features: Feature[] = [];
  if (measured) {
    const { legs, vertices, isClosed } = measured;
    // Vertices stand where the legs end, which may be a turn of the Earth farther.
    const ends = legs.map(({ line }) => line.at(-1) ?? []);
    if (isClosed && legs.length > 2) {
      const outline = legs.flatMap(({ line }, i) => (i === 0 ? line : line.slice(1)));
      const area = { type: 'Polygon' as const, coordinates: [closedRing(outline)] };
      features.push({ type: 'Feature', properties: { part: 'area' }, geometry: area });
    }
    for (const [i, { lng, lat, uncertaintyMeters }] of vertices.entries()) {
      const [x = lng] = (i === 0 ? legs[0]?.line[0] : ends[i - 1]) ?? [];
      if (uncertaintyMeters > 0) {
        const disc = discPolygon({ lng: x, lat, radiusMeters: uncertaintyMeters });
        features.push({ type: 'Feature', properties: { part: 'disc' }, geometry: disc });
      }
      const point = { type: 'Point' as const, coordinates: [x, lat] };
      features.push({ type: 'Feature', properties: { part: 'vertex' }, geometry: point });
    }
    for (const { line, label } of legs) {
      const geometry = { type: 'LineString' as const, coordinates: line.map((at) => [...at]) };
      features.push({ type: 'Feature', properties: { part: 'leg' }, geometry });
      features.push(lengthFeature(line, label));
    }
  }
  const data: FeatureCollection = { type: 'FeatureCollection', features };
  return { ruler: { type: 'geojson', data } };
}

/** @see rulerSources */
export function rulerLayers(theme: Theme): LayerSpecification[] {
  const source = 'ruler';
  return [
    {
      id: 'ruler-area',
      type: 'fill',
      source,
      filter: ['==', ['get', 'part'], 'area'],
      paint: { 'fill-color': theme.selection, 'fill-opacity': 0.1 },
    },
    {
      id: 'ruler-discs',
      type: 'line',
      source,
      filter: ['==', ['get', 'part'], 'disc'],
      paint: { 'line-color': theme.selection, 'line-width': 1, 'line-dasharray': [2, 2] },
    },
    {
      id: 'ruler-casing',
      type: 'line',
      source,
      filter: ['==', ['get', 'part'], 'leg'],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': theme.paper, 'line-width': 5 },
    },
    {
      id: 'ruler-legs',
      type: 'line',
      source,
      filter: ['==', ['get', 'part'], 'leg'],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': theme.selection, 'line-width': 2.5 },
    },
    {
      id: 'ruler-vertices',
      type: 'circle',
      source,
      filter: ['==', ['get', 'part'], 'vertex'],
      paint: {
        'circle-radius': 5,
        'circle-color': theme.paper,
        'circle-stroke-color': theme.selection,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'ruler-lengths',
      type: 'symbol',
      source,
      filter: ['==', ['get', 'part'], 'length'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': FONT.medium,
        'text-size': 13,
        'text-offset': [0, -0.9],
        'text-rotate': ['get', 'degrees'],
        'text-rotation-alignment': 'map',
        'text-allow-overlap': true, // each length is what the reader asked for
      },
      paint: { 'text-color': theme.selection, 'text-halo-color': theme.paper, 'text-halo-width': 2 },
    },
  ];
}
