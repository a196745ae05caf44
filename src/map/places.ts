import { PLACE_KIND } from '../domain/table';
import { discBounds } from './disc-clipper';
import { TILE_PIXELS, latToY, lngToX, pixelsPerMeter } from './mercator';
import { CODE_BITS, codeOf, orderOf } from './morton';
import type { TileTable } from './tile-table';

/**
 * The sightings of a table that have a place, in Morton order, in which the sightings of any tile or cell stand
 * next to each other. A position counts in this order, a row in the table's. Lengths are shares of the world's
 * width, on the unit square of Web Mercator.
 */
export class Places {
  readonly length: number;
  /** row of each position */
  readonly row: Uint32Array;
  /** position of each row; `length` or more for a row without a place */
  readonly position: Uint32Array;
  /** ascending, see {@link codeOf} */
  readonly code: Float64Array;
  /** 0 <= x < 1: 180° E is 180° W */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** index of the level of confidence */
  readonly confidence: Uint8Array;
  /** radius of the disc as it is drawn; 0 for an area, which has none */
  readonly discRadius: Float64Array;
  /** the disc's bounds: x ± `halfX`, `top` to `bottom`; NaN until {@link Places.boundDisc} */
  readonly halfX: Float64Array;
  readonly top: Float64Array;
  readonly bottom: Float64Array;

  constructor(private readonly table: TileTable) {
    const { lng, lat, uncertaintyMeters, confidence, placeKind } = table.columns;
    const rows = rowsWithPlace(placeKind);
    const { length } = rows;
    // Row by row, as they lie in memory: the order of the codes jumps to and fro in it.
    const [xs, ys, radii] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
    const codes = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const row = rows[i] ?? 0;
      const rowLat = lat[row] ?? 0;
      const x = (xs[i] = wrappedX(lng[row] ?? 0));
      const y = (ys[i] = latToY(rowLat));
      codes[i] = codeOf(x, y, CODE_BITS);
      if (placeKind[row] === PLACE_KIND.point)
        radii[i] = ((uncertaintyMeters[row] ?? 0) * pixelsPerMeter(rowLat, 0)) / TILE_PIXELS;
    }
    const order = orderOf(codes);
    this.length = length;
    this.row = new Uint32Array(length);
    this.position = new Uint32Array(lng.length).fill(length);
    this.code = new Float64Array(length);
    this.x = new Float64Array(length);
    this.y = new Float64Array(length);
    this.confidence = new Uint8Array(length);
    this.discRadius = new Float64Array(length);
    this.halfX = new Float64Array(length).fill(NaN);
    this.top = new Float64Array(length);
    this.bottom = new Float64Array(length);
    for (let position = 0; position < length; position++) {
      const i = order[position] ?? 0;
      const row = rows[i] ?? 0;
      this.row[position] = row;
      this.position[row] = position;
      this.code[position] = codes[i] ?? 0;
      this.x[position] = xs[i] ?? 0;
      this.y[position] = ys[i] ?? 0;
      this.confidence[position] = confidence[row] ?? 0;
      this.discRadius[position] = radii[i] ?? 0;
    }
  }

  /** Works out the bounds of a disc that is to be drawn: most of them never are. */
  boundDisc(position: number): void {
    if (!Number.isNaN(this.halfX[position])) return;
    const { lat, uncertaintyMeters } = this.table.columns;
    const row = this.row[position] ?? 0;
    const bounds = discBounds(lat[row] ?? 0, uncertaintyMeters[row] ?? 0);
    this.halfX[position] = bounds.halfX;
    this.top[position] = bounds.top;
    this.bottom[position] = bounds.bottom;
  }

  /** The positions whose places are in a cell, from the first to before the second; `code` has `bits` an axis. */
  rangeOf(code: number, bits: number): [from: number, to: number] {
    const size = 4 ** (CODE_BITS - bits);
    return [firstAtLeast(this.code, code * size), firstAtLeast(this.code, (code + 1) * size)];
  }
}

function rowsWithPlace(placeKind: Uint8Array): Uint32Array {
  const rows = new Uint32Array(placeKind.length);
  let length = 0;
  for (let row = 0; row < placeKind.length; row++)
    if (placeKind[row] !== PLACE_KIND.none) rows[length++] = row;
  return rows.subarray(0, length);
}

/** x of a longitude on the square itself: 180° E is 180° W. */
export function wrappedX(lng: number): number {
  const x = lngToX(lng);
  return x - Math.floor(x);
}

/** Index of the first element of an ascending column that is not less than a value. */
export function firstAtLeast(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
