import { CONFIDENCES } from '../domain/table';
import { TILE_PIXELS } from './mercator';
import { CODE_BITS } from './morton';
import type { Places } from './places';

/** From this zoom on a mark stands for one sighting, unless several coincide. */
export const SINGLE_ZOOM = 8;

/** Zoom past which tiles are not made: a cell is then finer than any report. */
export const MAX_TILE_ZOOM = 18;

/** Cells in which sightings are counted together, in pixels: as wide as a group, or as the core of a mark. */
const WIDE_CELL_PIXELS = 64;
const NARROW_CELL_PIXELS = 8;

/** Levels of confidence that are counted apart, by their index. */
export const LEVELS = CONFIDENCES.length;

/** The sightings shown, counted in the cells of a whole zoom; only cells with some, in Morton order. */
export interface Cells {
  length: number;
  /** Morton codes with {@link cellBits} an axis, ascending */
  code: Float64Array;
  /** position of the first sighting shown */
  first: Uint32Array;
  count: Uint32Array;
  /** sightings of each level: cell `i` has {@link LEVELS} from `i * LEVELS` on */
  byLevel: Uint32Array;
  /** mean of the places */
  x: Float64Array;
  y: Float64Array;
}

/** How many cells the world is wide at a zoom, as a power of two. */
export function cellBits(z: number): number {
  return z + Math.log2(TILE_PIXELS / (z < SINGLE_ZOOM ? WIDE_CELL_PIXELS : NARROW_CELL_PIXELS));
}

/**
 * Counts the sightings shown, in one pass over all places.
 * @param shown 1 for each position that is shown
 * @param shownCount how many are
 */
export function countCells(places: Places, shown: Uint8Array, shownCount: number, z: number): Cells {
  const capacity = Math.min(shownCount, 4 ** cellBits(z));
  const code = new Float64Array(capacity);
  const first = new Uint32Array(capacity);
  const count = new Uint32Array(capacity);
  const byLevel = new Uint32Array(capacity * LEVELS);
  const x = new Float64Array(capacity);
  const y = new Float64Array(capacity);
  const size = 4 ** (CODE_BITS - cellBits(z));
  let cell = -1;
  let end = -Infinity; // the first code beyond the cell
  for (let position = 0; position < places.length; position++) {
    if (shown[position] === 0) continue;
    const own = places.code[position] ?? 0;
    if (own >= end) {
      cell++;
      code[cell] = Math.floor(own / size);
      first[cell] = position;
      end = ((code[cell] ?? 0) + 1) * size;
    }
    count[cell] = (count[cell] ?? 0) + 1;
    const level = cell * LEVELS + (places.confidence[position] ?? 0);
    byLevel[level] = (byLevel[level] ?? 0) + 1;
    x[cell] = (x[cell] ?? 0) + (places.x[position] ?? 0);
    y[cell] = (y[cell] ?? 0) + (places.y[position] ?? 0);
  }
  const length = cell + 1;
  for (let i = 0; i < length; i++) {
    x[i] = (x[i] ?? 0) / (count[i] ?? 1);
    y[i] = (y[i] ?? 0) / (count[i] ?? 1);
  }
  return { length, code: code.subarray(0, length), first, count, byLevel, x, y };
}
