import type { MultiPolygon, Polygon } from 'geojson';
import { type AreaRecords, areaReader, areaRecords } from './area-records';
import type { SightingColumns, SightingTable } from './table';

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

/** A {@link FindTable} as it goes to a worker. */
export interface FindTableParts extends Omit<FindTable, 'area'> {
  areas: AreaRecords;
}

/** The parts of a table that a worker needs to find rows, copied so that they can be handed over. */
export function findTableParts(table: SightingTable): FindTableParts {
  const { length, columns, systemIds, publishers } = table;
  const { lng, lat, uncertaintyMeters, firstDay, lastDay, system, confidence, status } = columns;
  const { placeKind, origins, publisherStart, publisher } = columns;
  const own = {
    ...{ lng, lat, uncertaintyMeters, firstDay, lastDay, system, confidence, status },
    ...{ placeKind, origins, publisherStart, publisher },
  };
  const copies = Object.entries(own).map(([name, column]) => [name, column.slice()]);
  return {
    length,
    columns: Object.fromEntries(copies) as FindColumns,
    systemIds,
    publishers,
    areas: areaRecords(table),
  };
}

/** The buffers that go to another thread when the parts of a table are handed over. */
export function transferOfParts({ columns, areas }: FindTableParts): ArrayBuffer[] {
  return [...Object.values(columns), areas.rows, areas.ends, areas.bytes].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}

/** The table of some parts; the record of an area is parsed when it is first asked for. */
export function findTableOf({ areas, ...table }: FindTableParts): FindTable {
  return { ...table, area: areaReader(areas) };
}
