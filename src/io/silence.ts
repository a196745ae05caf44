const TICK_MS = 1000;

/** A worker that says nothing for so long, in milliseconds, hangs: less is taken by the largest file on a slow machine. */
export const MOST_SILENCE_MS = 60_000;

/** What is wrong with one that was ended for it. */
export const SAID_NOTHING = `it had said nothing for ${MOST_SILENCE_MS / 1000} seconds`;

/**
 * Watches for somebody who says nothing for too long. Only the time counts in which the page itself is awake: one that
 * was kept busy, or slept with its computer, has not heard what was said meanwhile.
 */
export class Silence {
  #timer: ReturnType<typeof setInterval> | undefined;
  #ticks = 0;

  /**
   * @param mostMs how long one may say nothing
   * @param onsilent called once when it was longer
   */
  constructor(
    private readonly mostMs: number,
    private readonly onsilent: () => void,
  ) {}

  /** Begins to watch, or begins anew: something was said. */
  begin(): void {
    this.#ticks = 0;
    this.#timer ??= setInterval(
      () => {
        if (++this.#ticks * TICK_MS < this.mostMs) return;
        this.end();
        this.onsilent();
      },
      Math.min(TICK_MS, this.mostMs),
    );
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
