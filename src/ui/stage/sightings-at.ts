import type { MapGeoJSONFeature, Map as MapLibreMap, PointLike } from 'maplibre-gl';
import type { SightingTable } from '../../domain/table';
import type { SightingTilesClient } from './sighting-tiles';

/** A finger or pointer this near to a mark means it. */
const HIT_PIXELS = 8;

/** Layers of marks, each feature of which has a `row`. */
export const MARK_LAYERS = ['marks', 'groups'];
const PLACE_LAYERS = ['area-fills', 'disc-fills'];

/** What lies under a point of the map. */
export interface SightingsAt {
  /** of marks, or else of the places around the point, the smallest first; empty for nothing */
  rows: number[];
  /** whether they were hit by their marks */
  isMark: boolean;
}

/** The rendered features under a point, in CSS pixels: of marks near it, else of places around it. */
export function featuresAt(map: MapLibreMap, { x, y }: { x: number; y: number }): MapGeoJSONFeature[] {
  const drawn = (layers: string[]) => layers.filter((layer) => map.getLayer(layer));
  const near: [PointLike, PointLike] = [
    [x - HIT_PIXELS, y - HIT_PIXELS],
    [x + HIT_PIXELS, y + HIT_PIXELS],
  ];
  const marks = map.queryRenderedFeatures(near, { layers: drawn(MARK_LAYERS) });
  return marks.length > 0 ? marks : map.queryRenderedFeatures([x, y], { layers: drawn(PLACE_LAYERS) });
}

/** The sightings under a point. A rendered feature is only a handle: its row leads to all that share its mark. */
export async function sightingsAt(
  map: MapLibreMap,
  point: { x: number; y: number },
  tiles: SightingTilesClient,
  table: SightingTable,
): Promise<SightingsAt> {
  const features = featuresAt(map, point);
  const tileZoom = Math.floor(map.getZoom());
  const isMark = features.some(({ layer }) => MARK_LAYERS.includes(layer.id));
  const rows = await Promise.all(
    features.map(({ layer, properties }) => {
      const row = Number(properties['row']);
      return layer.id === 'groups' ? tiles.sharingMark(row, tileZoom) : [row];
    }),
  );
  const distinct = [...new Set(rows.flat())];
  if (isMark) return { rows: distinct, isMark };
  const radius = (row: number) => table.columns.uncertaintyMeters[row] ?? 0;
  return { rows: distinct.sort((a, b) => radius(a) - radius(b)), isMark };
}
