import { readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Sighting } from '../../src/domain/sighting';
import { writeCsv } from '../../src/io/flat-csv';
import { sampleSighting } from '../unit/sample';
import { expect, openApp, replaceFile, test } from './app';
import { SCREENS, expectNoViolations, expectNoViolationsInDialog } from './axe';
import { LACKING, bytesOf, dialogOf, drop, fillIn, openDialog, pathOf, pick } from './opening';

test.use({ hasMap: false }); // dialogs and the list alone

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** The sightings that come with the app, as a desk has them that puts the latitude first. */
function withAxesSwapped(): string {
  const text = readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8');
  return text.replace(/\[(-?[\d.]+), ?(-?[\d.]+)\]/g, '[$2,$1]');
}

/** Eight sightings in one town, the last two of which have latitude and longitude exchanged. */
function withTwoExchanged(): Buffer {
  const features = Array.from({ length: 8 }, (_, i) => {
    const [lng, lat] = [37.6 + (i % 3) / 100, 55.7];
    return sampleSighting({
      id: `s-${i}`,
      geometry: { type: 'Point', coordinates: i < 6 ? [lng, lat] : [lat, lng] },
    });
  });
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
}

/** All that a sighting needs, for files that lack one thing or another. */
const ALL = {
  'Date of the sighting': '2023-02-01',
  'Place in the report’s words': 'a park',
  'Uncertainty of the place': '500',
  ...LACKING,
};

const SIGHTINGS = ['ours.geojson', 'ours.geojson.gz'];
const FOREIGN: readonly (readonly [name: string, says: RegExp, row: RegExp, count: number])[] = [
  ['foreign.geojson', /^GeoJSON, 2 rows/, /Vehicle by the river/, 2],
  ['foreign.ndjson', /GeoJSON, one feature a line, 2 rows/, /Vehicle by the river/, 2],
  [
    'russian-windows-1251.csv',
    /CSV table, 2 rows.*windows-1251.*semicolons/,
    /Пусковая установка в парке/,
    2,
  ],
  ['places.tsv', /TSV table, 3 rows.*tabs/, /Launcher in the park/, 3],
  ['pins.kml', /KML, 2 rows/, /Launcher in the park/, 2],
  ['pins.kmz', /KMZ, 2 rows/, /Launcher in the park/, 2],
  ['waypoints.gpx', /GPX, 2 rows/, /Launcher in the park/, 2],
  ['places.xlsx', /Excel workbook, 2 rows/, /Launcher in the park/, 2],
];

for (const way of ['picker', 'drop'] as const) {
  const open = async (page: Page, name: string) => {
    if (way === 'picker') await pick(page, pathOf(name));
    else await drop(page, name, bytesOf(name));
  };

  for (const name of SIGHTINGS) {
    test(`${name} by ${way} becomes a data set of its own`, async ({ page, served }) => {
      await openApp(page, served);
      await open(page, name);
      await expect(dialogOf(page).getByText('2 sightings')).toBeVisible();
      await expect(dialogOf(page).getByLabel('Name of the data set')).toHaveValue('Sightings of February');
      await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
      await expect(dialogOf(page).getByText('2 sightings added as “Sightings of February”')).toBeVisible();
      await dialogOf(page).getByRole('button', { name: 'Done' }).click();
      await expect(page.getByText('10 of 10 sightings')).toBeVisible();
      await expect(page.getByRole('button', { name: /Launcher in North Park/ })).toBeVisible();
    });
  }

  for (const [name, says, row, count] of FOREIGN) {
    test(`${name} by ${way} is read, shown as it would become, and becomes a data set`, async ({
      page,
      served,
    }) => {
      await openApp(page, served);
      await open(page, name);
      const dialog = dialogOf(page);
      await expect(dialog.getByText(says)).toBeVisible();
      const preview = dialog.getByRole('region', { name: 'Preview' });
      await expect(preview.getByRole('cell', { name: row }).first()).toBeVisible();
      await fillIn(page, ALL);
      await dialog.getByRole('button', { name: 'Add data set' }).click();
      await expect(dialog.getByText(new RegExp(`^${count} sightings added as`))).toBeVisible();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByText(`${8 + count} of ${8 + count} sightings`)).toBeVisible();
      await expect(page.getByRole('list', { name: 'Sightings' }).getByText(row).first()).toBeVisible();
    });
  }
}

test('a Russian table in windows-1251 needs nothing to be said', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('russian-windows-1251.csv'));
  await expect(dialogOf(page).getByText('2 sightings, 0 drafts, 0 set aside.')).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
  await expect(dialogOf(page).getByText('2 sightings added as “russian-windows-1251”')).toBeVisible();
});

test('the table is read anew with another encoding, and nothing is lost by a wrong one', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  await pick(page, pathOf('russian-windows-1251.csv'));
  const dialog = dialogOf(page);
  await expect(dialog.getByLabel('Encoding').locator('option:checked')).toHaveText(
    'Cyrillic (windows-1251), as found',
  );
  await expect(dialog.getByLabel('Cells are parted by').locator('option:checked')).toHaveText(
    'semicolons, as found',
  );
  await dialog.getByLabel('Encoding').selectOption('koi8-r');
  await expect(dialog.getByRole('cell', { name: /Пусковая/ })).toHaveCount(0);
  await dialog.getByLabel('Encoding').selectOption('windows-1251');
  await expect(dialog.getByRole('cell', { name: /Пусковая/ }).first()).toBeVisible();
  await dialog.getByLabel('Cells are parted by').selectOption(',');
  await expect(dialog.getByText('Cells are parted by semicolons.')).toHaveCount(0);
});

test('the mapping can be made by keyboard alone', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('places.xlsx'));
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('heading', { name: 'places.xlsx' })).toBeFocused();
  await expect(dialog.getByText('0 sightings, 2 drafts')).toBeVisible();
  const values = [
    '500',
    'low',
    'A list of a reader.',
    'A reader',
    '2023-02-05',
    'A reader',
    'Seen by a reader.',
  ];
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Row of the column names')).toBeFocused();
  await page.keyboard.press('Tab');
  for (const value of values) {
    await page.keyboard.type('One value');
    await page.keyboard.press('Tab');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
  }
  await expect(dialog.getByText('2 sightings, 0 drafts')).toBeVisible();
  await dialog.getByLabel('Name of the data set').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('By a reader');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('2 sightings added as “By a reader”')).toBeVisible();
});

test('each of twenty thousand columns can be chosen, though none is offered before somebody looks', async ({
  page,
  served,
}) => {
  const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`);
  const table = `lat,lng,${names.join()}\n55.7,37.6,${names.map((name) => `of ${name}`).join()}\n`;
  await openApp(page, served);
  await pick(page, { name: 'wide.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  const choice = dialogOf(page).getByLabel('Title', { exact: true });
  await expect(choice.locator('option')).toHaveCount(2);
  await expect(dialogOf(page).getByText('and 19,950 others')).toBeVisible();
  await choice.focus();
  await choice.selectOption('c19999');
  await expect(dialogOf(page).getByRole('cell', { name: 'of c19999' })).toBeVisible();
});

test('swapped latitude and longitude are noticed, and mended by one click', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('swapped.csv'));
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/2 of 2 places lie outside/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Swap latitude and longitude' }).click();
  await expect(dialog.getByText(/2 of 2 places lie outside/)).toBeHidden();
  await expect(dialog.getByLabel('Latitude and longitude stand in each other’s place')).toBeChecked();
  await expect(dialog.getByRole('cell', { name: '43.1, 131.9' })).toBeVisible();
});

test('rows that alone have latitude and longitude swapped are noticed, and mended by a click each', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  const right = Array.from({ length: 8 }, (_, i) => `Seen ${i},2023-01-19,55.7${i},37.6${i}`);
  const there = ['Seen there,2023-01-19,37.54,55.79', 'In Tehran,2023-01-19,36.7,54.4'];
  const table = ['title,date,lat,lon', ...there, ...right].join('\n');
  await pick(page, { name: 'one-row.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/^2 places seem to have latitude and longitude exchanged: /)).toBeVisible();
  const first = dialog.getByLabel('line 2: latitude 37.54, longitude 55.79');
  const second = dialog.getByLabel('line 3: latitude 36.7, longitude 54.4');
  await first.check();
  await expect(dialog.getByRole('cell', { name: '55.79, 37.54' })).toBeVisible();
  await expect(dialog.getByRole('cell', { name: '36.7, 54.4' })).toBeVisible();
  await first.uncheck();
  await expect(dialog.getByRole('cell', { name: '37.54, 55.79' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Exchange all' }).click();
  await expect(dialog.getByRole('cell', { name: '54.4, 36.7' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Exchange none' }).click();
  await expect(second).not.toBeChecked();
  await expect(dialog.getByRole('cell', { name: '36.7, 54.4' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep as drafts' }).click();
  await expect(dialog.getByText(/latitude 37\.54, longitude 55\.79 lies far from/)).toBeAttached();
});

test('swapped latitude and longitude of sightings are noticed, and mended by one click', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  const buffer = Buffer.from(withAxesSwapped());
  await pick(page, { name: 'swapped.geojson', mimeType: 'application/geo+json', buffer });
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/^None of \d places lies near what the map shows already\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Swap latitude and longitude' }).click();
  await expect(dialog.getByText('Latitude and longitude of the file are swapped.')).toBeVisible();
  await expect(dialog.getByText(/^\d mends, to be read in the report/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText(/latitude and longitude were swapped/).first()).toBeVisible();
  await expect(dialog.getByText('Save writes what was mended into it.')).toBeVisible();
});

test('sightings that alone have them swapped are noticed before they are added, and mended by a click each', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  await pick(page, { name: 'one.geojson', mimeType: 'application/geo+json', buffer: withTwoExchanged() });
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/^2 places seem to have latitude and longitude exchanged: /)).toBeVisible();
  await dialog.getByLabel('s-6: latitude 37.6, longitude 55.7').check();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText(/s-6: latitude and longitude were swapped/)).toBeAttached();
  await expect(dialog.getByText(/latitude 37\.61, longitude 55\.7 lies far from/)).toBeAttached();
});

test('features of something else among sightings wait for a mapping where somebody wants that', async ({
  page,
  served,
}) => {
  const other = (name: string) => {
    const geometry = { type: 'Point', coordinates: [37.6, 55.7] };
    return { type: 'Feature', geometry, properties: { headline: name } };
  };
  const ours = ['one', 'two', 'three'].map((id) => sampleSighting({ id }));
  const features = [...ours, other('A launcher by the river'), other('A radar')];
  const buffer = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
  await openApp(page, served);
  await pick(page, { name: 'mixed.geojson', mimeType: 'application/geo+json', buffer });
  const dialog = dialogOf(page);
  await expect(dialog.getByText('2 features are incomplete: kept as drafts')).toBeVisible();
  await dialog.getByRole('button', { name: 'Say what their fields mean' }).click();
  const preview = dialog.getByRole('region', { name: 'Preview' });
  // What stays as it is need not be looked at.
  await expect(preview.locator('tbody')).toHaveCount(2);
  await expect(preview.getByRole('cell', { name: 'A radar' }).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep the others as drafts instead' }).click();
  await dialog.getByRole('button', { name: 'Say what their fields mean' }).click();
  await fillIn(page, ALL);
  await expect(dialog.getByText('5 sightings, 0 drafts, 0 set aside.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText(/^5 sightings added as/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Unsaved to file: 5 changes')).toBeVisible();
});

test('sightings in collections one behind the other are shown, and nothing is asked about them', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  const line = (id: string) =>
    JSON.stringify({ type: 'FeatureCollection', features: [sampleSighting({ id, title: `At ${id}` })] });
  await drop(page, 'several.geojson', Buffer.from(`${line('one')}\n${line('two')}`));
  const dialog = dialogOf(page);
  await expect(dialog.getByText('2 sightings, 0 drafts, 0 set aside.')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /At one/ })).toContainText('Sighting');
  await expect(dialog.getByText('Needed, and not found in the file')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(page.getByText('10 of 10 sightings')).toBeVisible();
});

test('what was mended of a packed file stands in no file yet', async ({ page, served }) => {
  const text = withAxesSwapped();
  const buffer = gzipSync(text);
  await openApp(page, served);
  await pick(page, { name: 'swapped.geojson.gz', mimeType: 'application/gzip', buffer });
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Swap latitude and longitude' }).click();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText('Save writes a GeoJSON file with what was mended.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/^Unsaved to file: \d changes/)).toBeVisible();
});

test('rings that are open, turn the wrong way or cross the antimeridian are mended, and it is told', async ({
  page,
  served,
}) => {
  const ring = (lng: number) => [
    [lng, 65.1],
    [lng, 65.2],
    [lng + 0.2, 65.2],
    [lng + 0.2, 65.1],
  ];
  const area = (id: string, ring: number[][]) =>
    sampleSighting({ id, geometry: { type: 'Polygon', coordinates: [ring] } });
  const features = [
    area('crossing', [...ring(179.9), [179.9, 65.1]].toReversed()),
    area('open', ring(37).toReversed()),
    area('turned', [...ring(37), [37, 65.1]]),
  ];
  const text = JSON.stringify({ type: 'FeatureCollection', features });
  await openApp(page, served);
  await pick(page, { name: 'rings.geojson', mimeType: '', buffer: Buffer.from(text) });
  await expect(dialogOf(page).getByText('3 sightings')).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
  const mends = dialogOf(page).getByRole('list', { name: 'Mended' });
  await expect(mends.getByText('crossing: the area was cut at the antimeridian')).toBeVisible();
  await expect(mends.getByText('open: the ring was closed')).toBeVisible();
  await expect(mends.getByText('turned: the ring was turned counter-clockwise')).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('11 of 11 sightings')).toBeVisible();
});

test('a date that can be read in two ways is asked about', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('doubtful-dates.csv'));
  const order = dialogOf(page).getByRole('group', { name: 'Dates such as 03/04/2023' });
  await order.getByLabel('month first').check();
  await expect(dialogOf(page).getByRole('cell', { name: '2023-03-04' })).toBeVisible();
  await order.getByLabel('day first').check();
  await expect(dialogOf(page).getByRole('cell', { name: '2023-04-03' })).toBeVisible();
});

test('incomplete rows become drafts, and the report of it all can be saved and read', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  await pick(page, {
    name: 'mixed.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'title,date,place,lat,lon\nGood,2023-02-01,park,55.9,37.5\nNo date,,park,55.8,37.5\nToo many,2023-02-01,a,b,c,55,37\n',
    ),
  });
  await fillIn(page, { 'Uncertainty of the place': '500', ...LACKING });
  const dialog = dialogOf(page);
  await expect(dialog.getByText('1 sighting, 1 draft, 1 set aside.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText('1 draft kept, to be completed.')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Incomplete' })).toContainText(
    'line 3: Date of the sighting is missing',
  );
  await expect(dialog.getByRole('list', { name: 'Set aside' })).toContainText('line 4: has 7 cells');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save report' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('mixed-csv-import-report.txt');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('Accepted: 1\n');
  expect(text).toContain('"title":"No date"');
  expect(text).toContain('Too many,2023-02-01,a,b,c,55,37');
  await dialog.getByRole('button', { name: 'Complete the first draft' }).click();
  await expect(dialog).toBeHidden();
});

test('nothing is added when nothing is accepted, and the drafts are kept', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('places.tsv'));
  await dialogOf(page).getByRole('button', { name: 'Keep as drafts' }).click();
  await expect(dialogOf(page).getByText('Nothing was added from places.tsv')).toBeVisible();
  await expect(dialogOf(page).getByText('3 drafts kept')).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
});

test('several files are opened one after another; the same ids are offered to be merged', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  await pick(page, [pathOf('ours.geojson'), pathOf('ours.geojson.gz')]);
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await dialog.getByRole('button', { name: 'Go on with ours.geojson.gz' }).click();
  await dialog.getByLabel('Name of the data set').fill('The same');
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(
    dialog.getByText('2 sightings of it have the same id as in “Sightings of February”.'),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Compare and merge with “Sightings of February”' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByText('12 of 12 sightings')).toBeVisible();
});

test('text that is pasted on the page is opened; text in a field is not', async ({ page, served }) => {
  await openApp(page, served);
  await paste(page, readFileSync(pathOf('ours.geojson'), 'utf8'));
  await expect(dialogOf(page).getByText('2 sightings')).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Back' }).click();
  await dialogOf(page).getByLabel('Text of a file').fill('title\tdate\nLauncher\t2023-02-01\n');
  await dialogOf(page).getByRole('button', { name: 'Open text' }).click();
  await expect(dialogOf(page).getByRole('cell', { name: 'Launcher' })).toBeVisible();
});

test('reading a big file can be cancelled, and leaves nothing behind', async ({ page, served }, info) => {
  await openApp(page, served);
  const feature = readFileSync(pathOf('ours.geojson'), 'utf8').split('\n')[1]?.replace(/,$/, '') ?? '';
  const lines = Array.from({ length: 75_000 }, (_, i) => feature.replace('north-park', `park-${i}`));
  const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
  expect(text.length).toBeGreaterThan(30e6);
  const path = info.outputPath('big.geojson');
  writeFileSync(path, text);
  await pick(page, path);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('progressbar', { name: 'Reading big.geojson' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByLabel('Choose files')).toBeAttached();
  const readers = () => page.workers().filter((worker) => worker.url().includes('import-worker')).length;
  await expect.poll(readers).toBe(0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
});

const BROKEN: readonly (readonly [name: string, content: string | Buffer, says: RegExp])[] = [
  ['empty.geojson', '', /empty/],
  ['page.geojson', '<!doctype html><p>Sign in</p>', /web page/],
  ['other.json', '{"sightings": 3}', /no GeoJSON/],
  ['empty.csv', '\n\n', /empty|blank/],
  ['cut.kml', '<kml><Document><Placemark><name>A</name><Poi', /breaks off|not well|is not|broken|closed/],
  ['cut.gpx', '<gpx><wpt lat="55"', /breaks off|not well|is not|broken|closed/],
  ['cut.kmz', bytesOf('pins.kmz').subarray(0, 200), /archive|zip|complete/i],
  ['cut.xlsx', bytesOf('places.xlsx').subarray(0, 900), /archive|zip|complete|spreadsheet/i],
  [
    'commented.geojson',
    '// exported by a tool\n{"type":"FeatureCollection","features":[]}',
    /On line 1 stands "\/\/ exported by a tool" before the GeoJSON, which begins on line 2: remove/,
  ],
  [
    'picture.csv',
    Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${'\x95\0;\x81'.repeat(999)}`, 'latin1'),
    /a PNG picture, although its name ends in \.csv: open the data itself/,
  ],
  ['cut.geojson.gz', bytesOf('ours.geojson.gz').subarray(0, 100), /gzip|breaks off|complete/i],
];

for (const [name, content, says] of BROKEN) {
  test(`${name} cannot be opened, and why is said`, async ({ page, served }) => {
    await openApp(page, served);
    await pick(page, { name, mimeType: '', buffer: Buffer.from(content) });
    await expect(dialogOf(page).getByRole('alert')).toContainText(says);
    await dialogOf(page).getByRole('button', { name: 'Choose another' }).click();
    await expect(dialogOf(page).getByLabel('Choose files')).toBeAttached();
  });
}

test('what is broken says so when it is dropped, and what is open stays as it is', async ({
  page,
  served,
}) => {
  await openApp(page, served, '?sighting=losiny-ostrov-s400');
  for (const [name, content, says] of BROKEN) {
    await drop(page, name, Buffer.from(content));
    await expect(dialogOf(page).getByRole('alert')).toContainText(says);
    await expect(dialogOf(page).getByRole('heading', { name: `“${name}” cannot be opened` })).toBeVisible();
    await dialogOf(page).getByRole('button', { name: 'Close' }).click();
    await expect(page.locator('dialog')).toHaveCount(0);
  }
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Data sets/ })).toBeHidden();
});

test.describe('a reader that cannot be loaded', () => {
  test.use({ allowedErrors: [/Failed to load|404|import-worker/] });
  test('is said', async ({ page, served }) => {
    await openApp(page, served);
    await page.route(/import-worker.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
    await pick(page, pathOf('ours.geojson'));
    await expect(dialogOf(page).getByRole('alert')).toContainText('its part of the app could not be loaded');
  });
});

for (const [name, screen] of Object.entries(SCREENS)) {
  test.describe(`on a ${name}`, () => {
    test.use(screen);

    test('choice of files has no violations', async ({ page, served }) => {
      await openApp(page, served);
      await openDialog(page);
      await expectNoViolationsInDialog(page);
    });

    test('the mapping has no violations', async ({ page, served }) => {
      await openApp(page, served);
      await pick(page, pathOf('swapped.csv'));
      await dialogOf(page).getByText('What else a sighting can have').click();
      await fillIn(page, LACKING);
      await expectNoViolationsInDialog(page);
    });

    test('the report has no violations', async ({ page, served }) => {
      await openApp(page, served);
      await pick(page, pathOf('places.tsv'));
      await fillIn(page, LACKING);
      await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
      await expect(dialogOf(page).getByText('1 sighting added as “places”')).toBeVisible();
      await expectNoViolationsInDialog(page);
    });
  });
}

test.describe('on a phone', () => {
  test.use(SCREENS.phone);
  test('a table becomes a data set', async ({ page, served }) => {
    await openApp(page, served);
    await pick(page, pathOf('places.tsv'));
    await fillIn(page, { 'Uncertainty of the place': '500', ...LACKING });
    await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
    await expect(dialogOf(page).getByText('3 sightings added as “places”')).toBeVisible();
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('11 of 11 sightings')).toBeVisible();
  });
});

/** A server of another origin. */
async function serve(files: Readonly<Record<string, Buffer>>, allows: boolean) {
  const server: Server = createServer((request, response) => {
    const body = files[request.url ?? ''];
    if (allows) response.setHeader('Access-Control-Allow-Origin', '*');
    response.statusCode = body ? 200 : 404;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, host: `127.0.0.1:${port}` };
}

test.describe('?data=', () => {
  test('says that latitude and longitude seem to be swapped, and swaps them', async ({ page, served }) => {
    await replaceFile(page, 'swapped.geojson', withAxesSwapped());
    await openApp(page, served, '?data=swapped.geojson');
    await expect(page.getByText(/None of \d places lies near what the map shows already\./)).toBeVisible();
    await page.getByRole('button', { name: 'Swap them' }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: 'Swap latitude and longitude' }).click();
    await expect(dialog.getByText(/was read from this file before: it is hidden when/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Add data set' }).click();
    await expect(dialog.getByText(/read from this file before, is hidden now/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Swap them' })).toHaveCount(0);
  });

  test('says so of a table of sightings, and offers to mend places that are off the Earth', async ({
    page,
    served,
  }) => {
    const { features } = JSON.parse(withAxesSwapped()) as { features: Sighting[] };
    await replaceFile(page, 'swapped.csv', [...writeCsv(features)].join(''));
    await openApp(page, served, '?data=swapped.csv');
    await expect(page.getByRole('button', { name: 'Swap them' })).toBeVisible();
    const far = sampleSighting({ geometry: { type: 'Point', coordinates: [53, 158.6] } });
    await replaceFile(page, 'far.geojson', JSON.stringify({ type: 'FeatureCollection', features: [far] }));
    await openApp(page, served, '?data=far.geojson');
    await page.getByRole('button', { name: 'See what can be mended' }).click();
    await dialogOf(page).getByRole('button', { name: 'Swap latitude and longitude' }).click();
    await expect(dialogOf(page).getByText('1 sighting', { exact: true })).toBeVisible();
  });

  test('says which places alone have them swapped, of sightings and of a table', async ({ page, served }) => {
    const said = /2 places seem to have latitude and longitude exchanged\./;
    await replaceFile(page, 'two.geojson', withTwoExchanged());
    await openApp(page, served, '?data=two.geojson');
    await expect(page.getByText(said)).toBeVisible();
    await page.getByRole('button', { name: 'See which' }).click();
    await expect(dialogOf(page).getByLabel('s-6: latitude 37.6, longitude 55.7')).toBeVisible();

    const { features } = JSON.parse(withTwoExchanged().toString()) as { features: Sighting[] };
    await replaceFile(page, 'two.csv', [...writeCsv(features)].join(''));
    await openApp(page, served, '?data=two.csv');
    await expect(page.getByText(said)).toBeVisible();
    await page.getByRole('button', { name: 'See which' }).click();
    await expect(dialogOf(page).getByLabel('s-7: latitude 37.61, longitude 55.7')).toBeVisible();
  });

  test.use({ hasMap: true });

  // Files that may stand beside the data are asked for, and a browser notes each that does not.
  test.use({ allowedErrors: [/Failed to load resource.*404/] });

  test('offers to say what the fields of features mean that are of something else', async ({
    page,
    served,
  }) => {
    const other = { type: 'Feature', geometry: null, properties: { headline: 'A radar' } };
    const features = [sampleSighting({ id: 'one' }), sampleSighting({ id: 'two' }), other];
    await replaceFile(page, 'mixed.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
    await openApp(page, served, '?data=mixed.geojson');
    await expect(page.getByText('1 feature is of something else than sightings.')).toBeVisible();
    await page.getByRole('button', { name: 'Say what their fields mean' }).click();
    await dialogOf(page).getByRole('button', { name: 'Say what its fields mean' }).click();
    await expect(dialogOf(page).getByRole('region', { name: 'Preview' })).toBeVisible();
  });

  test('opens a file beside the page, and keeps it in links; back and forward lead from data to data', async ({
    page,
    served,
  }) => {
    await replaceFile(page, 'mine/february.geojson', bytesOf('ours.geojson'));
    await openApp(page, served, '?data=mine/february.geojson');
    await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Sightings of February' })).toBeVisible();
    await page.getByRole('button', { name: /Launcher in North Park/ }).click();
    await expect(page).toHaveURL(/\?data=mine\/february\.geojson&sighting=north-park-s400/);
    await page.evaluate(() => {
      history.pushState(null, '', location.pathname);
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await page.goBack();
    await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    await expect(page.getByRole('dialog', { name: 'Sighting: Launcher in North Park' })).toBeVisible();
    await page.getByRole('link', { name: 'Show the built-in data' }).click();
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await expectNoViolations(page);
  });

  test('opens a table whose columns say all', async ({ page, served }) => {
    await replaceFile(page, 'table.csv', bytesOf('russian-windows-1251.csv'));
    await openApp(page, served, '?data=table.csv');
    await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    await expect(page.getByText('It was read as a CSV table: 2 rows.')).toBeVisible();
    await page.getByRole('button', { name: 'See or change its columns' }).click();
    await expect(dialogOf(page).getByRole('group', { name: 'Needed, and found in the file' })).toBeVisible();
    await expect(dialogOf(page)).toContainText('“Reported sightings” was read from this file before');
    await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
    await expect(dialogOf(page)).toContainText('“Reported sightings”, read from this file before, is hidden');
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await page.reload();
    await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Data sets (2)' })).toBeVisible();
  });

  test('asks what a table means that does not say it', async ({ page, served }) => {
    await replaceFile(page, 'table.tsv', bytesOf('places.tsv'));
    await openApp(page, served, '?data=table.tsv');
    await expect(dialogOf(page).getByRole('heading', { name: 'Needed, and not found' })).toHaveCount(0);
    await expect(
      dialogOf(page).getByRole('group', { name: 'Needed, and not found in the file' }),
    ).toBeVisible();
    await expect(page.getByText('0 of 0 sightings')).toBeVisible();
    await dialogOf(page).getByRole('button', { name: 'Keep as drafts' }).click();
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await page.reload();
    await expect(page.getByText('It was read here earlier, and has not changed since.')).toBeVisible();
    await expect(dialogOf(page)).toBeHidden();

    // Read again, the drafts are there once; rows that are complete become a data set.
    const again = page.getByRole('button', { name: 'See or change its columns' });
    await again.click();
    await dialogOf(page).getByRole('button', { name: 'Keep as drafts' }).click();
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('button', { name: '3 drafts' })).toBeVisible();
    await again.click();
    await fillIn(page, { 'Uncertainty of the place': '500', ...LACKING });
    await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('3 of 3 sightings')).toBeVisible();
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await replaceFile(
      page,
      'table.tsv',
      `${bytesOf('places.tsv').toString()}One more\t2023-02-05\tA\t55.1\t37\n`,
    );
    await page.reload();
    await expect(page.getByText(/The file has changed since it was read here/)).toBeVisible();
    await page.getByRole('button', { name: 'Read it anew' }).click();
    await expect(dialogOf(page)).toContainText('4 rows');
  });

  test.describe('that leads nowhere', () => {
    test.use({ allowedErrors: [/Failed to load resource|CORS|ERR_FAILED/] });

    test('says the address, and the page still works', async ({ page, served }) => {
      await openApp(page, served, '?data=gone.geojson');
      await expect(page.getByRole('alert')).toContainText(/gone\.geojson.*answers "404.*put the file at/);
      await expect(page.getByText('0 of 0 sightings')).toBeVisible();
      await pick(page, pathOf('ours.geojson'));
      await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
      await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    });

    test('that another site does not allow says so', async ({ page, served }) => {
      const { server, host } = await serve({ '/x.geojson': bytesOf('ours.geojson') }, false);
      await openApp(page, served, `?data=http://${host}/x.geojson`);
      await expect(page.getByRole('alert')).toContainText(`${host} has to send the header`);
      server.close();
    });

    test('another site that allows it is shown and named, with its own reference points', async ({
      page,
      served,
    }) => {
      const points = {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: 'old-mill',
            geometry: { type: 'Point', coordinates: [37.6, 55.7] },
            properties: {
              name: 'Old mill',
              coordinateUncertaintyInMeters: 50,
              georeferenceRemarks: 'Its roof.',
            },
          },
        ],
      };
      const { server, host } = await serve(
        {
          '/data/x.geojson': bytesOf('ours.geojson'),
          '/data/reference-points.geojson': Buffer.from(JSON.stringify(points)),
        },
        true,
      );
      await openApp(page, served, `?data=http://${host}/data/x.geojson`);
      await expect(page.getByText(`This data is from ${host}`)).toBeVisible();
      await page.getByRole('button', { name: /Launcher in North Park/ }).click();
      await expect(page.getByRole('table', { name: 'Distances to reference points' })).toContainText(
        'Old mill',
      );
      await expect(page.getByRole('alert')).toHaveCount(0);
      server.close();
    });
  });

  test('in a frame names its site, and says where the columns of a table are given a meaning', async ({
    page,
    served,
  }) => {
    const { server, host } = await serve(
      { '/x.geojson': bytesOf('ours.geojson'), '/x.tsv': bytesOf('places.tsv') },
      true,
    );
    await openApp(page, served, `?data=http://${host}/x.geojson&embed`);
    await expect(page.getByText('2 of 2 sightings')).toBeVisible();
    await expect(page.getByText(`Data from ${host}`)).toBeVisible();
    await openApp(page, served, `?data=http://${host}/x.tsv&embed`);
    await expect(page.getByText(/^What the columns of x\.tsv mean is not said yet/)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    server.close();
  });

  test.describe('that is no sighting data', () => {
    test('says why', async ({ page, served }) => {
      await replaceFile(page, 'odd.json', '{"a": 1}');
      await openApp(page, served, '?data=odd.json');
      await expect(page.getByRole('alert')).toContainText(/odd\.json.*no GeoJSON/);
    });
  });

  test('an address with a password is not followed', async ({ page, served }) => {
    await openApp(page, served, '?data=https://me:secret@example.org/x.geojson');
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await expect(page.getByText(/is not understood and left out/)).toBeVisible();
  });
});

test('a file in which nothing can be used is reported at once, with the reasons', async ({
  page,
  served,
}) => {
  await openApp(page, served);
  const meters = {
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
    features: [
      {
        type: 'Feature',
        properties: { name: 'A' },
        geometry: { type: 'Point', coordinates: [4e6, 7e6] },
      },
    ],
  };
  await pick(page, { name: 'metres.geojson', mimeType: '', buffer: Buffer.from(JSON.stringify(meters)) });
  await expect(
    dialogOf(page)
      .getByText(/WGS 84/)
      .first(),
  ).toBeVisible();
  await expect(dialogOf(page).getByRole('button', { name: 'Save report' })).toBeVisible();
});

test('of more incomplete rows than people go through, some become drafts, and the rest is told', async ({
  page,
  served,
}) => {
  const features = Array.from({ length: 503 }, (_, at) =>
    sampleSighting({ id: `row-${at}`, title: at === 0 ? 'Good' : '' }),
  );
  await openApp(page, served);
  await pick(page, {
    name: 'many.geojson',
    mimeType: '',
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
  });
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText('500 incomplete rows of 502 are kept as drafts')).toContainText(
    'The other 2 stand in the report alone: save it to keep them',
  );
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: '500 drafts' })).toBeVisible();
});

test('a distance to a sighting of another data set is no fault; one to nothing makes a draft', async ({
  page,
  served,
}) => {
  const to = (id: string, other: string) =>
    sampleSighting({
      id,
      title: `Near ${other}`,
      reportedDistances: [{ to: other, meters: 900, qualifier: 'about', source: 0 }],
    });
  const features = [to('a-partial', 'losiny-ostrov-s400'), to('b-partial', 'nowhere')];
  await openApp(page, served);
  await pick(page, {
    name: 'partial.geojson',
    mimeType: '',
    buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
  });
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(dialog.getByText('1 sighting added as “partial”')).toBeVisible();
  await expect(dialog.getByText(/measured to 1 sighting of “Air-defence.*” as well/)).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Incomplete' })).toContainText('"nowhere" is neither');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: /Near losiny/ }).click();
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  const form = page.getByRole('region', { name: 'Correct a sighting' });
  await form.getByLabel('Quantity').fill('2');
  await form.getByRole('button', { name: 'Save sighting' }).click();
  await expect(form).toBeHidden();
});

test('the sheet of a workbook is chosen, and the row that names its columns', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('two-sheets.xlsx'));
  const dialog = dialogOf(page);
  const sheet = dialog.getByLabel('Sheet', { exact: true });
  await expect(sheet.locator('option:checked')).not.toHaveText('Notes'); // the one with sightings is read first
  await sheet.selectOption('Notes');
  await expect(dialog.getByText('The sheet “Notes” was read.', { exact: false })).toBeVisible();
  await sheet.selectOption({ index: 1 });
  await expect(dialog.getByText('Excel workbook, 2 rows', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('cell', { name: 'Launcher in the park' }).first()).toBeVisible();
  const row = dialog.getByLabel('Row of the column names');
  await expect(row).toHaveValue('1');
  await row.fill('0');
  await row.press('Enter');
  await expect(dialog.getByText('Excel workbook, 3 rows', { exact: false })).toBeVisible();
  await expect(sheet.locator('option:checked')).not.toHaveText('Notes');
});

test('the dialog asks before it closes over a mapping, or over files that wait', async ({ page, served }) => {
  await openApp(page, served);
  await pick(page, pathOf('places.tsv'));
  const dialog = dialogOf(page);
  const title = dialog.getByLabel('Confidence', { exact: true });
  await title.selectOption({ label: 'One value for all' });
  await page.mouse.click(2, 2);
  await expect(dialog.getByRole('button', { name: 'Go on with it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title.locator('option:checked')).toHaveText('One value for all');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  await expect(title.locator('option:checked')).toHaveText('One value for all');
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog.getByText('“places.tsv” is not added yet')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close without it' }).click();
  await expect(dialog).toBeHidden();
  const broken = { name: 'broken.kmz', mimeType: '', buffer: Buffer.from('PK') };
  await pick(page, [broken, { ...broken, name: 'broken-too.kmz' }]);
  await expect(dialog.getByText('“broken.kmz” cannot be opened')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog.getByText('1 more file would not be opened.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Go on with it' }).click();
  await dialog.getByRole('button', { name: 'Go on with broken-too.kmz' }).click();
  await expect(dialog.getByText('“broken-too.kmz” cannot be opened')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
