import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { openTool } from './axe';
import { DEVICES } from './devices';
import { startBrowser } from './journal-page/kill-rounds';
import { changedGiven, correction, openWithWork } from './kept-work';

const PARK = 'losiny-ostrov-s400';
const corrected = () => correction(changedGiven(PARK, { quantity: 7 }));

/** Answers the browser's own dialog for saving, which no test can reach, with a real file in its private file system. */
async function answerPicker(page: Page, fileName = 'chosen.geojson'): Promise<void> {
  await page.addInitScript((fileName) => {
    let asked = 0;
    Object.assign(window, {
      showSaveFilePicker: async () => {
        const root = await navigator.storage.getDirectory();
        return root.getFileHandle(asked++ === 0 ? fileName : `${asked}-${fileName}`, { create: true });
      },
    });
  }, fileName);
}

function textOf(page: Page, fileName = 'chosen.geojson'): Promise<string> {
  return page.evaluate(async (fileName) => {
    const root = await navigator.storage.getDirectory();
    return (await (await root.getFileHandle(fileName)).getFile()).text();
  }, fileName);
}

/** Answers the browser's own dialog for opening files with a file that is put into its private file system. */
async function answerOpenPicker(page: Page, fileName: string, text: string): Promise<void> {
  await page.addInitScript(
    ([fileName, text]) => {
      Object.assign(window, {
        showOpenFilePicker: async () => {
          const root = await navigator.storage.getDirectory();
          const handle = await root.getFileHandle(fileName, { create: true });
          const writable = await handle.createWritable();
          await writable.write(text);
          await writable.close();
          return [handle];
        },
      });
    },
    [fileName, text] as const,
  );
}

async function overwrite(page: Page, text: string): Promise<void> {
  await page.evaluate(async (text) => {
    const root = await navigator.storage.getDirectory();
    const writable = await (await root.getFileHandle('chosen.geojson')).createWritable();
    await writable.write(text);
    await writable.close();
  }, text);
}

const unsaved = (page: Page) => page.getByText(/^Unsaved to file:/);

for (const { name, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    test('a file that was opened is saved to itself', async ({ page, served }) => {
      const text = `{"type":"FeatureCollection","title":"Mine","features":[\n${JSON.stringify(sampleSighting({ id: 'mine', title: 'Mine' }))}\n]}\n`;
      await answerOpenPicker(page, 'mine.geojson', text);
      await openApp(page, served);
      await openTool(page, 'Open data');
      const dialog = page.getByRole('dialog', { name: 'Open data' });
      await dialog.getByText('Choose files').click();
      await dialog.getByRole('button', { name: /^Add/ }).click();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page.getByRole('searchbox', { name: 'Search sightings' }).fill('Mine');
      await page.getByRole('list', { name: 'Sightings' }).getByText('Mine').first().click();
      await page.getByRole('button', { name: 'Correct', exact: true }).click();
      await page.getByLabel('Title', { exact: true }).first().fill('Mine, corrected');
      await page.getByRole('button', { name: 'Save sighting' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Saved to “mine.geojson”, and read back from there.')).toBeVisible();
      expect(await textOf(page, 'mine.geojson')).toBe(
        text.replace('"title":"Mine","eventDate"', '"title":"Mine, corrected","eventDate"'),
      );
    });

    test('a change is kept over a reload, saved to a file, and reverted', async ({ page, served }) => {
      await answerPicker(page);
      await openWithWork(page, served, [corrected()]);
      await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
      await expect(page.getByText('Kept in this browser')).toBeVisible();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Saved to “chosen.geojson”, and read back from there.')).toBeVisible();
      await expect(unsaved(page)).toHaveCount(0);
      expect(await textOf(page)).toContain('"quantity":7');

      await page.getByRole('button', { name: /^Undo: Correct/ }).click();
      await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
      await page.getByRole('button', { name: 'Revert', exact: true }).click();
      await expect(unsaved(page)).toHaveCount(0);
      await expect(page.getByText(/1 change taken back\. Undo brings/)).toBeVisible();
      await page.getByRole('button', { name: /^Undo: Revert/ }).click();
      await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
    });

    test('without a way to write files it is downloaded', async ({ page, served }) => {
      await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
      await openWithWork(page, served, [corrected()]);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      expect((await download).suggestedFilename()).toBe('sightings.geojson');
      await expect(unsaved(page)).toHaveCount(0);
    });
  });
}

test('Ctrl+S saves again to the same file, also at the next visit', async ({ page, served }) => {
  await answerPicker(page);
  await openWithWork(page, served, [corrected()]);
  await expect(unsaved(page)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await openApp(page, served); // the picker would answer with this name again: what counts is that it is not asked
  await page.evaluate(() =>
    Object.assign(window, { showSaveFilePicker: () => Promise.reject(new Error('asked')) }),
  );
  await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
  await expect(unsaved(page)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toHaveCount(0);
  expect(await textOf(page)).not.toContain('"quantity":7');
});

test('a file that somebody else has changed is not overwritten unasked', async ({ page, served }) => {
  await answerPicker(page);
  await openWithWork(page, served, [corrected()]);
  await expect(unsaved(page)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toHaveCount(0);
  await overwrite(page, 'theirs');
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'The file has changed' });
  await expect(question).toBeVisible();
  expect(await textOf(page)).toBe('theirs');
  await question.getByRole('button', { name: 'Save under another name…' }).click();
  await expect(page.getByText('Saved to “2-chosen.geojson”, and read back from there.')).toBeVisible();
  expect(await textOf(page)).toBe('theirs');
  expect(await textOf(page, '2-chosen.geojson')).toContain('FeatureCollection');
});

test('what cannot be written is not marked as saved', async ({ page, served }) => {
  await page.addInitScript(() => {
    Object.assign(window, { showSaveFilePicker: () => Promise.reject(new Error('the disk is gone')) });
  });
  await openWithWork(page, served, [corrected()]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/is not saved: the disk is gone/)).toBeVisible();
  await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
});

test('another tab sees a change, and is where undo takes it back', async ({ page, served, context }) => {
  await openWithWork(page, served, [corrected()]);
  const other = await context.newPage();
  await openApp(other, served);
  await expect(unsaved(other)).toHaveText('Unsaved to file: 1 change');
  await other.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(unsaved(page)).toHaveCount(0);
  await page.getByRole('button', { name: /^Redo: Correct/ }).click();
  await expect(unsaved(other)).toHaveText('Unsaved to file: 1 change');
});

test('a full disk: the change is not kept, and kept when there is room again', async ({
  page,
  served,
  context,
}) => {
  await openWithWork(page, served, [corrected()]);
  await expect(unsaved(page)).toBeVisible();
  const session = await context.newCDPSession(page);
  const { origin } = new URL(served.address);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText(/^Not kept: The disk is full/)).toBeVisible();
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await openApp(page, served);
  await expect(page.getByRole('button', { name: /^Redo: Correct/ })).toBeEnabled();
});

test('a browser that is killed in the middle of an edit comes back with all that was kept', async ({
  served,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'sightings-killed-'));
  const first = await startBrowser(profile);
  const page = await first.open();
  await openWithWork(page, served, [corrected()]);
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  const redo = (at: Page) => at.getByRole('button', { name: /^Redo: Correct/ });
  await expect(redo(page)).toBeEnabled();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await redo(page).click();
  await first.kill();

  const second = await startBrowser(profile);
  const again = await second.open();
  await openApp(again, served);
  // The undo was kept; whether the redo was is for the moment of the kill to say.
  await expect(redo(again).or(again.getByRole('button', { name: /^Undo: Correct/ }))).toBeVisible();
  await expect(again.getByText('Kept in this browser')).toBeVisible();
  await second.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});
