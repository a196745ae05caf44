import type { ExportSet } from '../../../io/export';

/**
 * Rows of sightings that are not in a set, and that distances of the set are reported to, and so on. A file without them
 * is not valid by itself: its distances lead nowhere.
 */
export function linkedRows({ table, rows }: ExportSet, layer: string | undefined): Uint32Array {
  if (rows.length === table.length) return new Uint32Array();
  const ids = new Set(Array.from(rows, (row) => table.idOf(row)));
  const linked: number[] = [];
  const open = [...rows];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (table.columns.reportedDistances[row] === 0) continue; // which need not be read
    for (const { to } of table.record(row).properties.reportedDistances ?? []) {
      const target = ids.has(to) ? undefined : table.rowOf(to, layer);
      if (target === undefined) continue;
      ids.add(to);
      linked.push(target);
      open.push(target);
    }
  }
  return Uint32Array.from(linked);
}
