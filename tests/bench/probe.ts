/** What it took until the sightings were drawn, by the clock of the page. */
export interface Drawn {
  /** since the navigation began */
  ms: number;
  /** the longest task of the main thread meanwhile; those under 50 ms count as 0 */
  blockedMs: number;
  /** JavaScript heap of the main thread, in bytes */
  heapBytes: number;
}

/** What a change took, in ms since its event. */
export interface Change {
  /** until the map shows it, and stands still */
  mapMs: number;
  blockedMs: number;
  /** until the count beside the list shows it; `undefined` where there is none */
  listMs: number | undefined;
  timelineMs: number | undefined;
}

/** What {@link installProbe} puts on the page. */
export interface Probe {
  drawn(): Promise<Drawn>;
  /** Watches for the next `change` event; `result` is what became of it. */
  expectChange(): void;
  result: Promise<Change> | undefined;
  settled(): Promise<number>;
  startFrames(): void;
  /** times between frames since then, in ms */
  stopFrames(): number[];
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/**
 * Watches a page from inside, so that the measuring does not wait in line. Runs in the page before its own scripts,
 * and takes nothing from here with it. Both pages say by `aria-busy` of `main` that data is on its way, and by that of
 * `.map` that the map does not show all yet: settled is what stands still for a while, from when on it does.
 */
export function installProbe(): void {
  const QUIET_MS = 500;
  const LOOK_MS = 4;
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const isIdle = (selector: string) =>
    document.querySelector(selector)?.getAttribute('aria-busy') === 'false';

  let settledSince = Infinity;
  new MutationObserver(() => {
    if (!isIdle('main') || !isIdle('.map')) settledSince = Infinity;
    else if (settledSince === Infinity) settledSince = performance.now();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-busy'] });

  /** when the page came to stand still, at the earliest at a time */
  const settledAfter = async (start: number): Promise<number> => {
    for (;;) {
      const since = settledSince;
      if (since > start && performance.now() - since >= QUIET_MS) return since;
      await sleep(LOOK_MS);
    }
  };

  const tasks: PerformanceEntry[] = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({
    type: 'longtask',
    buffered: true,
  });
  const longestBetween = (start: number, end: number) =>
    tasks
      .filter(({ startTime, duration }) => startTime < end && startTime + duration > start)
      .reduce((longest, { duration }) => Math.max(longest, duration), 0);

  const countText = () => document.querySelector('p.count')?.textContent;
  const bars = () =>
    Array.from(
      document.querySelectorAll('[aria-label="Timeline"] svg :is(rect, path)'),
      (bar) => (bar.getAttribute('height') ?? '') + (bar.getAttribute('d') ?? ''),
    ).join();

  const frames: number[] = [];
  let isRecording = false;
  const record = (now: number) => {
    if (!isRecording) return;
    frames.push(now);
    requestAnimationFrame(record);
  };

  const changed = async (): Promise<Change> => {
    const before = { count: countText(), bars: bars() };
    const start = await new Promise<number>((resolve) => {
      const options = { once: true, capture: true };
      document.addEventListener('change', () => resolve(performance.now()), options);
    });
    let settled: number | undefined;
    void settledAfter(start).then((at) => (settled = at));
    let listMs: number | undefined;
    let timelineMs: number | undefined;
    while (settled === undefined) {
      if (listMs === undefined && countText() !== before.count) listMs = performance.now() - start;
      if (timelineMs === undefined && bars() !== before.bars) timelineMs = performance.now() - start;
      await sleep(LOOK_MS);
    }
    return { mapMs: settled - start, blockedMs: longestBetween(start, settled), listMs, timelineMs };
  };

  window.probe = {
    async drawn() {
      const ms = await settledAfter(0);
      const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
      return { ms, blockedMs: longestBetween(0, ms), heapBytes: memory?.usedJSHeapSize ?? NaN };
    },
    result: undefined,
    expectChange() {
      window.probe.result = changed();
    },
    settled: () => settledAfter(-1),
    startFrames() {
      frames.length = 0;
      isRecording = true;
      requestAnimationFrame(record);
    },
    stopFrames() {
      isRecording = false;
      return frames.slice(1).map((at, i) => at - (frames[i] ?? NaN));
    },
  };
}
