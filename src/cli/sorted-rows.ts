import type { SightingTable } from '../domain/table';
import type { PublishedTable } from '../map/facet-columns';

/** The rows of a table in the order of their ids. */
export function rowsById(table: SightingTable): Uint32Array {
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const isBefore = (a: number, b: number) => table.idOf(a) < table.idOf(b);
  const isSorted = rows.every((row) => row === 0 || isBefore(row - 1, row));
  return isSorted ? rows : rows.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

/** The columns that published tiles are made from, with their rows in this order. */
export function publishedTable({ columns, systemIds }: SightingTable, order: Uint32Array): PublishedTable {
  const sorted = <T extends Float64Array | Int32Array | Uint16Array | Uint8Array>(column: T): T => {
    const own = column.slice() as T;
    for (let row = 0; row < order.length; row++) own[row] = column[order[row] ?? 0] ?? 0;
    return own;
  };
  return {
    columns: {
      lng: sorted(columns.lng),
      lat: sorted(columns.lat),
      uncertaintyMeters: sorted(columns.uncertaintyMeters),
      system: sorted(columns.system),
      confidence: sorted(columns.confidence),
      status: sorted(columns.status),
      placeKind: sorted(columns.placeKind),
      layer: sorted(columns.layer),
      firstDay: sorted(columns.firstDay),
      lastDay: sorted(columns.lastDay),
      origins: sorted(columns.origins),
    },
    systemIds,
  };
}
