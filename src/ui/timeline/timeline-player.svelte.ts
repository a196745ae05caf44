import { isWhole, moveRange, openingRange, playStep } from '../../domain/bin-range';
import type { DaySpan } from '../../domain/dates';
import type { TimelineBrush } from './timeline-brush.svelte';

/** Time between two steps, in milliseconds. */
const STEP_MS = 800;

/** Moves the brush of a timeline on by itself, to the end. */
export class TimelinePlayer {
  isPlaying = $state(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly brush: TimelineBrush) {}

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.#play();
  }

  /** Stops where it is, which is to stay. */
  pause(): void {
    if (!this.isPlaying) return;
    this.stop();
    this.brush.settle();
  }

  /** Stops, and leaves the days as somebody else has chosen them, unless they are what was told last. */
  pauseFor(days: DaySpan | undefined): void {
    const { told } = this.brush;
    if (days?.firstDay !== told?.firstDay || days?.lastDay !== told?.lastDay) this.stop();
  }

  /** Stops, and tells nobody. */
  stop(): void {
    clearInterval(this.#timer);
    this.isPlaying = false;
  }

  #play(): void {
    const { range, count } = this.brush;
    this.isPlaying = true;
    this.#timer = setInterval(() => this.#step(), STEP_MS);
    if (!range || isWhole(range, count)) this.brush.choose(openingRange(count), false);
    else if (range.last === count - 1) this.brush.choose(moveRange(range, -count, count), false);
    else this.#step();
  }

  #step(): void {
    const { range, count } = this.brush;
    if (!range) return this.stop();
    const next = moveRange(range, playStep(range), count);
    const isEnd = next.last === count - 1;
    if (isEnd) this.stop();
    this.brush.choose(next, isEnd);
  }
}
