import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { openTool } from './axe';
import { type StaticServer, serveFolder } from './static-server';

/** Has a worker hang at the first message that is a match, until the returned function is called. */
async function hangWorker(page: Page, name: string, match = 'true'): Promise<() => void> {
  let hangs = true;
  await page.route(`**/${name}-*.js`, async (route) => {
    if (!hangs) return route.continue();
    const response = await route.fetch();
    const hang = `addEventListener("message", ({ data }) => { if (${match}) for (;;); });`;
    await route.fulfill({ response, body: `${hang}\n${await response.text()}` });
  });
  return () => (hangs = false);
}

/** Lets a test have what ticks by the second tick for a minute at once, which a clock of Playwright would draw the map for. */
const HASTY = `
  const ticking = new Map();
  const { setInterval: begin, clearInterval: end } = window;
  window.setInterval = (run, ms) => {
    const id = begin(run, ms);
    if (ms === 1000) ticking.set(id, run);
    return id;
  };
  window.clearInterval = (id) => {
    ticking.delete(id);
    end(id);
  };
  window.passMinute = () => {
    for (const [id, run] of ticking) for (let i = 0; i <= 60 && ticking.has(id); i++) run();
  };
`;

/** Lets time pass on the page, as long as a worker may be silent, until something is seen. */
async function passTime(page: Page, seen: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.evaluate('passMinute()');
    await seen();
  }).toPass();
}

const SAID = 'it had said nothing for 60 seconds';
const count = (page: Page) => page.getByRole('status').filter({ hasText: 'sightings' });
const searchbox = (page: Page) => page.getByRole('searchbox', { name: 'Search sightings' });

test.beforeEach(({ page }) => page.addInitScript(HASTY));

test('a search that hangs is ended, and the next words are searched', async ({ page, served }) => {
  const leaveWorkers = await hangWorker(page, 'search-worker');
  await openApp(page, served);
  await searchbox(page).fill('Kremlin');
  const said = page.getByRole('alert').filter({ hasText: SAID });
  await expect(count(page)).toContainText('searching');
  await passTime(page, () => expect(said).toContainText('Search again', { timeout: 1000 }));
  leaveWorkers();
  await searchbox(page).fill('Pantsir');
  await expect(count(page)).toHaveText(/^[1-7] of 8 sightings$/);
  await expect(said).toHaveCount(0);
});

test('a file whose writing hangs is told of, and can be made again', async ({ page, served }) => {
  const leaveWorkers = await hangWorker(page, 'export-worker');
  await openApp(page, served);
  await openTool(page, 'Export');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: /^CSV/ }).check();
  await dialog.getByRole('button', { name: 'Download' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  const said = dialog.getByRole('alert').filter({ hasText: SAID });
  await passTime(page, () => expect(said).toContainText('Nothing of your work is lost', { timeout: 1000 }));
  leaveWorkers();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

test('distances whose measuring hangs are told of, and can be measured again', async ({ page, served }) => {
  const leaveWorkers = await hangWorker(page, 'distances-worker');
  await openApp(page, served);
  await openTool(page, 'Distances');
  const dialog = page.getByRole('dialog', { name: 'Distances', exact: true });
  await expect(dialog.getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
  const said = dialog.getByRole('alert').filter({ hasText: SAID });
  await passTime(page, () => expect(said).toBeVisible({ timeout: 1000 }));
  leaveWorkers();
  await said.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('status').first()).toHaveText('Rows 1–35 of 35');
  await expect(said).toHaveCount(0);
});

test('tiles that hang are told of, and are made when the map is zoomed', async ({ page, served }) => {
  const leaveWorkers = await hangWorker(page, 'tile-worker', 'data.kind === "tile"');
  await openApp(page, served);
  leaveWorkers(); // the first one hangs all the same
  const anew = page.waitForResponse(/\/tile-worker-/);
  const said = page.getByText(`the worker that draws the sightings was ended: ${SAID}`);
  await passTime(page, () => expect(said).toBeVisible({ timeout: 1000 }));
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await anew;
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  await expect(said).toHaveCount(0);
});

test.describe('many sightings', () => {
  let folder: string;
  let host: StaticServer;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sightings-hang-'));
    const records = Array.from({ length: 20_100 }, (_, i) =>
      JSON.stringify(sampleSighting({ id: `sample-${100_000 + i}`, confidence: i % 3 ? 'low' : 'high' })),
    );
    const text = `{"type":"FeatureCollection","features":[\n${records.join(',\n')}\n]}\n`;
    writeFileSync(join(folder, 'many.geojson'), text);
    host = await serveFolder(folder);
  });

  test.afterAll(() => {
    host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are found again after that hung, when somebody says so or asks something else, not when the map is moved', async ({
    page,
    served,
  }) => {
    const hangs = 'data.method === "answer" && data.args[0].facets.confidence?.has("low")';
    const leaveWorkers = await hangWorker(page, 'finder-worker', hangs);
    await openApp(page, served, `?data=${host.address}many.geojson`);
    await expect(count(page)).toHaveText('20,100 of 20,100 sightings');
    // What the timeline and the map ask, too, when they come to be there, would begin the search again.
    await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('slider')).toHaveCount(3);
    await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
    const filters = page.getByRole('group', { name: 'Filters' });
    await filters.getByRole('checkbox', { name: /^Low/ }).click();
    const said = page.getByRole('alert').filter({ hasText: SAID });
    await passTime(page, () => expect(said).toBeVisible({ timeout: 1000 }));
    await expect(said).toContainText('The list and the map show what was found before.');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect(page).toHaveURL(/view=/); // it is moved
    await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
    await expect(said).toBeVisible();
    await filters.getByRole('checkbox', { name: /^Low/ }).click();
    await filters.getByRole('checkbox', { name: /^High/ }).click();
    await expect(count(page)).toHaveText('6,700 of 20,100 sightings');
    await expect(said).toHaveCount(0);
    await filters.getByRole('checkbox', { name: /^Low/ }).click();
    await passTime(page, () => expect(said).toBeVisible({ timeout: 1000 }));
    leaveWorkers();
    await said.getByRole('button', { name: 'Try again' }).click();
    await expect(count(page)).toHaveText('20,100 of 20,100 sightings');
    await expect(said).toHaveCount(0);
  });
});

test('reference points whose reading hangs are left, and can be read again', async ({ page, served }) => {
  const leaveWorkers = await hangWorker(page, 'import-worker');
  await openApp(page, served, '?tool=points');
  const file = {
    name: 'some.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from('{"features":[]}'),
  };
  await page.getByLabel('Import GeoJSON').setInputFiles(file);
  const problems = page.getByRole('list', { name: 'Problems of the import' });
  await expect(page.getByText(/^Reading some\.geojson/)).toBeVisible();
  await passTime(page, () =>
    expect(problems).toContainText('it had said nothing for 20 seconds', { timeout: 1000 }),
  );
  leaveWorkers();
  await page.getByLabel('Import GeoJSON').setInputFiles(file);
  await expect(page.getByText('some.geojson: 0 points added.')).toBeVisible();
});
