import { FINER_BITS, MAX_MARKS_IN_CELL, cellBits } from './cells';
import { SINGLE_ZOOM } from './tile-scheme';
import type { FacetColumns, PeriodColumn } from './facet-columns';
import { CODE_BITS } from './morton';
import type { Places } from './places';

/** Sightings of one cell that no filter tells apart. */
export interface CountRow {
  combination: number;
  /** number of their pair of periods, see {@link PeriodColumn} */
  pair: number;
  count: number;
  /** position of the first */
  first: number;
  /** mean of their places */
  x: number;
  y: number;
}

/**
 * Counts the sightings of some positions, which are those of a tile, by cell, combination and periods. The rows come
 * in the order of their cells, those of a cell in that of their first sightings.
 *
 * Where marks may stand for one sighting, {@link MAX_MARKS_IN_CELL} of a wide cell or fewer are shown by their narrow
 * cells. A filter lets all sightings of a row through or none, so it suffices to part rows of so few by narrow cells:
 * with a greater one shown, its cell is crowded anyway.
 * @param most gives up with `undefined` when there are more rows
 */
export function countRows(
  places: Places,
  from: number,
  to: number,
  z: number,
  facets: FacetColumns,
  periods: PeriodColumn,
  most = Infinity,
): CountRow[] | undefined {
  const narrowBits = z < SINGLE_ZOOM ? 0 : FINER_BITS;
  const wideSize = 4 ** (CODE_BITS - cellBits(z) + narrowBits);
  const narrowSize = wideSize / 4 ** narrowBits;
  const rows: CountRow[] = [];
  const pairs = periods.first.length;
  const keyOf = (position: number) => {
    const row = places.row[position] ?? 0;
    return (facets.combination[row] ?? 0) * pairs + (periods.pair[row] ?? 0);
  };
  for (let start = from; start < to;) {
    const cell = Math.floor((places.code[start] ?? 0) / wideSize);
    let end = start;
    while (end < to && (places.code[end] ?? 0) < (cell + 1) * wideSize) end++;
    const sizes = new Map<number, number>();
    if (narrowBits > 0) {
      for (let position = start; position < end; position++) {
        const key = keyOf(position);
        sizes.set(key, (sizes.get(key) ?? 0) + 1);
      }
    }
    const known = new Map<number, CountRow>();
    const parts = 4 ** narrowBits + 1;
    for (let position = start; position < end; position++) {
      const key = keyOf(position);
      const isParted = narrowBits > 0 && (sizes.get(key) ?? 0) <= MAX_MARKS_IN_CELL;
      const part = isParted ? 1 + (Math.floor((places.code[position] ?? 0) / narrowSize) % (parts - 1)) : 0;
      let row = known.get(key * parts + part);
      if (row === undefined) {
        row = {
          combination: Math.floor(key / pairs),
          pair: key % pairs,
          count: 0,
          first: position,
          x: 0,
          y: 0,
        };
        known.set(key * parts + part, row);
        if (rows.push(row) > most) return undefined;
      }
      row.count++;
      row.x += places.x[position] ?? 0;
      row.y += places.y[position] ?? 0;
    }
    start = end;
  }
  for (const row of rows) {
    row.x /= row.count;
    row.y /= row.count;
  }
  return rows;
}
