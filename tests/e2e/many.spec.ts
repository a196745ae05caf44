import type { Page } from '@playwright/test';
import { seededFile, seededSystems } from '../bench/seeded';
import { expect, openApp, replaceFile, test } from './app';

/** More sightings than a list can draw at once. */
const COUNT = 3000;

const rows = (page: Page) => page.getByRole('list', { name: 'Sightings' }).getByRole('button');
const scroller = (page: Page) => page.locator('.scroller');

test.beforeEach(async ({ page, served }) => {
  await replaceFile(page, 'sightings.geojson', Buffer.from(seededFile(COUNT)));
  await replaceFile(page, 'systems.json', seededSystems());
  await openApp(page, served);
  await expect(page.getByText('3,000 of 3,000 sightings')).toBeVisible();
});

test('draws the rows in sight alone, and tells how many there are', async ({ page }) => {
  expect(await rows(page).count()).toBeLessThan(40);
  await expect(page.getByRole('list', { name: 'Sightings' }).getByRole('listitem').first()).toHaveAttribute(
    'aria-setsize',
    String(COUNT),
  );
});

test('has one stop for the Tab key in sight, wherever the list is scrolled', async ({ page }) => {
  await scroller(page).evaluate((element) => (element.scrollTop = 60_000));
  const stop = page.getByRole('list', { name: 'Sightings' }).locator('button[tabindex="0"]');
  await expect(stop).toHaveCount(1);
  await expect(stop).toBeInViewport();
  await stop.focus();
  await page.keyboard.press('ArrowDown');
  const index = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['index']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['index'])).toBe(index);
});

test('goes to the last and the first row by End and Home', async ({ page }) => {
  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect(page.locator(`[data-index="${COUNT - 1}"]`)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-index="0"]')).toBeFocused();
});

test('goes to the last row of a list that has become lower before it was drawn so', async ({ page }) => {
  const first = rows(page).first();
  await first.focus();
  await first.evaluate((row) => {
    document.querySelector<HTMLElement>('.filters')?.style.setProperty('min-height', '450px');
    row.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  });
  const last = page.locator(`[data-index="${COUNT - 1}"]`);
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 0.9 });
});

test('begins at the top when other sightings are listed', async ({ page }) => {
  await scroller(page).evaluate((element) => (element.scrollTop = 60_000));
  await page.getByRole('combobox', { name: 'Sort sightings' }).selectOption('Oldest first');
  await expect.poll(() => scroller(page).evaluate((element) => element.scrollTop)).toBe(0);
  await scroller(page).evaluate((element) => (element.scrollTop = 60_000));
  await page.getByRole('searchbox', { name: 'Search sightings' }).fill('kaluga');
  await expect.poll(() => scroller(page).evaluate((element) => element.scrollTop)).toBe(0);
});

test('gives the keyboard back to the list when the row that opened a sighting is gone', async ({ page }) => {
  await rows(page).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeFocused();
  await scroller(page).evaluate((element) => (element.scrollTop = 60_000));
  await expect(page.locator('[data-index="0"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-index]:focus')).toHaveCount(1);
});

test('says that it searches no more when the words are cleared at once', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search sightings' }).fill('kaluga');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByRole('status').filter({ hasText: '3,000 of 3,000' })).toHaveText(
    /^\s*3,000 of 3,000 sightings\s*$/,
  );
});

test('tells how sure the sightings of a group are when a pointer is over it', async ({ page }) => {
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  const box = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
  if (!box) throw new Error('There is no map.');
  const hint = page.getByRole('tooltip');
  // Over the whole map until there is a group.
  const steps = Array.from({ length: 20 * 30 }, (_, i) => [(i % 30) / 30, Math.floor(i / 30) / 20] as const);
  for (const [right, down] of steps) {
    await page.mouse.move(box.x + right * box.width, box.y + down * box.height);
    if (await hint.isVisible()) break;
  }
  await expect(hint).toBeVisible();
  const text = (await hint.innerText()).replaceAll(',', '');
  const [count, ...levels] = [
    /(\d+) sightings/,
    /High confidence\s+(\d+)/,
    /Moderate confidence\s+(\d+)/,
    /Low confidence\s+(\d+)/,
  ].map((pattern) => Number(pattern.exec(text)?.[1]));
  expect(count).toBeGreaterThan(1);
  expect(levels.reduce((sum, level) => sum + level)).toBe(count);
  await page.getByRole('searchbox', { name: 'Search sightings' }).hover();
  await expect(hint).toHaveCount(0);
});
