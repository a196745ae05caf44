import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { Sighting } from '../../src/domain/sighting';
import { encodeHeader, encodeRecord } from '../../src/io/journal';
import { LIGHT } from '../../src/map/theme';
import { sampleSighting, sampleSource } from '../unit/sample';
import { expect, openApp, replaceFile, test } from './app';
import { expectNoViolationsInDialog, openTool } from './axe';
import { DEVICES } from './devices';
import { changedGiven, correction, openWithWork, opening } from './kept-work';
import { shareOf } from './pixels';

test.use({ hasMap: false }); // dialogs and the list

const PARK = 'losiny-ostrov-s400';
const source = sampleSource({ publisher: 'Desk', origin: 'Desk' });
const park = changedGiven(PARK, {});
const seenInTver = sampleSighting({
  id: 'seen-in-tver',
  title: 'Seen in Tver',
  geometry: { type: 'Point', coordinates: [35.9, 56.9] },
});
function layers() {
  return [
    opening('layer-a', 'North desk', 'teal', 1, [
      changedGiven(PARK, { sources: [...park.properties.sources, source] }),
      seenInTver,
    ]),
    opening('layer-b', 'South desk', 'rose', 2, [
      changedGiven(PARK, { title: 'S-400 in a park' }),
      sampleSighting({
        id: 'seen-in-tula',
        title: 'Seen in Tula',
        geometry: { type: 'Point', coordinates: [37.6, 54.2] },
      }),
    ]),
  ];
}
const corrected = () => correction(changedGiven(PARK, { quantity: 7 }));

for (const { name, isPhone, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    test('data sets: switched off and on, renamed, coloured, removed, brought back', async ({
      page,
      served,
    }) => {
      await openWithWork(page, served, [], layers());
      await expect(page.getByText('12 of 12 sightings')).toBeVisible();
      await openTool(page, 'Data sets (3)');
      const dialog = page.getByRole('dialog', { name: 'Data sets' });
      await dialog.getByRole('checkbox', { name: 'Show “North desk”' }).uncheck();
      await expect(page.getByText('10 of 10 sightings')).toBeAttached();
      await dialog.getByRole('checkbox', { name: 'Show “North desk”' }).check();
      await dialog.getByRole('textbox', { name: 'Name of “North desk”' }).fill('Northern desk');
      await dialog.getByRole('textbox', { name: 'Name of “North desk”' }).press('Enter');
      await dialog.getByRole('button', { name: 'Colour of “Northern desk”: teal' }).click();
      await dialog.getByRole('radio', { name: 'violet' }).check();
      await expect(dialog.getByRole('button', { name: 'Colour of “Northern desk”: violet' })).toBeVisible();
      await dialog.getByRole('button', { name: 'Remove “Northern desk”' }).click();
      await expect(dialog.getByText('“Northern desk” is removed. Undo brings it back.')).toBeVisible();
      await expect(page.getByText('10 of 10 sightings')).toBeAttached();
      await dialog
        .getByRole('button', { name: 'Undo to here: Rename “North desk” to “Northern desk”' })
        .click();
      await expect(dialog.getByRole('textbox', { name: 'Name of “North desk”' })).toHaveValue('North desk');
      await expect(page.getByText('12 of 12 sightings')).toBeAttached();
      await expect(dialog.getByText('3 changes were taken back.')).toBeVisible();
    });

    test('a name of a data set is read as a whole, and has one line', async ({ page, served }) => {
      const name =
        'Sightings of the northern desk, from reports of January and February 2023, second reading';
      const sightings = [seenInTver];
      await openWithWork(page, served, [], [opening('layer-a', name, 'teal', 1, sightings)]);
      const isWhole = (field: Locator) =>
        field.evaluate(
          ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
            scrollWidth <= clientWidth && scrollHeight <= clientHeight,
        );
      await openTool(page, 'Data sets (2)');
      const dialog = page.getByRole('dialog', { name: 'Data sets' });
      const field = dialog.getByRole('textbox', { name: `Name of “${name}”` });
      await expect.poll(() => isWhole(field)).toBe(true);
      await expect.poll(() => isWhole(dialog.getByRole('button', { name: /^Merge “/ }).first())).toBe(true);
      await field.fill('South\ndesk');
      await field.press('Enter');
      await expect(dialog.getByRole('textbox', { name: 'Name of “South desk”' })).toHaveValue('South desk');
      await page.keyboard.press('Escape');
      await openTool(page, 'Open data');
      const text = JSON.stringify({ type: 'FeatureCollection', title: name, features: sightings });
      const opened = page.getByRole('dialog', { name: 'Open data' });
      await opened
        .getByLabel('Choose files')
        .setInputFiles({ name: 'a.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(text) });
      await expect(opened.getByLabel('Name of the data set')).toHaveValue(name);
      await expect.poll(() => isWhole(opened.getByLabel('Name of the data set'))).toBe(true);
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('a link opens a sighting that only the kept work has, with the ring of its data set', async ({
        page,
        served,
      }) => {
        await openWithWork(page, served, [], layers());
        await openApp(page, served, '?sighting=seen-in-tver');
        await expect(page.getByRole('dialog', { name: 'Sighting: Seen in Tver' })).toBeVisible();
        await expect(page.getByText('There is no sighting')).toHaveCount(0);
        const tealShare = async () => {
          const png = await page.locator('.map').screenshot();
          return shareOf(page, png, LIGHT.rings.teal, [0, png.readUInt32BE(20)]);
        };
        await expect.poll(tealShare).toBeGreaterThan(0.0001);
      });
    });

    test('a link names the data set of a sighting that several have, and so does the list', async ({
      page,
      served,
    }) => {
      await openWithWork(page, served, [], layers());
      const list = page.getByRole('list', { name: 'Sightings' });
      await page.getByRole('searchbox', { name: 'Search sightings' }).fill('Losiny Ostrov');
      const northern = list.getByRole('button', { name: /Losiny.* · North desk/ });
      await expect(list.getByRole('button', { name: / · Air-defence systems/ }).first()).toBeVisible();
      await northern.click();
      await expect(page).toHaveURL(/sighting=losiny-ostrov-s400&set=layer-a/);
      await openApp(page, served, `?sighting=${PARK}&set=layer-a`);
      const popup = page.getByRole('dialog', { name: /^Sighting: / });
      await expect(popup.getByText(`${PARK}, from “North desk”`)).toBeVisible();
      await expect(page).toHaveURL(/set=layer-a/);
      await openApp(page, served, `?sighting=${PARK}&set=layer-x`);
      await expect(popup.getByText(`${PARK}, from “Air-defence`, { exact: false })).toBeVisible();
      await expect(page.getByText(/data set “layer-x” is not in this browser/)).toBeVisible();
    });

    test('merging: what is only there and newer, as one change', async ({ page, served }) => {
      await openWithWork(page, served, [], layers());
      await openTool(page, 'Data sets (3)');
      await page.getByRole('button', { name: /^Merge “North desk” into “Air-defence/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Merge' });
      await expect(dialog.getByRole('button', { name: 'Merge 1 sighting' })).toBeVisible();
      await expect(
        dialog.getByRole('radio', { name: /^There .*Desk, 20 January 2023: .* \(origin: Desk\)$/ }),
      ).toBeVisible();
      await dialog.getByRole('button', { name: 'Take all newer' }).click();
      await dialog.getByRole('button', { name: 'Merge 2 sightings' }).click();
      await expect(dialog.getByText(/2 sightings of “Air-defence.* changed/)).toBeVisible();
      await dialog.getByRole('button', { name: 'Remove “North desk”' }).click();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByText('11 of 11 sightings')).toBeVisible();
      await expect(page.getByText('Unsaved to file: 2 changes')).toBeVisible();
      await page.getByRole('button', { name: 'Undo: Remove “North desk”' }).click();
      await page.getByRole('button', { name: /^Undo: Merge “North desk”/ }).click();
      await expect(page.getByText('Unsaved to file')).toHaveCount(0);
      await expect(page.getByText('12 of 12 sightings')).toBeVisible();
    });

    test('merging: a conflict is settled field by field', async ({ page, served }) => {
      await openWithWork(page, served, [corrected()], layers());
      await openTool(page, 'Data sets (3)');
      await page.getByRole('button', { name: /^Merge “South desk” into “Air-defence/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Merge' });
      await dialog.getByRole('radio', { name: 'In conflict' }).check();
      const title = dialog.getByRole('group', { name: 'Title in conflict' });
      await title.getByRole('radio', { name: /^There/ }).check();
      await dialog.getByRole('button', { name: 'Merge 2 sightings' }).click();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('searchbox', { name: 'Search sightings' }).fill('S-400 in a park');
      const found = page
        .getByRole('list', { name: 'Sightings' })
        .getByRole('button', { name: /S-400 in a park/ });
      await expect(found).toHaveCount(2); // that of the layer, and ours
    });

    test('a draft can be discarded, which can be undone, and be found by its words', async ({
      page,
      served,
    }) => {
      const draft = {
        key: 'new-1',
        layer: 'given',
        id: null,
        before: null,
        feature: { properties: { title: 'Half a report' } },
      };
      await openWithWork(page, served, [
        { kind: 'drafts', at: '2026-01-02T10:00:00.000Z', put: [draft], drop: [] },
      ]);
      await openTool(page, 'Data sets');
      const drafts = page.getByRole('list', { name: 'Drafts' });
      await expect(drafts.getByText(/is missing and required/)).toBeVisible();
      const discard = drafts.getByRole('button', { name: 'Discard “Half a report”' });
      await discard.click();
      await expect(drafts).toHaveCount(0);
      const dataSets = page.getByRole('dialog', { name: 'Data sets' });
      await dataSets.getByText('History', { exact: true }).click();
      await dataSets.getByRole('button', { name: 'Undo to here: Discard the draft “Half a report”' }).click();
      await discard.click();
      await page.getByRole('button', { name: 'Find earlier work…' }).click();
      const earlier = page.getByRole('dialog', { name: 'Earlier work' });
      await earlier.getByRole('searchbox').fill('half report');
      const found = earlier.getByRole('list', { name: 'Written with these words' });
      await expect(found.getByText(/^A draft that was discarded/)).toBeVisible();
      await found.getByRole('button', { name: 'Bring back “Half a report” as a draft' }).click();
      await expect(earlier.getByText('“Half a report” is among the drafts, under Data sets.')).toBeVisible();
    });

    test('earlier work: put aside, found, restored, deleted', async ({ page, served }) => {
      await openWithWork(page, served, [corrected()]);
      await openTool(page, 'Data sets');
      await page.getByRole('button', { name: 'Find earlier work…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Earlier work' });
      await expect(dialog.getByText(/open on this page .* 1 change, 1 sighting changed/)).toBeVisible();
      await dialog.getByRole('button', { name: /^Put aside/ }).click();
      await expect(dialog.getByText(/^put aside/)).toBeVisible();
      await dialog.getByRole('searchbox').fill('Losiny');
      await expect(dialog.getByRole('button', { name: /^Bring back “S-400 in the Losiny/ })).toBeVisible();
      await dialog.getByRole('button', { name: /^Restore/ }).click();
      await expect(dialog.getByText('The work is open again.', { exact: false })).toBeVisible();
      await dialog.getByRole('button', { name: /^Put aside/ }).click();
      await dialog.getByRole('button', { name: /^Delete “/ }).click();
      await dialog.getByRole('button', { name: 'Delete for ever' }).click();
      await dialog.getByRole('searchbox').fill('');
      await expect(dialog.getByText('Nothing is kept in this browser.')).toBeVisible();
    });

    test('a reader who changes nothing sees no more than the commands', async ({ page, served }) => {
      await openApp(page, served);
      await expect(page.getByText('Kept in this browser')).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Data sets' })).toHaveCount(0);
      if (isPhone) await page.getByRole('button', { name: 'Menu' }).click();
      for (const command of ['Open data', 'Add sighting', 'Export']) {
        await expect(page.getByRole('button', { name: command, exact: true })).toBeVisible();
      }
    });

    for (const dialog of ['layers', 'merge', 'recovery'] as const) {
      test(`the dialog ${dialog} is accessible`, async ({ page, served }) => {
        await openWithWork(page, served, [corrected()], layers());
        await openTool(page, 'Data sets (3)');
        if (dialog === 'layers') await page.getByRole('button', { name: /^Colour of “North/ }).click();
        if (dialog === 'merge') {
          await page.getByRole('button', { name: /^Merge “South desk” into “Air-/ }).click();
        }
        if (dialog === 'recovery') {
          await page.getByRole('button', { name: 'Find earlier work…' }).click();
          await page.getByRole('searchbox', { name: /^Words of/ }).fill('Losiny');
          await expect(page.getByRole('list', { name: 'Written with these words' })).toBeVisible();
        }
        await expectNoViolationsInDialog(page);
      });
    }
  });
}

test('earlier work: a saved copy is taken in, and restored', async ({ page, served }) => {
  await openWithWork(page, served, [corrected()]);
  await openTool(page, 'Data sets');
  await page.getByRole('button', { name: 'Find earlier work…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Earlier work' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /^Save a copy/ }).click();
  const copy = await (await download).path();
  await dialog.getByRole('button', { name: /^Put aside/ }).click();
  await dialog.getByRole('button', { name: /^Delete “/ }).click();
  await dialog.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(dialog.getByText('Nothing is kept in this browser.')).toBeVisible();
  const takeIn = dialog.getByLabel('Take in a saved copy…');
  await takeIn.setInputFiles({ name: 'no.journal', mimeType: '', buffer: Buffer.from('no journal') });
  await expect(dialog.getByText(/no changes that can be read/)).toBeVisible();
  await takeIn.setInputFiles(copy);
  await expect(dialog.getByText(/is taken in, among the works/)).toBeVisible();
  await dialog.getByRole('button', { name: /^Restore/ }).click();
  await expect(dialog.getByText('The work is open again.', { exact: false })).toBeVisible();
  await expect(page.getByText('Unsaved to file: 1 change')).toBeAttached();
});

test.describe('data at an address', () => {
  test.use({ allowedErrors: [/Failed to load resource.*404/] });

  test('earlier work of other data has a link that leads to it', async ({ page, served }) => {
    await openWithWork(page, served, [corrected()]);
    await replaceFile(page, 'mine.geojson', JSON.stringify({ type: 'FeatureCollection', features: [] }));
    await openApp(page, served, '?data=mine.geojson');
    await openTool(page, 'Data sets');
    await page.getByRole('button', { name: 'Find earlier work…' }).click();
    await page.getByRole('link', { name: 'Open the data of this map to go on with it' }).click();
    await expect(page.getByRole('button', { name: /^Undo: Correct/ })).toBeVisible();
    expect(new URL(page.url()).searchParams.has('data')).toBe(false);
  });
});

test('a merge of many lists some, and more when that is wanted', async ({ page, served }) => {
  const many = Array.from({ length: 205 }, (_, at) =>
    sampleSighting({ id: `seen-${at}`, title: `Seen as number ${at}` }),
  );
  await openWithWork(page, served, [], [opening('layer-a', 'North desk', 'teal', 1, many)]);
  await openTool(page, 'Data sets (2)');
  await page.getByRole('button', { name: /^Merge “North desk” into “Air-defence/ }).click();
  const differing = page.getByRole('region', { name: 'Sightings that differ' });
  await expect(differing.getByText(/^Seen as number \d+$/)).toHaveCount(200);
  await differing.getByRole('button', { name: 'List 5 more of 5' }).click();
  await expect(differing.getByText(/^Seen as number \d+$/)).toHaveCount(205);
  await expect(differing.getByRole('button', { name: /^List/ })).toHaveCount(0);
});

test('export of data sets that share ids asks for one of them', async ({ page, served }) => {
  await openWithWork(page, served, [], layers());
  await openTool(page, 'Export');
  const dialog = page.getByRole('dialog', { name: 'Export', exact: true });
  await expect(dialog.getByText(/sighting is in several data sets, such as “losiny-/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled();
  await dialog.getByLabel('Data set').selectOption({ label: 'North desk' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^north-desk-/);
  const { features } = JSON.parse(readFileSync(await file.path(), 'utf8')) as { features: Sighting[] };
  expect(features.map(({ id }) => id)).toEqual([PARK, 'seen-in-tver']);
});

test('the form adds to the data set that is chosen in it', async ({ page, served }) => {
  await openWithWork(page, served, [], layers());
  await openTool(page, 'Add sighting');
  const form = page.getByRole('region', { name: 'Add a sighting' });
  await form.getByLabel('Title', { exact: true }).first().fill('Seen in the south');
  await form.getByLabel('Data set').selectOption({ label: 'South desk' });
  await form.getByRole('button', { name: 'Close the form' }).click();
  await page.getByRole('button', { name: '1 draft' }).click();
  const drafts = page.getByRole('list', { name: 'Drafts' });
  await expect(drafts.getByText(/\d\d:\d\d\. For “South desk”\./)).toBeVisible();
});

test.describe('a copy of a work with opened data sets', () => {
  const title = 'Seen in Tver, on a second look';
  const inTver = () => {
    const after = { ...seenInTver, properties: { ...seenInTver.properties, title } };
    const texts = { before: JSON.stringify(seenInTver), after: JSON.stringify(after) };
    const record = { layer: 'layer-a', id: seenInTver.id, ...texts };
    const change = { note: `Correct “${title}”`, records: [record], layers: [] };
    return { kind: 'change', at: '2026-01-02T10:00:00.000Z', change } as const;
  };
  const takeIn = async (
    page: Page,
    files: Parameters<Locator['setInputFiles']>[0],
    way: 'chosen' | 'opened' = 'chosen',
  ) => {
    await openTool(page, 'Open data');
    const dialog = page.getByRole('dialog', { name: 'Earlier work' });
    if (way === 'opened') {
      await page.getByLabel('Choose files').setInputFiles(files);
      await page.getByRole('button', { name: 'Take it in' }).click();
    } else {
      await page.getByRole('button', { name: 'Earlier work, or a saved copy of it…' }).click();
      await dialog.getByLabel('Take in a saved copy…').setInputFiles(files);
    }
    await expect(dialog.getByText(/is taken in, among the works/)).toBeVisible();
    await dialog.getByRole('button', { name: /^Restore/ }).click();
    await expect(dialog.getByText('The work is open again.', { exact: false })).toBeVisible();
    return dialog;
  };

  test('brings these, and what was changed in them, to a browser that kept nothing', async ({
    page,
    served,
    browser,
  }) => {
    await openWithWork(page, served, [corrected(), inTver()], layers());
    await openTool(page, 'Data sets (3)');
    await page.getByRole('button', { name: 'Find earlier work…' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save a copy/ }).click();
    const copy = await download;
    expect(copy.suggestedFilename()).toMatch(/^sightings-work-[\d-]+\.zip$/);
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await openApp(other, served);
    const dialog = await takeIn(
      other,
      {
        name: 'work.zip',
        mimeType: '',
        buffer: readFileSync(await copy.path()),
      },
      'opened',
    );
    await dialog.getByRole('searchbox').fill('Tver second look');
    await expect(dialog.getByText('It stands on this page.')).toHaveCount(1);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
    await expect(other.getByText('12 of 12 sightings')).toBeVisible();
    await other.getByRole('searchbox', { name: 'Search sightings' }).fill('Tver second');
    const inList = other.getByRole('list', { name: 'Sightings' }).getByText(title, { exact: true });
    await expect(inList).toBeVisible();
    await elsewhere.close();
  });

  test('says what a journal alone lacks, and brings back what was changed as a draft', async ({
    page,
    served,
  }) => {
    await openApp(page, served);
    const [north] = layers();
    const records = await Promise.all([north?.entry, inTver()].map((one) => one && encodeRecord(one)));
    const journal = [await encodeHeader('of-another', 'built-in'), ...records];
    const buffer = Buffer.concat(journal.flatMap((line) => line ?? []));
    const dialog = await takeIn(page, { name: 'old.journal', mimeType: '', buffer });
    await expect(page.getByText('Open layer-a.geojson again.')).toBeAttached();
    await dialog.getByRole('searchbox').fill('Tver second look');
    await dialog.getByRole('button', { name: `Bring back “${title}” as a draft` }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await openTool(page, 'Data sets (2)');
    await expect(page.getByText('Its file is not there: open “layer-a.geojson” again')).toBeVisible();
    await expect(page.getByText(title, { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await openTool(page, 'Open data');
    await page.getByLabel('Choose files').setInputFiles({
      name: 'layer-a.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from(north?.bytes ?? []),
    });
    await page.getByRole('button', { name: 'Add data set' }).click();
    await expect(page.getByText('2 sightings added as “North desk”')).toBeVisible();
    await expect(page.getByText(/a data set whose file was missing, which is there again/)).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('10 of 10 sightings')).toBeVisible();
    await openTool(page, 'Data sets (2)');
    await expect(page.getByText('2 sightings · 1 unsaved')).toBeVisible();
    await expect(page.getByText('is gone from this browser')).toHaveCount(0);
  });

  test('says how far it is, and can be cancelled', async ({ page, served }) => {
    const large = opening('layer-a', 'North desk', 'teal', 1, [
      sampleSighting({ id: 'long', title: 'Long', verbatimLocality: 'x'.repeat(40e6) }),
    ]);
    // The worker waits for each slice, so that there is time for a person.
    await page.route('**/journal-worker-*.js', async (route) => {
      const response = await route.fetch();
      const slow =
        'const read=Blob.prototype.arrayBuffer;Blob.prototype.arrayBuffer=async function(){await new Promise(r=>setTimeout(r,1500));return read.call(this)};';
      await route.fulfill({ response, body: slow + (await response.text()) });
    });
    await openWithWork(page, served, [], [large]);
    await openTool(page, 'Data sets (2)');
    await page.getByRole('button', { name: 'Find earlier work…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Earlier work' });
    await dialog.getByRole('button', { name: /^Save a copy/ }).click();
    const progress = dialog.getByRole('progressbar', { name: 'Copying the work' });
    await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await expect(dialog.getByText('Copying the work is not finished.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog.getByText('Copying the work was cancelled.')).toBeVisible();
    await expect(progress).toHaveCount(0);
    await expect(dialog.getByRole('button', { name: /^Save a copy/ })).toBeEnabled();
  });
});
