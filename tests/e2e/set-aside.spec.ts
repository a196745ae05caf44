import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, replaceFile, test } from './app';
import { openTool } from './axe';
import { dialogOf, pick } from './opening';

test.use({ hasMap: false }); // dialogs and the list alone

/** Faulty features, by their very bytes: one that is incomplete, one that is no JSON, one without properties. */
const UNSURE = JSON.stringify(sampleSighting({ id: 'unsure', title: 'Unsure' })).replace(
  '"low"',
  '"certain"',
);
const BROKEN = '{"type":"Feature","id":"broken","properties":{"title":<b>Markup</b>}}';
const BARE = '{ "type":"Feature",  "id":"bare" ,"geometry":null}';

function fileOf(...features: readonly string[]): string {
  return `{"type":"FeatureCollection","title":"Mine","features":[\n${features.join(',\n')}\n]}\n`;
}
const good = (title = 'Mine') => JSON.stringify(sampleSighting({ id: 'mine', title }));

/** Answers the browser's own dialog for opening files with a file that is put into its private file system. */
async function answerOpenPicker(page: Page, text: string): Promise<void> {
  await page.addInitScript((text) => {
    const opened = async () => (await navigator.storage.getDirectory()).getFileHandle('mine.geojson');
    Object.assign(window, {
      showOpenFilePicker: async () => {
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle('mine.geojson', { create: true });
        const writable = await handle.createWritable();
        await writable.write(text);
        await writable.close();
        return [await opened()];
      },
      showSaveFilePicker: () => Promise.reject(new Error('the file is known')),
    });
  }, text);
}

const fileText = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle('mine.geojson')).getFile()).text();
  });

const textOf = async (download: Promise<Download>) => readFile(await (await download).path(), 'utf8');

async function openFaulty(page: Page): Promise<void> {
  await openTool(page, 'Open data');
  const dialog = page.getByRole('dialog', { name: 'Open data' });
  await dialog.getByText('Choose files').click();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

const list = (page: Page) => page.getByRole('dialog', { name: /^Set aside of/ });

async function openList(page: Page): Promise<void> {
  await openTool(page, 'Data sets (2)');
  await page.getByRole('button', { name: '3 set aside of “Mine”' }).click();
  await expect(list(page)).toContainText('These 3 parts of its file are no sightings');
}

test('a file of which nothing can be used is kept as well', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, {
    name: 'bad.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(fileOf(BROKEN, BARE).replace('"Mine"', '"Bad"')),
  });
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'See what is wrong' }).click();
  await expect(dialog.getByText('Nothing was added from bad.geojson')).toBeVisible();
  await expect(dialog.getByText(/Data sets lists it as set aside under “bad”\./)).toBeVisible();
  await page.reload();
  await openTool(page, 'Data sets (2)');
  await page.getByRole('button', { name: '2 set aside of “bad”' }).click();
  const saved = page.waitForEvent('download');
  await list(page).getByRole('button', { name: 'Save the list' }).click();
  expect(await textOf(saved)).toContain(BARE);
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
});

test('what a file has that is no sighting is kept, listed after a reload, saved, and written back', async ({
  page,
  served,
}) => {
  await answerOpenPicker(page, fileOf(good(), UNSURE, BROKEN, BARE));
  await openApp(page, served);
  await openFaulty(page);
  await expect(page.getByText('Kept in this browser')).toBeVisible();

  await openApp(page, served);
  await openList(page);
  const items = list(page).getByRole('listitem');
  await expect(items).toHaveText([
    /^feature 2 \(line 3, byte \d+\): Confidence: .*{"type":"Feature","id":"unsure"/,
    /^feature 3 \(line 4, byte \d+\): is not JSON.*<b>Markup<\/b>/,
    /^feature 4 \(line 5, byte \d+\): .*{ "type":"Feature", {2}"id":"bare"/,
  ]);
  const report = page.waitForEvent('download');
  await list(page).getByRole('button', { name: 'Save the list' }).click();
  const text = await textOf(report);
  for (const feature of [UNSURE, BROKEN, BARE]) expect(text).toContain(`    ${feature}\n`);
  const geojson = page.waitForEvent('download');
  await list(page).getByRole('button', { name: 'Save as GeoJSON' }).click();
  expect((await geojson).suggestedFilename()).toBe('mine-set-aside.geojson');
  expect(await textOf(geojson)).toContain(`\n${UNSURE},\n${BROKEN},\n${BARE}\n]}`);

  await list(page).getByRole('button', { name: 'All data sets…' }).click();
  const sets = page.getByRole('dialog', { name: 'Data sets' });
  const question = page.getByRole('dialog', { name: 'Some of the file would go' });
  await sets.getByRole('button', { name: 'Save “Mine”' }).click();
  await expect(question).toContainText('3 features of “mine.geojson” could not be read as sightings');
  expect(await fileText(page)).toBe(fileOf(good(), UNSURE, BROKEN, BARE));
  await question.getByRole('button', { name: 'Keep them in the file' }).click();
  await expect(sets.getByText('Saved to “mine.geojson”, and read back from there.')).toBeVisible();
  expect(await fileText(page)).toBe(fileOf(good(), UNSURE, BROKEN, BARE));

  // What was said once is done again with the next change, which completes one of them.
  await sets.getByRole('button', { name: 'Continue “Unsure”' }).click();
  await page.getByRole('radio', { name: /^Low confidence/ }).check();
  await page.getByRole('button', { name: 'Save sighting' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved to “mine.geojson”, and read back from there.')).toBeVisible();
  const saved = await fileText(page);
  expect(saved).toBe(fileOf(good(), UNSURE.replace('"certain"', '"low"'), BROKEN, BARE));
});

test('what the page could not use of its own data is looked up, listed and saved', async ({
  page,
  served,
}) => {
  const geo = readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8');
  await replaceFile(page, 'sightings.geojson', geo.replace(/\n\]\}\s*$/, `,\n${UNSURE},\n${BROKEN}\n]}\n`));
  await openApp(page, served);
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  await page.getByRole('button', { name: 'What was set aside…' }).click();
  await expect(list(page).getByRole('listitem')).toHaveText([/"unsure"/, /<b>Markup<\/b>/]);
  const report = page.waitForEvent('download');
  await list(page).getByRole('button', { name: 'Save the list' }).click();
  expect(await textOf(report)).toContain(`    ${UNSURE}\n`);
});
