import { PERIODS } from '../domain/period';
import type { PublicationTotals } from '../domain/publication-totals';
import { PLACE_KIND } from '../domain/table';
import { FacetColumns, type PublishedTable } from './facet-columns';

/** Totals have at most so many rows, unless dates are left out already. */
const MAX_TOTALS = 150_000;

/** Counts all sightings of a table by combination and periods, these as fine as there is room for. */
export function totalsOf(table: PublishedTable, most = MAX_TOTALS): PublicationTotals {
  const facets = new FacetColumns(table);
  const { placeKind } = table.columns;
  for (const period of PERIODS) {
    const { pair, first, last } = facets.periods(period);
    const counts = new Map<number, number>();
    for (let row = 0; row < placeKind.length; row++) {
      const key = 2 * ((facets.combination[row] ?? 0) * first.length + (pair[row] ?? 0));
      const placed = key + Number(placeKind[row] !== PLACE_KIND.none);
      counts.set(placed, (counts.get(placed) ?? 0) + 1);
      if (counts.size > most && period !== 'none') break;
    }
    if (counts.size > most && period !== 'none') continue;
    const listOf = (placed: number) =>
      [...counts]
        .filter(([key]) => key % 2 === placed)
        .sort(([a], [b]) => a - b)
        .flatMap(([key, count]) => {
          const own = Math.floor(key / 2);
          const number = own % first.length;
          return [Math.floor(own / first.length), first[number] ?? 0, last[number] ?? 0, count];
        });
    return { period, placed: listOf(1), unplaced: listOf(0) };
  }
  return { period: 'none', placed: [], unplaced: [] };
}
