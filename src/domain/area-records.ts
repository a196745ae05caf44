import type { MultiPolygon, Polygon } from 'geojson';
import type { Sighting } from './sighting';
import { PLACE_KIND, type SightingTable } from './table';

/** The rows that are areas as they go to a worker: they are few, and go as the text of their records. */
export interface AreaRecords {
  /** ascending */
  rows: Uint32Array<ArrayBuffer>;
  /** where the record of each ends in `bytes`; it starts where the one before ends */
  ends: Uint32Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The areas of a table, or of some of its rows.
 * @param rows where it is given, what the worker has: a row of its table is an index of these
 */
export function areaRecords(table: SightingTable, rows?: Uint32Array): AreaRecords {
  const { placeKind } = table.columns;
  const length = rows?.length ?? table.length;
  const [found, records]: [number[], Uint8Array[]] = [[], []];
  for (let i = 0; i < length; i++) {
    const row = rows?.[i] ?? i;
    if (placeKind[row] !== PLACE_KIND.area) continue;
    found.push(i);
    records.push(table.recordBytes(row));
  }
  const ends = new Uint32Array(found.length);
  let size = 0;
  for (const [i, record] of records.entries()) ends[i] = size += record.length;
  const bytes = new Uint8Array(size);
  for (const [i, record] of records.entries()) bytes.set(record, ends[i - 1] ?? 0);
  return { rows: Uint32Array.from(found), ends, bytes };
}

/** Gives the area of a row, if it is one; its record is parsed when it is first asked for. */
export function areaReader(areas: AreaRecords): (row: number) => Polygon | MultiPolygon | undefined {
  const indexOf = new Map(Array.from(areas.rows, (row, i) => [row, i] as const));
  const known = new Map<number, Polygon | MultiPolygon>();
  const parse = (i: number) => {
    const text = new TextDecoder().decode(areas.bytes.subarray(areas.ends[i - 1] ?? 0, areas.ends[i]));
    const { geometry } = JSON.parse(text) as Sighting;
    return geometry === null || geometry.type === 'Point' ? undefined : geometry;
  };
  return (row) => {
    const i = indexOf.get(row);
    if (i === undefined) return undefined;
    const geometry = known.get(row) ?? parse(i);
    if (geometry) known.set(row, geometry);
    return geometry;
  };
}
