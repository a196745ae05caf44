import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Feature, FeatureCollection } from 'geojson';
import { CONFIDENCE, type Confidence, type System } from '../domain/sighting';
import type { FindTable } from '../domain/find-table';
import { CONFIDENCES, NO_SYSTEM, PLACE_KIND, type SightingTable } from '../domain/table';
import type { RingColor } from '../domain/work';
import { MAX_TILE_ZOOM } from './tile-scheme';
import { UNKNOWN_SYSTEM_SHAPE, markImage, shapeOf } from './symbols';
import { FONT, SIZE, type Theme } from './theme';

function byConfidence(theme: Theme): ExpressionSpecification {
  const { high, moderate, low } = theme.confidence;
  return ['match', ['get', 'confidence'], 'high', high, 'moderate', moderate, low];
}

/** An expression for a value of the feature's system; `unnamed` for a report that names none. */
function bySystem(
  systems: readonly System[],
  value: (system: System) => string | ExpressionSpecification,
  unnamed: string | ExpressionSpecification,
  unknown: string | ExpressionSpecification,
): ExpressionSpecification {
  const cases = systems.flatMap((system) => [system.id, value(system)]);
  return ['match', ['get', 'system'], '', unnamed, ...cases, unknown] as unknown as ExpressionSpecification;
}

function markImageExpression(theme: Theme, systems: readonly System[]): ExpressionSpecification {
  const levels = Object.keys(CONFIDENCE) as Confidence[];
  const forShape = (shape: System['markShape']) =>
    [
      'match',
      ['get', 'confidence'],
      ...levels.flatMap((level) => [level, markImage(theme, shape, level)]),
      markImage(theme, shape, 'low'),
    ] as unknown as ExpressionSpecification;
  const unnamed = forShape(shapeOf(systems, undefined));
  return bySystem(systems, ({ markShape }) => forShape(markShape), unnamed, forShape(UNKNOWN_SYSTEM_SHAPE));
}

/** A row that is an area, as GeoJSON. */
export function areaFeature(table: FindTable, row: number): Feature | undefined {
  const geometry = table.area(row);
  if (!geometry) return undefined;
  const { confidence, system } = table.columns;
  const properties = {
    row,
    confidence: CONFIDENCES[confidence[row] ?? 0] ?? 'low',
    system: table.systemIds[system[row] ?? NO_SYSTEM] ?? '', // that of no system is ''
  };
  return { type: 'Feature', id: row, properties, geometry };
}

/** The areas of each table as features, made once: a filter leaves some out. */
const areasOfTables = new WeakMap<SightingTable, ReadonlyMap<number, Feature>>();

function areasOf(table: SightingTable): ReadonlyMap<number, Feature> {
  const known = areasOfTables.get(table);
  if (known) return known;
  const areas = new Map<number, Feature>();
  for (let row = 0; row < table.length; row++) {
    const area = areaFeature(table, row);
    if (area) areas.set(row, area);
  }
  areasOfTables.set(table, areas);
  return areas;
}

/** The sightings that are areas, as GeoJSON; their rows are in the property `row`. */
export function areaFeatures(table: SightingTable, rows: Uint32Array): FeatureCollection {
  const areas = areasOf(table);
  const shown: Feature[] = [];
  // Without areas, and most data has none, a million rows need not be looked at.
  if (areas.size > 0) {
    for (const row of rows) {
      if (table.columns.placeKind[row] !== PLACE_KIND.area) continue;
      const area = areas.get(row);
      if (area) shown.push(area);
    }
  }
  return { type: 'FeatureCollection', features: shown };
}

/** Source of the sightings' tiles; `tilesUrl` has {z}, {x} and {y}. */
export function sightingSources(
  tilesUrl: string,
  areas: FeatureCollection,
): Record<string, SourceSpecification> {
  return {
    sightings: { type: 'vector', tiles: [tilesUrl], minzoom: 0, maxzoom: MAX_TILE_ZOOM },
    areas: { type: 'geojson', data: areas },
  };
}

/** So many sightings do not yet hide the map with their discs. */
const FEW_SIGHTINGS = 200;

/** How much of their full strength discs have: the more there are, the more lie on each other. */
function discStrength(shownCount: number): number {
  return Math.max(0.2, Math.min(1, (FEW_SIGHTINGS / Math.max(1, shownCount)) ** 0.4));
}

/**
 * The sightings: their uncertainty, areas, marks, and counts where several share a place.
 * @param shownCount how many there are on the map, in view or not
 * @param rings the colours around the marks of data sets, by the index of their layer
 */
export function sightingLayers(
  theme: Theme,
  systems: readonly System[],
  shownCount: number,
  rings: readonly RingColor[] = [],
): LayerSpecification[] {
  const strength = discStrength(shownCount);
  const fill = {
    'fill-color': byConfidence(theme),
    'fill-opacity': (theme.id === 'light' ? 0.13 : 0.16) * strength,
  };
  const outline = {
    'line-color': byConfidence(theme),
    'line-width': 1.25,
    'line-opacity': 0.75 * strength,
  };
  const discs = { source: 'sightings', 'source-layer': 'discs' };
  const isSingle: ExpressionSpecification = ['==', ['get', 'count'], 1];
  const ringCases = rings.flatMap((ring, layer) => (ring === 'none' ? [] : [layer, theme.rings[ring]]));
  const ringColor = [
    'match',
    ['get', 'layer'],
    ...ringCases,
    theme.rings.none,
  ] as unknown as ExpressionSpecification;
  return [
    { id: 'area-fills', type: 'fill', source: 'areas', paint: { ...fill, 'fill-antialias': false } },
    { id: 'area-outlines', type: 'line', source: 'areas', paint: { ...outline, 'line-width': 2 } },
    { id: 'disc-fills', type: 'fill', ...discs, paint: { ...fill, 'fill-antialias': false } },
    { id: 'disc-outlines', type: 'line', ...discs, paint: { ...outline, 'line-dasharray': [4, 2] } },
    {
      id: 'layer-rings',
      type: 'circle',
      source: 'sightings',
      'source-layer': 'marks',
      filter: isSingle,
      layout: { visibility: ringCases.length > 0 ? 'visible' : 'none' },
      paint: {
        'circle-radius': SIZE.layerRing,
        'circle-opacity': 0,
        'circle-stroke-width': 2.5,
        'circle-stroke-color': ringCases.length > 0 ? ringColor : theme.rings.none,
      },
    },
    {
      id: 'marks',
      type: 'symbol',
      source: 'sightings',
      'source-layer': 'marks',
      filter: isSingle,
      layout: {
        'icon-image': markImageExpression(theme, systems),
        'icon-allow-overlap': true,
        'icon-padding': 0, // names may come close
      },
      paint: { 'icon-opacity': ['match', ['get', 'status'], 'retracted', 0.45, 1] },
    },
    {
      id: 'mark-names',
      type: 'symbol',
      source: 'sightings',
      'source-layer': 'marks',
      filter: isSingle,
      layout: {
        'text-field': [
          'concat',
          bySystem(systems, ({ name }) => name, 'System not named', ['get', 'system']),
          ['match', ['get', 'status'], 'disputed', ' (disputed)', 'retracted', ' (retracted)', ''],
        ],
        'text-font': FONT.medium,
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1.4, // clear of its own mark, which finds room first
        'text-justify': 'auto',
      },
      paint: { 'text-color': theme.ink, 'text-halo-color': theme.paper, 'text-halo-width': 1.6 },
    },
    {
      id: 'groups',
      type: 'circle',
      source: 'sightings',
      'source-layer': 'marks',
      filter: ['!', isSingle],
      paint: {
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['log10', ['get', 'count']],
          0,
          SIZE.group - 2,
          5,
          SIZE.group * 1.6,
        ],
        'circle-color': theme.ink,
        'circle-stroke-color': theme.paper,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'group-counts',
      type: 'symbol',
      source: 'sightings',
      'source-layer': 'marks',
      filter: ['!', isSingle],
      layout: {
        'text-field': ['number-format', ['get', 'count'], { locale: 'en-GB' }],
        'text-font': FONT.medium,
        'text-size': 13,
        'text-allow-overlap': true,
        'text-padding': SIZE.group - 6, // so that names keep clear of the circle behind the count
      },
      paint: { 'text-color': theme.paper },
    },
  ];
}
