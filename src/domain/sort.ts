import type { DistanceColumns } from './distance-columns';
import type { FindTable } from './find-table';

export const SORT_DIRECTIONS = ['ascending', 'descending'] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** What is sorted of a table by its dates alone. */
export interface DatedTable {
  readonly length: number;
  readonly columns: Pick<FindTable['columns'], 'firstDay' | 'lastDay'>;
}

/** Bits of a key that one pass sorts by. */
const PASS_BITS = 11;
const BUCKETS = 1 << PASS_BITS;

/**
 * Sorts rows by a key of each row, smallest first; rows of the same key keep their order. A radix sort: time
 * grows with the rows and the bits of the greatest key, and a second key is another call before.
 * @param rows they are written over: what is returned is sorted
 * @param keyOf by row, a whole number below 2 ** 32
 */
function sortedBy(rows: Uint32Array, keyOf: Uint32Array | Uint8Array): Uint32Array {
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(from.length);
  const starts = new Uint32Array(BUCKETS + 1);
  let greatest = 0;
  for (let i = 0; i < from.length; i++) greatest = Math.max(greatest, keyOf[from[i] ?? 0] ?? 0);
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += PASS_BITS) {
    starts.fill(0);
    for (let i = 0; i < from.length; i++) {
      const next = (((keyOf[from[i] ?? 0] ?? 0) >>> shift) & (BUCKETS - 1)) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let i = 1; i <= BUCKETS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    for (let i = 0; i < from.length; i++) {
      const row = from[i] ?? 0;
      const bucket = ((keyOf[row] ?? 0) >>> shift) & (BUCKETS - 1);
      const at = starts[bucket] ?? 0;
      to[at] = row;
      starts[bucket] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Days as keys from 0 on, which grow with time, or fall. */
function dayKeys(days: Int32Array, direction: SortDirection): Uint32Array {
  let [first, last] = [Infinity, -Infinity];
  for (let row = 0; row < days.length; row++) {
    const day = days[row] ?? 0;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const keys = new Uint32Array(days.length);
  for (let row = 0; row < days.length; row++) {
    const day = days[row] ?? 0;
    keys[row] = direction === 'ascending' ? day - first : last - day;
  }
  return keys;
}

function upTo(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}

function allRows(table: DatedTable): Uint32Array {
  return upTo(table.length);
}

/** The indices of some keys, smallest key first; those of equal keys keep their order. */
export function orderOfKeys(keys: Uint32Array): Uint32Array {
  return sortedBy(upTo(keys.length), keys);
}

/** All rows by event date, newest first; of the same last day the one that is known better comes first. */
export function newestFirst(table: FindTable): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const known = sortedBy(allRows(table), dayKeys(firstDay, 'descending'));
  return sortedBy(known, dayKeys(lastDay, 'descending'));
}

/** All rows by event date, oldest first; of the same first day the one that is known better comes first. */
export function oldestFirst(table: DatedTable): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const known = sortedBy(allRows(table), dayKeys(lastDay, 'ascending'));
  return sortedBy(known, dayKeys(firstDay, 'ascending'));
}

/** All rows by confidence, surest first, then newest first. */
export function surestFirst(table: FindTable): Uint32Array {
  return sortedBy(newestFirst(table), table.columns.confidence);
}

/** All rows by the distance of their centres, nearest first to a centimetre; those without a place come last. */
export function nearestFirst(table: FindTable, { meters }: DistanceColumns): Uint32Array {
  const centimeters = new Uint32Array(meters.length);
  for (let row = 0; row < meters.length; row++) {
    const value = meters[row] ?? NaN;
    centimeters[row] = Number.isNaN(value) ? 2 ** 32 - 1 : Math.round(value * 100);
  }
  return sortedBy(newestFirst(table), centimeters);
}

/** The rows of an order that are among some rows, in that order. */
export function inOrderOf(order: Uint32Array, rows: Uint32Array, tableLength: number): Uint32Array {
  if (rows.length === order.length) return order;
  const isWanted = new Uint8Array(tableLength);
  for (let i = 0; i < rows.length; i++) isWanted[rows[i] ?? 0] = 1;
  const wanted = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0;
    if (isWanted[row] === 1) wanted[count++] = row;
  }
  return count === wanted.length ? wanted : wanted.slice(0, count);
}
