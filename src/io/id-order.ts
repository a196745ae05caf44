import type { SightingTable } from '../domain/table';

/** So many rows are sorted or merged in a step. */
const STEP_ROWS = 4096;

/**
 * Sorts rows by the ids of their sightings, as files have them, in steps between which something else can be done. Rows
 * that are in order already, as those of most files, are told by one look at each.
 */
export function* orderById(table: SightingTable, rows: Uint32Array): Generator<void, Uint32Array> {
  const ids: string[] = [];
  let isSorted = true;
  for (const row of rows) {
    const id = table.idOf(row);
    isSorted &&= ids.length === 0 || (ids.at(-1) ?? '') <= id;
    if (ids.push(id) % STEP_ROWS === 0) yield;
  }
  if (isSorted) return rows;
  const idAt = (i: number | undefined) => ids[i ?? -1] ?? '';
  let order = Uint32Array.from({ length: rows.length }, (_, i) => i);
  for (let from = 0; from < order.length; from += STEP_ROWS) {
    const compare = (a: number, b: number) => (idAt(a) < idAt(b) ? -1 : idAt(a) > idAt(b) ? 1 : a - b);
    order.subarray(from, from + STEP_ROWS).sort(compare);
    yield;
  }
  let merged = new Uint32Array(order.length);
  for (let run = STEP_ROWS; run < order.length; run *= 2) {
    for (let from = 0; from < order.length; from += 2 * run) {
      const [middle, end] = [Math.min(from + run, order.length), Math.min(from + 2 * run, order.length)];
      let [left, right] = [from, middle];
      for (let at = from; at < end; at++) {
        const isLeft = left < middle && (right >= end || idAt(order[left]) <= idAt(order[right]));
        merged[at] = order[isLeft ? left++ : right++] ?? 0;
        if (at % STEP_ROWS === 0) yield;
      }
    }
    [order, merged] = [merged, order];
  }
  return order.map((i) => rows[i] ?? 0);
}
