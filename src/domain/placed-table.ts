import { type AreaRecords, areaReader, areaRecords } from './area-records';
import type { SortedTable } from './distance-order';
import type { SightingTable } from './table';

const COLUMNS = ['lng', 'lat', 'uncertaintyMeters', 'placeKind', 'firstDay', 'lastDay'] as const;

/** What is measured of some rows of a table, as it goes to a worker. */
export interface PlacedParts {
  length: number;
  columns: SortedTable['columns'];
  areas: AreaRecords;
}

/** The parts of a table that a worker needs to measure some rows, copied so that they can be handed over. */
export function placedParts(table: SightingTable, rows: Uint32Array): PlacedParts {
  const columns = Object.fromEntries(
    COLUMNS.map((name) => {
      const from = table.columns[name];
      const to = new (from.constructor as new (length: number) => typeof from)(rows.length);
      for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] ?? -1] ?? NaN;
      return [name, to];
    }),
  ) as unknown as PlacedParts['columns'];
  return { length: rows.length, columns, areas: areaRecords(table, rows) };
}

/** The buffers of some parts, each once. */
export function buffersOf({ columns, areas }: PlacedParts): ArrayBuffer[] {
  const arrays = [...COLUMNS.map((name) => columns[name]), areas.rows, areas.ends, areas.bytes];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

/** The table of some parts: its rows are those that were wanted, in their order. */
export function placedTableOf({ length, columns, areas }: PlacedParts): SortedTable {
  return { length, columns, area: areaReader(areas) };
}
