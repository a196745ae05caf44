import { readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, openApp, replaceFile, test } from './app';
import { SCREENS, expectNoViolations, expectNoViolationsInDialog, openTool } from './axe';

const folder = new URL('../fixtures/open/', import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, folder));
const bytesOf = (name: string) => readFileSync(new URL(name, folder));

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Open data' });

async function openDialog(page: Page): Promise<void> {
  await openTool(page, 'Open data');
  await expect(dialogOf(page)).toBeVisible();
}

async function pick(page: Page, ...files: Parameters<ReturnType<Page['locator']>['setInputFiles']>) {
  await openDialog(page);
  await dialogOf(page)
    .getByLabel('Choose files')
    .setInputFiles(...files);
}

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, base64]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name));
      return data;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop files to open them')).toBeVisible();
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop files to open them')).toBeHidden();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** Says once for all what the small tables of the tests lack. */
async function fillIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await dialogOf(page).getByLabel(label, { exact: true }).selectOption({ label: 'One value for all' });
    const field = dialogOf(page).getByLabel(`${label}: value for all`);
    if (label === 'Confidence') await field.selectOption(value);
    else await field.fill(value);
  }
}

const LACKING = {
  Confidence: 'low',
  'Basis of the confidence': 'A list of a reader.',
  'Publisher of the source': 'A reader',
  'Date of publication': '2023-02-05',
  'Origin of the information': 'A reader',
  'What the source says': 'Seen by a reader.',
};

const SIGHTINGS = ['ours.geojson', 'ours.geojson.gz'];
const FOREIGN: readonly (readonly [name: string, says: RegExp, row: RegExp])[] = [
  ['foreign.geojson', /^GeoJSON, 2 rows/, /Vehicle by the river/],
  ['foreign.ndjson', /GeoJSON, one feature a line, 2 rows/, /Vehicle by the river/],
  ['russian-windows-1251.csv', /CSV table, 2 rows.*windows-1251.*semicolons/, /Пусковая установка в парке/],
  ['places.tsv', /TSV table, 3 rows.*tabs/, /Launcher in the park/],
  ['pins.kml', /KML, 2 rows/, /Launcher in the park/],
  ['pins.kmz', /KMZ, 2 rows/, /Launcher in the park/],
  ['waypoints.gpx', /GPX, 2 rows/, /Launcher in the park/],
  ['places.xlsx', /Excel workbook, 2 rows/, /Launcher in the park/],
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

  for (const [name, says, row] of FOREIGN) {
    test(`${name} by ${way} is read and shown as it would become`, async ({ page, served }) => {
      await openApp(page, served);
      await open(page, name);
      await expect(dialogOf(page).getByText(says)).toBeVisible();
      const preview = dialogOf(page).getByRole('region', { name: 'Preview' });
      await expect(preview.getByRole('cell', { name: row }).first()).toBeVisible();
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
    'line 3: eventDate: is missing',
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
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on a ${name}, ${colorScheme}`, () => {
      test.use({ ...screen, colorScheme });

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
  // Files that may stand beside the data are asked for, and a browser notes each that does not.
  test.use({ allowedErrors: [/Failed to load resource.*404/] });

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
  });

  test('asks what a table means that does not say it', async ({ page, served }) => {
    await replaceFile(page, 'table.tsv', bytesOf('places.tsv'));
    await openApp(page, served, '?data=table.tsv');
    await expect(dialogOf(page).getByRole('heading', { name: 'Needed, and not found' })).toHaveCount(0);
    await expect(
      dialogOf(page).getByRole('group', { name: 'Needed, and not found in the file' }),
    ).toBeVisible();
    await expect(page.getByText('0 of 0 sightings')).toBeVisible();
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
