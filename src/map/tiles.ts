import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { bboxClip, destination, polygon } from '@turf/turf';
import Flatbush from 'flatbush';
import type { Position } from 'geojson';
import { SPHERE_RADIUS_METERS } from '../domain/distance';
import { CONFIDENCES, PLACE_KIND, type SightingTable } from '../domain/table';
import { MAX_LAT, latToY, lngToX } from './mercator';

/** Size of a tile in CSS pixels, as MapLibre draws vector tiles. */
const TILE_PIXELS = 512;
/** Size of a tile in its own units: an eighth of a pixel each. */
const EXTENT = 4096;
/** Discs reach this far beyond their tile, so that no outline runs along its edge. */
const BUFFER = EXTENT / 16;

/** From this zoom on a mark stands for one sighting, unless several coincide. */
export const SINGLE_ZOOM = 8;
/** Cells in which sightings are counted together, in pixels: wide when zoomed out, else the width of a mark's core. */
const cellPixels = (z: number) => (z < SINGLE_ZOOM ? 32 : 8);

/** Marks of groups are this far apart, or they are one. */
const MIN_GROUP_DISTANCE_PIXELS = 30;

/** An area this wide is seen as an area; below, it has a mark. */
const MIN_AREA_PIXELS = 24;

/** A disc that is hardly wider than the mark on it is not drawn. */
const MIN_DISC_PIXELS = 8;
/** Straight edges of a disc part from its circle by at most this. */
const DISC_ERROR_PIXELS = 0.05;

/** A layer of a tile as the encoder takes it. */
type TileLayer = Parameters<typeof fromGeojsonVt>[0][string];

/** A feature in tile units: type 1 is a Point, type 3 a Polygon. */
type TileFeature = { id: number; tags: Record<string, string | number> } & (
  { type: 1; geometry: [number, number][] } | { type: 3; geometry: [number, number][][] }
);

/** Sightings that share a mark; sums are of positions in the tile, 0 to 1. */
interface Group {
  count: number;
  sumX: number;
  sumY: number;
  /** the first of `rows` */
  row: number;
  rows: number[];
}

interface Disc {
  row: number;
  /** of the centre, on the unit square, shifted by whole worlds where that is what meets the tile */
  x: number;
  y: number;
}

/**
 * Serves rows of a table as vector tiles, made on demand from the columns. Layer `marks` has a Point for each
 * sighting, or for each group of sightings that share a cell, placed at the mean of its members:
 * `count`, the `row` of a member and, for a single one, `system` and `confidence`. An area has one while it is too small to see. Layer `discs` has a Polygon for the
 * uncertainty of each sighting that is wide enough to be seen, whether or not its centre is in the tile.
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
    const touching = this.#touching(z, x, y);
    const layers = { marks: this.#marks(touching, z, x, y), discs: this.#discs(touching, z, x, y) };
    return fromGeojsonVt(layers, { version: 2, extent: EXTENT });
  }

  #touching(z: number, x: number, y: number): Disc[] {
    const scale = 2 ** z;
    return this.#search(x / scale, y / scale, (x + 1) / scale, (y + 1) / scale, BUFFER / EXTENT / scale);
  }

  /** Discs that meet the rectangle, in this world and in the copies to its sides. */
  #search(minX: number, minY: number, maxX: number, maxY: number, margin: number): Disc[] {
    const { lng, lat } = this.table.columns;
    return [-1, 0, 1].flatMap((world) =>
      (
        this.#index?.search(minX - margin - world, minY - margin, maxX + margin - world, maxY + margin) ?? []
      ).map((found) => {
        const row = this.#rows[found] ?? 0;
        return { row, x: lngToX(lng[row] ?? 0) + world, y: latToY(lat[row] ?? 0) };
      }),
    );
  }

  #marks(touching: Disc[], z: number, tileX: number, tileY: number): TileLayer {
    const features = this.#groups(touching, z, tileX, tileY).map(
      ({ count, sumX, sumY, row }): TileFeature => {
        const position: [number, number] = [
          Math.round((sumX / count) * EXTENT),
          Math.round((sumY / count) * EXTENT),
        ];
        return {
          id: row,
          type: 1,
          geometry: [position],
          tags: count > 1 ? { count, row } : { count, ...this.#single(row) },
        };
      },
    );
    return layerOf(features);
  }

  /** The marks of a tile: sightings that share a cell, and cells that lie too close to be told apart. */
  #groups(touching: Disc[], z: number, tileX: number, tileY: number): Group[] {
    const cells = new Map<number, Group>();
    for (const { row, x, y } of touching) {
      const inTileX = x * 2 ** z - tileX;
      const inTileY = y * 2 ** z - tileY;
      if (inTileX < 0 || inTileX >= 1 || inTileY < 0 || inTileY >= 1) continue;
      if (this.#isSeenAsArea(row, z)) continue;
      const cellsPerTile = TILE_PIXELS / cellPixels(z);
      const key = Math.floor(inTileY * cellsPerTile) * cellsPerTile + Math.floor(inTileX * cellsPerTile);
      const cell = cells.get(key) ?? { count: 0, sumX: 0, sumY: 0, row, rows: [] };
      cell.count++;
      cell.sumX += inTileX;
      cell.sumY += inTileY;
      cell.rows.push(row);
      cells.set(key, cell);
    }
    return z < SINGLE_ZOOM ? mergeClose([...cells.values()]) : [...cells.values()];
  }

  #single(row: number): Record<string, string | number> {
    const { system, confidence } = this.table.columns;
    return {
      row,
      system: this.table.systemIds[system[row] ?? 0] ?? '',
      confidence: CONFIDENCES[confidence[row] ?? 0] ?? '',
    };
  }

  #isArea(row: number): boolean {
    return this.table.columns.placeKind[row] === PLACE_KIND.area;
  }

  #isSeenAsArea(row: number, z: number): boolean {
    return this.#isArea(row) && 2 * this.#radiusPixels(row, z) >= MIN_AREA_PIXELS;
  }

  /** Radius of the circle that contains the place of a row, in CSS pixels at a zoom. */
  #radiusPixels(row: number, z: number): number {
    const { uncertaintyMeters, lat } = this.table.columns;
    return (uncertaintyMeters[row] ?? 0) * pixelsPerMeter(lat[row] ?? 0, z);
  }

  /** The rows that share the mark of this one on a tile of zoom `z`, itself among them. */
  sharingMark(row: number, z: number): number[] {
    const x = Math.floor(lngToX(this.table.columns.lng[row] ?? 0) * 2 ** z);
    const y = Math.floor(latToY(this.table.columns.lat[row] ?? 0) * 2 ** z);
    const group = this.#groups(this.#touching(z, x, y), z, x, y).find(({ rows }) => rows.includes(row));
    return group?.rows ?? [row];
  }

  #discs(touching: Disc[], z: number, tileX: number, tileY: number): TileLayer {
    const { uncertaintyMeters, lat } = this.table.columns;
    const features: TileFeature[] = [];
    for (const disc of touching) {
      const radiusPixels = this.#radiusPixels(disc.row, z);
      if (this.#isArea(disc.row) || radiusPixels < MIN_DISC_PIXELS) continue;
      const ring = discRing(disc, lat[disc.row] ?? 0, uncertaintyMeters[disc.row] ?? 0, radiusPixels).map(
        ([x = 0, y = 0]): Position => [(x * 2 ** z - tileX) * EXTENT, (y * 2 ** z - tileY) * EXTENT],
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

/** A disc around a pole runs around the whole map: the band from its lowest latitude to the pole contains it. */
function polarCap(x: number, lat: number, lowestLat: number): Position[] {
  const [lowY, poleY] = [latToY(Math.sign(lat) * lowestLat), latToY(Math.sign(lat) * 90)];
  return [
    [x - 0.5, lowY],
    [x + 0.5, lowY],
    [x + 0.5, poleY],
    [x - 0.5, poleY],
    [x - 0.5, lowY],
  ];
}

/** Lets the fuller groups take in those whose marks would overlap theirs. */
function mergeClose(groups: Group[]): Group[] {
  const kept: Group[] = [];
  for (const group of groups.sort((a, b) => b.count - a.count || a.row - b.row)) {
    const close = kept.find((other) => {
      const dx = other.sumX / other.count - group.sumX / group.count;
      const dy = other.sumY / other.count - group.sumY / group.count;
      return Math.hypot(dx, dy) * TILE_PIXELS < MIN_GROUP_DISTANCE_PIXELS;
    });
    if (close === undefined) {
      kept.push(group);
      continue;
    }
    close.count += group.count;
    close.sumX += group.sumX;
    close.sumY += group.sumY;
    for (const row of group.rows) close.rows.push(row);
  }
  return kept;
}

/** The encoder reads a layer's features alone; the rest of its type describes how geojson-vt came by them. */
function layerOf(features: TileFeature[]): TileLayer {
  return { features } as unknown as TileLayer;
}

/** CSS pixels a metre of ground takes at a latitude, on Turf's sphere. */
function pixelsPerMeter(lat: number, z: number): number {
  return (
    (TILE_PIXELS * 2 ** z) /
    (2 * Math.PI * SPHERE_RADIUS_METERS * Math.cos((Math.min(MAX_LAT, Math.abs(lat)) * Math.PI) / 180))
  );
}

/**
 * Outline of the ground within `radius` metres of a disc's centre, on the unit square: points of the true
 * circle on Turf's sphere, close enough for the zoom. A `circle` layer would be simpler, but MapLibre drops a
 * circle whose centre lies outside of the tile, so the disc would go as soon as its centre leaves the screen.
 */
function discRing(disc: Disc, lat: number, radius: number, radiusPixels: number): Position[] {
  const arc = (radius / SPHERE_RADIUS_METERS) * (180 / Math.PI);
  if (Math.abs(lat) + arc >= 90) return polarCap(disc.x, lat, Math.abs(lat) - arc);
  const step = 2 * Math.acos(1 - Math.min(1, DISC_ERROR_PIXELS / radiusPixels));
  const corners = Math.max(32, Math.ceil((2 * Math.PI) / step));
  const centerX = lngToX(0);
  const ring: Position[] = [];
  for (let i = 0; i < corners; i++) {
    // Measured from longitude 0, so that no disc is torn at the antimeridian.
    const point = destination([0, lat], radius, (-360 * i) / corners, { units: 'meters' });
    const [lng = 0, pointLat = 0] = point.geometry.coordinates;
    ring.push([disc.x + lngToX(lng) - centerX, latToY(pointLat)]);
  }
  const [first] = ring;
  if (first) ring.push(first);
  return ring;
}
