import type { Period } from '../domain/period';
import { countRows } from './count-rows';
import { discFeatures, singleTags } from './disc-features';
import type { FacetColumns, PublishedTable } from './facet-columns';
import type { Groups } from './groups';
import { markFeatures } from './mark-features';
import { MAX_LAT } from './mercator';
import type { Places } from './places';
import { COUNT_EXTENT, LAYER, countTags, sightingExtent, sightingTags } from './published-layers';
import { type TileFeature, encodeTile } from './tile-encoder';
import { EXTENT } from './tile-scheme';

/** A tile, its sightings by their positions (the end excluded), and those whose discs may be on it. */
export interface TileContent {
  x: number;
  y: number;
  from: number;
  to: number;
  discs: Uint32Array;
}

/** Makes the tiles of a publication from the columns of its table. */
export class PublishedTileMaker {
  constructor(
    private readonly table: PublishedTable,
    private readonly places: Places,
    private readonly facets: FacetColumns,
    /** a bit for each zoom at which the disc of a position is drawn */
    private readonly discZooms: Uint32Array,
  ) {}

  /** A tile of all sightings, as `SightingTiles` makes it. */
  drawn(groups: Groups, tile: TileContent): Uint8Array {
    const marks = markFeatures(groups, tile.x, tile.y, {
      rowOf: (position) => this.places.row[position] ?? 0,
      single: (position) => singleTags(this.table, this.places.row[position] ?? 0),
    });
    const { z } = groups;
    const drawnHere = tile.discs.filter((position) => ((this.discZooms[position] ?? 0) & (1 << z)) !== 0);
    const discs = discFeatures(this.table, this.places, drawnHere, [z, tile.x, tile.y]);
    return encodeTile({ marks, discs });
  }

  /** A tile with its single sightings. */
  singles(z: number, tile: TileContent): Uint8Array {
    const extent = sightingExtent(z);
    const { row: rows, x, y } = this.places;
    const sightings: TileFeature[] = [];
    for (let position = tile.from; position < tile.to; position++) {
      sightings.push({
        id: rows[position] ?? 0,
        type: 1,
        geometry: inTile(x[position] ?? 0, y[position] ?? 0, z, tile, extent),
        tags: { ...this.#sightingTags(position), ...this.#ownDisc(position, -1 << z) },
      });
    }
    const others = tile.discs.filter(
      (position) => position < tile.from || position >= tile.to || !this.#isOnMap(position),
    );
    const uncertainties = this.#uncertainties(z, { ...tile, discs: others }, -1 << z);
    return encodeTile({ sightings, uncertainties }, { [LAYER.sightings]: extent });
  }

  /** The counts of a tile. */
  counts(z: number, tile: TileContent, period: Period): Uint8Array {
    const periods = this.facets.periods(period);
    const rows = countRows(this.places, tile.from, tile.to, z, this.facets, periods) ?? [];
    const counts = rows.map(({ combination, pair, count, first, x, y }): TileFeature => {
      const [from, to] = [periods.first[pair] ?? 0, periods.last[pair] ?? 0];
      return {
        id: this.places.row[first] ?? 0,
        type: 1,
        geometry: inTile(x, y, z, tile, COUNT_EXTENT),
        tags: countTags({ combination, first: from, last: to, count }, period),
      };
    });
    const uncertainties = this.#uncertainties(z, tile, 1 << z);
    return encodeTile({ counts, uncertainties }, { [LAYER.counts]: COUNT_EXTENT });
  }

  #sightingTags(position: number): TileFeature['tags'] {
    const row = this.places.row[position] ?? 0;
    const { firstDay, lastDay } = this.table.columns;
    return sightingTags(
      {
        combination: this.facets.combination[row] ?? 0,
        firstDay: firstDay[row] ?? 0,
        lastDay: lastDay[row] ?? 0,
      },
      this.table.systemIds,
    );
  }

  /** Whether a place is where it is drawn: nearer to a pole, it is drawn at the edge of the map. */
  #isOnMap(position: number): boolean {
    return Math.abs(this.table.columns.lat[this.places.row[position] ?? 0] ?? 0) <= MAX_LAT;
  }

  /** What the disc of a single sighting is drawn from, of the zooms whose bits are set. */
  #ownDisc(position: number, zooms: number): TileFeature['tags'] {
    const drawnAt = (this.discZooms[position] ?? 0) & zooms;
    if (drawnAt === 0 || !this.#isOnMap(position)) return {};
    const row = this.places.row[position] ?? 0;
    return { meters: this.table.columns.uncertaintyMeters[row] ?? 0, zooms: drawnAt };
  }

  /** What the discs of a tile are drawn from, of the zooms whose bits are set. */
  #uncertainties(z: number, tile: TileContent, zooms: number): TileFeature[] {
    const { lng, lat, uncertaintyMeters } = this.table.columns;
    const features: TileFeature[] = [];
    for (const position of tile.discs) {
      const drawnAt = (this.discZooms[position] ?? 0) & zooms;
      if (drawnAt === 0) continue;
      const row = this.places.row[position] ?? 0;
      const [x = 0, y = 0] = inTile(
        this.places.x[position] ?? 0,
        this.places.y[position] ?? 0,
        z,
        tile,
        EXTENT,
      );
      const clamped = (value: number) => Math.max(0, Math.min(EXTENT - 1, value));
      features.push({
        id: row,
        type: 1,
        geometry: [clamped(x), clamped(y)], // the centre may be far outside: its tags tell where
        tags: {
          ...this.#sightingTags(position),
          lng: lng[row] ?? 0,
          lat: lat[row] ?? 0,
          meters: uncertaintyMeters[row] ?? 0,
          zooms: drawnAt,
        },
      });
    }
    return features;
  }
}

/** A place in the units of a tile, rounded down: a tile's or cell's places stay within it. */
function inTile(x: number, y: number, z: number, tile: { x: number; y: number }, extent: number): number[] {
  const unit = (position: number, at: number) => Math.floor((position * 2 ** z - at) * extent);
  return [unit(x, tile.x), unit(y, tile.y)];
}
