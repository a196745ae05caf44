import type { Progress } from './foreign';

const INTERVAL_MS = 25;

/** The same progress, told at most every 25 ms, so that it can be called for each of a million features. */
export function paced(progress: Progress): Progress {
  let next = 0;
  return (done) => {
    const now = Date.now();
    if (now < next && now > next - 2 * INTERVAL_MS) return; // a clock that was set back holds nothing up
    next = now + INTERVAL_MS;
    progress(done);
  };
}

/**
 * The progress of what waits for others: told at most so often, and the last of it, too, when no more comes for a while.
 */
export class WaitingProgress {
  #next = 0;
  #latest = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly progress: Progress,
    private readonly intervalMs: number,
  ) {}

  readonly tell: Progress = (done) => {
    this.#latest = done;
    const now = performance.now();
    if (now >= this.#next) this.#tellLatest();
    else this.#waiting ??= setTimeout(() => this.#tellLatest(), this.#next - now);
  };

  /** Nothing is told late any more: the work is done. */
  end(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #tellLatest(): void {
    this.end();
    this.#next = performance.now() + this.intervalMs;
    this.progress(this.#latest);
  }
}

/** The progress of a part of the work, from one share of the whole to another. */
export function partOf(progress: Progress, from: number, to: number): Progress {
  return (done) => progress(from + (to - from) * done);
}

/** The steps of one work: each takes a share of what is left then, so that what is told never goes back. */
export function stepsOf(progress: Progress): (share?: number) => Progress {
  let done = 0;
  return (share = 1) => {
    const from = done;
    return (step) => progress((done = from + (1 - from) * share * step));
  };
}
