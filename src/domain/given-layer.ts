import type { Layer } from './work';

/** The id of the layer that the page opens with. */
export const GIVEN_LAYER = 'given';

/** The layer that the page opens with, before anybody changed it. */
export function givenLayer(name: string): Layer {
  return { id: GIVEN_LAYER, name, ring: 'none', isShown: true, source: { kind: 'given' } };
}
