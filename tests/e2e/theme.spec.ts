import type { Page } from '@playwright/test';
import { expect, openApp, test } from './app';
import { SCREENS, expectNoViolations } from './axe';

const isDark = (page: Page) =>
  page.evaluate(() => {
    const { colorScheme } = getComputedStyle(document.documentElement);
    return colorScheme === 'dark' && document.documentElement.dataset['theme'] === 'dark';
  });
/** The filter on the icons of the map's own buttons, which are drawn in black. */
const iconFilter = (page: Page) =>
  page
    .locator('.maplibregl-ctrl-icon')
    .first()
    .evaluate((icon) => getComputedStyle(icon).filter);

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ ...options, colorScheme: 'light' });

    const choose = async (page: Page, name: string) => {
      const toggle = page.getByRole('button', { name: screen === 'phone' ? 'Menu' : 'Appearance' });
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
      await page.getByRole('group', { name: 'Appearance' }).getByRole('button', { name }).click();
    };

    test('follows the system until there is a choice', async ({ page, served }) => {
      await openApp(page, served);
      expect(await isDark(page)).toBe(false);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(() => isDark(page)).toBe(true);
      expect(await iconFilter(page)).toBe('invert(1)');
      expect(new URL(page.url()).search).toBe('');
    });

    test('a choice wins over the system, stands in the address and is remembered', async ({
      page,
      served,
    }) => {
      await openApp(page, served);
      await choose(page, 'Dark');
      await expect.poll(() => isDark(page)).toBe(true);
      expect(await iconFilter(page)).toBe('invert(1)');
      await expect(page).toHaveURL(/\?theme=dark$/);
      await openApp(page, served);
      await expect.poll(() => isDark(page)).toBe(true);
      await choose(page, 'Light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(() => isDark(page)).toBe(false);
      expect(await iconFilter(page)).toBe('none');
    });

    test('goes back to the system', async ({ page, served }) => {
      await openApp(page, served, '?theme=dark');
      const group = page.getByRole('group', { name: 'Appearance' });
      await choose(page, 'As the system');
      await expect.poll(() => isDark(page)).toBe(false);
      await expect(group.getByRole('button', { pressed: true })).toHaveText('As the system');
      await expect(page).toHaveURL((url) => url.search === '');
      await openApp(page, served);
      expect(await isDark(page)).toBe(false);
    });

    test('the choice closes by the Escape key and by a click elsewhere', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      const toggle = page.getByRole('button', { name: screen === 'phone' ? 'Menu' : 'Appearance' });
      const group = page.getByRole('group', { name: 'Appearance' });
      await toggle.click();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await expect(group).toHaveCount(0);
      await expect(toggle).toBeFocused();
      await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
      await toggle.click();
      await expect(group).toBeVisible();
      await page.getByRole('heading', { level: 1 }).click({ position: { x: 5, y: 5 } });
      await expect(group).toHaveCount(0);
    });

    test('the choice breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served);
      await choose(page, 'As the system');
      await expectNoViolations(page, 'header');
    });
  });
}
