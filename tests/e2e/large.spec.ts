import type { Page } from '@playwright/test';
import { seededFile, seededSystems } from '../bench/seeded';
import { expect, openApp, replaceFile, test } from './app';

/** So many that a worker finds them, and that their rows are taller than a list can be. */
const COUNT = 34_000;

const status = (page: Page) => page.getByRole('status').filter({ hasText: 'sightings' });
const choose = (page: Page, name: RegExp) =>
  page
    .getByRole('checkbox', { name })
    .first()
    .evaluate((input: HTMLInputElement) => input.click());

test.beforeEach(async ({ page, served }) => {
  test.slow(); // tens of thousands are read first
  await replaceFile(page, 'sightings.geojson', Buffer.from(seededFile(COUNT)));
  await replaceFile(page, 'systems.json', seededSystems());
  await openApp(page, served);
  await expect(page.getByText('34,000 of 34,000 sightings')).toBeVisible({ timeout: 60_000 });
  // What comes after the map takes room from the list.
  await expect(page.getByRole('region', { name: 'Timeline' }).getByRole('slider').first()).toBeVisible({
    timeout: 60_000,
  });
});

test('filters that follow each other quickly end with what the last one finds', async ({ page }) => {
  const wanted = async (...names: RegExp[]) => {
    for (const name of names) await choose(page, name);
    await expect(status(page)).not.toHaveText(/34,000 of/);
    return (await status(page).textContent()) ?? '';
  };
  const low = await wanted(/^Low confidence/);
  await choose(page, /^Low confidence/);
  await expect(status(page)).toHaveText(/34,000 of 34,000/);
  // All in one go, so that no answer comes between them.
  await page.evaluate(() => {
    const box = (name: string) =>
      [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')].find((input) =>
        input.closest('label')?.textContent?.trim().startsWith(name),
      );
    for (const name of ['High', 'High', 'Moderate', 'Moderate', 'Low']) box(name)?.click();
  });
  await expect(status(page)).toHaveText(low);
  await expect(page.getByRole('checkbox', { name: /^Low confidence/ })).toBeChecked();
});

test('the list has its last row at its end, reached by keyboard and by the scrollbar', async ({ page }) => {
  const list = page.getByRole('list', { name: 'Sightings' });
  await list.getByRole('button').first().focus();
  await page.keyboard.press('End');
  const last = page.locator(`[data-index="${COUNT - 1}"]`);
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 0.9 });
  const item = list.getByRole('listitem').last();
  await expect(item).toHaveAttribute('aria-posinset', String(COUNT));
  await expect(item).toHaveAttribute('aria-setsize', String(COUNT));
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(`[data-index="${COUNT - 2}"]`)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-index="0"]')).toBeFocused();
  const scroller = page.locator('.scroller');
  await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect(last).toBeInViewport({ ratio: 0.9 });
  await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await expect(list.getByRole('listitem').nth(8)).toBeInViewport();
});

test('a corrected one is open when it is saved, and not taken for hidden while it is looked for', async ({
  page,
}) => {
  await page.getByRole('list', { name: 'Sightings' }).getByRole('button').first().click();
  const popup = page.getByRole('dialog', { name: /^Sighting: / });
  await popup.getByRole('button', { name: 'Correct' }).click();
  const form = page.getByRole('region', { name: 'Correct a sighting' });
  await form.getByLabel('Title').fill('Seen again');
  await form.getByRole('button', { name: 'Save sighting' }).click();
  await expect(popup).toHaveAccessibleName('Sighting: Seen again');
  await expect(status(page)).toHaveText(/34,000 of 34,000/);
  await expect(popup).toBeVisible();
  await expect(page.getByText('The filters hide it')).toHaveCount(0);
});
