import type { Publication } from '../../src/domain/publication';
import type { SightingTable } from '../../src/domain/table';
import { describeSightings } from '../../src/cli/describe-publication';
import { publishTiles, type TileBudget } from '../../src/map/publish-tiles';
import type { PublishedArchives } from '../../src/map/published-nodes';

/** The archives of a table, as the command would write them, in memory: the rows are those of the table. */
export function publishedInMemory(
  table: SightingTable,
  budget: TileBudget,
): PublishedArchives & { asked: string[] } {
  const tiles = new Map<string, ArrayBuffer>();
  const making = publishTiles(table, undefined, budget);
  let next = making.next();
  for (; !next.done; next = making.next()) {
    const { archive, z, x, y, bytes } = next.value;
    tiles.set(`${archive}/${z}/${x}/${y}`, bytes.slice().buffer);
  }
  const publication: Publication = {
    ...describeSightings(table, 'A publication'),
    sha256: '',
    periods: next.value.periods,
    records: { name: '', bytes: 0, end: 0 },
    index: { name: '', bytes: 0, rowsPerLine: 1, linesPerPage: 1, pages: [] },
    counts: '',
  };
  const asked: string[] = [];
  return {
    publication,
    asked,
    tileData(archive, z, x, y) {
      const key = `${archive}/${z}/${x}/${y}`;
      asked.push(key);
      return Promise.resolve(tiles.get(key));
    },
  };
}
