import { expect, openApp, test } from './app';
import { withoutWebGl } from './without-webgl';

test.use({
  // MapLibre reports the missing context once, as an error.
  allowedErrors: [/WebGL/],
});

test.beforeEach(({ page }) => withoutWebGl(page));

test('says that there is no map, and the list still works', async ({ page, served }) => {
  await openApp(page, served);
  await expect(page.getByRole('alert')).toContainText('The map cannot be drawn');
  await expect(page.getByRole('alert')).toContainText('WebGL 2');
  await page.getByRole('button', { name: /Zarechye/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Sighting: .*Zarechye/ });
  await expect(dialog.getByRole('row', { name: /Moscow Kremlin/ })).toContainText('15.6 km');
  await expect(page).toHaveURL(/sighting=zarechye/);
});
