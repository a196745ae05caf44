import { addProtocol, removeProtocol } from 'maplibre-gl';
import type { SightingTiles } from '../map/tiles';

const SCHEME = 'sightings';

/** Address of the tiles as a style has it; a new revision makes MapLibre ask anew. */
export function tilesUrl(revision: number): string {
  return `${SCHEME}://${revision}/{z}/{x}/{y}`;
}

/**
 * Serves MapLibre's requests for tiles of sightings from `tiles()`, whatever that is at the time.
 * Returns a function that stops it.
 */
export function serveTiles(tiles: () => SightingTiles): () => void {
  addProtocol(SCHEME, ({ url }) => {
    const [z = NaN, x = NaN, y = NaN] = url.split('/').slice(-3).map(Number);
    const bytes = tiles().tile(z, x, y);
    return Promise.resolve({ data: bytes.slice().buffer });
  });
  return () => removeProtocol(SCHEME);
}
