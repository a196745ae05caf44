import { CONFIDENCES } from '../domain/table';
import { LEVELS } from './cells';
import type { Groups } from './groups';
import { type TileFeature } from './tile-encoder';
import { EXTENT } from './tile-scheme';

/** What a mark is made of: the row that an index in `cells.first` stands for, and the tags of a single one. */
export interface MarkSource {
  rowOf: (index: number) => number;
  single: (index: number) => TileFeature['tags'];
}

/** The marks of a tile: one for each group on it. */
export function markFeatures(
  groups: Groups,
  tileX: number,
  tileY: number,
  { rowOf, single }: MarkSource,
): TileFeature[] {
  const { count, byLevel, first, x, y } = groups.cells;
  // A mean just outside of the tile is drawn at its edge: MapLibre drops what lies beyond.
  const inTile = (position: number, tile: number) =>
    Math.max(0, Math.min(EXTENT - 1, Math.round((position * 2 ** groups.z - tile) * EXTENT)));
  return groups.inTile(tileX, tileY).map((group) => {
    const index = first[group] ?? 0;
    const row = rowOf(index);
    const members = count[group] ?? 0;
    const levels = CONFIDENCES.map((level, i) => [level, byLevel[group * LEVELS + i] ?? 0] as const);
    return {
      id: row,
      type: 1,
      geometry: [inTile(x[group] ?? 0, tileX), inTile(y[group] ?? 0, tileY)],
      tags:
        members > 1
          ? { count: members, row, ...Object.fromEntries(levels) }
          : { count: members, ...single(index) },
    };
  });
}
