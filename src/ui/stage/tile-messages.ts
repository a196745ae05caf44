import type { TileTable } from '../../map/tile-table';

/** What the page asks of the worker that makes tiles; it takes them in turn. */
export type TileQuestion =
  | { kind: 'table'; table: TileTable }
  /** all where there are no `rows`; `revision` goes up with each */
  | { kind: 'show'; rows: Uint32Array | undefined; revision: number }
  | { kind: 'tile'; id: number; z: number; x: number; y: number }
  | { kind: 'sharing-mark'; id: number; row: number; z: number };

/** What the worker answers, to those that have an `id`. */
export type TileAnswer =
  | { kind: 'tile'; id: number; bytes: ArrayBuffer; revision: number }
  | { kind: 'sharing-mark'; id: number; rows: number[] }
  | { kind: 'error'; id: number; message: string };
