import type {
  FontFacesSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { FeatureCollection } from 'geojson';
import type { ReferencePoint, System } from '../domain/sighting';
import type { RingColor } from '../domain/work';
import type { Base } from './base';
import { type Extent, graticuleLabels, graticuleLine, graticuleSources } from './graticule';
import { sightingLayers, sightingSources } from './layers';
import { referencePointLayers, referencePointSources } from './measure-layers';
import { inOrder } from './order';
import type { OverlayState, Overlays } from './overlays';
import type { Theme } from './theme';

/** All that decides what the map shows. */
export interface MapState extends OverlayState {
  theme: Theme;
  base: Base;
  /** what is in view, where lines of latitude and longitude are to be drawn */
  graticule: Extent | undefined;
  /** address of the sightings' tiles, with {z}, {x} and {y} */
  tilesUrl: string;
  fontFaces: FontFacesSpecification;
  systems: readonly System[];
  referencePoints: readonly ReferencePoint[];
  /** how many sightings are shown, in view or not */
  shownCount: number;
  /** the colours around the marks of data sets, by the index of their layer in the table */
  layerRings: readonly RingColor[];
  /** the sightings that are areas, see `areaFeatures` */
  areas: FeatureCollection;
}

function isEmpty(source: SourceSpecification | undefined): boolean {
  if (source?.type !== 'geojson' || typeof source.data !== 'object') return false;
  return source.data.type === 'FeatureCollection' && source.data.features.length === 0;
}

/** MapLibre makes and clips the tiles of a source that has nothing in it like those of any other: its layers are hidden. */
function withoutEmpty(
  layers: readonly LayerSpecification[],
  sources: StyleSpecification['sources'],
): LayerSpecification[] {
  return layers.map((layer) =>
    'source' in layer && isEmpty(sources[layer.source])
      ? ({ ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification)
      : layer,
  );
}

/**
 * The map as a function of state.
 * @param overlays what lies over the sightings; left out while there is nothing of it
 */
export function style(state: MapState, overlays?: Overlays): StyleSpecification {
  const { theme, base, systems, referencePoints, selected } = state;
  // Lines go under the names of the base, not through them.
  const found = base.layers.findIndex(({ type }) => type === 'symbol');
  const firstName = found < 0 ? base.layers.length : found;
  const sources: StyleSpecification['sources'] = {
    ...graticuleSources(state.graticule),
    ...sightingSources(state.tilesUrl, state.areas),
    ...referencePointSources(referencePoints, selected?.lines),
    ...overlays?.sources,
  };
  const overBase = inOrder([
    graticuleLabels(theme),
    ...sightingLayers(theme, systems, state.shownCount, state.layerRings),
    ...referencePointLayers(theme, selected !== undefined),
    ...(overlays?.layers ?? []),
  ]);
  return {
    version: 8,
    // Colours that change by degrees draw the whole map again for each, and hold up what is to be seen.
    transition: { duration: 0, delay: 0 },
    'font-faces': state.fontFaces,
    ...(base.glyphs === undefined ? {} : { glyphs: base.glyphs }),
    ...(base.sprite === undefined ? {} : { sprite: base.sprite }),
    ...(base.state === undefined ? {} : { state: base.state }),
    sources: { ...base.sources, ...sources },
    layers: [
      ...base.layers.slice(0, firstName),
      ...withoutEmpty([graticuleLine(theme)], sources),
      ...base.layers.slice(firstName),
      ...withoutEmpty(overBase, sources),
    ],
  };
}
