import { layers, namedFlavor } from '@protomaps/basemaps';
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { BASE_PREFIX, type Base, type Credit, type Labels } from './base';
import type { Theme } from './theme';

const SOURCE = `${BASE_PREFIX}protomaps`;

/** Layers of tiles by which the Protomaps basemap schema is known. */
export const PROTOMAPS_LAYERS = ['earth', 'water', 'roads'];

/** Road shields, dots and signs would need a sprite from another host: their names do without. */
function withoutIcons(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'symbol' || layer.layout === undefined) return layer;
  const layout = Object.entries(layer.layout).filter(([key]) => !key.startsWith('icon-'));
  return { ...layer, layout: Object.fromEntries(layout) };
}

/** An archive in the Protomaps basemap schema as a base; `url` is the address of its TileJSON. */
export function protomapsBase(theme: Theme, labels: Labels, url: string, credits: readonly Credit[]): Base {
  const drawn = layers(SOURCE, namedFlavor(theme.id), { lang: labels === 'russian' ? 'ru' : 'en' });
  return {
    sources: { [SOURCE]: { type: 'vector', url } },
    // Layers of signs alone have nothing left to show.
    layers: (drawn as LayerSpecification[])
      .map(withoutIcons)
      .filter((layer) => layer.type !== 'symbol' || layer.layout?.['text-field'] !== undefined)
      .map((layer) => ({ ...layer, id: `${BASE_PREFIX}${layer.id}` })),
    credits,
  };
}
