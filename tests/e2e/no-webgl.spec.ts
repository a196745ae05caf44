import { expect, openApp, test } from './app';

test.use({
  // MapLibre reports the missing context once, as an error.
  allowedErrors: [/WebGL/],
});

test.beforeEach(async ({ page }) => {
  // What a browser without WebGL does: the canvas has no such context.
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      type: string,
      ...rest: unknown[]
    ) {
      return type.startsWith('webgl') ? null : Reflect.apply(original, this, [type, ...rest]);
    } as typeof original;
  });
});

test('says that there is no map, and the list still works', async ({ page, served }) => {
  await openApp(page, served);
  await expect(page.getByRole('alert')).toContainText('The map cannot be drawn');
  await expect(page.getByRole('alert')).toContainText('WebGL 2');
  await page.getByRole('button', { name: /Zarechye/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Sighting: .*Zarechye/ });
  await expect(dialog.getByRole('row', { name: /Moscow Kremlin/ })).toContainText('15.6 km');
  await expect(page).toHaveURL(/sighting=zarechye/);
});
