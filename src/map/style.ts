import type { FontFacesSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { FeatureCollection } from 'geojson';
import type { ReferencePoint, System } from '../domain/sighting';
import type { RingColor } from '../domain/work';
import type { Base } from './base';
import { type Extent, graticuleLabels, graticuleLine, graticuleSources } from './graticule';
import { sightingLayers, sightingSources } from './layers';
import {
  type Selection,
  referencePointLayers,
  referencePointSources,
  selectionLayers,
  selectionSources,
} from './measure-layers';
import { inOrder } from './order';
import { type Ring, ringLayers, ringSources } from './ring-layers';
import { type DrawnMeasurement, rulerLayers, rulerSources } from './ruler-layers';
import type { Theme } from './theme';

/** All that decides what the map shows. */
export interface MapState {
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
  /** circles around places, such as the one that sightings are to be near to */
  rings: readonly Ring[];
  measured: DrawnMeasurement | undefined;
  selected: Selection | undefined;
}

/** The map as a function of state. */
export function style(state: MapState): StyleSpecification {
  const { theme, base, systems, referencePoints, selected } = state;
  // Lines go under the names of the base, not through them.
  const found = base.layers.findIndex(({ type }) => type === 'symbol');
  const firstName = found < 0 ? base.layers.length : found;
  return {
    version: 8,
    'font-faces': state.fontFaces,
    ...(base.glyphs === undefined ? {} : { glyphs: base.glyphs }),
    ...(base.sprite === undefined ? {} : { sprite: base.sprite }),
    ...(base.state === undefined ? {} : { state: base.state }),
    sources: {
      ...base.sources,
      ...graticuleSources(state.graticule),
      ...sightingSources(state.tilesUrl, state.areas),
      ...referencePointSources(referencePoints, selected?.lines),
      ...ringSources(state.rings),
      ...rulerSources(state.measured),
      ...selectionSources(selected),
    },
    layers: [
      ...base.layers.slice(0, firstName),
      graticuleLine(theme),
      ...base.layers.slice(firstName),
      ...inOrder([
        graticuleLabels(theme),
        ...sightingLayers(theme, systems, state.shownCount, state.layerRings),
        ...referencePointLayers(theme, selected !== undefined),
        ...ringLayers(theme),
        ...rulerLayers(theme),
        ...selectionLayers(theme, selected?.row),
      ]),
    ],
  };
}
