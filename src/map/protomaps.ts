import { layers, namedFlavor } from '@protomaps/basemaps';
import type { ExpressionSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
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

const BOTH_NAMES = ['concat', ['coalesce', ['get', 'name:en'], ['get', 'name']], '\n', ['get', 'name:ru']];

/** Names of places in Latin and Russian, one below the other, where they differ. */
function withBothNames(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'symbol' || layer['source-layer'] !== 'places') return layer;
  const latin = layer.layout?.['text-field'];
  // A name that changes with the zoom cannot stand inside of another expression: an abbreviation, which stays.
  if (Array.isArray(latin) && latin[0] === 'step') return layer;
  const hasBoth = ['all', ['has', 'name:ru'], ['!=', ['get', 'name:ru'], ['get', 'name:en']]];
  const field = ['case', hasBoth, ['format', BOTH_NAMES, {}], latin] as unknown as ExpressionSpecification;
  return { ...layer, layout: { ...layer.layout, 'text-field': field } };
}

/**
 * An archive in the Protomaps basemap schema as a base; `url` is the address of its TileJSON, `layers` are those in
 * its tiles.
 */
export function protomapsBase(
  theme: Theme,
  labels: Labels,
  archive: { url: string; layers: readonly string[]; credits: readonly Credit[] },
): Base {
  const drawn = layers(SOURCE, namedFlavor(theme.id), { lang: labels === 'russian' ? 'ru' : 'en' });
  return {
    sources: { [SOURCE]: { type: 'vector', url: archive.url } },
    layers: (drawn as LayerSpecification[])
      .filter((layer) => !('source-layer' in layer) || archive.layers.includes(layer['source-layer'] ?? ''))
      .map(withoutIcons)
      .map((layer) => (labels === 'both' ? withBothNames(layer) : layer))
      // Layers of signs alone have nothing left to show.
      .filter((layer) => layer.type !== 'symbol' || layer.layout?.['text-field'] !== undefined)
      .map((layer) => ({ ...layer, id: `${BASE_PREFIX}${layer.id}` })),
    credits: archive.credits,
    hasLabels: true,
  };
}
