import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { unzipWithin } from '../../src/io/archive';
import { joinBytes } from '../../src/io/join-bytes';
import { exportChunks } from '../../src/io/export';
import { readSightings } from '../../src/io/geojson';
import { seededFile, seededSystems } from '../bench/seeded';
import { geoBytes, geoContext } from '../unit/fixtures';
import { clickAtRest, expect, openApp, replaceFile, test } from './app';
import { expectNoViolationsInDialog, openTool } from './axe';
import { DEVICES } from './devices';
import { dialogOf, drop, pick } from './opening';

test.use({ hasMap: false }); // dialogs and the list alone

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export', exact: true });
const TITLE = 'air-defence-systems-reported-in-and-around-moscow-january-2023';

async function openExport(page: Page): Promise<void> {
  await openTool(page, 'Export');
  await expect(dialog(page)).toBeVisible();
}

/** Chooses a format, downloads the file and gives it. */
async function exportAs(page: Page, format: string): Promise<{ name: string; bytes: Uint8Array }> {
  await dialog(page).getByRole('radio', { name: format }).check();
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Download' }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test('gives every format, each named by title and day, and GeoJSON as it came', async ({ page, served }) => {
  await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
  await openApp(page, served);
  await openExport(page);
  await expect(dialog(page)).toContainText(
    `8 sightings, ${(geoBytes('sightings.geojson').length / 1e3).toFixed(1)} kB`,
  );
  const geojson = await exportAs(page, 'GeoJSON .geojson The data');
  expect(geojson.name).toBe(`${TITLE}-2026-11-25.geojson`);
  expect(text(geojson.bytes)).toBe(text(geoBytes('sightings.geojson')));
  await expect(dialog(page)).toContainText(`Saved ${geojson.name}`);

  const csv = await exportAs(page, 'CSV table');
  expect(csv.name).toBe(`${TITLE}-2026-11-25.csv`);
  expect(text(csv.bytes)).toMatch(/^id,title,system,.*\r\nlosiny-ostrov-s400,/);

  const kml = await exportAs(page, 'KML');
  expect(text(kml.bytes).match(/<Placemark/g)).toHaveLength(8);
  await expect(dialog(page)).toContainText('Circles of uncertainty are not drawn');

  const styled = await exportAs(page, 'Styled GeoJSON');
  expect(styled.name).toBe(`${TITLE}-styled-2026-11-25.geojson`);
  expect(text(styled.bytes)).toContain('"marker-color"');
  await expect(dialog(page)).toContainText('It is not the contract');

  const zip = await exportAs(page, 'Zip archive');
  const files = unzipWithin(zip.bytes);
  for (const name of [
    'sightings.geojson',
    'systems.json',
    'reference-points.geojson',
    'sighting.schema.json',
  ])
    expect(text(files.get(name))).toBe(text(geoBytes(name)));
  expect(text(files.get('README.txt'))).toContain('8 of 8');
  expect(files.has('own-reference-points.geojson')).toBe(false);
});

test('has what the filters show and what distances are reported to, or that alone, or all', async ({
  page,
  served,
}) => {
  await openApp(page, served, '?confidence=high,low');
  await openExport(page);
  await expect(dialog(page).getByRole('radio', { name: /^As filtered/ })).toBeChecked();
  const linked = await exportAs(page, 'GeoJSON .geojson The data');
  expect(readSightings(linked.bytes, geoContext())).toMatchObject({ accepted: 5, rejected: 0 });
  await dialog(page)
    .getByRole('checkbox', { name: /^Also the one left out/ })
    .uncheck();
  const { name, bytes } = await exportAs(page, 'GeoJSON .geojson The data');
  const { table } = readSightings(bytes, {}); // a distance leads to a sighting that is left out
  const levels = Array.from({ length: table.length }, (_, row) => table.confidenceOf(row));
  expect(levels.length).toBe(4);
  expect(levels).not.toContain('moderate');
  expect(name).toContain('-filtered-');
  const readme = unzipWithin((await exportAs(page, 'Zip archive')).bytes).get('README.txt');
  expect(text(readme)).toContain('4 of 8');
  expect(text(readme)).toMatch(/Chosen by: .*High/);
  expect(text(readme)).toContain('?confidence=high,low');
  await dialog(page).getByRole('radio', { name: /^All/ }).check();
  const all = await exportAs(page, 'GeoJSON .geojson The data');
  expect(readSightings(all.bytes, geoContext()).accepted).toBe(8);
  expect(all.name).not.toContain('-filtered-');
});

test('an archive has the reader’s own reference points in a file of their own', async ({ page, served }) => {
  await page.addInitScript(() => {
    const properties = { name: 'Desk', coordinateUncertaintyInMeters: 10, georeferenceRemarks: 'Made up.' };
    const geometry = { type: 'Point', coordinates: [37.6, 55.7] };
    const features = [{ type: 'Feature', id: 'own-desk', geometry, properties }];
    localStorage.setItem('sighting-map/points', JSON.stringify({ type: 'FeatureCollection', features }));
  });
  await openApp(page, served);
  await openExport(page);
  await expect(dialog(page)).toContainText('Your own reference points (1) will be in it.');
  const files = unzipWithin((await exportAs(page, 'Zip archive')).bytes);
  expect(text(files.get('own-reference-points.geojson'))).toContain('"own-desk"');
  expect(text(files.get('reference-points.geojson'))).toBe(text(geoBytes('reference-points.geojson')));
});

test.describe('when a file is missing', () => {
  test.use({ allowedErrors: [/ERR_FAILED/] });

  test('says in words why there is no archive', async ({ page, served }) => {
    await openApp(page, served);
    await page.route('**/systems.json', (route) => route.abort());
    await openExport(page);
    await dialog(page).getByRole('radio', { name: 'Zip archive' }).check();
    await dialog(page).getByRole('button', { name: 'Download' }).click();
    await expect(dialog(page).getByRole('alert')).toContainText(
      /The file could not be made\. .*systems\.json/,
    );
  });
});

for (const [format, said] of [
  ['CSV table', /^CSV table\./],
  ['KML', /^KML\./],
  ['Zip archive', /^GeoJSON\. It is “sightings\.geojson” of the archive/],
] as const) {
  for (const way of ['picker', 'drop'] as const) {
    test(`${format} is opened again by ${way}, with all that was in it`, async ({ page, served }) => {
      await openApp(page, served);
      await openExport(page);
      const { name, bytes } = await exportAs(page, format);
      await dialog(page).getByRole('button', { name: 'Close' }).last().click();
      const buffer = Buffer.from(bytes);
      if (way === 'picker') await pick(page, { name, mimeType: '', buffer });
      else await drop(page, name, buffer);
      await expect(dialogOf(page).getByText(said)).toBeVisible();
      await clickAtRest(dialogOf(page).getByRole('button', { name: 'Add data set' }));
      await expect(dialogOf(page).getByText('8 sightings of it have the same id as in')).toBeVisible();
      await dialogOf(page)
        .getByRole('button', { name: /^Compare and merge with/ })
        .click();
      const merge = page.getByRole('dialog', { name: 'Merge' });
      await expect(merge.locator('dl > div').filter({ hasText: 'The same' }).locator('dd')).toHaveText('8');
    });
  }
}

test('a long export can be cancelled, and the page goes on meanwhile', async ({ page, served }) => {
  await replaceFile(page, 'sightings.geojson', Buffer.from(seededFile(60_000)));
  await replaceFile(page, 'systems.json', seededSystems());
  await openApp(page, served);
  await openExport(page);
  await expect(dialog(page)).toContainText('60,000 sightings');
  await dialog(page).getByRole('radio', { name: 'CSV table' }).check();
  await expect(dialog(page)).toContainText(/about [\d.]+ MB/);
  await dialog(page).getByRole('button', { name: 'Download' }).click();
  await expect(dialog(page).getByRole('progressbar', { name: 'Writing the file' })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page)).toContainText('Cancelled. Nothing was saved.');
  const { bytes } = await exportAs(page, 'CSV table');
  expect(text(bytes).match(/\r\n/g)).toHaveLength(60_001);
});

for (const device of DEVICES) {
  test.describe(device.name, () => {
    test.use(device.use);

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served, '?confidence=high');
      await openExport(page);
      await exportAs(page, 'KML');
      await expect(dialog(page)).toContainText('Saved');
      await expectNoViolationsInDialog(page);
    });
  });
}

test('gives 20,000 sightings in the order of their ids, byte for byte what they are without the page', async ({
  page,
  served,
}) => {
  const { features, ...collection } = JSON.parse(text(seededFile(20_000))) as { features: object[] };
  const file = new TextEncoder().encode(JSON.stringify({ ...collection, features: features.toReversed() }));
  await replaceFile(page, 'sightings.geojson', Buffer.from(file));
  await replaceFile(page, 'systems.json', seededSystems());
  await openApp(page, served);
  await openExport(page);
  const read = readSightings(file, {});
  const set = {
    ...read,
    rows: Uint32Array.from({ length: read.table.length }, (_, row) => row),
    systems: [],
  };
  for (const [name, format] of [
    ['GeoJSON .geojson The data', 'geojson'],
    ['CSV table', 'csv'],
  ] as const) {
    const { bytes } = await exportAs(page, name);
    const sorted = readSightings(joinBytes(await exportChunks('geojson', set)), {});
    const expected = joinBytes(await exportChunks(format, { ...set, ...sorted }));
    expect(Buffer.from(bytes).equals(expected), name).toBe(true);
  }
});
