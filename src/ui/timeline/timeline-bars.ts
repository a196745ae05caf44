import type { Confidence } from '../../domain/sighting';
import { CONFIDENCES } from '../../domain/table';
import { type TimelineBins, type TimelineWeights, totalWeights } from '../../domain/timeline';
import { type LinearScale, roundNumbers } from './linear-scale';
import type { DayScale } from './timeline-axis';

/** What little there is, is still seen, in pixels. */
const LEAST_HEIGHT = 1.25;
const MOST_WIDTH = 44;
const FRAME = 1;

interface Scales {
  x: DayScale;
  /** sightings to pixels from the top of the chart */
  y: LinearScale;
}

/** The bars of a histogram as SVG paths. */
interface BarPaths {
  /** one a level, the surest at the bottom; low ones are frames where they have room (fill them by `evenodd`) */
  levels: Record<Confidence, string>;
  /** what the frames are around */
  hollows: string;
  /** the bars whole */
  whole: string;
}

function box(left: number, bottom: number, width: number, height: number): string {
  const [x, y, w, h] = [left, bottom, width, height].map((value) => value.toFixed(2));
  return `M${x} ${y}v-${h}h${w}v${h}z`;
}

/** Draws a histogram, every bar standing on the foot of the chart. */
export function barPaths({ starts }: TimelineBins, weights: TimelineWeights, { x, y }: Scales): BarPaths {
  const paths: BarPaths = { levels: { high: '', moderate: '', low: '' }, hollows: '', whole: '' };
  const foot = y(0);
  totalWeights(weights).forEach((total, bin) => {
    if (total === 0) return;
    const start = x(starts[bin] ?? 0);
    const room = x(starts[bin + 1] ?? 0) - start;
    const width = Math.min(MOST_WIDTH, room < 4 ? room : room - Math.min(2, room / 8));
    const left = start + (room - width) / 2;
    const tall = Math.max(foot - y(total), LEAST_HEIGHT);
    let bottom = foot;
    for (const level of CONFIDENCES) {
      const height = ((weights[level][bin] ?? 0) * tall) / total;
      if (height === 0) continue;
      paths.levels[level] += box(left, bottom, width, height);
      if (level === 'low' && width > 3 && height > 3) {
        const inside = box(left + FRAME, bottom - FRAME, width - 2 * FRAME, height - 2 * FRAME);
        paths.levels.low += inside;
        paths.hollows += inside;
      }
      bottom -= height;
    }
    paths.whole += box(left, foot, width, tall);
  });
  return paths;
}

const PLAIN = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 });

/** One or two lines to read heights by, with their numbers. */
export function countLines(y: LinearScale): { value: number; label: string }[] {
  return roundNumbers(y.domain[1], 2)
    .filter((value) => value > 0)
    .slice(-2)
    .map((value) => ({ value, label: (value < 10_000 ? PLAIN : COMPACT).format(value) }));
}
