import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, test } from './app';
import { openTool } from './axe';
import { DEVICES } from './devices';
import { startBrowser } from './journal-page/kill-rounds';
import { changedGiven, closeAsking, correction, openWithWork, opening } from './kept-work';
import { addMore } from './opening';

test.use({ hasMap: false }); // dialogs and the list alone

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

/** A triangle whose last position is not its first. */
const openRing = () => [
  [37.5, 55.7],
  [37.7, 55.7],
  [37.6, 55.8],
];

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

/** Opens a text as the file `mine.geojson` of the disk, and adds it as a data set. Returns the dialog. */
async function addMine(page: Page, served: Parameters<typeof openApp>[1], text: string) {
  await answerOpenPicker(page, 'mine.geojson', text);
  await openApp(page, served);
  await openTool(page, 'Open data');
  const dialog = page.getByRole('dialog', { name: 'Open data' });
  await dialog.getByText('Choose files').click();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible(); // until then, closing asks first
  return dialog;
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
      const dialog = await addMine(page, served, text);
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
      await expect(page.getByText('Saved to “chosen.geojson”')).toHaveCount(0);
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

test('what was mended is unsaved until it is written into the file', async ({ page, served }) => {
  const geometry = { type: 'Polygon', coordinates: [openRing()] };
  const sighting = { ...sampleSighting({ id: 'open-ring' }), geometry };
  delete (sighting.properties as { coordinateUncertaintyInMeters?: number }).coordinateUncertaintyInMeters;
  const text = JSON.stringify({ type: 'FeatureCollection', features: [sighting] });
  const dialog = await addMine(page, served, text);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
  await expect(page.getByRole('button', { name: 'Revert', exact: true })).toBeDisabled();
  await openTool(page, 'Data sets (2)');
  const dataSets = page.getByRole('dialog', { name: 'Data sets' });
  await expect(dataSets.getByText('1 sighting · 1 not saved to a file yet')).toBeVisible();
  await dataSets.getByRole('button', { name: 'Save “mine”' }).click();
  await expect(dataSets.getByText('Saved to “mine.geojson”, and read back from there.')).toBeVisible();
  await expect(dataSets.getByText('1 sighting · nothing unsaved')).toBeVisible();
  await expect(unsaved(page)).toHaveCount(0);
  const saved = JSON.parse(await textOf(page, 'mine.geojson')) as {
    features: { geometry: { coordinates: number[][][] } }[];
  };
  expect(saved.features[0]?.geometry.coordinates[0]).toEqual([...openRing(), openRing()[0]]);
});

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

test('of two data sets each is saved by its own button; that a table was not changed is said', async ({
  page,
  served,
}) => {
  await answerPicker(page);
  const row = sampleSighting({ id: 'of-a-table', title: 'Of a table' });
  const table = opening('layer-a', 'Desk', 'teal', 1, [row], 'desk.csv');
  const record = { layer: 'layer-a', id: row.id, before: JSON.stringify(row), after: null };
  const change = { note: 'Remove', records: [record], layers: [] };
  const removal = { kind: 'change', at: '2026-01-02T10:00:00.000Z', change } as const;
  await openWithWork(page, served, [corrected(), removal], [table]);
  await expect(unsaved(page)).toHaveText('Unsaved to file: 2 changes');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Data sets' });
  await expect(dialog).toContainText('and “Desk” have unsaved changes. Each data set has its own Save.');
  await dialog.getByRole('button', { name: 'Save “Desk”' }).click();
  await expect(dialog).toContainText(
    'read back from there. “desk.csv” itself was not changed: Export writes',
  );
  await expect(dialog).toContainText('has unsaved changes. Its own Save is below.');
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

test('a disk that does not answer is waited for as long as somebody wants', async ({ page, served }) => {
  await answerPicker(page);
  await openWithWork(page, served, [corrected()]);
  await page.evaluate(() => {
    FileSystemFileHandle.prototype.createWritable = () => new Promise(() => undefined);
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saving… The disk has not answered yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/is not known to be saved: the disk has not answered\./)).toBeVisible();
  await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeEnabled();
});

test('a file that is being written can be left off, and is what it was', async ({ page, served }) => {
  await answerPicker(page);
  const long = sampleSighting({ id: 'long', title: 'Long', verbatimLocality: 'x'.repeat(40e6) });
  const table = opening('layer-a', 'Desk', 'teal', 1, [long]);
  await openWithWork(page, served, [], [table]);
  await page.evaluate(() => {
    const { write } = FileSystemWritableFileStream.prototype;
    FileSystemWritableFileStream.prototype.write = async function (...written) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await write.apply(this, written);
    };
  });
  await openTool(page, 'Data sets (2)');
  const dialog = page.getByRole('dialog', { name: 'Data sets' });
  await dialog.getByRole('button', { name: 'Save “Desk”' }).click();
  const progress = dialog.getByRole('progressbar', { name: 'Saving' });
  await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(50);
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(dialog.getByText('Saving “Desk” was cancelled: no file was written.')).toBeVisible();
  await expect(progress).toHaveCount(0);
  expect(await textOf(page)).toBe('');
});

for (const [what, open] of [
  ['hangs', 'return Object.assign(open.apply(this, told), { addEventListener: () => undefined });'],
  ['throws', "throw new DOMException('Broken, on purpose.', 'UnknownError');"],
] as const) {
  test(`a file is saved where the browser’s database ${what}, and saved to again`, async ({
    page,
    served,
  }) => {
    await answerPicker(page);
    await page.addInitScript(
      `const { open } = IDBFactory.prototype; IDBFactory.prototype.open = function (...told) { ${open} };`,
    );
    await openWithWork(page, served, [corrected()]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved to “chosen.geojson”, and read back from there.')).toBeVisible();
    await page.getByRole('button', { name: /^Undo: Correct/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved to “chosen.geojson”, and read back from there.')).toBeVisible();
    expect(await textOf(page)).not.toContain('"quantity":7');
  });
}

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

test('two tabs that save to one file in turn take nobody for somebody else', async ({
  page,
  served,
  context,
}) => {
  await answerPicker(page);
  await openWithWork(page, served, [corrected()]);
  await expect(unsaved(page)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(unsaved(page)).toHaveCount(0);
  const other = await context.newPage();
  await openApp(other, served);
  await other.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(unsaved(other)).toBeVisible();
  await other.keyboard.press('Control+s');
  await expect(unsaved(other)).toHaveCount(0);
  await page.getByRole('button', { name: /^Redo: Correct/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved to “chosen.geojson”, and read back from there.')).toBeVisible();
  expect(await textOf(page)).toContain('"quantity":7');
});

test('a tab that was there before anything was changed follows another one', async ({
  page,
  served,
  context,
}) => {
  await openApp(page, served);
  const other = await context.newPage();
  await openApp(other, served, '?sighting=losiny-ostrov-s400');
  await other.getByRole('button', { name: 'Correct', exact: true }).click();
  const form = other.getByRole('region', { name: 'Correct a sighting' });
  await form.getByRole('textbox', { name: 'Title' }).fill('S-400 by the elks');
  await expect(page.getByText(/1 draft: “S-400 by the elks”/)).toBeVisible();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(unsaved(page)).toHaveText('Unsaved to file: 1 change');
  await expect(page.getByRole('button', { name: /^S-400 by the elks/ })).toBeVisible();
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

/** Has a page note when a draft is shown on it. */
async function markDraft(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const look = () => {
      const isShown = [...document.querySelectorAll('button')].some((it) =>
        it.textContent.trim().startsWith('1 draft'),
      );
      if (isShown && performance.getEntriesByName('draft').length === 0) performance.mark('draft');
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Milliseconds from when the page began to load to when a draft was shown, see {@link markDraft}. */
async function msUntilDraft(page: Page): Promise<number> {
  const at = () => page.evaluate(() => performance.getEntriesByName('draft')[0]?.startTime ?? NaN);
  await expect.poll(at).toBeGreaterThan(0);
  return at();
}

/** What a page takes for {@link slownessOf} when it has a core of a present-day server to itself. */
const UNDISTURBED_MS = 170;

/** How many times as long as undisturbed a page takes now, since the machine is slow or others use it; 1 at the least. */
async function slownessOf(page: Page): Promise<number> {
  const ms = await page.evaluate(() => {
    const start = performance.now();
    let bits = 1;
    for (let i = 0; i < 1e8; i++) {
      bits ^= bits << 13;
      bits ^= bits >>> 17;
      bits ^= bits << 5;
    }
    return bits === 0 ? NaN : performance.now() - start;
  });
  return Math.max(1, ms / UNDISTURBED_MS);
}

/** What was written is back so soon. */
const BACK_WITHIN_MS = 3000;

test('what stands in the form is a draft when the whole browser was killed', async ({ served }) => {
  const profile = mkdtempSync(join(tmpdir(), 'sightings-writing-'));
  const first = await startBrowser(profile);
  const page = await first.open();
  await openApp(page, served, `?sighting=${PARK}`);
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  const titleOf = (at: Page) => at.getByLabel('Title', { exact: true }).first();
  await titleOf(page).fill('In the middle of a word');
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await first.kill();

  const second = await startBrowser(profile);
  const again = await second.open();
  await markDraft(again);
  const before = await slownessOf(again);
  await openApp(again, served);
  const took = await msUntilDraft(again);
  expect(took).toBeLessThan(BACK_WITHIN_MS * Math.max(before, await slownessOf(again)));
  await again.getByRole('button', { name: '1 draft' }).click();
  await again.getByRole('button', { name: 'Continue “In the middle of a word”' }).click();
  await expect(titleOf(again)).toHaveValue('In the middle of a word');
  await second.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

test('a browser without room for files says so, goes on in memory, and asks before it closes', async ({
  page,
  served,
}) => {
  await page.route('**/journal-worker-*.js', async (route) => {
    const response = await route.fetch();
    const body = `delete StorageManager.prototype.getDirectory;${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await page.addInitScript(() => Reflect.deleteProperty(StorageManager.prototype, 'getDirectory'));
  await openApp(page, served, `?sighting=${PARK}`);
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  await page.getByLabel('Title', { exact: true }).first().fill('Only in memory');
  await page.getByRole('button', { name: 'Save sighting' }).click();
  await expect(page.getByRole('dialog', { name: 'Sighting: Only in memory' })).toBeVisible();
  await expect(page.getByText(/^Not kept: Changes cannot be kept here/)).toBeVisible();
  await openTool(page, 'Open data');
  await addMore(page);
  await page.getByRole('button', { name: /^Undo: Open/ }).click();
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText(/^Unsaved to file/)).toHaveCount(0);
  expect(await closeAsking(page)).toBe(true);
});

test('a browser that keeps the changes does not ask before it closes', async ({ page, served }) => {
  await openWithWork(page, served, [corrected()]);
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  expect(await closeAsking(page)).toBe(false);
});

test('a file whose features are not all sightings is not saved over unasked', async ({ page, served }) => {
  const mine = JSON.stringify(sampleSighting({ id: 'mine', title: 'Mine' }));
  const faulty = mine.replace('"id":"mine"', '"id":"faulty"').replace('"title":"Mine"', '"title":""');
  const text = `{"type":"FeatureCollection","features":[\n${mine},\n${faulty}\n]}\n`;
  const dialog = await addMine(page, served, text);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await openTool(page, 'Data sets (2)');
  const sets = page.getByRole('dialog', { name: 'Data sets' });
  await sets.getByRole('button', { name: 'Save “mine”' }).click();
  const question = page.getByRole('dialog', { name: 'Some of the file would go' });
  await expect(question).toContainText('One feature of “mine.geojson” could not be read as a sighting');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await textOf(page, 'mine.geojson')).toBe(text);
});

test('what stands behind the end of a file does not go from it unasked', async ({ page, served }) => {
  const mine = JSON.stringify(sampleSighting({ id: 'mine', title: 'Mine' }));
  const other = mine.replace('"id":"mine"', '"id":"other"');
  const collectionOf = (feature: string) => `{"type":"FeatureCollection","features":[\n${feature}\n]}\n`;
  const text = collectionOf(mine) + collectionOf(other);
  const dialog = await addMine(page, served, text);
  await expect(dialog.getByText('stands behind the end of the collection')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await openTool(page, 'Data sets (2)');
  const sets = page.getByRole('dialog', { name: 'Data sets' });
  await sets.getByRole('button', { name: 'Save “mine”' }).click();
  const question = page.getByRole('dialog', { name: 'Some of the file would go' });
  await question.getByRole('button', { name: 'Keep it in the file' }).click();
  await expect(sets.getByText('Saved to “mine.geojson”, and read back from there.')).toBeVisible();
  const saved = await textOf(page, 'mine.geojson');
  for (const feature of [mine, other]) expect(saved).toContain(feature);
});
