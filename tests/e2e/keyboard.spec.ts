import type { Page } from '@playwright/test';
import { expect, openApp, test, viewInAddress } from './app';

const rows = (page: Page) => page.getByRole('list', { name: 'Sightings' }).getByRole('button');
const popup = (page: Page) => page.getByRole('dialog', { name: /^Sighting: / });

/** Opens the page with the keyboard on nothing. */
async function openByKeyboard(page: Page, served: { address: string }, search = ''): Promise<void> {
  await openApp(page, served, search);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

test('lists the shortcuts on “?”, and closes the list again', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await expect(help).toContainText('Open the next sighting of the list');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('goes to search, list, map and timeline by single keys', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search sightings' })).toBeFocused();
  await expect(page.getByRole('searchbox', { name: 'Search sightings' })).toHaveValue('');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('l');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('g');
  await expect(page.getByRole('region', { name: 'Map of sightings' })).toBeFocused();
  const slider = page.getByRole('region', { name: 'Timeline' }).getByRole('slider').first();
  await expect(slider).toBeVisible(); // it comes after the map
  await page.keyboard.press('t');
  await expect(slider).toBeFocused();
});

test('leaves letters to the field that they are typed into', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.keyboard.press('/');
  await page.keyboard.type('jkx?');
  await expect(page.getByRole('searchbox', { name: 'Search sightings' })).toHaveValue('jkx?');
  await expect(popup(page)).toHaveCount(0);
});

test('opens one sighting after the other, in the order of the list, those of the map among them', async ({
  page,
  served,
}) => {
  await openByKeyboard(page, served);
  const titles = await rows(page).locator('.title').allInnerTexts();
  expect(titles).toHaveLength(8);
  const seen: string[] = [];
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('j');
    await expect(popup(page)).toBeFocused();
    await expect(popup(page)).toHaveAccessibleName(`Sighting: ${titles[i]}`);
    seen.push(await popup(page).getByRole('heading', { level: 2 }).innerText());
  }
  expect(seen).toEqual(titles);
  await page.keyboard.press('j');
  await expect(popup(page)).toHaveAccessibleName(`Sighting: ${titles[7]}`);
  await page.keyboard.press('k');
  await expect(popup(page)).toHaveAccessibleName(`Sighting: ${titles[6]}`);
  await page.keyboard.press('Escape');
  await expect(popup(page)).toHaveCount(0);
});

test('opens the sighting nearest to the middle of the map by Enter', async ({ page, served }) => {
  await openByKeyboard(page, served, '?view=37.6,55.75,9');
  await page.keyboard.press('g');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => viewInAddress(page)?.lng).toBeGreaterThan(37.65);
  await page.goto(`${served.address}?view=37.77,55.86,11`);
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('Enter');
  await expect(popup(page)).toHaveAccessibleName(/Losiny Ostrov/);
  await expect(popup(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Map of sightings' })).toBeFocused();
});

test('keeps the keyboard near when a filter that it is on goes', async ({ page, served }) => {
  await openByKeyboard(page, served, '?confidence=high,low&publisher=Kyiv+Post');
  const chip = (name: string) => page.getByRole('button', { name: `Remove filter: ${name}` });
  await chip('Kyiv Post').focus();
  await page.keyboard.press('Enter');
  await expect(chip('Low confidence')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chip('High confidence')).toBeFocused();
  await page.getByRole('button', { name: 'Clear all' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox', { name: 'Search sightings' })).toBeFocused();
});

test('keeps the keyboard on the publisher that was chosen', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const box = page.getByRole('checkbox', { name: /^Kyiv Post/ });
  await box.focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('status').filter({ hasText: '1 of 8 sightings' })).toBeVisible();
  await expect(box).toBeFocused();
});

test('shows only what is in view, and clears the filters, by single keys', async ({ page, served }) => {
  await openByKeyboard(page, served, '?view=33.3,57.99,9');
  await page.keyboard.press('v');
  await expect(page.getByRole('status').filter({ hasText: '1 of 8 sightings' })).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.getByRole('status').filter({ hasText: '8 of 8 sightings' })).toBeVisible();
});

test('has single keys that can be switched off, and stay off', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('checkbox', { name: 'Single keys do something' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await expect(popup(page)).toHaveCount(0);
});

test('filters by keyboard alone', async ({ page, served }) => {
  await openByKeyboard(page, served);
  await page.keyboard.press('/');
  const high = page
    .getByRole('group', { name: 'Filters' })
    .getByRole('checkbox', { name: /^High confidence/ });
  for (let i = 0; i < 6 && !(await high.evaluate((box) => box === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await expect(high).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByText('1 of 8 sightings')).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Filters', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Publisher' })).toBeVisible();
});

test('shows where the keyboard is, wherever it is', async ({ page, served }) => {
  await openByKeyboard(page, served);
  const invisible: string[] = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return '';
      // A box of a label is shown by the ring around the label.
      const shown = [element, element.closest('label')].some((candidate) => {
        if (!candidate) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      });
      return shown
        ? ''
        : element.nodeName + ' ' + (element.getAttribute('aria-label') ?? element.textContent);
    });
    if (name !== '') invisible.push(name);
  }
  expect(invisible).toEqual([]);
});
