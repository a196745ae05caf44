import { CONFIDENCES, STATUSES } from '../domain/table';
import { LEVELS } from './cells';
import { type Box, clipRing } from './clip';
import { discsToDraw } from './disc-choice';
import { cornersOfBox, coversBox, discRing } from './discs';
import { Groups } from './groups';
import { Places, type TileTable } from './places';
import { EXTENT, type TileFeature, encodeTile } from './tile-encoder';

/** Discs reach this far beyond their tile, so that no outline runs along its edge. */
const BUFFER = EXTENT / 16;
const CLIP: Box = { minX: -BUFFER, minY: -BUFFER, maxX: EXTENT + BUFFER, maxY: EXTENT + BUFFER };
const CLIP_RING = [CLIP.minX, CLIP.minY, CLIP.minX, CLIP.maxY, CLIP.maxX, CLIP.maxY, CLIP.maxX, CLIP.minY];

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

  /** Shows these rows from now on, and no other. */
  show(rows: Uint32Array): void {
    this.#zooms.clear();
    this.#shown.fill(0);
    this.#shownCount = 0;
    const { length, position } = this.#places;
    for (const row of rows) {
      const at = position[row] ?? length;
      if (at >= length) continue;
      this.#shown[at] = 1;
      this.#shownCount++;
    }
  }

  /** The Mapbox Vector Tile at z, x, y. */
  tile(z: number, x: number, y: number): Uint8Array {
    return encodeTile({ marks: this.#marks(z, x, y), discs: this.#discs(z, x, y) });
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
    const { groups } = this.#zoom(z);
    const { count, byLevel, first, x, y } = groups.cells;
    // A mean just outside of the tile is drawn at its edge: MapLibre drops what lies beyond.
    const inTile = (position: number, tile: number) =>
      Math.max(0, Math.min(EXTENT - 1, Math.round((position * 2 ** z - tile) * EXTENT)));
    return groups.inTile(tileX, tileY).map((group) => {
      const row = this.#places.row[first[group] ?? 0] ?? 0;
      const members = count[group] ?? 0;
      const levels = CONFIDENCES.map((level, i) => [level, byLevel[group * LEVELS + i] ?? 0] as const);
      return {
        id: row,
        type: 1,
        geometry: [inTile(x[group] ?? 0, tileX), inTile(y[group] ?? 0, tileY)],
        tags:
          members > 1
            ? { count: members, row, ...Object.fromEntries(levels) }
            : { count: members, ...this.#single(row) },
      };
    });
  }

  #single(row: number): Record<string, string | number> {
    const { system, confidence, status, layer } = this.table.columns;
    return {
      row,
      system: this.table.systemIds[system[row] ?? 0] ?? '',
      confidence: CONFIDENCES[confidence[row] ?? 0] ?? '',
      status: STATUSES[status[row] ?? 0] ?? '',
      layer: layer[row] ?? 0,
    };
  }

  #discs(z: number, tileX: number, tileY: number): TileFeature[] {
    const { halfX, top, bottom, x, row: rows } = this.#places;
    const { lat, uncertaintyMeters } = this.table.columns;
    const features: TileFeature[] = [];
    const tiles = 2 ** z;
    const [minX, minY] = [(tileX + CLIP.minX / EXTENT) / tiles, (tileY + CLIP.minY / EXTENT) / tiles];
    const [maxX, maxY] = [(tileX + CLIP.maxX / EXTENT) / tiles, (tileY + CLIP.maxY / EXTENT) / tiles];
    const corners = cornersOfBox(minX, minY, maxX, maxY);
    for (const position of this.#zoom(z).discs) {
      if ((top[position] ?? 0) > maxY || (bottom[position] ?? 0) < minY) continue;
      // In this world and in the copies to its sides.
      for (let world = -1; world <= 1; world++) {
        const centerX = (x[position] ?? 0) + world;
        const reach = halfX[position] ?? 0;
        if (centerX - reach > maxX || centerX + reach < minX) continue;
        const row = rows[position] ?? 0;
        const disc = { x: centerX, lat: lat[row] ?? 0, radiusMeters: uncertaintyMeters[row] ?? 0 };
        const ring = coversBox(disc, corners)
          ? CLIP_RING
          : clippedInTile(discRing(disc, z), tiles, tileX, tileY);
        if (ring.length === 0) continue;
        features.push({ id: row, type: 3, geometry: ring, tags: this.#single(row) });
      }
    }
    return features;
  }
}

/** The part of a ring on the unit square that is in a tile and around it, in tile units. */
function clippedInTile(ring: number[], tiles: number, tileX: number, tileY: number): number[] {
  for (let i = 0; i < ring.length; i += 2) {
    ring[i] = ((ring[i] ?? 0) * tiles - tileX) * EXTENT;
    ring[i + 1] = ((ring[i + 1] ?? 0) * tiles - tileY) * EXTENT;
  }
  return clipRing(ring, CLIP).map(Math.round);
}
