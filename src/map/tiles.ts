import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { bboxClip, polygon } from '@turf/turf';
import Flatbush from 'flatbush';
import type { Position } from 'geojson';
import { SPHERE_RADIUS_METERS } from '../domain/distance';
import { CONFIDENCES, PLACE_KIND, STATUSES, type SightingTable } from '../domain/table';
import { discRing, pixelsPerMeter } from './discs';
import { type CellRange, type Group, type PlacedRow, cellsAcross, groupsIn, reachInCells } from './groups';
import { latToY, lngToX } from './mercator';

/** Size of a tile in its own units: an eighth of a pixel each. */
const EXTENT = 4096;
/** Discs reach this far beyond their tile, so that no outline runs along its edge. */
const BUFFER = EXTENT / 16;

/** A disc that is hardly wider than the mark on it is not drawn. */
const MIN_DISC_PIXELS = 8;

/** A layer of a tile as the encoder takes it. */
type TileLayer = Parameters<typeof fromGeojsonVt>[0][string];

/** A feature in tile units: type 1 is a Point, type 3 a Polygon. */
type TileFeature = { id: number; tags: Record<string, string | number> } & (
  { type: 1; geometry: [number, number][] } | { type: 3; geometry: [number, number][][] }
);

/**
 * Serves rows of a table as vector tiles, made on demand from the columns.
 *
 * Layer `marks` has a Point for each sighting, or for each group of sightings that would overlap, placed at the
 * mean of its members: `count`, the `row` of a member and, for a single one, `system`,
 * `confidence` and `status`. An area
 * has its mark at a point inside of it.
 *
 * Layer `discs` has a Polygon for the uncertainty of each sighting that is wide enough to be seen, whether or not
 * its centre is in the tile.
 */
export class SightingTiles {
  /** index of the discs on the unit square, over `#rows` */
  readonly #index: Flatbush | undefined;
  readonly #rows: Uint32Array;

  /** @param rows the rows to show; those without a place are passed over */
  constructor(
    private readonly table: SightingTable,
    rows: Uint32Array,
  ) {
    const { placeKind, lng, lat, uncertaintyMeters } = table.columns;
    this.#rows = rows.filter((row) => placeKind[row] !== PLACE_KIND.none);
    if (this.#rows.length === 0) return;
    this.#index = new Flatbush(this.#rows.length);
    for (const row of this.#rows) {
      const rowLng = lng[row] ?? 0;
      const rowLat = lat[row] ?? 0;
      const arc = ((uncertaintyMeters[row] ?? 0) / SPHERE_RADIUS_METERS) * (180 / Math.PI);
      // Around a pole every longitude is within reach.
      const widest = Math.cos((Math.min(89.9, Math.abs(rowLat) + arc) * Math.PI) / 180);
      const halfX = Math.min(0.5, arc / widest / 360);
      const x = lngToX(rowLng);
      this.#index.add(x - halfX, latToY(rowLat + arc), x + halfX, latToY(rowLat - arc));
    }
    this.#index.finish();
  }

  /** The Mapbox Vector Tile at z, x, y. */
  tile(z: number, x: number, y: number): Uint8Array {
    const layers = { marks: this.#marks(z, x, y), discs: this.#discs(z, x, y) };
    return fromGeojsonVt(layers, { version: 2, extent: EXTENT });
  }

  /** Discs that meet the rectangle, in this world and in the copies to its sides. */
  #search(minX: number, minY: number, maxX: number, maxY: number): PlacedRow[] {
    const { lng, lat } = this.table.columns;
    return [-1, 0, 1].flatMap((world) =>
      (this.#index?.search(minX - world, minY, maxX - world, maxY) ?? []).map((found) => {
        const row = this.#rows[found] ?? 0;
        return { row, x: lngToX(lng[row] ?? 0) + world, y: latToY(lat[row] ?? 0) };
      }),
    );
  }

  #marks(z: number, tileX: number, tileY: number): TileLayer {
    const cells = cellsAcross(z) / 2 ** z;
    const [minX, minY] = [tileX * cells, tileY * cells];
    // A mean just outside of the tile is drawn at its edge: MapLibre drops what lies beyond.
    const inTile = (position: number, tile: number) =>
      Math.max(0, Math.min(EXTENT - 1, Math.round((position * 2 ** z - tile) * EXTENT)));
    const groups = this.#groups(z, { minX, minY, maxX: minX + cells, maxY: minY + cells });
    return layerOf(
      groups.map(({ rows, x, y }): TileFeature => {
        const [row = 0] = rows;
        const count = rows.length;
        return {
          id: row,
          type: 1,
          geometry: [[inTile(x, tileX), inTile(y, tileY)]],
          tags: count > 1 ? { count, row } : { count, ...this.#single(row) },
        };
      }),
    );
  }

  #groups(z: number, range: CellRange): Group[] {
    const across = cellsAcross(z);
    const reach = reachInCells(z);
    const touching = this.#search(
      (range.minX - reach) / across,
      (range.minY - reach) / across,
      (range.maxX + reach) / across,
      (range.maxY + reach) / across,
    );
    return groupsIn(touching, z, range);
  }

  #single(row: number): Record<string, string | number> {
    const { system, confidence, status } = this.table.columns;
    return {
      row,
      system: this.table.systemIds[system[row] ?? 0] ?? '',
      confidence: CONFIDENCES[confidence[row] ?? 0] ?? '',
      status: STATUSES[status[row] ?? 0] ?? '',
    };
  }

  #isArea(row: number): boolean {
    return this.table.columns.placeKind[row] === PLACE_KIND.area;
  }

  /** Radius of the circle that contains the place of a row, in CSS pixels at a zoom. */
  #radiusPixels(row: number, z: number): number {
    const { uncertaintyMeters, lat } = this.table.columns;
    return (uncertaintyMeters[row] ?? 0) * pixelsPerMeter(lat[row] ?? 0, z);
  }

  /** The rows that share the mark of this one on a tile of zoom `z`, itself among them. */
  sharingMark(row: number, z: number): number[] {
    const x = Math.floor(lngToX(this.table.columns.lng[row] ?? 0) * cellsAcross(z));
    const y = Math.floor(latToY(this.table.columns.lat[row] ?? 0) * cellsAcross(z));
    const groups = this.#groups(z, { minX: x - 1, minY: y - 1, maxX: x + 2, maxY: y + 2 });
    return groups.find(({ rows }) => rows.includes(row))?.rows ?? [row];
  }

  #discs(z: number, tileX: number, tileY: number): TileLayer {
    const { uncertaintyMeters, lat } = this.table.columns;
    const features: TileFeature[] = [];
    const tiles = 2 ** z;
    const margin = BUFFER / EXTENT;
    const touching = this.#search(
      (tileX - margin) / tiles,
      (tileY - margin) / tiles,
      (tileX + 1 + margin) / tiles,
      (tileY + 1 + margin) / tiles,
    );
    for (const disc of touching) {
      if (this.#isArea(disc.row) || this.#radiusPixels(disc.row, z) < MIN_DISC_PIXELS) continue;
      const ring = discRing(disc.x, lat[disc.row] ?? 0, uncertaintyMeters[disc.row] ?? 0, z).map(
        ([x = 0, y = 0]): Position => [(x * tiles - tileX) * EXTENT, (y * tiles - tileY) * EXTENT],
      );
      const clipped = bboxClip(polygon([ring]), [-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER]);
      const rings = (clipped.geometry.coordinates as Position[][]).map((clippedRing) =>
        clippedRing.map(([x = 0, y = 0]) => [Math.round(x), Math.round(y)] as [number, number]),
      );
      if (rings.length === 0) continue;
      features.push({ id: disc.row, type: 3, geometry: rings, tags: this.#single(disc.row) });
    }
    return layerOf(features);
  }
}

/** The encoder reads a layer's features alone; the rest of its type describes how geojson-vt came by them. */
function layerOf(features: TileFeature[]): TileLayer {
  return { features } as unknown as TileLayer;
}
