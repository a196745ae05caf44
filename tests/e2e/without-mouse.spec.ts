import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, openApp, test } from './app';
import { pressByKeyboard, tabTo } from './by-keyboard';
import { DEVICES } from './devices';
import { sampleSighting } from '../unit/sample';

const OURS = JSON.stringify({ type: 'FeatureCollection', features: [sampleSighting({ id: 'ours' })] });

const popup = (page: Page) => page.getByRole('dialog', { name: /^Sighting:/ });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const count = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: text })).toHaveCount(1);

test.use({ ...DEVICES[0].use, allowedOrigins: ['https://www.themoscowtimes.com'] });

test('a visit by keyboard alone: from opening data to an export', async ({ page, context, served }) => {
  // The page that a source leads to is another host's.
  await context.route(/^https:/, (route) =>
    route.fulfill({ body: 'An article.', contentType: 'text/plain' }),
  );
  // Files are chosen as in most browsers: no test can answer the other dialogs.
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showOpenFilePicker');
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
  await openApp(page, served);

  await test.step('open data', async () => {
    await pressByKeyboard(page, button(page, 'Open data'));
    const dialog = page.getByRole('dialog', { name: 'Open data' });
    const chooser = page.waitForEvent('filechooser');
    await pressByKeyboard(page, dialog.getByLabel('Choose files'));
    await (
      await chooser
    ).setFiles({ name: 'ours.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(OURS) });
    await pressByKeyboard(page, dialog.getByRole('button', { name: /^Add/ }));
    await expect(dialog.getByRole('heading', { name: '1 sighting added as “ours”' })).toBeFocused();
    await pressByKeyboard(page, dialog.getByRole('button', { name: 'Close' }).last());
    await expect(dialog).toBeHidden();
    await count(page, '9 of 9 sightings');
  });

  await test.step('find', async () => {
    await page.keyboard.press('/');
    await page.keyboard.insertText('Losiny');
    await count(page, '1 of 9 sightings');
  });

  await test.step('open a popup', async () => {
    await pressByKeyboard(page, page.getByRole('list', { name: 'Sightings' }).getByRole('button'));
    await expect(popup(page)).toHaveAccessibleName(/Losiny Ostrov/);
    await expect(popup(page)).toBeFocused();
  });

  await test.step('follow a source', async () => {
    const opened = context.waitForEvent('page');
    await pressByKeyboard(page, popup(page).getByRole('link').first());
    const article = await opened;
    await expect.poll(() => article.url()).toMatch(/^https:/);
    await article.close();
  });

  await test.step('edit', async () => {
    await page.keyboard.press('e');
    const form = page.getByRole('region', { name: 'Correct a sighting' });
    await tabTo(page, form.getByLabel('Title', { exact: true }));
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('S-400 by the Yauza');
    await pressByKeyboard(page, form.getByRole('button', { name: 'Save sighting' }));
    await expect(popup(page).getByRole('heading', { name: 'S-400 by the Yauza' })).toBeVisible();
  });

  await test.step('undo', async () => {
    await page.keyboard.press('Control+z');
    await expect(popup(page)).toHaveAccessibleName(/Losiny Ostrov/);
    await page.keyboard.press('Control+Shift+z');
    await expect(popup(page)).toHaveAccessibleName(/Yauza/);
  });

  await test.step('save', async () => {
    const download = page.waitForEvent('download');
    await pressByKeyboard(page, button(page, 'Save'));
    expect(await readFile(await (await download).path(), 'utf8')).toContain('S-400 by the Yauza');
  });

  await test.step('measure', async () => {
    await page.keyboard.press('m');
    const tools = page.getByRole('region', { name: 'Measuring tools' });
    const points = tools.getByRole('list', { name: 'Points of the measurement' });
    for (const [i, point] of ['55.75, 37.62', '55.80, 37.70'].entries()) {
      await tabTo(page, tools.getByRole('textbox', { name: 'Add a point by coordinates' }));
      await page.keyboard.insertText(point);
      await page.keyboard.press('Enter');
      await expect(points.getByRole('listitem')).toHaveCount(i + 1);
    }
    await expect(points).toContainText('km');
    // Of what is open, the latest closes first: adding points on the map, the popup, the tools.
    for (let step = 0; step < 3; step++) await page.keyboard.press('Escape');
    await expect(popup(page)).toBeHidden();
    await expect(tools).toBeHidden();
  });

  await test.step('filter', async () => {
    await page.keyboard.press('x');
    const filters = page.getByRole('group', { name: 'Filters' });
    await tabTo(page, filters.getByRole('checkbox', { name: /^High confidence/ }));
    await page.keyboard.press('Space');
    await count(page, '1 of 9 sightings');
  });

  await test.step('export', async () => {
    await pressByKeyboard(page, button(page, 'Export'));
    const dialog = page.getByRole('dialog', { name: 'Export', exact: true });
    await tabTo(page, dialog.getByRole('radio', { name: /^GeoJSON/ }).first());
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('radio', { name: 'CSV table' })).toBeChecked();
    const download = page.waitForEvent('download');
    await pressByKeyboard(page, dialog.getByRole('button', { name: 'Download' }));
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });
});
