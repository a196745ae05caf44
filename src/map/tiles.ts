import { discsToDraw } from './disc-choice';
import { discFeatures, singleTags } from './disc-features';
import { Groups } from './groups';
import { markFeatures } from './mark-features';
import { Places } from './places';
import { type TileTable } from './tile-table';
import { type TileFeature, encodeTile } from './tile-encoder';

/** What a zoom shows is kept for so many zooms: those of a view, and of the one before. */
const MAX_KEPT_ZOOMS = 4;

/** What is worked out once for a zoom and the rows shown. */
interface ZoomContent {
  groups: Groups;
  /** positions of the sightings whose discs are drawn, ascending */
  discs: Uint32Array;
}

/**
 * Serves a table as vector tiles, made on demand from its columns, zoom 0 to `MAX_TILE_ZOOM`.
 *
 * Layer `marks` has a Point for each sighting, or for each group of sightings that would overlap, placed at the
 * mean of its members: `count`, the `row` of a member, and for a group how many are of `high`, `moderate` and `low`
 * confidence; for a single one its `system`, `confidence`, `status` and the index of its `layer`. An area has its mark at a point inside of
 * it.
 *
 * Layer `discs` has a Polygon for the uncertainty of each sighting that is wide enough to be seen, whether or not
 * its centre is in the tile; of a crowd only the widest, see {@link discsToDraw}.
 */
export class SightingTiles {
  readonly #places: Places;
  /** 1 for each position that is shown */
  readonly #shown: Uint8Array;
  #shownCount: number;
  readonly #zooms = new Map<number, ZoomContent>();

  /** Shows all rows of a table; those without a place are passed over. */
  constructor(private readonly table: TileTable) {
    this.#places = new Places(table);
    this.#shown = new Uint8Array(this.#places.length).fill(1);
    this.#shownCount = this.#places.length;
  }

  /** Shows these rows from now on, and no other, or all of them. */
  show(rows?: Uint32Array): void {
    const { length, position } = this.#places;
    if (rows === undefined && this.#shownCount === length) return;
    this.#zooms.clear();
    this.#shown.fill(rows ? 0 : 1);
    this.#shownCount = rows ? 0 : length;
    if (rows === undefined) return;
    for (const row of rows) {
      const at = position[row] ?? length;
      if (at >= length) continue;
      this.#shown[at] = 1;
      this.#shownCount++;
    }
  }

  /** The Mapbox Vector Tile at z, x, y. */
  tile(z: number, x: number, y: number): Uint8Array {
    const discs = discFeatures(this.table, this.#places, this.#zoom(z).discs, [z, x, y]);
    return encodeTile({ marks: this.#marks(z, x, y), discs });
  }

  /** The rows that share the mark of this one on a tile of zoom `z`, itself among them, in the table's order. */
  sharingMark(row: number, z: number): number[] {
    const positions = this.#zoom(z).groups.sharing(this.#places.position[row] ?? this.#places.length);
    if (positions.length === 0) return [row];
    return positions.map((position) => this.#places.row[position] ?? 0).sort((a, b) => a - b);
  }

  #zoom(z: number): ZoomContent {
    const known = this.#zooms.get(z);
    if (known) return known;
    const groups = new Groups(this.#places, this.#shown, this.#shownCount, z);
    const made = { groups, discs: discsToDraw(this.#places, this.#shown, groups) };
    const [oldest] = this.#zooms.keys();
    if (oldest !== undefined && this.#zooms.size >= MAX_KEPT_ZOOMS) this.#zooms.delete(oldest);
    this.#zooms.set(z, made);
    return made;
  }

  #marks(z: number, tileX: number, tileY: number): TileFeature[] {
    const { row: rows } = this.#places;
    return markFeatures(this.#zoom(z).groups, tileX, tileY, {
      rowOf: (position) => rows[position] ?? 0,
      single: (position) => singleTags(this.table, rows[position] ?? 0),
    });
  }
}
