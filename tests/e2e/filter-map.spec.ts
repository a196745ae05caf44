import type { Locator, Page } from '@playwright/test';
import type { Confidence } from '../../src/domain/sighting';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, replaceFile, test } from './app';

const LOW: [number, number] = [37.6, 55.75];
const HIGH: [number, number] = [37.62, 55.75];
/** How far the high one is from the low one at the view's zoom. */
const HIGH_PIXELS = ((HIGH[0] - LOW[0]) / 360) * 512 * 2 ** 13;
const VIEW = `?view=${LOW.join()},13`;

function sightingAt(id: string, coordinates: [number, number], confidence: Confidence): unknown {
  const geometry = { type: 'Point' as const, coordinates };
  return sampleSighting({ id, geometry, confidence, coordinateUncertaintyInMeters: 40 });
}

const collection = JSON.stringify({
  type: 'FeatureCollection',
  features: [sightingAt('a-low', LOW, 'low'), sightingAt('b-high', HIGH, 'high')],
});

test.beforeEach(async ({ page, served }) => {
  await replaceFile(page, 'sightings.geojson', collection);
  await openApp(page, served, VIEW);
});

const map = (page: Page) => page.getByRole('region', { name: 'Map of sightings' });
const box = (page: Page, name: RegExp): Locator =>
  page.getByRole('group', { name: 'Filters' }).getByRole('checkbox', { name });

/** Whether the pointer is over a mark when it is so far to the right of the map's middle. */
async function isOverMark(page: Page, pixels: number): Promise<boolean> {
  const bounds = await map(page).boundingBox();
  if (!bounds) throw new Error('The map is not on the page.');
  const [x, y] = [bounds.x + bounds.width / 2 + pixels, bounds.y + bounds.height / 2];
  await page.mouse.move(x + 3, y);
  await page.mouse.move(x, y);
  return (await page.locator('.maplibregl-canvas.over-sighting').count()) > 0;
}

/** The low one is in the middle. */
const isMarkInMiddle = (page: Page) => isOverMark(page, 0);

async function expectMark(page: Page, isThere: boolean): Promise<void> {
  await expect.poll(() => isMarkInMiddle(page)).toBe(isThere);
}

/** Drags the map so far that other tiles are in view, and no mark; the other direction undoes it. */
async function pan(page: Page, direction: 'down' | 'up'): Promise<void> {
  const bounds = await map(page).boundingBox();
  if (!bounds) throw new Error('The map is not on the page.');
  const x = bounds.x + bounds.width / 2;
  const ends = [60, bounds.height - 60] as const;
  const [from, to] = direction === 'down' ? ends : [ends[1], ends[0]];
  for (let i = 0; i < 2; i++) {
    const before = page.url();
    await page.mouse.move(x, bounds.y + from);
    await page.mouse.down();
    await page.mouse.move(x, bounds.y + to, { steps: 3 });
    await page.waitForTimeout(300); // let go at rest, the map stays where it is
    await page.mouse.up();
    await expect.poll(() => page.url()).not.toBe(before);
  }
}

/** The mark is not there now, and does not come back. */
async function expectNoMarkToStay(page: Page): Promise<void> {
  await expectMark(page, false);
  await page.waitForTimeout(700);
  expect(await isMarkInMiddle(page)).toBe(false);
}

test('a mark goes with the filter and comes back with it', async ({ page }) => {
  await expectMark(page, true);
  await box(page, /High confidence/).check();
  await expectNoMarkToStay(page);
  await box(page, /High confidence/).uncheck();
  await expectMark(page, true);
});

test('a filtered mark does not come back when the map is panned away and back', async ({ page }) => {
  await expectMark(page, true);
  await box(page, /High confidence/).check();
  await expectMark(page, false);
  await pan(page, 'down');
  await pan(page, 'up');
  await expectNoMarkToStay(page);
});

test('a mark filtered while it is out of view is not there when the map is back', async ({ page }) => {
  await expectMark(page, true);
  await pan(page, 'down');
  await box(page, /High confidence/).check();
  await pan(page, 'up');
  await expectNoMarkToStay(page);
});

test('the last of many quick changes holds', async ({ page }) => {
  await expectMark(page, true);
  const high = box(page, /High confidence/);
  for (let i = 0; i < 7; i++) await high.evaluate((input: HTMLInputElement) => input.click());
  await expectNoMarkToStay(page);
});

test('a filter that changes while its tiles are on their way holds', async ({ page, served }) => {
  // Tiles with names wait for the font: long enough to filter in the meantime.
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/*.woff2', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${served.address}${VIEW}`, { waitUntil: 'commit' }); // the rest of it waits for the font
  await expect(page.getByText('2 of 2 sightings')).toBeVisible();
  await page.waitForTimeout(1500); // the tiles have been asked for and made
  await box(page, /High confidence/).evaluate((input: HTMLInputElement) => input.click());
  await page.waitForTimeout(300);
  letGo();
  await expect.poll(() => isOverMark(page, HIGH_PIXELS)).toBe(true); // the tiles are there
  await expectNoMarkToStay(page);
});

test('a filter that comes with another change of the map holds', async ({ page }) => {
  await expectMark(page, true);
  await Promise.all([
    page.emulateMedia({ colorScheme: 'dark' }),
    box(page, /High confidence/).evaluate((input: HTMLInputElement) => input.click()),
  ]);
  await expectNoMarkToStay(page);
});

test('a filter that closes the open sighting takes its mark away', async ({ page }) => {
  await expectMark(page, true);
  await page.getByRole('list', { name: 'Sightings' }).getByRole('button').first().click();
  await box(page, /High confidence/).check();
  await expectNoMarkToStay(page);
});

test.describe('without its worker', () => {
  test.use({ allowedErrors: [/Failed to load resource/] });

  test('the map says that it cannot draw the sightings', async ({ page, served }) => {
    await page.route('**/tile-worker*', (route) => route.abort());
    await openApp(page, served, VIEW);
    await expect(page.getByText(/the worker that draws the sightings has stopped/)).toBeVisible();
    await expect(page.getByRole('list', { name: 'Sightings' }).getByRole('listitem')).toHaveCount(2);
  });
});
