import { type Browser, type Page, chromium } from '@playwright/test';
import { findBrowser } from '../e2e/browser';
import { atEnd } from './cleanup';
import { FILTER_CHANGES, type FilterSample, changeFilters } from './filter-changes';
import { type MapBox, NotFinished, expectSightings, pan } from './map-on-page';
import { pageFault } from './page-fault';
import { type Drawn, installProbe } from './probe';
import { type MemoryPeak, watchMemory } from './process-memory';
import type { Contender } from './rounds';
import type { Site } from './site';
import { type BusyThread, TRACE_CATEGORIES, busyThreads } from './trace';

/** What is done on a page once it is drawn. */
export type Stage = 'load' | 'pan' | 'filter';

/** What is to be visited. */
export interface Plan {
  contender: Contender;
  url: string;
  stages: ReadonlySet<Stage>;
  /** for each stage */
  timeoutMs: number;
  /** where a picture of the map is kept */
  picture?: string | undefined;
  /** where a trace of the loading is kept; it takes time, so that the others are not to be compared with it */
  trace?: string | undefined;
}

/** What one visit of a page measured. */
export interface Visit {
  drawn: Drawn;
  memory: MemoryPeak;
  /** sent until the sightings were drawn */
  sentBytes: number;
  /** times between the frames of a movement by hand, in ms; empty when it was not asked for */
  frameMs: readonly number[];
  filters: readonly FilterSample[];
  /** how long each thread was at work until the sightings were drawn, where a trace was wanted */
  busy: readonly BusyThread[];
  box: MapBox;
  browser: string;
  /** why a stage after the first was not finished; what it should have measured is missing then */
  failure: string | undefined;
}

const VIEWPORT = { width: 1440, height: 900 };
async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--enable-precise-memory-info',
      '--disable-background-networking',
      // Beside the map, pages are painted as browsers without a graphics card do: not through the one that is emulated.
      '--disable-gpu-rasterization',
      '--no-first-run',
    ],
    handleSIGINT: false, // see cleanup.ts
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Runs a stage until it ends, fails, or takes too long. */
type Within = <T>(stage: Stage, work: Promise<T>) => Promise<T>;

/** Stages fail when the page breaks down or has an error. */
function watchPage(page: Page, timeoutMs: number): Within {
  const told: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') told.push(message.text());
  });
  page.on('requestfailed', (request) => {
    told.push(`${request.url()} ${request.failure()?.errorText ?? 'failed'}`);
  });
  const failed = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new NotFinished('the page broke down')));
    page.on('pageerror', (error) =>
      reject(new NotFinished(`the page has an error: ${pageFault(error, told)}`)),
    );
  });
  failed.catch(() => undefined); // it may fail while no stage waits for it
  return async (stage, work) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const reason = `${stage} did not finish in ${timeoutMs / 1000} s`;
      timer = setTimeout(() => reject(new NotFinished(reason)), timeoutMs);
    });
    try {
      return await Promise.race([work, failed, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

async function measure(page: Page, site: Site, plan: Plan): Promise<Omit<Visit, 'browser'>> {
  const { url, contender, stages, picture, trace } = plan;
  const browser = page.context().browser();
  const within = watchPage(page, plan.timeoutMs);
  const sentBefore = site.sentBytes();
  const watch = watchMemory();
  const stopWatching = atEnd(watch.stop);
  let drawn: Drawn;
  let busy: readonly BusyThread[] = [];
  try {
    if (trace !== undefined) await browser?.startTracing(page, { path: trace, categories: TRACE_CATEGORIES });
    const response = await page.goto(url, { waitUntil: 'commit' });
    if (!response?.ok()) throw new Error(`${url} cannot be had: ${response?.status() ?? 'no answer'}.`);
    drawn = await within(
      'load',
      page.evaluate(() => window.probe.drawn()),
    );
    if (trace !== undefined) {
      await browser?.stopTracing();
      busy = busyThreads(trace, url, drawn.ms);
    }
  } finally {
    await stopWatching();
  }
  const sentBytes = site.sentBytes() - sentBefore;
  const box = await page.locator('.map').boundingBox();
  if (box === null) throw new NotFinished('there is no map');
  await expectSightings(page, box, picture);
  const visit = { drawn, memory: watch.peak, sentBytes, busy, box };
  let frameMs: readonly number[] = [];
  let filters: readonly FilterSample[] = [];
  try {
    if (stages.has('pan')) frameMs = await within('pan', pan(page, box));
    const isOurs = contender === 'ours';
    const changes = isOurs ? FILTER_CHANGES : FILTER_CHANGES.slice(0, 1);
    if (stages.has('filter')) filters = await within('filter', changeFilters(page, changes, isOurs));
  } catch (error) {
    if (!(error instanceof NotFinished)) throw error;
    return { ...visit, frameMs, filters, failure: error.message };
  }
  return { ...visit, frameMs, filters, failure: undefined };
}

/**
 * Opens a page in a browser of its own, with nothing in its caches, and measures it.
 * @throws NotFinished when its sightings are not drawn in time
 */
export async function visit(site: Site, plan: Plan): Promise<Visit> {
  const browser = await launch();
  const close = atEnd(() => browser.close());
  try {
    const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light' });
    const page = await context.newPage();
    // tsx puts `__name` around functions.
    await page.addInitScript(`globalThis.__name = (named) => named; (${installProbe.toString()})();`);
    return { ...(await measure(page, site, plan)), browser: browser.version() };
  } finally {
    await close();
  }
}
