import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, test } from './app';
import { expectNoViolations } from './axe';
import { opening, openWithWork } from './kept-work';

const COUNT = 100;
const birds = opening(
  'layer-birds',
  'Birds',
  'teal',
  1,
  Array.from({ length: COUNT }, (_, i) =>
    sampleSighting({ id: `bird-${100 + i}`, title: `Bird ${100 + i}` }),
  ),
);
const SHOWN = '?q=Bird+142&sighting=bird-142&set=layer-birds';

/** Has the worker that keeps files look at them for so long, as it does with large ones. */
async function slowDown(page: Page, ms: number): Promise<void> {
  await page.route('**/journal-worker-*.js', async (route) => {
    const response = await route.fetch();
    const slow = `
      const { digest } = SubtleCrypto.prototype;
      SubtleCrypto.prototype.digest = async function (...told) {
        if (told[1].byteLength > 20000) await new Promise((resolve) => setTimeout(resolve, ${ms}));
        return digest.apply(this, told);
      };`;
    await route.fulfill({ response, body: `${slow}\n${await response.text()}` });
  });
}

test('what a kept data set may bring is not missing while it is read', async ({ page, served }) => {
  await openWithWork(page, served, [], [birds]);
  await slowDown(page, 4000);
  await page.goto(`${served.address}${SHOWN}`);
  await expect(page.getByRole('progressbar', { name: 'Loading “Birds”' })).toBeVisible();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByText('Loading…', { exact: true })).toBeVisible();
  await expect(page.getByText(/There is no sighting|No sighting fits/)).toHaveCount(0);
  await expect(page.getByText(/\d of \d+ sightings/)).toHaveCount(0);
  await expectNoViolations(page);
  await expect(page.getByText('1 of 108 sightings')).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Sighting: Bird 142' })).toBeVisible();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
});

test('a kept data set that nobody wants to wait for is read when it is wanted', async ({ page, served }) => {
  await openWithWork(page, served, [], [birds]);
  await slowDown(page, 600_000);
  await page.goto(`${served.address}${SHOWN}`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Loading “Birds” was cancelled' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load again' })).toBeFocused();
  await expect(page.getByText('0 of 8 sightings')).toBeVisible();
  await expect(
    page.getByText('The data set “layer-birds” is not').or(page.getByText('There is no sighting “bird-142”')),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading “Birds”' })).toBeVisible();
});
