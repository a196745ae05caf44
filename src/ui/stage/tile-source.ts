/** A tile of sightings, and the revision of what it shows. */
export interface RevisedTile {
  bytes: ArrayBuffer;
  revision: number | string;
}

/** Where the map gets its tiles of sightings from: made from a table, or fetched from where they are published. */
export interface TileSource {
  /** of what is to be shown now; unlike that of any other source. Tiles of another one are out of date */
  readonly revision: number | string;
  /** The Mapbox Vector Tile at z, x, y, see `SightingTiles`. Rejects with the signal's reason when it is called off. */
  tile(z: number, x: number, y: number, signal?: AbortSignal): Promise<RevisedTile>;
}
