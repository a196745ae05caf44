import type { Groups } from './groups';
import { TILE_PIXELS } from './mercator';
import type { Places } from './places';

/** A disc that is hardly wider than the mark on it is not drawn. */
const MIN_DISC_PIXELS = 8;

/** When more sightings than this share a mark, only the widest of their discs is drawn. */
export const MAX_SHARED_DISCS = 4;

/**
 * Positions of the sightings whose discs are drawn at a zoom: every one that has a mark of its own; all of those
 * that share a mark when they are few; else, where thousands would lie on each other and say nothing, the widest.
 * What is drawn hangs on the zoom and on the sightings shown, never on the tile, so that no disc ends at its edge.
 */
export function discsToDraw(places: Places, shown: Uint8Array, { cells, head, z }: Groups): Uint32Array {
  const minRadius = MIN_DISC_PIXELS / TILE_PIXELS / 2 ** z;
  const drawn: number[] = [];
  const widest = new Map<number, number>();
  let cell = 0;
  for (let position = 0; position < places.length; position++) {
    if (shown[position] === 0) continue;
    while (cell + 1 < cells.length && (cells.first[cell + 1] ?? 0) <= position) cell++;
    const radius = places.discRadius[position] ?? 0;
    if (radius < minRadius) continue;
    const group = head[cell] ?? cell;
    if ((cells.count[group] ?? 0) <= MAX_SHARED_DISCS) {
      drawn.push(position);
      continue;
    }
    const other = widest.get(group);
    if (other === undefined || radius > (places.discRadius[other] ?? 0)) widest.set(group, position);
  }
  return Uint32Array.from([...drawn, ...widest.values()]).sort();
}
