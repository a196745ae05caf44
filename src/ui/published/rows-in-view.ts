import type { Bounds, Filter } from '../../domain/query';
import { MAX_TILE_ZOOM } from '../../map/tile-scheme';
import { MAX_OPENED } from './opening';
import type { PublishedState } from './published-state.svelte';

/** The rows of a publication whose marks are in view and that were not opened; none where they are too many. */
export async function rowsToOpen(
  { opening, tiles }: Pick<PublishedState, 'opening' | 'tiles'>,
  view: Bounds,
  zoom: number,
  filter: Filter,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const z = Math.min(MAX_TILE_ZOOM, Math.floor(zoom));
  const found = await tiles.rowsInView(view, z, filter, { most: MAX_OPENED, signal });
  signal.throwIfAborted();
  return found?.rows?.filter((row) => !opening.has(row)) ?? [];
}
