import type { Confidence } from './sighting';
import { CONFIDENCES, type SightingTable } from './table';

/** Which sightings to show. A condition that is left out lets everything through. */
export interface Filter {
  confidences?: ReadonlySet<Confidence> | undefined;
  /** ids of systems; '' stands for "not named" */
  systemIds?: ReadonlySet<string> | undefined;
}

/** The rows that meet every condition of the filter, in the order of the table. */
export function filterRows(table: SightingTable, filter: Filter): Uint32Array {
  const { confidence, system } = table.columns;
  const confidenceWanted = CONFIDENCES.map((level) => filter.confidences?.has(level) ?? true);
  const systemWanted = table.systemIds.map((id) => filter.systemIds?.has(id) ?? true);
  const rows = new Uint32Array(table.length);
  let count = 0;
  for (let row = 0; row < table.length; row++) {
    if (!confidenceWanted[confidence[row] ?? 0] || !systemWanted[system[row] ?? 0]) continue;
    rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** The rows by event date, newest first; of the same last day the one that is known better comes first. */
export function sortNewestFirst(table: SightingTable, rows: Uint32Array): Uint32Array {
  const { firstDay, lastDay } = table.columns;
  const day = (column: Int32Array, row: number) => column[row] ?? 0;
  return rows
    .slice()
    .sort((a, b) => day(lastDay, b) - day(lastDay, a) || day(firstDay, b) - day(firstDay, a) || a - b);
}

/** How many of the rows have each value of a column; the value is the index into the counts. */
export function countValues(
  column: Uint8Array | Uint16Array,
  rows: Uint32Array,
  values: number,
): Uint32Array {
  const counts = new Uint32Array(values);
  for (const row of rows) {
    const value = column[row] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}
