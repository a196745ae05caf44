import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { dialogOf, openDialog, pick } from './opening';
import { type StaticServer, serveFolder } from './static-server';

/** Changes what a worker of the page does, before or after its own script. Returns what leaves later ones as they are. */
async function changeWorker(page: Page, name: string, { before = '', after = '' }): Promise<() => void> {
  let isChanged = true;
  await page.route(`**/${name}-*.js`, async (route) => {
    if (!isChanged) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: `${before}\n${await response.text()}\n${after}` });
  });
  return () => (isChanged = false);
}

/** Lets the waits of a worker pass ten times as fast. */
const HASTY = 'const { setInterval: real } = self; self.setInterval = (run, ms) => real(run, ms / 10);';

const FILE = `{"type":"FeatureCollection","features":[\n${Array.from({ length: 3000 }, (_, i) =>
  JSON.stringify(sampleSighting({ id: `sample-${1000 + i}` })),
).join(',\n')}\n]}\n`;

let folder: string;
let host: StaticServer;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sightings-slow-'));
  writeFileSync(join(folder, 'many.geojson'), FILE);
  host = await serveFolder(folder);
});

test.afterAll(() => {
  host.close();
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(() => host.stalled.clear());

test('a worker that hangs while it reads a file is ended, and the file can be tried again', async ({
  page,
  served,
}) => {
  const leaveWorkers = await changeWorker(page, 'import-worker', {
    after: 'addEventListener("message", () => { for (;;); });',
  });
  await page.clock.install();
  await openApp(page, served);
  const hung = page.waitForResponse(/\/import-worker-/);
  await pick(page, { name: 'hangs.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(FILE) });
  await expect(dialogOf(page).getByRole('heading', { name: 'Reading hangs.geojson' })).toBeVisible();
  await hung;
  await page.clock.runFor(21_000);
  const said = dialogOf(page).getByRole('alert');
  await expect(said).toContainText('Reading “hangs.geojson” was ended: it had said nothing for 20 seconds');
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  leaveWorkers();
  await dialogOf(page).getByRole('button', { name: 'Try again' }).click();
  await expect(dialogOf(page).getByText('3,000 sightings')).toBeVisible();
});

test('a worker that waits for something is not taken for one that hangs', async ({ page, served }) => {
  await changeWorker(page, 'import-worker', { before: HASTY });
  await page.clock.install();
  host.stalled.set('many.geojson', 1000);
  await openApp(page, served);
  await openDialog(page);
  await dialogOf(page)
    .getByLabel(/address/i)
    .fill(`${host.address}many.geojson`);
  await page.keyboard.press('Enter');
  const busy = dialogOf(page).getByRole('heading', { name: 'Reading many.geojson' });
  await expect(busy).toBeVisible();
  // The network is what it waits for, and that is said when it has brought nothing for long enough.
  await expect(dialogOf(page).getByRole('alert')).toContainText('The connection to http://127.0.0.1:');
  await expect(dialogOf(page).getByRole('alert')).toContainText('has brought nothing for 20 seconds');
  host.stalled.clear();
  await dialogOf(page).getByRole('button', { name: 'Try again' }).click();
  await expect(dialogOf(page).getByText('3,000 sightings')).toBeVisible();
});

test('a worker that hangs while the page waits for its data is ended, and that is said', async ({
  page,
  served,
}) => {
  const afterItsFirstWord = 'addEventListener("message", () => setTimeout(() => { for (;;); }));';
  await changeWorker(page, 'load-worker', { after: afterItsFirstWord });
  await page.clock.install();
  const hung = page.waitForResponse(/\/load-worker-/);
  await page.goto(`${served.address}?data=${host.address}many.geojson`);
  await hung;
  const said = page.getByText('reading stopped: it had said nothing for 60 seconds');
  await expect(async () => {
    await page.clock.runFor(61_000);
    await expect(said).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test('a large file of others is read when somebody says so', async ({ page, served }) => {
  const path = join(folder, 'large.csv');
  writeFileSync(path, `title,lat,lng,note\nOne,55.7,37.6,\nTwo,55.8,37.7,${'x'.repeat(50e6)}\n`);
  await openApp(page, served);
  await pick(page, path);
  await expect(dialogOf(page)).toContainText('“large.csv” is large');
  await expect(dialogOf(page)).toContainText('The file has 50 MB.');
  await dialogOf(page).getByRole('button', { name: 'Read it anyway' }).click();
  await expect(dialogOf(page).getByText(/CSV table, 2 rows/)).toBeVisible({ timeout: 60_000 });
});

test('of data whose bytes stop coming early is shown what came', async ({ page, served }) => {
  await changeWorker(page, 'load-worker', { before: HASTY });
  host.stalled.set('many.geojson', 5000);
  await page.goto(`${served.address}?data=${host.address}many.geojson`);
  await expect(
    page.getByText(/^Only a part of .*many\.geojson is shown, the first \d+ sightings: the connection/),
  ).toBeVisible();
  await expect(page.getByText(/^[1-9]\d* of \d+ sightings$/)).toBeVisible();
});

test('data whose bytes stop coming is shown as a part, and loaded again', async ({ page, served }) => {
  await changeWorker(page, 'load-worker', { before: HASTY });
  await openApp(page, served, `?data=${host.address}many.geojson`);
  await page.getByRole('button', { name: 'Add sighting' }).click();
  await page
    .getByRole('region', { name: 'Add a sighting' })
    .getByLabel('Title', { exact: true })
    .first()
    .fill('Begun');
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  host.stalled.set('many.geojson', FILE.length / 2);
  await page.reload();
  const part = page.getByText(
    /^Only a part of .*many\.geojson is shown, the first 1,\d\d\d sightings: the connection/,
  );
  await expect(part).toBeVisible();
  await expect(page.getByText(/^1,?\d\d\d of 1,?\d\d\d sightings$/)).toBeVisible();
  await expect(page.getByText(/problem/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add sighting' })).toHaveCount(0);
  await expect(part).toContainText('Your own work on it is kept in this browser, and shown with all of it.');
  host.stalled.clear();
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(page.getByText(/^3,?000 of 3,?000 sightings$/)).toBeVisible();
  await expect(part).toHaveCount(0);
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add sighting' })).toBeVisible();
});
