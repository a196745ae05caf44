import type { DistanceColumns } from './distance-columns';
import type { SightingTable } from './table';

export const SORT_DIRECTIONS = ['ascending', 'descending'] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** Bits of a key that one pass sorts by. */
const PASS_BITS = 11;
const BUCKETS = 1 << PASS_BITS;

/**
 * Sorts rows by a key of each row, smallest first; rows of the same key keep their order. A radix sort: time
 * grows with the rows alone, and a second key is another call before.
 * @param keyOf by row, a whole number below 2 ** 33
 */
function sortedBy(rows: Uint32Array, keyOf: Uint32Array): Uint32Array {
  let from = rows;
  for (let shift = 0; shift < 32; shift += PASS_BITS) {
    const starts = new Uint32Array(BUCKETS + 1);
    for (const row of from) {
      const next = (((keyOf[row] ?? 0) >>> shift) & (BUCKETS - 1)) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let i = 1; i <= BUCKETS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    const to = new Uint32Array(from.length);
    for (const row of from) {
      const bucket = ((keyOf[row] ?? 0) >>> shift) & (BUCKETS - 1);
      const at = starts[bucket] ?? 0;
      to[at] = row;
      starts[bucket] = at + 1;
    }
    from = to;
  }
  return from;
}

/** Days as keys that grow with time: no day of the years 0000 to 9999 is below 2 ** 21 days before 1970. */
const DAY_OFFSET = 1 << 21;

function upTo(length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => i);
}

function allRows(table: SightingTable): Uint32Array {
  return upTo(table.length);
}

/**
 * The indices of some numbers, smallest or greatest number first; equal numbers keep their order, and NaN comes last
 * either way.
 */
export function orderOfNumbers(numbers: Float64Array, direction: SortDirection): Uint32Array {
  const sign = direction === 'ascending' ? 1 : -1;
  // 0 is added so that -0 and 0 are one key.
  const keys = numbers.map((number) => (Number.isNaN(number) ? Infinity : sign * number + 0));
  const halves = new DataView(new ArrayBuffer(8));
  const [high, low] = [new Uint32Array(keys.length), new Uint32Array(keys.length)];
  for (const [i, key] of keys.entries()) {
    halves.setFloat64(0, key);
    // The bits of doubles that are not negative grow with them; those of negative ones fall.
    const flip = key < 0 ? 0xffff_ffff : 0;
    high[i] = halves.getUint32(0) ^ (key < 0 ? flip : 0x8000_0000);
    low[i] = halves.getUint32(4) ^ flip;
  }
  return sortedBy(sortedBy(upTo(keys.length), low), high);
}

/** All rows by event date, newest first; of the same last day the one that is known better comes first. */
export function newestFirst(table: SightingTable): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const late = (days: Int32Array) => Uint32Array.from(days, (day) => DAY_OFFSET * 4 - day);
  return sortedBy(sortedBy(allRows(table), late(firstDay)), late(lastDay));
}

/** All rows by event date, oldest first; of the same first day the one that is known better comes first. */
export function oldestFirst(table: SightingTable): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const early = (days: Int32Array) => Uint32Array.from(days, (day) => day + DAY_OFFSET);
  return sortedBy(sortedBy(allRows(table), early(lastDay)), early(firstDay));
}

/** All rows by confidence, surest first, then newest first. */
export function surestFirst(table: SightingTable): Uint32Array {
  return sortedBy(newestFirst(table), Uint32Array.from(table.columns.confidence));
}

/** All rows by the distance of their centres, nearest first to a centimetre; those without a place come last. */
export function nearestFirst(table: SightingTable, { meters }: DistanceColumns): Uint32Array {
  const centimeters = Uint32Array.from(meters, (value) =>
    Number.isNaN(value) ? 2 ** 32 - 1 : Math.round(value * 100),
  );
  return sortedBy(newestFirst(table), centimeters);
}

/** The rows of an order that are among some rows, in that order. */
export function inOrderOf(order: Uint32Array, rows: Uint32Array, tableLength: number): Uint32Array {
  if (rows.length === order.length) return order;
  const isWanted = new Uint8Array(tableLength);
  for (const row of rows) isWanted[row] = 1;
  return order.filter((row) => isWanted[row] === 1);
}
