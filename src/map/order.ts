import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';

/** Every layer above the base, bottom to top. Labels are placed from the top: what is higher finds room first. */
const ORDER = [
  'area-fills',
  'disc-fills',
  'area-outlines',
  'disc-outlines',
  'selected-outline',
  'selected-area-outline',
  'ruler-area',
  'ring-bands',
  'ring-lines',
  'ring-reaches',
  'ring-middles',
  'reference-lines',
  'ruler-discs',
  'ruler-casing',
  'ruler-legs',
  'graticule-labels',
  'ring-labels',
  'ring-reach-labels',
  'reference-line-labels',
  'mark-names',
  'reference-point-names',
  'reference-points',
  'selection-ring',
  'layer-rings',
  'marks',
  'groups',
  'group-counts',
  'ruler-vertices',
  'ruler-lengths',
] as const;

/** Puts layers into their one order. Throws for a layer that has no place in it. */
export function inOrder(layers: readonly LayerSpecification[]): LayerSpecification[] {
  const rank = (id: string): number => {
    const found = (ORDER as readonly string[]).indexOf(id);
    if (found < 0)
      throw new Error(`Layer "${id}" has no place in the order of layers: add it to map/order.ts.`);
    return found;
  };
  return layers.toSorted((a, b) => rank(a.id) - rank(b.id));
}
