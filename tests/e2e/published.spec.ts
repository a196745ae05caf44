import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Sighting } from '../../src/domain/sighting';
import { seededFile, seededSightings, seededSystems } from '../bench/seeded';
import { sightings as runCommand } from '../unit/command-line';
import { ROOT } from '../unit/fixtures';
import { test as base, expect, openApp } from './app';
import { SCREENS, expectNoViolations } from './axe';
import { type StaticServer, serveFolder } from './static-server';

const COUNT = 3000;

/** Files of the publication beside its tiles. */
const RECORDS = 'seeded.geojson';
const COUNTS = 'seeded.counts.pmtiles';
const POINTS = 'reference-points.geojson';

const all = [...seededSightings(COUNT)];

interface Publication {
  folder: string;
}

const test = base.extend<{ host: StaticServer }, { publication: Publication }>({
  publication: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that one needs from here
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'published-'));
      const file = join(folder, 'given.geojson');
      await writeFile(file, seededFile(COUNT));
      await writeFile(join(folder, 'systems.json'), seededSystems());
      await copyFile(join(ROOT, 'geo', POINTS), join(folder, POINTS));
      const { exit, err } = await runCommand(['tiles', file, join(folder, 'seeded.pmtiles')]);
      if (exit !== 0) throw new Error(err);
      await use({ folder });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  host: async ({ publication }, use) => {
    const host = await serveFolder(publication.folder);
    await use(host);
    host.close();
  },
});

const map = (page: Page) => page.getByRole('region', { name: 'Map of sightings' });
const count = (page: Page) => page.getByRole('status').filter({ hasText: / of [\d,]+ sightings/ });
const popup = (page: Page) => page.getByRole('dialog', { name: /^Sighting: / });
const filter = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Filters' }).getByRole('checkbox', { name });

/** A sighting that has a mark by itself at zoom 12, whose disc is small. */
function loner(): Sighting & { geometry: { coordinates: [number, number] } } {
  const placed = all.filter(
    (sighting): sighting is Sighting & { geometry: { type: 'Point'; coordinates: [number, number] } } =>
      sighting.geometry?.type === 'Point',
  );
  const found = placed.find(
    ({ id, geometry: { coordinates }, properties }) =>
      (properties.coordinateUncertaintyInMeters ?? 0) < 2000 &&
      !placed.some((other) => {
        const [lng, lat] = other.geometry.coordinates;
        return other.id !== id && Math.hypot(lng - coordinates[0], lat - coordinates[1]) < 0.06;
      }),
  );
  if (!found) throw new Error('No sighting is by itself.');
  return found;
}
const LONER = loner();
const AT_LONER = `&view=${LONER.geometry.coordinates.join(',')},12`;

const addressOf = (host: StaticServer, rest = '') => `?data=${host.address}seeded.pmtiles${rest}`;

/** Whether the pointer is over a mark in the middle of the map. */
async function isMarkInMiddle(page: Page): Promise<boolean> {
  const bounds = await map(page).boundingBox();
  if (!bounds) throw new Error('The map is not on the page.');
  const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
  await page.mouse.move(x + 3, y);
  await page.mouse.move(x, y);
  return (await page.locator('.maplibregl-canvas.over-sighting').count()) > 0;
}

async function clickMiddle(page: Page): Promise<void> {
  await expect.poll(() => isMarkInMiddle(page)).toBe(true);
  const bounds = await map(page).boundingBox();
  if (!bounds) throw new Error('The map is not on the page.');
  await page.mouse.click(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2);
}

test('opens by ranges alone, and draws, counts and names what is published', async ({
  page,
  served,
  host,
}) => {
  await openApp(page, served, addressOf(host));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${COUNT} seeded sightings`);
  await expect(count(page)).toHaveText(/^\s*3,000 of 3,000 sightings\s*$/);
  await expect(page.getByText('This data is from 127.0.0.1')).toBeVisible();
  await expect(filter(page, /^High confidence/)).toBeVisible();
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('S-400');
  await expect(map(page)).toBeVisible();
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  const asked = () => host.asked.filter(({ path }) => !path.endsWith('.json') && path !== POINTS);
  // The first answer has the tiles of the opening view; those of a closer one are asked for.
  await openApp(page, served, addressOf(host, AT_LONER));
  await expect.poll(() => asked().length).toBeGreaterThan(1);
  const read = asked();
  expect(read.filter(({ range }) => range === undefined)).toEqual([]);
});

test('a click on a mark fetches its record, and opens the ordinary popup, which its address leads to', async ({
  page,
  served,
  host,
}) => {
  await openApp(page, served, addressOf(host, AT_LONER));
  await clickMiddle(page);
  await expect(popup(page)).toHaveAccessibleName(`Sighting: ${LONER.properties.title}`);
  await expect(popup(page)).toContainText(LONER.properties.sources[0]?.claim ?? '');
  await expect(popup(page)).toContainText(LONER.properties.confidenceBasis);
  await expect(popup(page).getByRole('table', { name: 'Distances to reference points' })).toContainText(
    'Kremlin',
  );
  await expect(popup(page).getByRole('button', { name: 'Correct' })).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`sighting=${LONER.id}`));
  const list = page.getByRole('list', { name: 'Sightings' });
  await expect(list.getByRole('button')).toHaveCount(1);
  await page.reload();
  await expect(popup(page)).toHaveAccessibleName(`Sighting: ${LONER.properties.title}`);
  await expect(page).toHaveURL(new RegExp(`sighting=${LONER.id}`));
  await page.keyboard.press('Escape');
  await expect(popup(page)).toHaveCount(0);
  // The browser hears of a step a little later than the page takes it.
  await expect(page).not.toHaveURL(/sighting=/);
  await page.goBack();
  await expect(popup(page)).toBeVisible();
});

test('says that there is no sighting of a wrong address', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host, '&sighting=nothing-of-that-id'));
  await expect(page.getByText('There is no sighting “nothing-of-that-id” in this data.')).toBeVisible();
});

test('a filter changes what is drawn and counted', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host, AT_LONER));
  await expect.poll(() => isMarkInMiddle(page)).toBe(true);
  const { confidence } = LONER.properties;
  const other = confidence === 'high' ? 'low' : 'high';
  const expected = all.filter(({ properties }) => properties.confidence === other).length;
  await filter(page, new RegExp(`^${other} confidence`, 'i')).check();
  await expect(count(page)).toHaveText(`${expected.toLocaleString('en-GB')} of 3,000 sightings`);
  await expect.poll(() => isMarkInMiddle(page)).toBe(false);
  await expect(page).toHaveURL(new RegExp(`confidence=${other}`));
  await page.getByRole('button', { name: `Remove filter: ${other} confidence` }).click();
  await expect.poll(() => isMarkInMiddle(page)).toBe(true);
});

test('dates can be chosen, by the address and on the timeline', async ({ page, served, host }) => {
  const inYear = all.filter(({ properties: { eventDate } }) => eventDate.startsWith('2022')).length;
  await openApp(page, served, addressOf(host, '&dates=2022-01/2022-12'));
  await expect(count(page)).toHaveText(`${inYear.toLocaleString('en-GB')} of 3,000 sightings`);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('2022');
  await timeline.getByRole('slider', { name: 'Days shown' }).focus();
  await page.keyboard.press('Escape');
  await expect(count(page)).toHaveText('3,000 of 3,000 sightings');
  await page.keyboard.press('Home');
  await expect(count(page)).not.toHaveText('3,000 of 3,000 sightings');
  await expect(page).toHaveURL(/dates=/);
});

test('conditions that tiles cannot answer are left out, and it says so', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host, '&q=roof&inview&near=kremlin,20km'));
  await expect(page.getByText(/Tiles do not know words, distances, what is in view/)).toBeVisible();
  await expect(count(page)).toHaveText('3,000 of 3,000 sightings');
  await expect(page).not.toHaveURL(/q=roof|inview|near=/);
});

test('what takes all of the data is not offered, or says what to do', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host));
  for (const name of ['Export', 'Add sighting', 'Open data', 'Distances']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  await page.keyboard.press('n');
  await expect(page.getByText(/published as tiles, which cannot be changed/)).toBeVisible();
  const whole = page.getByRole('link', { name: 'Open seeded.geojson' });
  await whole.click();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await expect(count(page)).toHaveText(/3,000 of 3,000 sightings/);
});

test('sightings in view are opened together, by the keyboard too', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host, AT_LONER));
  await page.getByRole('button', { name: /^Open the .* in view$/ }).click();
  const list = page.getByRole('list', { name: 'Sightings' });
  await expect(list.getByText(LONER.properties.title)).toBeVisible();
  await expect(page.getByRole('button', { name: /in view$/ })).toHaveCount(0);
  await page.keyboard.press('g'); // to the map
  await page.keyboard.press('Enter');
  await expect(popup(page)).toHaveAccessibleName(`Sighting: ${LONER.properties.title}`);
  await expect(popup(page)).toBeFocused();
});

test('a publication without sightings says so, and how large its file is', async ({ page, served }) => {
  const folder = await mkdtemp(join(tmpdir(), 'published-empty-'));
  await writeFile(join(folder, 'given.geojson'), '{"type":"FeatureCollection","features":[]}');
  const { exit, err } = await runCommand([
    'tiles',
    join(folder, 'given.geojson'),
    join(folder, 'empty.pmtiles'),
  ]);
  expect(exit, err).toBe(0);
  const host = await serveFolder(folder);
  for (const name of ['systems.json', POINTS]) await copyFile(join(ROOT, 'geo', name), join(folder, name));
  await openApp(page, served, `?data=${host.address}empty.pmtiles`);
  const listing = page.getByRole('region', { name: 'Published sightings' });
  await expect(listing).toContainText(
    'Published as tiles, without any sightings. Open empty.geojson (44 bytes).',
  );
  await expect(page.getByRole('region', { name: 'Opened sightings' })).toContainText(
    'There is nothing to open.',
  );
  host.close();
  await rm(folder, { recursive: true });
});

test.describe('what is missing', () => {
  test.use({ allowedErrors: [/Failed to load resource|CORS policy|ERR_/] });

  const problem = (page: Page) => page.getByRole('alert').first();

  test('an archive that is not there', async ({ page, served, host }) => {
    host.missing.add('seeded.pmtiles');
    await openApp(page, served, addressOf(host));
    await expect(problem(page)).toContainText('seeded.pmtiles');
    await expect(problem(page)).toContainText('404');
  });

  test('an archive of something else', async ({ page, served, host }) => {
    await openApp(page, served, `?data=${served.address}basemap/atlas.pmtiles`);
    await expect(problem(page)).toContainText('atlas.pmtiles: cannot be opened as sightings: it was not');
    expect(host.asked).toEqual([]);
  });

  for (const [name, habits, words] of [
    ['ranges', { hasRanges: false, hasCors: true }, 'has no HTTP ranges'],
    ['leave for other sites', { hasRanges: true, hasCors: false }, 'Access-Control-Allow-Origin'],
  ] as const) {
    test(`a host without ${name}`, async ({ page, served, publication }) => {
      const poor = await serveFolder(publication.folder, habits);
      await openApp(page, served, addressOf(poor));
      await expect(problem(page)).toContainText('seeded.pmtiles');
      await expect(problem(page)).toContainText(words);
      poor.close();
    });
  }

  test('records that are not there: it says so, and fetches them when they are', async ({
    page,
    served,
    host,
  }) => {
    await openApp(page, served, addressOf(host, AT_LONER));
    host.missing.add(RECORDS);
    await clickMiddle(page);
    await expect(problem(page)).toContainText(RECORDS);
    await expect(problem(page)).toContainText('404');
    host.missing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(popup(page)).toHaveAccessibleName(`Sighting: ${LONER.properties.title}`);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('records that were changed since', async ({ page, served, host, publication }) => {
    const bytes = await readFile(join(publication.folder, RECORDS));
    host.replaced.set(RECORDS, Buffer.from(bytes.map((byte) => (byte === 0x6f ? 0x30 : byte))));
    await openApp(page, served, addressOf(host, AT_LONER));
    await clickMiddle(page);
    await expect(problem(page)).toContainText(
      `${RECORDS} is not the file that was published with these tiles`,
    );
    await expect(popup(page)).toHaveCount(0);
  });

  test('counts that are not there: it is said which file is, and no advice is given about days', async ({
    page,
    served,
    host,
  }) => {
    host.missing.add(COUNTS);
    await openApp(page, served, addressOf(host, '&confidence=high'));
    const listing = page.getByRole('region', { name: 'Published sightings' });
    await expect(listing.getByText('what meets them cannot be counted')).toBeVisible();
    await expect(page.getByText('put all files of the publication in one folder').first()).toContainText(
      COUNTS,
    );
    await expect(page.getByText('These days cannot be counted')).toHaveCount(0);
  });

  test('tiles that do not come: it says so, and fetches them when they do', async ({
    page,
    served,
    host,
  }) => {
    await openApp(page, served, addressOf(host, AT_LONER));
    await expect.poll(() => isMarkInMiddle(page)).toBe(true);
    for (const file of ['seeded.pmtiles', COUNTS]) host.missing.add(file);
    const failure = page.getByText(/Not all sightings are drawn/);
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Zoom out' }).click(); // until there is a tile that was not here yet
        return failure.count();
      })
      .toBe(1);
    await expect(failure).toContainText('404');
    host.missing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(failure).toHaveCount(0);
    await expect.poll(() => isMarkInMiddle(page)).toBe(true);
  });
});

for (const [name, use] of Object.entries(SCREENS)) {
  test.describe(`on a ${name}`, () => {
    test.use(use);

    test('has no violation that axe can see', async ({ page, served, host }) => {
      await openApp(page, served, addressOf(host, `${AT_LONER}&confidence=high,moderate,low`));
      await page.getByRole('button', { name: 'Filters' }).click();
      await expectNoViolations(page);
      if (name === 'phone') await page.getByRole('button', { name: 'Timeline' }).click();
      await page.getByRole('button', { name: /^Open the .* in view$/ }).click();
      await page.getByRole('list', { name: 'Sightings' }).getByRole('button').first().click();
      await expect(popup(page)).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

test('a frame in another page has the count and the list', async ({ page, served, host }) => {
  await openApp(page, served, addressOf(host, `${AT_LONER}&embed`));
  await expect(count(page)).toHaveText('3,000 of 3,000 sightings');
  await page.getByRole('button', { name: 'List' }).click();
  await expect(page.getByText(/What you open is listed here/)).toBeVisible();
});
