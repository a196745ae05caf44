import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { JOURNAL_FORMAT, JOURNAL_VERSION } from '../../src/io/journal';
import { sampleSighting } from '../unit/sample';
import { clickAtRest, expect, openApp, replaceFile, test } from './app';
import { openTool } from './axe';
import { GIVEN_TEXTS, changedGiven, closeAsking, correction, openWithWork, opening } from './kept-work';

test.use({ hasMap: false }); // dialogs and the list alone

const PARK = 'losiny-ostrov-s400';
const FILE = readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8');

const formOf = (page: Page) => page.getByRole('region', { name: /^(Add|Correct) a sighting$/ });
const titleOf = (page: Page) => formOf(page).getByLabel('Title', { exact: true }).first();

async function openForm(page: Page): Promise<void> {
  await clickAtRest(page.getByRole('button', { name: 'Correct', exact: true }));
  await expect(formOf(page)).toBeVisible();
}

async function closeForm(page: Page): Promise<void> {
  await formOf(page).getByRole('button', { name: 'Close the form' }).click();
  await expect(formOf(page)).toBeHidden();
}

/** The built-in file in which a record was replaced. */
function fileWith(id: string, changes: Parameters<typeof changedGiven>[1]): string {
  return FILE.replace(GIVEN_TEXTS.get(id) ?? '', JSON.stringify(changedGiven(id, changes)));
}

test('what is written stays when the page is reloaded in the middle of it', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  await openForm(page);
  await titleOf(page).fill('In the middle of');
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: '1 draft' }).click();
  await page.getByRole('button', { name: /^Continue/ }).click();
  await expect(titleOf(page)).toHaveValue('In the middle of');
});

test('what opens the work is loaded while the data is on its way, where there is a work', async ({
  page,
  served,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const hasPart = () => asked.some((url) => url.includes('/open-workspace-'));
  let give: () => void = () => undefined;
  await page.route('**/sightings.geojson', async (route) => {
    await new Promise<void>((resolve) => (give = resolve));
    await route.continue();
  });
  await page.goto(served.address);
  await expect(page.getByText('Loading…')).toBeVisible();
  await page.waitForLoadState('domcontentloaded');
  expect(hasPart()).toBe(false);
  give();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  expect(hasPart()).toBe(false);
  await page.unroute('**/sightings.geojson');

  await openWithWork(page, served, [correction(changedGiven(PARK, { quantity: 7 }))]);
  asked.length = 0;
  await page.route('**/sightings.geojson', async (route) => {
    await expect.poll(hasPart).toBe(true);
    await route.continue();
  });
  await page.reload();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
});

test('letters that were typed as the page was closed are there again', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  await openForm(page);
  await titleOf(page).fill('');
  await titleOf(page).pressSequentially('Before it was clo', { delay: 30 });
  await titleOf(page).press('s');
  await closeAsking(page);
  const next = await page.context().newPage();
  await openApp(next, served, `?sighting=${PARK}`);
  await openForm(next);
  await expect(titleOf(next)).toHaveValue('Before it was clos');
});

test('the first letters that were ever written are there again, too', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  await openForm(page);
  await titleOf(page).press('End');
  await titleOf(page).press('!');
  await closeAsking(page);
  const next = await page.context().newPage();
  await openApp(next, served);
  await next.getByRole('button', { name: '1 draft' }).click();
  await next.getByRole('button', { name: /^Continue/ }).click();
  await expect(titleOf(next)).toHaveValue(/!$/);
});

test('the last letters are there again though the clock was set back before them', async ({
  page,
  served,
}) => {
  await page.addInitScript(() => {
    const shifted = Object.assign(window, { aheadMs: 3_600_000 });
    window.Date = new Proxy(Date, {
      construct: (target, [first, ...rest]: [number, number]) =>
        first === undefined ? new target(target.now() + shifted.aheadMs) : new target(first, ...rest),
    });
  });
  await openApp(page, served, `?sighting=${PARK}`);
  await openForm(page);
  await titleOf(page).fill('Before it was set');
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await page.evaluate(() => Object.assign(window, { aheadMs: 0 }));
  await titleOf(page).pressSequentially(' right', { delay: 30 });
  await closeAsking(page);
  const next = await page.context().newPage();
  await openApp(next, served, `?sighting=${PARK}`);
  await openForm(next);
  await expect(titleOf(next)).toHaveValue('Before it was set right');
});

test('letters that were left do not come back once their draft is discarded', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  const other = await page.context().newPage();
  await openApp(other, served);
  await openForm(page);
  await titleOf(page).fill('Half a title');
  await expect(other.getByRole('button', { name: '1 draft' })).toBeVisible();
  await titleOf(page).press('s');
  await closeAsking(page);
  await other.getByRole('button', { name: '1 draft' }).click();
  await other.getByRole('button', { name: /^Discard “Half a title/ }).click();
  await expect(other.getByText('Kept in this browser')).toBeVisible();
  await other.reload();
  await expect(other.getByText('Kept in this browser')).toBeVisible();
  await expect(other.getByRole('button', { name: '1 draft' })).toHaveCount(0);
  expect(
    await other.evaluate(() => Object.keys(localStorage).filter((key) => /last-words/.test(key))),
  ).toEqual([]);
});

test('two tabs that write of one sighting take no draft from each other', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  const other = await page.context().newPage();
  await openApp(other, served, `?sighting=${PARK}`);
  await openForm(page);
  await openForm(other);
  await titleOf(other).fill('Written in the other tab');
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await closeForm(page);
  await closeForm(other);
  await other.reload();
  await openForm(other);
  await expect(titleOf(other)).toHaveValue('Written in the other tab');
});

test('a draft outlives what another tab saves of the same sighting', async ({ page, served }) => {
  await openApp(page, served, `?sighting=${PARK}`);
  const other = await page.context().newPage();
  await openApp(other, served, `?sighting=${PARK}`);
  await openForm(page);
  await openForm(other);
  await titleOf(other).fill('Written in the other tab');
  await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
  await titleOf(page).fill('Saved in this tab');
  await formOf(page).getByRole('button', { name: 'Save sighting' }).click();
  await expect(formOf(other).getByText('Theirs: Saved in this tab')).toBeVisible();
  await closeForm(other);
  await openForm(other);
  await expect(titleOf(other)).toHaveValue('Written in the other tab');
  await expect(formOf(other).getByText('Theirs: Saved in this tab')).toBeVisible();
});

test('a tab that meets the work of a newer version only reads it, and says so', async ({ page, served }) => {
  const toldOf = page.getByText(
    /^A newer version of this map has written in your work: here it can only be read/,
  );
  const addCommand = page.getByRole('button', { name: 'Add sighting' });
  const correctCommand = page.getByRole('button', { name: 'Correct', exact: true });
  await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'As it was kept' }))]);
  await page.getByRole('button', { name: /^As it was kept/ }).click();
  await openForm(page);
  const head = JSON.stringify({ format: JOURNAL_FORMAT, version: JOURNAL_VERSION + 1 });
  const sum = createHash('sha256').update(head).digest('hex').slice(0, 16);
  await page.evaluate(async (text) => {
    const root = await navigator.storage.getDirectory();
    const works = await root.getDirectoryHandle('sighting-map');
    const journal = await (await works.getDirectoryHandle('built-in')).getFileHandle('journal');
    const writable = await journal.createWritable({ keepExistingData: true });
    await writable.seek((await journal.getFile()).size);
    await writable.write(text);
    await writable.close();
  }, `${sum} ${head.length} ${head}\n`);
  await titleOf(page).fill('Written too late');
  await expect(toldOf).toContainText('what you did last is not kept');
  await formOf(page).getByRole('button', { name: 'Save sighting' }).click();
  await expect(formOf(page).getByText(/here it can only be read/)).toBeVisible();
  await expect(titleOf(page)).toHaveValue('Written too late');
  await closeForm(page);
  await expect(addCommand).toHaveCount(0);
  await expect(correctCommand).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();

  page.on('dialog', (dialog) => void dialog.accept()); // leaves, though a draft is not kept
  await page.reload();
  await expect(toldOf).toBeVisible();
  await page.getByRole('button', { name: /^As it was kept/ }).click();
  await expect(correctCommand).toHaveCount(0);
  await expect(addCommand).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
});

test('a draft that is discarded while it is written on stays discarded', async ({ page, served }) => {
  await openApp(page, served);
  await page.getByRole('button', { name: 'Add sighting' }).click();
  const form = page.getByRole('region', { name: 'Add a sighting' });
  await form.getByLabel('Title', { exact: true }).first().fill('Half a report');
  await page.getByRole('button', { name: '1 draft' }).click();
  const drafts = page.getByRole('list', { name: 'Drafts' });
  await drafts.getByRole('button', { name: 'Discard “Half a report”' }).click();
  await expect(form).toHaveCount(0);
  await expect(drafts).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^\d drafts?/ })).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo: Discard the draft/ }).click();
  await page.getByRole('button', { name: '1 draft' }).click();
  await drafts.getByRole('button', { name: 'Continue “Half a report”' }).click();
  await page.getByRole('button', { name: '1 draft' }).click();
  await drafts.getByRole('button', { name: 'Discard “Half a report”' }).click();
  await expect(form).toHaveCount(0);
  await expect(drafts).toHaveCount(0);
});

test('a draft of a data set that is gone goes to one that is there', async ({ page, served }) => {
  const lost = { ...sampleSighting({ id: 'lost' }), properties: { title: 'Without a home' } };
  const layer = opening('layer-a', 'North desk', 'teal', 1, [sampleSighting({ id: 'tver' })]);
  const draft = { key: 'layer-a/new/1', layer: 'layer-a', id: null, before: null, feature: lost };
  await openWithWork(
    page,
    served,
    [{ kind: 'drafts', at: '2026-01-02T10:00:00.000Z', put: [draft], drop: [] }],
    [layer],
  );
  await page.getByRole('button', { name: /^Undo: Open/ }).click();
  await page.getByRole('button', { name: '1 draft' }).click();
  await page.getByRole('button', { name: /^Continue/ }).click();
  await expect(
    formOf(page).getByText(/The data set that this was written for is gone\. Saving adds it to “Air-defence/),
  ).toBeVisible();
});

test('a correction takes over what is new in the file, and undo goes to the new file', async ({
  page,
  served,
}) => {
  await replaceFile(page, 'sightings.geojson', fileWith(PARK, { confidenceBasis: 'A new reason.' }));
  await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'My title' }))]);
  await expect(
    page.getByText(/has changed since you corrected it\. What is new there is taken over \(1\)/),
  ).toBeVisible();
  await openApp(page, served, `?sighting=${PARK}`);
  const popup = page.getByRole('dialog', { name: 'Sighting: My title' });
  await expect(popup.getByText('A new reason.')).toBeVisible();
  await page.getByRole('button', { name: /^Undo: Take over/ }).click();
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText(/^Unsaved to file/)).toHaveCount(0);
  await expect(page.getByRole('dialog', { name: /^Sighting/ }).getByText('A new reason.')).toBeVisible();
});

for (const reached of [0, 1]) {
  test(`what is new in the file is taken over again after a reload that left ${reached} of it kept`, async ({
    page,
    served,
  }) => {
    // Keeps so many entries, and does not answer for the next one.
    const hang = `
      let left = ${reached};
      addEventListener('message', (event) => {
        if (event.data.kind === 'append' && left-- <= 0) event.stopImmediatePropagation();
      });`;
    await page.route('**/journal-worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${hang}\n${await response.text()}` });
    });
    await replaceFile(page, 'sightings.geojson', fileWith(PARK, { confidenceBasis: 'A new reason.' }));
    await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'My title' }))]);
    await expect(page.getByText(/^Not kept yet: the browser’s storage has not answered/)).toBeVisible();
    page.on('dialog', (dialog) => void dialog.accept()); // leaves, though not all is kept
    await page.unroute('**/journal-worker-*.js');
    await openApp(page, served, `?sighting=${PARK}`);
    await expect(page.getByText('has changed since you corrected it.')).toBeVisible();
    const popup = page.getByRole('dialog', { name: 'Sighting: My title' });
    await expect(popup.getByText('A new reason.')).toBeVisible();
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await page.getByRole('button', { name: /^Undo: Take over/ }).click();
    await page.getByRole('button', { name: /^Undo: Correct/ }).click();
    await expect(page.getByText(/^Unsaved to file/)).toHaveCount(0);
    await expect(page.getByRole('dialog', { name: /^Sighting/ }).getByText('A new reason.')).toBeVisible();
  });
}

for (const [what, body, status] of [
  ['not there', 'Not found', 404],
  ['a page of the server', '<!DOCTYPE html><p>Back soon', 200],
] as const) {
  test.describe(`work whose data is ${what}`, () => {
    test.use({ allowedErrors: [/404/] });

    test('is shown, and not taken for out of date', async ({ page, served }) => {
      await replaceFile(page, 'sightings.geojson', body, status);
      await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'My title' }))]);
      const said = page.getByText('Nothing of it could be used. What is shown is your own work.');
      await expect(said).toBeVisible();
      await expect(page.getByText('1 of 1 sightings')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Sightings' }).getByText('My title')).toBeVisible();
      await expect(page.getByText(/has changed since/)).toHaveCount(0);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText(/is not saved: what it was opened with is not here/)).toBeVisible();

      await page.unroute('**/sightings.geojson');
      await page.reload();
      await expect(page.getByText('8 of 8 sightings')).toBeVisible();
      await expect(page.getByText(/has changed since/)).toHaveCount(0);
      await page.getByRole('button', { name: /^Undo: Correct/ }).click();
      await expect(page.getByRole('list', { name: 'Sightings' }).getByText('My title')).toHaveCount(0);
    });
  });
}

test('a correction stands where the file says something else by now, and that is said', async ({
  page,
  served,
}) => {
  await replaceFile(page, 'sightings.geojson', fileWith(PARK, { title: 'Their title' }));
  await openWithWork(page, served, [correction(changedGiven(PARK, { title: 'My title' }))]);
  await expect(page.getByText(/Where it says something else than you, yours is shown \(1\)/)).toBeVisible();
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await openTool(page, 'Data sets');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Sightings' }).getByText('Their title')).toBeVisible();
});
