import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { openTool } from './axe';

test.use({ hasMap: false }); // dialogs and the list alone

/** Opens a file of one sighting, `more.geojson`, from the dialog. */
async function addMore(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Open data' });
  const file = { type: 'FeatureCollection', features: [sampleSighting()] };
  await dialog
    .getByLabel('Choose files')
    .setInputFiles({ name: 'more.geojson', mimeType: '', buffer: Buffer.from(JSON.stringify(file)) });
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('9 of 9 sightings')).toBeVisible();
}

test.describe('a full disk', () => {
  test('does not keep a file from being opened and saved; it is kept when there is room again', async ({
    page,
    served,
    context,
  }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await openApp(page, served);
    const session = await context.newCDPSession(page);
    const { origin } = new URL(served.address);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await openTool(page, 'Open data');
    await addMore(page);
    await expect(page.getByText(/^Not kept: The disk is full/)).toBeVisible();
    await page.getByRole('button', { name: 'Data sets' }).click();
    const sets = page.getByRole('dialog', { name: 'Data sets' });
    const download = page.waitForEvent('download');
    await sets.getByRole('button', { name: 'Save “more”' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toContain(sampleSighting().id);
    await page.keyboard.press('Escape');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await openApp(page, served);
    await expect(page.getByText('9 of 9 sightings')).toBeVisible();
  });
});
