import { CONFIDENCE, type Confidence, type System } from '../domain/sighting';
import {
  type SymbolDrawing,
  dataSetDrawing,
  markDrawing,
  ownPointDrawing,
  referencePointDrawing,
  shapeOf,
  systemDrawing,
} from './symbols';
import type { RingColor } from '../domain/work';
import type { Theme } from './theme';

/** One line of the legend: a drawing of what is on the map, and what it means. */
export interface LegendEntry {
  label: string;
  drawing: SymbolDrawing;
}

/** A data set, and the colour around its marks. */
export interface DataSetMark {
  name: string;
  ring: RingColor;
}

/** What is not drawn by a symbol means. */
export const LEGEND_LABEL = {
  disc: 'Somewhere in this disc or area, true to scale',
  group: 'Several sightings',
  disputedBorder: 'Disputed border or line of control',
} as const;

/**
 * What the marks on the map mean, from the very drawings that the map uses.
 * @param hasOwnPoints whether the map has reference points that the reader added
 * @param dataSets the data sets that are shown; one by itself needs no word
 */
export function legend(
  theme: Theme,
  systems: readonly System[],
  hasOwnPoints = false,
  dataSets: readonly DataSetMark[] = [],
): {
  systems: LegendEntry[];
  confidence: LegendEntry[];
  referencePoints: LegendEntry[];
  dataSets: LegendEntry[];
} {
  const levels = Object.keys(CONFIDENCE) as Confidence[];
  return {
    systems: [
      ...systems.map(({ name, markShape }) => ({ label: name, drawing: systemDrawing(theme, markShape) })),
      { label: 'System not named', drawing: systemDrawing(theme, shapeOf(systems, undefined)) },
    ],
    confidence: levels.map((level) => ({
      label: `${level[0]?.toUpperCase()}${level.slice(1)} confidence`,
      drawing: markDrawing(theme, 'circle', level),
    })),
    referencePoints: [
      { label: 'Reference point', drawing: referencePointDrawing(theme) },
      ...(hasOwnPoints ? [{ label: 'Your reference point', drawing: ownPointDrawing(theme) }] : []),
    ],
    dataSets:
      dataSets.length < 2
        ? []
        : dataSets.map(({ name, ring }) => ({ label: name, drawing: dataSetDrawing(theme, ring) })),
  };
}
