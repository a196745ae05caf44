import type { ScaleLinear } from 'd3-scale';
import type { Confidence } from '../domain/sighting';
import { CONFIDENCES } from '../domain/table';
import { type TimelineBins, type TimelineWeights, totalWeights } from '../domain/timeline';
import type { DayScale } from './timeline-axis';

/** What little there is, is still seen, in pixels. */
const LEAST_HEIGHT = 1.25;
const MOST_WIDTH = 44;

interface Scales {
  x: DayScale;
  /** sightings to pixels from the top of the chart */
  y: ScaleLinear<number, number>;
}

/**
 * Outlines of the bars of a histogram as SVG paths, one a level of confidence, the surest at the bottom. They are
 * drawn half a pixel inwards where there is room, for a stroke around them.
 */
export function barPaths(
  { starts }: TimelineBins,
  weights: TimelineWeights,
  { x, y }: Scales,
): Record<Confidence, string> {
  const paths = { high: '', moderate: '', low: '' };
  totalWeights(weights).forEach((total, bin) => {
    if (total === 0) return;
    const left = x(starts[bin] ?? 0);
    const room = x(starts[bin + 1] ?? 0) - left;
    const width = Math.min(MOST_WIDTH, room < 4 ? room : room - Math.min(2, room / 8));
    const at = left + (room - width) / 2;
    const perSighting = Math.max(y(0) - y(total), LEAST_HEIGHT) / total;
    let bottom = y(0);
    for (const level of CONFIDENCES) {
      const height = (weights[level][bin] ?? 0) * perSighting;
      if (height === 0) continue;
      const inset = width > 3 && height > 2.5 ? 0.5 : 0;
      const up = (height - 2 * inset).toFixed(2);
      const along = (width - 2 * inset).toFixed(2);
      paths[level] += `M${(at + inset).toFixed(2)} ${(bottom - inset).toFixed(2)}v-${up}h${along}v${up}z`;
      bottom -= height;
    }
  });
  return paths;
}

const PLAIN = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 });

/** One or two lines to read heights by, with their numbers. */
export function countLines(y: ScaleLinear<number, number>): { value: number; label: string }[] {
  return y
    .ticks(2)
    .filter((value) => value > 0)
    .slice(-2)
    .map((value) => ({ value, label: (value < 10_000 ? PLAIN : COMPACT).format(value) }));
}
