import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Page, chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../e2e/browser';
import { seededFile, seededSystems } from './seeded';

/**
 * What a filter change costs the built page, with a seeded set: until the count and the list, the timeline and
 * the map show it, and the longest that the main thread is blocked meanwhile. `npm run bench:filter`.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' } } });
const count = Number(values.count);

interface Sample {
  listMs: number;
  timelineMs: number;
  mapMs: number;
  blockedMs: number;
}

const CHANGES: readonly { name: string; change: (page: Page) => Promise<void> }[] = [
  { name: 'confidence', change: (page) => box(page, /^High confidence/) },
  { name: 'system', change: (page) => box(page, /^S-400/) },
  { name: 'origins', change: (page) => box(page, /^1 independent origin/) },
  { name: 'publisher', change: (page) => box(page, /^Publisher /) },
  { name: 'without a place', change: (page) => box(page, /^Without a place/) },
];

async function box(page: Page, name: RegExp): Promise<void> {
  await page
    .getByRole('checkbox', { name })
    .first()
    .evaluate((input: HTMLInputElement) => input.click());
}

/** Watches the page from inside, so that the measuring itself does not wait in line. */
async function sample(page: Page, change: () => Promise<void>): Promise<Sample> {
  await page.evaluate(() => {
    const page = window as unknown as { sample: Promise<Sample> };
    const status = () => document.querySelector('p.count')?.textContent ?? '';
    const bars = () =>
      Array.from(
        document.querySelectorAll('[aria-label="Timeline"] svg :is(rect, path)'),
        (bar) => (bar.getAttribute('height') ?? '') + (bar.getAttribute('d') ?? ''),
      ).join();
    const before = { status: status(), bars: bars() };
    page.sample = new Promise((resolve) => {
      let start = 0;
      const result: Sample = { listMs: NaN, timelineMs: NaN, mapMs: NaN, blockedMs: 0 };
      const observer = new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          if (startTime + duration > start) result.blockedMs = Math.max(result.blockedMs, duration);
        }
      });
      observer.observe({ type: 'longtask' });
      document.addEventListener('change', () => (start = performance.now()), { once: true, capture: true });
      let sawBusy = false;
      const look = () => {
        const now = performance.now() - start;
        if (start > 0) {
          if (Number.isNaN(result.listMs) && status() !== before.status) result.listMs = now;
          if (Number.isNaN(result.timelineMs) && bars() !== before.bars) result.timelineMs = now;
          const isBusy = document.querySelector('.map')?.getAttribute('aria-busy') === 'true';
          sawBusy ||= isBusy;
          if (sawBusy && !isBusy) {
            result.mapMs = now;
            // The last of the long tasks are told a moment later.
            setTimeout(() => {
              observer.disconnect();
              resolve(result);
            }, 300);
            return;
          }
        }
        setTimeout(look, 4);
      };
      look();
    });
  });
  await change();
  return page.evaluate(() => (window as unknown as { sample: Promise<Sample> }).sample);
}

const executablePath = findBrowser();
const server = await preview({
  configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
  preview: { port: 0 },
  logLevel: 'error',
});
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-background-networking',
    '--no-first-run',
  ],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.addInitScript('globalThis.__name = (named) => named'); // what tsx puts around functions
const file = Buffer.from(seededFile(count));
await page.route('**/sightings.geojson', (route) =>
  route.fulfill({ body: file, contentType: 'application/json' }),
);
await page.route('**/systems.json', (route) =>
  route.fulfill({ body: seededSystems(), contentType: 'application/json' }),
);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
const row = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(16)).join(''));
console.log(`${count} seeded sightings, each change made and undone 3 times; median (and worst) in ms\n`);
row(['view', 'change', 'list', 'timeline', 'map', 'blocked']);
let worst = 0;
for (const [name, search] of [
  ['whole', '?view=60,55,3'],
  ['Moscow', '?view=37.6,55.75,8'],
] as const) {
  await page.goto(`${address}${search}`);
  await page.waitForSelector('main[aria-busy="false"]', { timeout: 120_000 });
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.waitForSelector('.map[aria-busy="false"]', { timeout: 120_000 });
  await page.waitForTimeout(3000);
  for (const { name: changeName, change } of CHANGES) {
    const samples: Sample[] = [];
    for (let i = 0; i < 6; i++) samples.push(await sample(page, () => change(page)));
    const cell = (key: keyof Sample) => {
      const numbers = samples.map((one) => one[key]);
      return `${median(numbers).toFixed(0)} (${Math.max(...numbers).toFixed(0)})`;
    };
    worst = Math.max(worst, ...samples.map(({ blockedMs }) => blockedMs));
    row([name, changeName, cell('listMs'), cell('timelineMs'), cell('mapMs'), cell('blockedMs')]);
  }
}
console.log(
  `\nlongest task of the main thread: ${worst.toFixed(0)} ms (the bar is 100; tasks under 50 count as 0)`,
);
await browser.close();
await server.close();
