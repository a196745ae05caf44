import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';

/** Somebody that what is drawn is owed to. */
export interface Credit {
  text: string;
  /** http or https */
  url?: string;
}

/** What lies under the sightings. */
export interface Base {
  sources: Record<string, SourceSpecification>;
  /** bottom to top, all under the sightings */
  layers: LayerSpecification[];
  glyphs?: string;
  sprite?: NonNullable<StyleSpecification['sprite']>;
  /** values that its expressions read by `global-state` */
  state?: NonNullable<StyleSpecification['state']>;
  /** whether its place names can be had in Russian */
  hasLabels?: boolean;
  credits: readonly Credit[];
  /** zoom from which on there is no more to see than before */
  detailZoom?: number;
}

/** Which names the places of a base have. */
export const LABELS = { latin: 'Latin', russian: 'Russian', both: 'Both' } as const;
export type Labels = keyof typeof LABELS;

/** Sources and layers of a base are named so, and can never be taken for ours. */
export const BASE_PREFIX = 'base/';
