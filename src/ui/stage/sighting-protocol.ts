import { type Map as MapLibreMap, addProtocol, removeProtocol } from 'maplibre-gl';
import { MOST_HELD_FOR_DATA_MS, holdPictures } from './held-pictures';
import type { RevisedTile, TileSource } from './tile-source';

const SCHEME = 'sightings';

/** The source whose tiles these are, see map/layers.ts. */
const SOURCE = 'sightings';
/** The source of those that are areas, which come as they are. */
const AREAS = 'areas';

/** Address of the tiles as a style has it. */
export const TILES_URL = `${SCHEME}://all/{z}/{x}/{y}`;

/** Serves MapLibre's requests for tiles of sightings from where they come now. Returns a function that stops it. */
export function serveTiles(getTiles: () => TileSource): () => void {
  addProtocol(SCHEME, async ({ url }, { signal }) => {
    const [z = NaN, x = NaN, y = NaN] = url.split('/').slice(-3).map(Number);
    const { bytes, revision } = await getTiles().tile(z, x, y, signal);
    return { data: bytes, etag: etagOf(revision) };
  });
  return () => removeProtocol(SCHEME);
}

function etagOf(revision: RevisedTile['revision']): string {
  return String(revision);
}

/**
 * Keeps a map from showing tiles that are out of date. `refreshTiles` alone does not: a tile that is still loading
 * when it is called is parsed again, not asked for again, and so is every tile when a layer of the source changes in
 * the same frame (`TileManager.reload` of MapLibre 6.17). So each tile carries its revision, and one that arrives
 * with an old one has them refreshed again; those that are up to date are not even parsed, by their etag.
 */
export function refreshOutdatedTiles(map: MapLibreMap, getTiles: () => TileSource): void {
  let isWaiting = false;
  map.on('sourcedata', ({ sourceId, tile }) => {
    const { etag } = (tile ?? {}) as { etag?: string };
    if (sourceId !== SOURCE || etag === undefined || etag === etagOf(getTiles().revision) || isWaiting)
      return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      refreshTiles(map);
    });
  });
}

/** Has the tiles in view made anew, the old ones staying until then, and forgets those out of view. */
export function refreshTiles(map: MapLibreMap): void {
  if (map.getSource(SOURCE)) map.refreshTiles(SOURCE);
}

/**
 * The same at once, and no picture of the map until they are there; with other data, when the map has gone where that
 * asks it to look, in the next frame.
 */
export function showOtherTiles(map: MapLibreMap, isOtherData: boolean): void {
  if (!isOtherData) {
    refreshTiles(map);
    return holdPictures(map, [SOURCE, AREAS]);
  }
  void map.once('render', () => {
    refreshTiles(map);
    holdPictures(map, undefined, MOST_HELD_FOR_DATA_MS);
  });
  map.triggerRepaint();
}
