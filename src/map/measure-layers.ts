import type {
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { greatCircle } from '@turf/turf';
import type { Feature, FeatureCollection, LineString, MultiLineString, Point, Polygon } from 'geojson';
import type { DistanceInterval } from '../domain/distance';
import { formatDistance } from '../domain/distance-text';
import type { ReferencePoint } from '../domain/sighting';
import { discPolygon } from './discs';
import { ownPointImage, referencePointImage } from './symbols';
import { FONT, SIZE, type Theme } from './theme';

/** A line on the map from the selected sighting to a reference point. */
export interface ReferenceLine {
  from: [lng: number, lat: number];
  to: ReferencePoint;
  interval: DistanceInterval;
  /** whether the reference point is in view, where its name says the distance; else the line does */
  isEndInView: boolean;
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

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
    const distance = line ? `\n${formatDistance(line.interval).distance}` : '';
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

function lineFeature({
  from,
  to,
  interval,
  isEndInView,
}: ReferenceLine): Feature<LineString | MultiLineString> {
  const line = greatCircle(from, [to.lng, to.lat], { npoints: 64 });
  return { ...line, properties: { label: isEndInView ? '' : formatDistance(interval).distance } };
}

/** What is selected, as the map shows it. */
export interface Selection {
  row: number;
  center: [lng: number, lat: number];
  /** radius of the circle that contains the place; left out for an area, which has an outline of its own */
  uncertaintyMeters?: number;
  lines: readonly ReferenceLine[];
}

function placeOf({ center: [lng, lat], uncertaintyMeters }: Selection): FeatureCollection {
  const feature = (geometry: Point | Polygon): Feature => ({ type: 'Feature', properties: {}, geometry });
  const features = [feature({ type: 'Point', coordinates: [lng, lat] })];
  if (uncertaintyMeters !== undefined) {
    features.push(feature(discPolygon({ lng, lat, radiusMeters: uncertaintyMeters })));
  }
  return { type: 'FeatureCollection', features };
}

/** What the selected sighting adds to the map: its centre and disc, lines to the reference points. */
export function selectionSources(selected: Selection | undefined): Record<string, SourceSpecification> {
  // Great circles need two ends: a reference point right in the centre has no line.
  const lines = selected?.lines.filter(({ interval }) => interval.meters > 1).map(lineFeature) ?? [];
  return {
    selection: { type: 'geojson', data: selected ? placeOf(selected) : empty },
    'reference-lines': { type: 'geojson', data: { type: 'FeatureCollection', features: lines } },
  };
}

/** @param row the selected row, whose area is outlined when it is one */
export function selectionLayers(theme: Theme, row: number | undefined): LayerSpecification[] {
  return [
    {
      id: 'selected-outline',
      type: 'line',
      // Not the disc of the sightings' tiles: those need not have it, and would all be parsed again.
      source: 'selection',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'line-color': theme.selection, 'line-width': 2 },
    },
    {
      id: 'selected-area-outline',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'row'], row ?? -1],
      paint: { 'line-color': theme.selection, 'line-width': 3 },
    },
    {
      id: 'reference-lines',
      type: 'line',
      source: 'reference-lines',
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': theme.selection, 'line-width': 1.5, 'line-dasharray': [1, 2.5] },
    },
    {
      id: 'reference-line-labels',
      type: 'symbol',
      source: 'reference-lines',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'label'],
        'text-font': FONT.medium,
        'text-size': 13,
        'text-padding': 1,
        'text-keep-upright': true,
      },
      paint: { 'text-color': theme.selection, 'text-halo-color': theme.paper, 'text-halo-width': 2 },
    },
    {
      id: 'selection-ring',
      type: 'circle',
      source: 'selection',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': SIZE.selectionRing,
        'circle-color': theme.selection,
        'circle-opacity': 0.15,
        'circle-stroke-color': theme.selection,
        'circle-stroke-width': 2.5,
      },
    },
  ];
}
