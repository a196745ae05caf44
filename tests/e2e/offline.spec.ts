import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './app';
import { type StaticServer, serveFolder } from './static-server';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const test = base.extend<{ host: StaticServer }>({
  // eslint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const host = await serveFolder(DIST);
    await use(host);
    host.close();
  },
});

test.use({ serviceWorkers: 'allow', allowedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

/** Two tabs draw at a time, and a new version is looked for when they have. */
const SLOW = { timeout: 60_000 };

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('status')).toHaveText('8 of 8 sightings');
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false', SLOW);
}

/** Visits the map, and waits until it is kept. */
async function visit(page: Page, { address }: StaticServer): Promise<void> {
  await open(page, address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

const version = (page: Page) => page.locator('html').getAttribute('data-version');
const offer = (page: Page) => page.getByText('A new version is ready.');
const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('base64');

/** Publishes another version: another page, as the checksums of its service worker say. */
function publish({ replaced }: StaticServer, name: string): void {
  const html = readFileSync(`${DIST}/index.html`, 'utf8');
  const other = html.replace('<html ', `<html data-version="${name}" `);
  const worker = readFileSync(`${DIST}/sw.js`, 'utf8');
  expect(worker).toContain(hash(html));
  replaced.set('', Buffer.from(other));
  replaced.set('sw.js', Buffer.from(worker.replaceAll(hash(html), hash(other))));
}

async function lookForVersion(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
}

async function goOffline(context: BrowserContext, host: StaticServer): Promise<void> {
  host.close();
  await context.setOffline(true);
}

test('opens without a network after one visit, with the atlas and the data', async ({
  context,
  page,
  host,
}) => {
  await visit(page, host);
  await goOffline(context, host);
  await open(page, `${host.address}?view=37.6,55.75,6`);
  await expect(page.getByRole('link', { name: 'Natural Earth' })).toBeVisible();
  const part = await page.evaluate(async () => {
    const response = await fetch('basemap/atlas.pmtiles', { headers: { Range: 'bytes=0-6' } });
    return [response.status, await response.text(), response.headers.get('Content-Range')?.split('/')[0]];
  });
  expect(part).toEqual([206, 'PMTiles', 'bytes 0-6']);
  // Parts that nobody opened in the first visit are there too.
  await page.getByRole('list', { name: 'Sightings' }).getByRole('button').first().click();
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /Export/ })).toBeVisible();
});

test('asks for the data each time while there is a network', async ({ page, host }) => {
  await visit(page, host);
  const data = JSON.parse(readFileSync(`${DIST}/sightings.geojson`, 'utf8')) as { features: unknown[] };
  const fewer = { ...data, features: data.features.slice(0, 5) };
  host.replaced.set('sightings.geojson', Buffer.from(JSON.stringify(fewer)));
  await page.reload();
  await expect(page.getByRole('status')).toHaveText('5 of 5 sightings');
});

const LOGIN = { type: 'text/html', text: '<!doctype html><title>Log in</title><p>Log in to this network.' };

test('keeps the sightings that were last seen where a page to log in comes in their place', async ({
  context,
  page,
  host,
}) => {
  await visit(page, host);
  host.answered.set('sightings.geojson', { status: 200, ...LOGIN });
  await open(page, host.address);
  await expect(page.getByRole('alert')).toHaveText(
    'The data is shown as it was last seen: in place of sightings.geojson came a web page.',
  );
  await goOffline(context, host);
  await open(page, host.address);
  await expect(page.getByRole('alert')).toHaveText(
    'The data is shown as it was last seen: no answer came for sightings.geojson, systems.json and reference-points.geojson.',
  );
});

test('keeps the systems that were last seen where something else comes in their place', async ({
  page,
  host,
}) => {
  await visit(page, host);
  host.answered.set('systems.json', { status: 200, type: 'text/plain', text: 'moved to another server' });
  await open(page, host.address);
  await expect(page.getByRole('alert')).toHaveText(
    'The data is shown as it was last seen: in place of systems.json came something that is not JSON.',
  );
  await expect(page.getByRole('list', { name: 'Sightings' })).toContainText('S-400');
});

test('shows the sightings that were last seen where the server fails, until they come again', async ({
  page,
  host,
}) => {
  await visit(page, host);
  host.answered.set('sightings.geojson', { status: 503, ...LOGIN });
  await open(page, host.address);
  const note = page.getByRole('alert');
  await expect(note).toHaveText(
    'The data is shown as it was last seen: the server answers “503 Service Unavailable” for sightings.geojson.',
  );
  host.answered.clear();
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText('8 of 8 sightings');
});

test('says that sightings are gone where the server says so', async ({ page, host }) => {
  await visit(page, host);
  host.answered.set('sightings.geojson', { status: 404, ...LOGIN });
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('the server answers "404 Not Found"');
  await expect(page.getByRole('status')).toHaveText('0 of 0 sightings');
});

for (const file of ['sightings.geojson', 'systems.json']) {
  test(`shows what was last seen of ${file} where it stops coming in the middle`, async ({ page, host }) => {
    await visit(page, host);
    host.stalled.set(file, 100);
    await page.reload();
    await expect(page.getByRole('status')).toHaveText('8 of 8 sightings');
    await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
    await expect(page.getByText(/brought nothing/)).toHaveCount(0);
    await expect(page.getByRole('list', { name: 'Sightings' })).toContainText('S-400');
    await expect(page.getByRole('alert')).toContainText(`as it was last seen: no answer came for ${file}`);
  });
}

test('shows what was last seen of a file that stops coming whose length nobody knows', async ({
  page,
  host,
}) => {
  await visit(page, host);
  host.unmeasured.add('sightings.geojson');
  host.stalled.set('sightings.geojson', 100);
  await open(page, host.address);
  await expect(page.getByRole('alert')).toContainText('as it was last seen: no answer came');
});

test('a new version waits, is offered, and is taken in all tabs at once', async ({ context, page, host }) => {
  await visit(page, host);
  const other = await context.newPage();
  await open(other, host.address);
  publish(host, 'second');
  await lookForVersion(page);
  await expect(offer(page)).toBeVisible(SLOW);
  await expect(offer(other)).toBeVisible(SLOW);
  // A page that is opened meanwhile is of the old version too.
  await page.reload();
  await expect(offer(page)).toBeVisible(SLOW);
  expect(await version(page)).toBeNull();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => version(page)).toBe('second');
  await expect.poll(() => version(other)).toBe('second');
});

test('a new version is not taken while something is being written in another tab', async ({
  context,
  page,
  host,
}) => {
  await visit(page, host);
  const other = await context.newPage();
  await open(other, host.address);
  await other.getByRole('button', { name: 'Add sighting' }).click();
  const title = other.getByRole('textbox', { name: 'Title' });
  await title.fill('Half a sighting');
  publish(host, 'second');
  await lookForVersion(page);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('unfinished in another tab')).toBeVisible();
  await expect(title).toHaveValue('Half a sighting');
  expect(await version(page)).toBeNull();
  await other.close();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => version(page)).toBe('second');
});

test('a new version is taken as well in a tab whose map is not drawn yet', async ({
  context,
  page,
  host,
}) => {
  await visit(page, host);
  publish(host, 'second');
  await lookForVersion(page);
  await expect(offer(page)).toBeVisible(SLOW);
  const other = await context.newPage();
  await other.addInitScript(() => (window.requestAnimationFrame = () => 0)); // no frame, so that no map is drawn
  await other.goto(host.address);
  await expect(other.getByRole('status')).toHaveText('8 of 8 sightings');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => version(page)).toBe('second');
  await expect.poll(() => version(other), SLOW).toBe('second');
});

test('a new version is not taken while a name is being written in another tab', async ({
  context,
  page,
  host,
}) => {
  await visit(page, host);
  const other = await context.newPage();
  await open(other, `${host.address}?tool=points`);
  await other.getByRole('textbox', { name: 'Or write its coordinates' }).pressSequentially('55.7, 3');
  publish(host, 'second');
  await lookForVersion(page);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('unfinished in another tab')).toBeVisible();
  expect(await version(other)).toBeNull();
});

test('a new version is there once no tab is open', async ({ context, page, host }) => {
  await visit(page, host);
  publish(host, 'second');
  await lookForVersion(page);
  await expect(offer(page)).toBeVisible(SLOW);
  await page.close();
  const next = await context.newPage();
  await expect
    .poll(async () => {
      await next.goto(host.address);
      const opened = await version(next);
      await next.goto('about:blank'); // a tab that came too early would keep the first version for ever
      return opened;
    })
    .toBe('second');
});
