import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request } from '@playwright/test';
import { expect, openApp, test } from './app';
import { bareMapBytes, gzipBytes } from './bare-map';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** What the first screen may weigh beyond a bare MapLibre page, in bytes of gzip. */
const MAX_OWN_BYTES = 110_000;

/** Parts that are heavy, or that few readers open, by the names of their scripts. */
const ON_DEMAND = [
  'Timeline',
  'SightingDetails',
  'EditPanel',
  'MeasurePanel',
  'OpenDialog',
  'ExportDialog',
  'EmbedPage',
  'Printing',
  'import-worker',
  'search-worker',
  'export-worker',
  'markup',
  'protomaps',
];

declare global {
  interface Window {
    /** when the map had first drawn the data, on the clock of the page */
    drawnAt?: number;
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

/** Files of the build, by their paths in it. */
function filesOf(folder: string, end: RegExp): { path: string; bytes: Uint8Array }[] {
  return readdirSync(join(DIST, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && end.test(entry.name))
    .map(({ name }) => ({ path: join(folder, name), bytes: readFileSync(join(DIST, folder, name)) }));
}

test('the scripts of the first screen weigh little more than MapLibre', async ({ page, served }) => {
  const asked: Request[] = [];
  page.context().on('request', (request) => {
    if (request.resourceType() === 'script') asked.push(request);
  });
  // A busy machine would bring the note that data is still on its way, which is shown after 0.8 s.
  await page.addInitScript(() => {
    const { setTimeout } = window;
    const withoutNote = (run: () => void, ms?: number) => (ms === 800 ? 0 : setTimeout(run, ms));
    Object.assign(window, { setTimeout: withoutNote });
  });
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      const isReady = document.querySelector('main')?.getAttribute('aria-busy') === 'false';
      if (!isReady || !document.querySelector('.map[aria-busy="false"]')) return;
      window.drawnAt = performance.now();
      observer.disconnect();
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });

  await openApp(page, served);
  await expect(page.getByRole('status')).toHaveText('8 of 8 sightings');
  await page.waitForFunction(() => window.drawnAt !== undefined);
  // What comes later comes now, so that it is seen to be later.
  await expect(
    page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: 'All dates' }),
  ).toBeVisible();
  await page.waitForLoadState('networkidle');

  const drawnAt = await page.evaluate(() => performance.timeOrigin + (window.drawnAt ?? 0));
  // What is still on its way now, of which the time is not known yet, was asked for later as well.
  const isFirst = (startTime: number) => startTime > 0 && startTime <= drawnAt;
  const urls = asked
    .filter((request) => isFirst(request.timing().startTime))
    .map((request) => request.url().slice(served.address.length));
  const first = [...new Set(urls)];
  const scripts = filesOf('assets', /\.js$/).map(({ path, bytes }) => ({
    path,
    size: gzipBytes(bytes),
    isFirst: first.includes(path),
  }));
  const ofFirst = scripts.filter(({ isFirst }) => isFirst);
  const total = ofFirst.reduce((sum, { size }) => sum + size, 0);
  const bare = await bareMapBytes();
  const uncounted = [
    ...filesOf('.', /\.(geo)?json$/),
    ...filesOf('basemap', /\.pmtiles$/),
    ...filesOf('assets', /\.(woff2|css|svg)$/),
  ];
  const table = [
    'First screen, gzip -9:',
    ...ofFirst.map(({ path, size }) => `${kilobytes(size)}  ${path}`),
    `${kilobytes(total)}  in all; a bare MapLibre page: ${kilobytes(bare).trim()}, beyond it: ${kilobytes(total - bare).trim()}`,
    'On demand, gzip -9:',
    ...scripts.filter(({ isFirst }) => !isFirst).map(({ path, size }) => `${kilobytes(size)}  ${path}`),
    'Not counted, as they are:',
    ...uncounted.map(({ path, bytes }) => `${kilobytes(bytes.length)}  ${path}`),
  ].join('\n');
  console.log(table);

  expect(ofFirst.map(({ path }) => path).sort(), 'every script that was asked for is of the build').toEqual(
    first.sort(),
  );
  for (const name of ['index', 'maplibre', 'maplibre-gl-worker', 'tile-worker']) {
    expect(
      first.some((path) => path.startsWith(`assets/${name}-`)),
      name,
    ).toBe(true);
  }
  for (const name of ON_DEMAND) {
    const files = scripts.filter(({ path }) => path.startsWith(`assets/${name}-`));
    expect(files.length, `${name} is a script of its own`).toBeGreaterThan(0);
    expect(
      files.some(({ isFirst }) => isFirst),
      `${name} is on demand`,
    ).toBe(false);
  }
  expect(total - bare, 'bytes beyond a bare MapLibre page').toBeLessThanOrEqual(MAX_OWN_BYTES);
});
