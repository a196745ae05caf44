import { type BinRange, moveRange, rangeBetween, resizeRange } from '../../domain/bin-range';
import { type TimelineBins, binOfDay } from '../../domain/timeline';
import type { DaySpan } from '../../domain/dates';
import type { DayScale } from './timeline-axis';
import type { TimelineBrush } from './timeline-brush.svelte';

/** What of a timeline a pointer holds: an end of the brush, its middle, or nothing of it. */
export type Grip = 'first' | 'last' | 'all' | 'new';

/** How far a pointer reaches: a handle is so wide, in pixels. */
export const REACH = { mouse: 24, touch: 44 } as const;

/** A pointer that moved less has not dragged. */
const SLACK = { mouse: 3, touch: 8 } as const;

/** Kind of pointer, by how exact it is. */
export type PointerKind = keyof typeof REACH;

/** A brush on the screen: where it begins and ends, and where the screen does, in pixels. */
export interface BrushBox {
  begin: number;
  end: number;
  least: number;
  most: number;
}

/**
 * What lies under a pointer. A handle reaches outwards from its end of the brush, and inwards as far as there is no
 * room outside, but a third of the brush always stays to be moved.
 */
export function gripAt(x: number, box: BrushBox | undefined, kind: PointerKind): Grip {
  if (!box) return 'new';
  const { begin, end, least, most } = box;
  const inwards = (room: number) => Math.min((end - begin) / 3, Math.max(8, REACH[kind] - room));
  if (x < begin - REACH[kind] || x > end + REACH[kind]) return 'new';
  if (x < begin + inwards(begin - least)) return 'first';
  if (x > end - inwards(most - end)) return 'last';
  return 'all';
}

/** The edge between bins, from 0 to their number, that is nearest to a day. */
function nearestEdge(bins: TimelineBins, day: number): number {
  const bin = binOfDay(bins, Math.floor(day));
  const start = bins.starts[bin] ?? 0;
  const end = bins.starts[bin + 1] ?? 0;
  return day - start > end - day ? bin + 1 : bin;
}

/** One pointer that went down on a timeline, until it goes up. */
export class TimelineDrag {
  readonly #before: DaySpan | undefined;
  readonly #range: BinRange | undefined;
  hasMoved = false;

  constructor(
    private readonly brush: TimelineBrush,
    private readonly bins: TimelineBins,
    private readonly scale: DayScale,
    readonly grip: Grip,
    private readonly startX: number,
    private readonly kind: PointerKind,
  ) {
    this.#before = brush.days;
    this.#range = brush.range;
  }

  /** Follows the pointer to `x`. */
  move(x: number): void {
    if (!this.hasMoved && Math.abs(x - this.startX) <= SLACK[this.kind]) return;
    this.hasMoved = true;
    this.brush.draft(this.#rangeAt(x));
  }

  /** Lets go at `x`; returns whether it was a drag, not a click. */
  release(x: number): boolean {
    if (this.hasMoved) this.brush.choose(this.#rangeAt(x), true);
    return this.hasMoved;
  }

  /** Puts everything back. */
  cancel(): void {
    if (this.hasMoved) this.brush.chooseDays(this.#before, true);
  }

  #rangeAt(x: number): BinRange {
    const { bins, scale } = this;
    const count = bins.starts.length - 1;
    const binAt = (pixel: number) => binOfDay(bins, Math.floor(scale.invert(pixel)));
    if (this.grip === 'new' || !this.#range) return rangeBetween(binAt(this.startX), binAt(x));
    const { first, last } = this.#range;
    const edgeAfter = (edge: number) =>
      nearestEdge(bins, scale.invert(scale(bins.starts[edge] ?? 0) + x - this.startX));
    if (this.grip === 'first') return resizeRange(this.#range, 'first', edgeAfter(first), count);
    if (this.grip === 'last') return resizeRange(this.#range, 'last', edgeAfter(last + 1) - 1, count);
    return moveRange(this.#range, edgeAfter(first) - first, count);
  }
}
