import type { Groups } from './groups';
import { TILE_PIXELS } from './mercator';
import { CODE_BITS } from './morton';
import type { Places } from './places';

/** A disc that is hardly wider than the mark on it is not drawn. */
const MIN_DISC_PIXELS = 8;

/** When more sightings than this share a mark, only the widest of their discs is drawn. */
export const MAX_SHARED_DISCS = 4;

/** When more discs than this are about as wide and about at the same place, only the widest of them is drawn. */
export const MAX_ALIKE_DISCS = 16;

/** Keeps members of crowds of at most `most`, and the widest of each greater crowd. */
function thinned(
  positions: readonly number[],
  { discRadius }: Places,
  crowdOf: (position: number) => number,
  most: number,
): number[] {
  const sizes = new Map<number, number>();
  const widest = new Map<number, number>();
  for (const position of positions) {
    const crowd = crowdOf(position);
    sizes.set(crowd, (sizes.get(crowd) ?? 0) + 1);
    const other = widest.get(crowd);
    if (other === undefined || (discRadius[position] ?? 0) > (discRadius[other] ?? 0))
      widest.set(crowd, position);
  }
  return positions.filter((position) => {
    const crowd = crowdOf(position);
    return (sizes.get(crowd) ?? 0) <= most || widest.get(crowd) === position;
  });
}

/** A number for the discs between one power of two and the next in radius, with centres in one square as wide. */
function likenessOf({ code, discRadius }: Places, position: number): number {
  const bits = Math.min(20, Math.max(0, Math.floor(-Math.log2(discRadius[position] ?? 1))));
  return Math.floor((code[position] ?? 0) / 4 ** (CODE_BITS - bits)) * 32 + bits;
}

/**
 * Positions of the sightings whose discs are drawn at a zoom: all, but where so many lie on each other that they
 * would be one blot and say nothing. Of many that share a mark, and of many that are {@link likenessOf alike}, the
 * widest stands for all. (A hundred thousand sightings would cover a tile of Moscow four thousand times over.)
 * What is drawn hangs on the zoom and on the sightings shown, never on the tile, so that no disc ends at its edge.
 * Whichever sighting is selected, its own disc is outlined: that does not come from the tiles.
 */
export function discsToDraw(places: Places, shown: Uint8Array, { cells, head, z }: Groups): Uint32Array {
  const minRadius = MIN_DISC_PIXELS / TILE_PIXELS / 2 ** z;
  const few: number[] = [];
  const widest = new Map<number, number>();
  let cell = 0;
  for (let position = 0; position < places.length; position++) {
    if (shown[position] === 0) continue;
    while (cell + 1 < cells.length && (cells.first[cell + 1] ?? 0) <= position) cell++;
    const radius = places.discRadius[position] ?? 0;
    if (radius < minRadius) continue;
    const group = head[cell] ?? cell;
    if ((cells.count[group] ?? 0) <= MAX_SHARED_DISCS) {
      few.push(position);
      continue;
    }
    const other = widest.get(group);
    if (other === undefined || radius > (places.discRadius[other] ?? 0)) widest.set(group, position);
  }
  const ofMarks = [...few, ...widest.values()];
  const drawn = thinned(ofMarks, places, (position) => likenessOf(places, position), MAX_ALIKE_DISCS);
  return Uint32Array.from(drawn).sort();
}
