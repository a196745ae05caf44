import { CONFIDENCES } from '../domain/table';
import { TILE_PIXELS } from './mercator';
import { CODE_BITS } from './morton';
import { type Places, firstAtLeast } from './places';
import { SINGLE_ZOOM } from './tile-scheme';

/** Cells in which sightings are counted together, in pixels: as wide as a group, or as the core of a mark. */
const WIDE_CELL_PIXELS = 64;
const NARROW_CELL_PIXELS = 8;
/** Bits an axis by which narrow cells are finer. */
export const FINER_BITS = Math.log2(WIDE_CELL_PIXELS / NARROW_CELL_PIXELS);

/** So many marks find room in a wide cell; more lie on each other, and are counted together at any zoom. */
export const MAX_MARKS_IN_CELL = 8;

/** Levels of confidence that are counted apart, by their index. */
export const LEVELS = CONFIDENCES.length;

/** What cells are counted of. */
export type CountedPlaces = Pick<Places, 'length' | 'code' | 'x' | 'y' | 'confidence' | 'rangeOf'>;

/** The sightings shown, counted in the cells of a whole zoom; only cells with some, in Morton order. */
export interface Cells {
  length: number;
  /** Morton codes with {@link cellBits} an axis, ascending; of a crowded cell that of its first part */
  code: Float64Array;
  /** 1 for a wide cell that is counted as one among narrow ones, since it is crowded */
  isCrowded: Uint8Array;
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

/** The positions of a cell's places, the end excluded. */
export function positionsOf(
  places: CountedPlaces,
  cells: Cells,
  cell: number,
  z: number,
): [from: number, to: number] {
  const code = cells.code[cell] ?? 0;
  return cells.isCrowded[cell] === 1
    ? places.rangeOf(code / 4 ** FINER_BITS, cellBits(z) - FINER_BITS)
    : places.rangeOf(code, cellBits(z));
}

/** The cell that a Morton code of {@link cellBits} lies in, if any sighting shown does. */
export function cellOf({ code }: Cells, wanted: number): number {
  return firstAtLeast(code, wanted + 1) - 1;
}

/**
 * Counts the sightings shown, in one pass over all places. Where marks stand for one sighting, the cells are
 * narrow, but a wide one that holds more than {@link MAX_MARKS_IN_CELL} is counted as one.
 * @param shown 1 for each position that is shown
 * @param shownCount how many are
 */
export function countCells(places: CountedPlaces, shown: Uint8Array, shownCount: number, z: number): Cells {
  const capacity = Math.min(shownCount, 4 ** cellBits(z));
  const cells: Cells = {
    length: 0,
    code: new Float64Array(capacity),
    isCrowded: new Uint8Array(capacity),
    first: new Uint32Array(capacity),
    count: new Uint32Array(capacity),
    byLevel: new Uint32Array(capacity * LEVELS),
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
  };
  const size = 4 ** (CODE_BITS - cellBits(z));
  const wideSize = z < SINGLE_ZOOM ? size : size * 4 ** FINER_BITS;
  for (let from = 0; from < places.length;) {
    const wide = Math.floor((places.code[from] ?? 0) / wideSize);
    let [to, members] = [from, 0];
    for (; to < places.length && (places.code[to] ?? 0) < (wide + 1) * wideSize; to++)
      members += shown[to] ?? 0;
    const isCrowded = wideSize > size && members > MAX_MARKS_IN_CELL;
    if (members > 0) countRange(cells, places, shown, from, to, isCrowded ? wideSize : size, size);
    from = to;
  }
  const { length, x, y, count } = cells;
  for (let cell = 0; cell < length; cell++) {
    x[cell] = (x[cell] ?? 0) / (count[cell] ?? 1);
    y[cell] = (y[cell] ?? 0) / (count[cell] ?? 1);
  }
  return { ...cells, code: cells.code.subarray(0, length) };
}

/** Adds the cells of some positions, whose sizes are in units of the finest code, and sums their members up. */
function countRange(
  cells: Cells,
  places: CountedPlaces,
  shown: Uint8Array,
  from: number,
  to: number,
  cellSize: number,
  codeSize: number,
): void {
  const { code, isCrowded, first, count, byLevel, x, y } = cells;
  let end = -Infinity; // the first code beyond the cell
  for (let position = from; position < to; position++) {
    if (shown[position] === 0) continue;
    const own = places.code[position] ?? 0;
    if (own >= end) {
      const index = Math.floor(own / cellSize);
      code[cells.length] = (index * cellSize) / codeSize;
      isCrowded[cells.length] = Number(cellSize > codeSize);
      first[cells.length] = position;
      end = (index + 1) * cellSize;
      cells.length++;
    }
    const cell = cells.length - 1;
    count[cell] = (count[cell] ?? 0) + 1;
    const level = cell * LEVELS + (places.confidence[position] ?? 0);
    byLevel[level] = (byLevel[level] ?? 0) + 1;
    x[cell] = (x[cell] ?? 0) + (places.x[position] ?? 0);
    y[cell] = (y[cell] ?? 0) + (places.y[position] ?? 0);
  }
}
