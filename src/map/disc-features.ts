import { CONFIDENCES, STATUSES, type SightingColumns } from '../domain/table';
import { DiscClipper } from './disc-clipper';
import type { Places } from './places';
import type { TileFeature } from './tile-encoder';

/** What single sightings are drawn from. */
export interface SingleTable {
  columns: Pick<SightingColumns, 'lat' | 'uncertaintyMeters' | 'system' | 'confidence' | 'status' | 'layer'>;
  systemIds: readonly string[];
}

/** What the mark or the disc of a single sighting is drawn by. */
export function singleTags({ columns, systemIds }: SingleTable, row: number): TileFeature['tags'] {
  const { system, confidence, status, layer } = columns;
  return {
    row,
    system: systemIds[system[row] ?? 0] ?? '',
    confidence: CONFIDENCES[confidence[row] ?? 0] ?? '',
    status: STATUSES[status[row] ?? 0] ?? '',
    layer: layer[row] ?? 0,
  };
}

/** The discs of sightings, given by their positions, as far as they are on the tile at z, x, y. */
export function discFeatures(
  table: SingleTable,
  places: Places,
  positions: Uint32Array,
  [z, tileX, tileY]: readonly [z: number, x: number, y: number],
): TileFeature[] {
  const { lat, uncertaintyMeters } = table.columns;
  const { row: rows, x, halfX, top, bottom } = places;
  const clipper = new DiscClipper(z, tileX, tileY);
  const features: TileFeature[] = [];
  for (const position of positions) {
    const row = rows[position] ?? 0;
    places.boundDisc(position);
    const disc = { x: x[position] ?? 0, lat: lat[row] ?? 0, radiusMeters: uncertaintyMeters[row] ?? 0 };
    const bounds = [halfX[position] ?? 0, top[position] ?? 0, bottom[position] ?? 0] as const;
    for (const ring of clipper.rings(disc, ...bounds))
      features.push({ id: row, type: 3, geometry: ring, tags: singleTags(table, row) });
  }
  return features;
}
