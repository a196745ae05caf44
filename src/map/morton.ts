/**
 * Morton order, or Z-order: the bits of a place's x and y by turns in one number. Every tile and every cell of a
 * tile, at any zoom, is one unbroken run of it. See Morton, G. M. (1966), "A computer oriented geodetic data base".
 */

/** Bits an axis of the finest codes; both axes together are exact in a double. */
export const CODE_BITS = 24;

/** Sorted this many bits at a time. */
const DIGIT_BITS = 16;

/** Parts the lower 12 bits of a number, with a 0 between each two. */
function spread(bits: number): number {
  let spreaded = bits & 0xfff;
  spreaded = (spreaded | (spreaded << 8)) & 0x00ff00ff;
  spreaded = (spreaded | (spreaded << 4)) & 0x0f0f0f0f;
  spreaded = (spreaded | (spreaded << 2)) & 0x33333333;
  return (spreaded | (spreaded << 1)) & 0x55555555;
}

/** The code of a column and a row of cells, which are whole numbers below 2 ** 24. */
export function codeOfCell(cellX: number, cellY: number): number {
  const low = spread(cellX) | (spread(cellY) << 1);
  const high = spread(cellX >>> 12) | (spread(cellY >>> 12) << 1);
  return high * 2 ** 24 + low;
}

/** The code, with `bits` an axis, of a place on the unit square; 0 <= x, y < 1. */
export function codeOf(x: number, y: number, bits: number): number {
  return codeOfCell(Math.floor(x * 2 ** bits), Math.floor(y * 2 ** bits));
}

/** The indices of codes in ascending order of the codes, those of equal codes as they come: a radix sort. */
export function orderOf(codes: Float64Array): Uint32Array {
  let order = new Uint32Array(codes.length);
  for (let index = 0; index < codes.length; index++) order[index] = index;
  let next = new Uint32Array(codes.length);
  const digits = new Uint16Array(codes.length);
  const starts = new Uint32Array(2 ** DIGIT_BITS + 1);
  for (let shift = 0; shift < 2 * CODE_BITS; shift += DIGIT_BITS) {
    const unit = 2 ** shift;
    starts.fill(0);
    for (let index = 0; index < codes.length; index++) {
      const digit = Math.floor((codes[index] ?? 0) / unit) % 2 ** DIGIT_BITS;
      digits[index] = digit;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 1; digit < starts.length; digit++) {
      starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    }
    for (const index of order) {
      const digit = digits[index] ?? 0;
      const at = starts[digit] ?? 0;
      next[at] = index;
      starts[digit] = at + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
