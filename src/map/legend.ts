import { CONFIDENCE, type Confidence, type System } from '../domain/sighting';
import { NO_SYSTEM_SHAPE, type SymbolDrawing, markDrawing, referencePointDrawing } from './symbols';
import type { Theme } from './theme';

/** One line of the legend: a drawing of what is on the map, and what it means. */
export interface LegendEntry {
  label: string;
  drawing: SymbolDrawing;
}

/** What the marks on the map mean, from the very drawings that the map uses. */
export function legend(
  theme: Theme,
  systems: readonly System[],
): { systems: LegendEntry[]; confidence: LegendEntry[]; referencePoint: LegendEntry } {
  const levels = Object.keys(CONFIDENCE) as Confidence[];
  // Without the colour of a confidence level: here the shape alone speaks.
  const shapeOnly = { ...theme, confidence: { high: theme.ink, moderate: theme.ink, low: theme.ink } };
  return {
    systems: [
      ...systems.map(({ name, markShape }) => ({
        label: name,
        drawing: markDrawing(shapeOnly, markShape, 'low'),
      })),
      { label: 'System not named', drawing: markDrawing(shapeOnly, NO_SYSTEM_SHAPE, 'low') },
    ],
    confidence: levels.map((level) => ({
      label: `${level[0]?.toUpperCase()}${level.slice(1)} confidence`,
      drawing: markDrawing(theme, 'circle', level),
    })),
    referencePoint: { label: 'Reference point', drawing: referencePointDrawing(theme) },
  };
}
