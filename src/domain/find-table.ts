import type { MultiPolygon, Polygon } from 'geojson';
import type { Sighting } from './sighting';
import { PLACE_KIND, type SightingColumns, type SightingTable } from './table';

/** The columns that queries, sorting, histograms and distances read. */
export type FindColumns = Pick<
  SightingColumns,
  | 'lng'
  | 'lat'
  | 'uncertaintyMeters'
  | 'firstDay'
  | 'lastDay'
  | 'system'
  | 'confidence'
  | 'status'
  | 'placeKind'
  | 'origins'
  | 'publisherStart'
  | 'publisher'
>;

/** What is searched by columns. A whole table is one; what a worker has is one as well, without any other record. */
export interface FindTable {
  readonly length: number;
  readonly columns: FindColumns;
  readonly systemIds: readonly string[];
  readonly publishers: readonly string[];
  /** the geometry of a row that is an area */
  area(row: number): Polygon | MultiPolygon | undefined;
}

/** A {@link FindTable} as it goes to a worker: areas are few, and go as the text of their records. */
export interface FindTableParts extends Omit<FindTable, 'area'> {
  areas: {
    /** ascending */
    rows: Uint32Array;
    /** where the record of each ends in `bytes`; it starts where the one before ends */
    ends: Uint32Array;
    bytes: Uint8Array;
  };
}

/** The parts of a table that a worker needs to find rows. The columns are the table's own: they are to be copied. */
export function findTableParts(table: SightingTable): FindTableParts {
  const { length, columns, systemIds, publishers } = table;
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (columns.placeKind[row] === PLACE_KIND.area) rows.push(row);
  const ends = new Uint32Array(rows.length);
  let size = 0;
  for (const [i, row] of rows.entries()) ends[i] = size += table.recordBytes(row).length;
  const bytes = new Uint8Array(size);
  for (const [i, row] of rows.entries()) bytes.set(table.recordBytes(row), ends[i - 1] ?? 0);
  const { lng, lat, uncertaintyMeters, firstDay, lastDay, system, confidence, status } = columns;
  const { placeKind, origins, publisherStart, publisher } = columns;
  return {
    length,
    columns: {
      ...{ lng, lat, uncertaintyMeters, firstDay, lastDay, system, confidence, status },
      ...{ placeKind, origins, publisherStart, publisher },
    },
    systemIds,
    publishers,
    areas: { rows: Uint32Array.from(rows), ends, bytes },
  };
}

/** The table of some parts; the record of an area is parsed when it is first asked for. */
export function findTableOf({ areas, ...table }: FindTableParts): FindTable {
  const indexOf = new Map(Array.from(areas.rows, (row, i) => [row, i] as const));
  const known = new Map<number, Polygon | MultiPolygon>();
  const parse = (i: number) => {
    const text = new TextDecoder().decode(areas.bytes.subarray(areas.ends[i - 1] ?? 0, areas.ends[i]));
    const { geometry } = JSON.parse(text) as Sighting;
    return geometry === null || geometry.type === 'Point' ? undefined : geometry;
  };
  const area = (row: number) => {
    const i = indexOf.get(row);
    if (i === undefined) return undefined;
    const geometry = known.get(row) ?? parse(i);
    if (geometry) known.set(row, geometry);
    return geometry;
  };
  return { ...table, area };
}
