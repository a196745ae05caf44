import { partsOf } from '../domain/facet-combination';
import { MAX_DESCENT, MIN_SINGLES_ZOOM } from '../domain/publication';
import type { Bounds, Filter } from '../domain/query';
import { CONFIDENCES, STATUSES } from '../domain/table';
import { FINER_BITS, cellBits, positionsOf } from './cells';
import { MAX_TILE_ZOOM } from './tile-scheme';
import { DiscClipper, discBounds } from './disc-clipper';
import { Groups } from './groups';
import { markFeatures } from './mark-features';
import { latToY } from './mercator';
import { wrappedX } from './places';
import { PublishedFilter } from './published-filter';
import type { PublishedDisc, PublishedNode, PublishedRow } from './published-node';
import { type PublishedArchives, PublishedNodes } from './published-nodes';
import { type TileFeature, encodeTile } from './tile-encoder';
import { WeightedPlaces } from './weighted-places';

export type { PublishedArchives } from './published-nodes';

/** Sightings that were asked for: how many there are, and their rows where these are not too many. */
export interface PublishedRows {
  count: number;
  /** ascending; `undefined` when they are more than were asked for */
  rows: number[] | undefined;
}

/** A mark on a tile: where it stands, and the `row` that its feature has. */
export interface PublishedMark {
  z: number;
  lng: number;
  lat: number;
  row: number;
}

/** A list would be no help with more. */
const MAX_LISTED = 200;

/** A view is put together from at most so many tiles. */
const MAX_VIEW_TILES = 64;

/**
 * The tiles of a publication under a filter, with the layers of `SightingTiles`: `marks`, and `discs` of those that
 * are drawn of all sightings and meet the filter. Text, publishers and distances cannot be asked of tiles, see
 * `limitsOf`; the part of the map in view is not asked for.
 */
export class PublishedTiles {
  readonly #nodes: PublishedNodes;
  readonly #systemIds: readonly string[];

  constructor(private readonly archives: PublishedArchives) {
    this.#nodes = new PublishedNodes(archives);
    this.#systemIds = archives.publication.systemIds;
  }

  /**
   * The Mapbox Vector Tile at z, x, y.
   * @throws Error that says so when the tile cannot answer the filter, see `limitsOf`
   */
  async tile(z: number, x: number, y: number, filter: Filter, signal?: AbortSignal): Promise<Uint8Array> {
    const test = new PublishedFilter(this.archives.publication, filter);
    if (test.isOfAll) {
      const whole = await this.#drawn(z, x, y, signal);
      if (whole) return whole;
    }
    if (test.isOfNone) return encodeTile({ marks: [], discs: [] });
    const [groups, places] = await this.#groups(z, x, y, test, signal);
    const own = await this.#nodes.at(z, x, y, signal);
    const marks = markFeatures(groups, x, y, {
      rowOf: (position) => places.rows[position]?.row ?? 0,
      single: (position) => this.#single(places.rows[position]),
    });
    return encodeTile({ marks, discs: this.#discs(z, x, y, own, test) });
  }

  /** The sightings that share a mark under a filter. */
  async sharingMark(
    { z, lng, lat, row }: PublishedMark,
    filter: Filter,
    { most = MAX_LISTED, signal }: { most?: number; signal?: AbortSignal | undefined } = {},
  ): Promise<PublishedRows> {
    const test = new PublishedFilter(this.archives.publication, filter);
    const across = 2 ** z;
    const tile = (share: number) => Math.min(across - 1, Math.max(0, Math.floor(share * across)));
    const [groups, places] = await this.#groups(z, tile(wrappedX(lng)), tile(latToY(lat)), test, signal);
    const head = groups.cells.first.findIndex(
      (first, cell) =>
        cell < groups.cells.length && groups.head[cell] === cell && places.rows[first]?.row === row,
    );
    if (head < 0) return { count: 1, rows: [row] }; // gone meanwhile, or never a group
    const count = groups.cells.count[head] ?? 1;
    if (count > most) return { count, rows: undefined };
    const cells = Array.from(groups.head.entries()).filter(([, itsHead]) => itsHead === head);
    const rows = await Promise.all(
      cells.map(([cell]) => this.#rowsOfCell(groups, cell, places, test, signal)),
    );
    return { count, rows: rows.flat().sort((a, b) => a - b) };
  }

  /**
   * The sightings in view under a filter, as long as the map shows single ones; `undefined` further out, where they
   * are not told apart.
   */
  async rowsInView(
    { west, south, east, north }: Bounds,
    z: number,
    filter: Filter,
    { most = MAX_LISTED, signal }: { most?: number; signal?: AbortSignal | undefined } = {},
  ): Promise<PublishedRows | undefined> {
    const test = new PublishedFilter(this.archives.publication, filter);
    const across = 2 ** z;
    const [left, right] = [Math.floor((west / 360 + 0.5) * across), Math.floor((east / 360 + 0.5) * across)];
    const [top, bottom] = [Math.floor(latToY(north) * across), Math.floor(latToY(south) * across)];
    if (z < MIN_SINGLES_ZOOM || (right - left + 1) * (bottom - top + 1) > MAX_VIEW_TILES) return undefined;
    const tiles = [];
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) tiles.push([x, y] as const);
    const nodes = await Promise.all(
      tiles.map(([x, y]) => this.#nodes.at(z, ((x % across) + across) % across, y, signal)),
    );
    const rows = new Set<number>();
    const [minY, maxY] = [latToY(north), latToY(south)];
    for (const node of new Set(nodes)) {
      if (node && !node.isSingles) return undefined;
      for (const { row, x, y } of node ? test.rows(node) : []) {
        const fromWest = x - (west / 360 + 0.5);
        const isInside = fromWest - Math.floor(fromWest) <= (east - west) / 360 && y >= minY && y <= maxY;
        if (isInside) rows.add(row);
      }
    }
    return { count: rows.size, rows: rows.size > most ? undefined : [...rows].sort((a, b) => a - b) };
  }

  /** The tile as it was published, where it shows all sightings as they are to be shown. */
  async #drawn(z: number, x: number, y: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    if (z >= this.archives.publication.periods.length) return undefined;
    const bytes = await this.archives.tileData('drawn', z, x, y, signal);
    if (bytes === undefined) return z < MIN_SINGLES_ZOOM ? encodeTile({ marks: [], discs: [] }) : undefined;
    if (z < MIN_SINGLES_ZOOM) return new Uint8Array(bytes);
    const node = await this.#nodes.at(z, x, y, signal);
    return node?.isSingles === false ? new Uint8Array(bytes) : undefined;
  }

  /** The groups on a tile, and the places that they are of. Groups of neighbours join across the edge further out. */
  async #groups(
    z: number,
    x: number,
    y: number,
    test: PublishedFilter,
    signal: AbortSignal | undefined,
  ): Promise<[Groups, WeightedPlaces]> {
    const reach = z < MIN_SINGLES_ZOOM ? [-1, 0, 1] : [0];
    const across = 2 ** z;
    const tiles = new Map(
      reach.flatMap((dy) =>
        reach.flatMap((dx) => {
          const [tileX, tileY] = [(x + dx + across) % across, y + dy];
          return tileY < 0 || tileY >= across
            ? []
            : [[`${tileX}/${tileY}`, [tileX, tileY] as const] as const];
        }),
      ),
    );
    const rows = await Promise.all(
      [...tiles.values()].map(([tileX, tileY]) => this.#rows(z, tileX, tileY, test, MAX_DESCENT, signal)),
    );
    const places = new WeightedPlaces(rows.flat(), this.#systemIds.length);
    const shown = new Uint8Array(places.length).fill(1);
    return [new Groups(places, shown, places.length, z, places.cells(z)), places];
  }

  /** The rows on a tile that meet a filter, of two in one cell the one with the first sighting first. */
  async #rows(
    z: number,
    x: number,
    y: number,
    test: PublishedFilter,
    descent: number,
    signal: AbortSignal | undefined,
  ): Promise<PublishedRow[]> {
    const node = await this.#nodes.at(z, x, y, signal);
    if (node === undefined) return [];
    if (test.canBeToldBy(node)) {
      const rows = test.rows(node);
      return node.z === z ? rows : rows.filter((row) => isIn(row, z, x, y));
    }
    if (descent === 0) {
      throw new Error(
        `The days of the filter cannot be told apart at zoom ${z}: its tiles count sightings by whole periods (${node.period}).`,
      );
    }
    const parts = await Promise.all(
      [0, 1, 2, 3].map((quarter) =>
        this.#rows(z + 1, 2 * x + (quarter & 1), 2 * y + (quarter >> 1), test, descent - 1, signal),
      ),
    );
    return parts.flat();
  }

  /** The sightings shown that are in a cell: what its counts count is looked up in tiles further in. */
  async #rowsOfCell(
    groups: Groups,
    cell: number,
    places: WeightedPlaces,
    test: PublishedFilter,
    signal: AbortSignal | undefined,
  ): Promise<number[]> {
    const { cells, z } = groups;
    const [from, to] = positionsOf(places, cells, cell, z);
    const members = places.rows.slice(from, to);
    if (members.every(({ count }) => count === 1)) return members.map(({ row }) => row);
    const bits = cellBits(z) - (cells.isCrowded[cell] === 1 ? FINER_BITS : 0);
    const [{ x, y } = { x: 0, y: 0 }] = members;
    const [cellX, cellY] = [Math.floor(x * 2 ** bits), Math.floor(y * 2 ** bits)];
    const beyond = Math.max(0, bits - MAX_TILE_ZOOM);
    const nodes = await this.#nodes.singlesIn(bits - beyond, cellX >> beyond, cellY >> beyond, signal);
    return nodes
      .flatMap((node) => test.rows(node))
      .filter((row) => isIn(row, bits, cellX, cellY))
      .map(({ row }) => row);
  }

  #single(row: PublishedRow | PublishedDisc | undefined): TileFeature['tags'] {
    const { confidence, system, status } = partsOf(row?.combination ?? 0, this.#systemIds.length);
    return {
      row: row?.row ?? 0,
      system: this.#systemIds[system] ?? '',
      confidence: CONFIDENCES[confidence] ?? '',
      status: STATUSES[status] ?? '',
      layer: 0,
    };
  }

  #discs(
    z: number,
    tileX: number,
    tileY: number,
    node: PublishedNode | undefined,
    test: PublishedFilter,
  ): TileFeature[] {
    const clipper = new DiscClipper(z, tileX, tileY);
    return (node?.discs ?? []).flatMap((drawn) => {
      if ((drawn.zooms & (1 << z)) === 0 || !test.letsThrough(drawn)) return [];
      const { row, lat, meters } = drawn;
      const { halfX, top, bottom } = discBounds(lat, meters);
      const disc = { x: wrappedX(drawn.lng), lat, radiusMeters: meters };
      const tags = this.#single(drawn);
      return clipper
        .rings(disc, halfX, top, bottom)
        .map((geometry): TileFeature => ({ id: row, type: 3, geometry, tags }));
    });
  }
}

function isIn({ x, y }: PublishedRow, z: number, tileX: number, tileY: number): boolean {
  return Math.floor(x * 2 ** z) === tileX && Math.floor(y * 2 ** z) === tileY;
}
