import type { LayerSpecification, SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature } from 'geojson';
import { draftLayers, draftSources } from './draft-layers';
import { type Ring, ringLayers, ringSources } from './ring-layers';
import { type DrawnMeasurement, rulerLayers, rulerSources } from './ruler-layers';
import { type Selection, selectionLayers, selectionSources } from './selection-layers';
import type { Theme } from './theme';

/** What lies over the sightings while somebody wants it. */
export interface OverlayState {
  /** circles around places, such as the one that sightings are to be near to */
  rings: readonly Ring[];
  measured: DrawnMeasurement | undefined;
  /** the place that is being written or drawn */
  draft: readonly Feature[];
  selected: Selection | undefined;
}

/** Sources and layers that a style has besides its own; the layers in any order. */
export interface Overlays {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
}

/** All of what lies over the sightings, be there much or nothing of it. */
export function overlaysOf(theme: Theme, { rings, measured, draft, selected }: OverlayState): Overlays {
  return {
    sources: {
      ...ringSources(rings),
      ...rulerSources(measured),
      ...draftSources(draft),
      ...selectionSources(selected),
    },
    layers: [
      ...ringLayers(theme),
      ...rulerLayers(theme),
      ...draftLayers(theme),
      ...selectionLayers(theme, selected?.row),
    ],
  };
}
