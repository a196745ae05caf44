import type { SightingColumns, SightingTable } from '../domain/table';

/** What tiles are made from. A whole table is one; what goes to a worker is one as well. */
export interface TileTable {
  columns: Pick<
    SightingColumns,
    'lng' | 'lat' | 'uncertaintyMeters' | 'system' | 'confidence' | 'status' | 'placeKind' | 'layer'
  >;
  systemIds: readonly string[];
}

/** The part of a table that tiles are made from. */
export function tileTableOf({ columns, systemIds }: SightingTable): TileTable {
  const { lng, lat, uncertaintyMeters, system, confidence, status, placeKind, layer } = columns;
  return {
    columns: { lng, lat, uncertaintyMeters, system, confidence, status, placeKind, layer },
    systemIds,
  };
}
