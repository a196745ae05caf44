import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { openTool } from './axe';
import { changedGiven, correction, openWithWork } from './kept-work';
import { addMore } from './opening';

test.use({ hasMap: false }); // dialogs and the list alone

const PARK = 'losiny-ostrov-s400';
const UNANSWERED = /^Not kept: Changes cannot be kept here: the browser’s storage does not answer/;

/** Runs a script before that of the worker that keeps the work. */
async function breakWorker(page: Page, script: string): Promise<void> {
  await page.route('**/journal-worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

const NO_FOLDER = 'StorageManager.prototype.getDirectory = () => new Promise(() => {});';
const NO_LOCK = 'LockManager.prototype.request = () => new Promise(() => {});';
const HANGING: readonly (readonly [what: string, script: string, isOfPage: boolean])[] = [
  ['has a worker without files', NO_FOLDER, false],
  ['has no files', NO_FOLDER, true],
  ['grants no lock', NO_LOCK, true],
];

test.describe('storage that never answers', () => {
  for (const [what, script, isOfPage] of HANGING) {
    test(`and ${what} is done without, and it is said`, async ({ page, served }) => {
      if (isOfPage) await page.addInitScript(script);
      await breakWorker(page, script);
      await openApp(page, served);
      await openTool(page, 'Open data');
      await expect(page.getByRole('dialog', { name: 'Open data' })).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText(UNANSWERED)).toBeVisible();
      await addMore(page);
      await expect(page.getByText(UNANSWERED)).toBeVisible();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByText(/^Not kept yet: the browser’s storage has not answered/)).toBeVisible();
      await page.getByRole('button', { name: /^Undo: Open/ }).click();
      await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    });
  }

  test('is said before anybody does anything, where not even the page hears of it', async ({
    page,
    served,
  }) => {
    await page.addInitScript(NO_FOLDER);
    await breakWorker(page, NO_FOLDER);
    await openApp(page, served);
    await expect(page.getByText(UNANSWERED)).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await openTool(page, 'Open data');
    await addMore(page);
    await expect(page.getByText('9 of 9 sightings')).toBeVisible();
  });

  test('to the page alone brings what was kept by its worker', async ({ page, served }) => {
    await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'Corrected before' }))]);
    await page.addInitScript(NO_FOLDER);
    await openApp(page, served);
    await expect(page.getByRole('button', { name: /^Corrected before/ })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText('Kept in this browser')).toBeVisible();
  });

  test('until later brings what was kept, and keeps what was done meanwhile', async ({ page, served }) => {
    const waiting = `
      const { prototype } = StorageManager;
      const { getDirectory } = prototype;
      const answers = new Promise((resolve) => (new BroadcastChannel('answer').onmessage = resolve));
      prototype.getDirectory = async function () {
        await answers;
        return getDirectory.call(this);
      };`;
    await breakWorker(page, waiting);
    await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'Corrected before' }))]);
    await expect(page.getByText(UNANSWERED)).toBeVisible();
    await expect(page.getByText('Corrected before')).toHaveCount(0);
    await openTool(page, 'Open data');
    await addMore(page);
    await page.evaluate(() => new BroadcastChannel('answer').postMessage('now'));
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await expect(page.getByText(UNANSWERED)).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Corrected before/ })).toBeVisible();
    await page.unroute('**/journal-worker-*.js');
    await openApp(page, served);
    await expect(page.getByText('9 of 9 sightings')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Corrected before/ })).toBeVisible();
    await page.getByRole('button', { name: /^Undo: Open/ }).click();
    await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  });

  test('until later brings a correction of what was corrected meanwhile as well', async ({
    page,
    served,
  }) => {
    const waiting = `
      const answers = new Promise((resolve) => (new BroadcastChannel('answer').onmessage = resolve));
      const { getDirectory } = StorageManager.prototype;
      StorageManager.prototype.getDirectory = async function () {
        await answers;
        return getDirectory.call(this);
      };`;
    await breakWorker(page, waiting);
    await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'Corrected before' }))]);
    await expect(page.getByText(UNANSWERED)).toBeVisible();
    await page
      .getByRole('list', { name: 'Sightings' })
      .getByRole('button', { name: /Losiny/ })
      .click();
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByLabel('Title', { exact: true }).first().fill('Corrected meanwhile');
    await page.getByRole('button', { name: 'Save sighting' }).click();
    await expect(page.getByRole('dialog', { name: 'Sighting: Corrected meanwhile' })).toBeVisible();
    await page.evaluate(() => new BroadcastChannel('answer').postMessage('now'));
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await page.unroute('**/journal-worker-*.js');
    await openApp(page, served);
    await expect(page.getByRole('button', { name: /^Corrected before/ })).toBeVisible();
    await expect(page.getByText(/1 draft: “Corrected meanwhile”/)).toBeVisible();
  });

  test('as a file is kept is not waited for with the file', async ({ page, served }) => {
    await breakWorker(
      page,
      'FileSystemFileHandle.prototype.createSyncAccessHandle = () => new Promise(() => {});',
    );
    await openApp(page, served);
    await openTool(page, 'Open data');
    await addMore(page);
    await expect(page.getByText(/^Not kept yet: the browser’s storage has not answered/)).toBeVisible();
  });
});

/** Holds the question for earlier work back, until it is told to answer. */
const NO_LIST = `
  let asked;
  addEventListener('message', (event) => {
    if (asked || event.data.kind !== 'list') return;
    event.stopImmediatePropagation();
    asked = event.data;
  });
  new BroadcastChannel('answer').onmessage = () => {
    dispatchEvent(new MessageEvent('message', { data: asked }));
  };`;

async function openEarlier(page: Page) {
  await openTool(page, 'Open data');
  await page.getByRole('button', { name: 'Earlier work, or a saved copy of it…' }).click();
  return page.getByRole('dialog', { name: 'Earlier work' });
}

test.describe('earlier work that does not come', () => {
  test.beforeEach(async ({ page, served }) => {
    await breakWorker(page, NO_LIST);
    await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'Corrected before' }))]);
  });

  test('is said not to, and listed when it comes', async ({ page }) => {
    const dialog = await openEarlier(page);
    await expect(dialog.getByText('Looking…')).toBeVisible();
    const said = dialog.getByText('The browser’s storage does not answer.');
    await expect(said).toBeVisible({ timeout: 12_000 });
    await page.evaluate(() => new BroadcastChannel('answer').postMessage('now'));
    await expect(dialog.getByRole('list', { name: 'Works' }).getByText('1 change')).toBeVisible();
    await expect(said).toHaveCount(0);
  });

  test('is looked for anew when somebody says so', async ({ page }) => {
    const dialog = await openEarlier(page);
    const again = dialog.getByRole('button', { name: 'Try again' });
    await expect(again).toBeVisible({ timeout: 12_000 });
    await page.unroute('**/journal-worker-*.js');
    await again.click();
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await expect(dialog.getByRole('list', { name: 'Works' }).getByText('1 change')).toBeVisible();
    await expect(again).toHaveCount(0);
  });
});

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
