import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature, FeatureCollection, LineString, Point, Polygon } from 'geojson';
import { discPolygon } from './discs';
import { greatCircleLine } from './great-circle';
import type { ReferenceLine } from './measure-layers';
import { FONT, SIZE, type Theme } from './theme';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

function lineFeature({ from, to, label, isEndInView }: ReferenceLine): Feature<LineString> {
  return {
    type: 'Feature',
    properties: { label: isEndInView ? '' : label },
    geometry: { type: 'LineString', coordinates: greatCircleLine(from, [to.lng, to.lat]) },
  };
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
