import type {
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Feature } from 'geojson';
import type { DistanceInterval } from '../domain/distance';
import type { ReferencePoint } from '../domain/sighting';
import { ownPointImage, referencePointImage } from './symbols';
import { FONT, type Theme } from './theme';

/** A line on the map from the selected sighting to a reference point. */
export interface ReferenceLine {
  from: [lng: number, lat: number];
  to: ReferencePoint;
  interval: DistanceInterval;
  /** the distance in words */
  label: string;
  /** whether the reference point is in view, where its name says the distance; else the line does */
  isEndInView: boolean;
}

/** The places that distances are measured to; with lines, each says how far the selected sighting is. */
export function referencePointSources(
  points: readonly ReferencePoint[],
  lines: readonly ReferenceLine[] = [],
): Record<string, SourceSpecification> {
  // Short names find room more easily, so they are placed first.
  const byLength = points
    .map((point) => ({ ...point, name: point.shortName ?? point.name }))
    .sort((a, b) => a.name.length - b.name.length);
  const features = byLength.map(({ id, lng, lat, name, isOwn = false }, order): Feature => {
    const line = lines.find(({ to }) => to.id === id);
    const distance = line ? `\n${line.label}` : '';
    return {
      type: 'Feature',
      properties: { name, distance, order, isOwn },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    };
  });
  return { 'reference-points': { type: 'geojson', data: { type: 'FeatureCollection', features } } };
}

/** @param hasSelection whether distances are shown: then the points are on the map at every zoom */
export function referencePointLayers(theme: Theme, hasSelection: boolean): LayerSpecification[] {
  // Who added a point wants to see it at every zoom.
  const filter: FilterSpecification = hasSelection || ['any', ['get', 'isOwn'], ['>=', ['zoom'], 7]];
  return [
    {
      id: 'reference-points',
      type: 'symbol',
      source: 'reference-points',
      filter,
      layout: {
        'icon-image': ['case', ['get', 'isOwn'], ownPointImage(theme), referencePointImage(theme)],
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
    {
      id: 'reference-point-names',
      type: 'symbol',
      source: 'reference-points',
      filter,
      layout: {
        'symbol-sort-key': ['get', 'order'],
        'text-field': [
          'format',
          ['get', 'name'],
          {},
          ['get', 'distance'],
          { 'text-font': ['literal', FONT.medium], 'text-color': theme.selection },
        ],
        'text-font': FONT.regular,
        'text-size': 12,
        'text-max-width': 9,
        'text-variable-anchor': [
          'right',
          'bottom',
          'left',
          'bottom-right',
          'bottom-left',
          'top',
          'top-right',
          'top-left',
        ],
        'text-radial-offset': 1.1,
        'text-justify': 'auto',
        'text-allow-overlap': hasSelection, // each distance is shown
      },
      paint: { 'text-color': theme.ink, 'text-halo-color': theme.paper, 'text-halo-width': 1.6 },
    },
  ];
}
