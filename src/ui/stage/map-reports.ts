import type { Map as MapLibreMap } from 'maplibre-gl';
import { BASE_PREFIX } from '../../map/base';
import type { AppState } from '../app-state.svelte';

/** Tells the app what becomes of the map: what its base has sent, and what is wrong with it. */
export function reportTo(app: AppState, map: MapLibreMap): void {
  map.on('sourcedata', ({ sourceId, tile }) => {
    if (!sourceId.startsWith(BASE_PREFIX) || tile === undefined) return;
    app.basemap.onBaseTile(sourceId, map.getSource(sourceId)?.attribution);
  });
  map.on('error', (event) => {
    const { error, sourceId } = event as typeof event & { sourceId?: string };
    if (sourceId?.startsWith(BASE_PREFIX)) app.basemap.onBaseError(error);
    else if (app.basemap.choice.kind !== 'atlas') app.basemap.onOtherFault(error.message);
    else app.notice = `The map has a fault: ${error.message}`;
  });
  map.on('idle', () => app.basemap.onSettled());
  map.on('webglcontextlost', () => {
    app.notice =
      'The graphics card was taken away from the map; it comes back by itself, or when you reload.';
  });
  map.on('webglcontextrestored', () => (app.notice = ''));
}
