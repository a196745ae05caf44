import { Dictionary, SightingTable, emptyColumns, NO_SYSTEM } from './table';

/** Rows of a table that go into another, as those of a layer. */
export interface TablePart {
  table: SightingTable;
  /** ascending; left out: all rows */
  rows?: Uint32Array;
  layer: string;
}

/** Columns that are copied as they are; the others point into lists of their table. */
const PLAIN = [
  'lng',
  'lat',
  'uncertaintyMeters',
  'firstDay',
  'lastDay',
  'confidence',
  'status',
  'placeKind',
  'origins',
  'reportedDistances',
  'recordStart',
  'recordEnd',
] as const;

function allRows({ length }: SightingTable): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row);
}

/**
 * One table of the rows of several, part by part, in their order. The records stay in the files they are in, which the
 * new table shares. Time grows with the rows; no record is parsed.
 */
export function combineTables(parts: readonly TablePart[]): SightingTable {
  const rowsOfParts = parts.map(({ table, rows }) => rows ?? allRows(table));
  const length = rowsOfParts.reduce((sum, rows) => sum + rows.length, 0);
  const columns = emptyColumns(length);
  const systems = new Dictionary(['']);
  const publishers = new Dictionary();
  const layers = new Dictionary();
  const files: Uint8Array[] = [];
  const ids: string[] = [];
  const publisherOfRows: number[] = [];
  let to = 0;
  for (const [i, { table, layer }] of parts.entries()) {
    const rows = rowsOfParts[i] ?? new Uint32Array();
    const from = table.columns;
    for (const name of PLAIN) {
      const [target, source] = [columns[name], from[name]];
      for (let k = 0; k < rows.length; k++) target[to + k] = source[rows[k] ?? 0] ?? 0;
    }
    const systemOf = table.systemIds.map((id, at) => (at === NO_SYSTEM ? NO_SYSTEM : systems.indexOf(id)));
    const publisherOf = table.publishers.map((publisher) => publishers.indexOf(publisher));
    const fileOf = table.files.map((file) => files.indexOf(file));
    for (const [at, file] of table.files.entries()) if (fileOf[at] === -1) fileOf[at] = files.push(file) - 1;
    const layerIndex = layers.indexOf(layer);
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] ?? 0;
      ids.push(table.ids[row] ?? '');
      columns.system[to + k] = systemOf[from.system[row] ?? 0] ?? NO_SYSTEM;
      columns.recordFile[to + k] = fileOf[from.recordFile[row] ?? 0] ?? 0;
      columns.layer[to + k] = layerIndex;
      const end = from.publisherStart[row + 1] ?? 0;
      for (let at = from.publisherStart[row] ?? 0; at < end; at++) {
        publisherOfRows.push(publisherOf[from.publisher[at] ?? 0] ?? 0);
      }
      columns.publisherStart[to + k + 1] = publisherOfRows.length;
    }
    to += rows.length;
  }
  columns.publisher = Uint32Array.from(publisherOfRows);
  return new SightingTable(columns, ids, systems.values, publishers.values, files, layers.values);
}
