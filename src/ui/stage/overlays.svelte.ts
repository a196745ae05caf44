import type { Overlays } from '../../map/overlays';
import type { MapState } from '../../map/style';
import type { AppState } from '../app-state.svelte';

type Part = typeof import('../../map/overlays');

function hasOverlays({ rings, measured, draft, selected }: MapState): boolean {
  return rings.length > 0 || draft.length > 0 || measured !== undefined || selected !== undefined;
}

/**
 * What lies over the sightings, which the first screen has nothing of: it is loaded when it is wanted, or else when the
 * map is drawn, and is part of the style from when on there was something of it.
 */
export function loadOverlays(app: AppState, state: () => MapState): () => Overlays | undefined {
  let part = $state.raw<Part>();
  let wasWanted = $state(false);
  const isWanted = $derived(wasWanted || hasOverlays(state()));
  const overlays = $derived(isWanted ? part?.overlaysOf(state().theme, state()) : undefined);

  $effect(() => {
    if (isWanted) wasWanted = true;
    if (part || !(isWanted || app.isDrawn)) return;
    import('../../map/overlays').then(
      (loaded) => (part = loaded),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        app.notice = `What is measured cannot be drawn on the map: ${reason}. Reload the page to try again.`;
      },
    );
  });
  return () => overlays;
}
