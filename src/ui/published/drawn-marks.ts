import type { MapGeoJSONFeature, Map as MapLibreMap } from 'maplibre-gl';
import { MARK_LAYERS, featuresAt } from '../stage/sightings-at';

/** A mark of published sightings as the map has drawn it. */
export interface DrawnMark {
  /** a sighting of it, by its number in the publication */
  row: number;
  /** how many sightings it stands for */
  count: number;
  lng: number;
  lat: number;
}

/** What is drawn under a point of the map. */
export interface DrawnAt {
  marks: DrawnMark[];
  /** rows of the places around the point, where there is no mark */
  places: number[];
}

function markOf({ geometry, properties }: MapGeoJSONFeature): DrawnMark[] {
  if (geometry.type !== 'Point') return [];
  const [lng = NaN, lat = NaN] = geometry.coordinates;
  return [{ row: Number(properties['row']), count: Number(properties['count'] ?? 1), lng, lat }];
}

/** What is drawn under a point of the map, in CSS pixels from its top left corner. */
export function drawnAt(map: MapLibreMap, point: { x: number; y: number }): DrawnAt {
  const features = featuresAt(map, point);
  const marks = features.filter(({ layer }) => MARK_LAYERS.includes(layer.id)).flatMap(markOf);
  const rows = marks.length > 0 ? [] : features.map(({ properties }) => Number(properties['row']));
  return { marks, places: [...new Set(rows)] };
}

/** The marks in the view of a map, each once, nearest to its middle first. */
export function marksInView(map: MapLibreMap): DrawnMark[] {
  const layers = MARK_LAYERS.filter((layer) => map.getLayer(layer));
  const byRow = new Map<number, DrawnMark>();
  for (const mark of map.queryRenderedFeatures({ layers }).flatMap(markOf)) byRow.set(mark.row, mark);
  const { lng, lat } = map.getCenter();
  const middle = map.project([lng, lat]);
  const away = (mark: DrawnMark) => middle.dist(map.project([mark.lng, mark.lat]));
  return [...byRow.values()].sort((a, b) => away(a) - away(b));
}
