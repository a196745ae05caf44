import type { DistanceColumns } from './distance-columns';
import type { SightingTable } from './table';

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

function allRows(table: SightingTable): Uint32Array {
  return Uint32Array.from({ length: table.length }, (_, row) => row);
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
