import type { Page } from '@playwright/test';
import { placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import { readReferencePoints } from '../../src/domain/reference-data';
import type { Sighting } from '../../src/domain/sighting';
import { geoJson } from '../unit/fixtures';
import { expect, openApp, standStill, test } from './app';
import { DEVICES } from './devices';

test.use({ hasMap: false }); // the list, dialogs and forms: the map takes most of the time without a graphics card

const { features: sightings } = geoJson('sightings.geojson') as { features: Sighting[] };
const { referencePoints } = readReferencePoints(geoJson('reference-points.geojson'));

const filters = (page: Page) => page.getByRole('group', { name: 'Filters' });
const listed = (page: Page) => page.getByRole('list', { name: 'Sightings' }).getByRole('listitem');
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' });
const box = (page: Page, name: RegExp) => filters(page).getByRole('checkbox', { name });

/** Opens all filters, which a small screen keeps closed. */
async function openFilters(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await expect(filters(page).getByRole('group', { name: 'Publisher' })).toBeVisible();
}

/** The count says so, and the list has so many. */
async function expectShown(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: `${count} of 8 sightings` })).toBeVisible();
  if (count === 0) await expect(page.getByText('No sighting fits the filters.')).toBeAttached();
  else await expect(listed(page).first()).toHaveAttribute('aria-setsize', String(count));
}

/** Titles of the list from the top, as long as they are all drawn. */
async function titles(page: Page): Promise<string[]> {
  return listed(page).locator('.title').allInnerTexts();
}

const hasSource = (sighting: Sighting, publisher: string) =>
  sighting.properties.sources.some((source) => source.publisher === publisher);

const facets: { facet: string; option: RegExp; meets: (sighting: Sighting) => boolean; address: string }[] = [
  {
    facet: 'confidence',
    option: /^Moderate confidence/,
    meets: ({ properties }) => properties.confidence === 'moderate',
    address: 'confidence=moderate',
  },
  {
    facet: 'system',
    option: /^S-400/,
    meets: ({ properties }) => properties.system === 's-400',
    address: 'system=s-400',
  },
  {
    facet: 'no system',
    option: /^System not named/,
    meets: ({ properties }) => properties.system === undefined,
    address: 'system=~-',
  },
  { facet: 'status', option: /^Reported/, meets: () => true, address: 'status=reported' },
  {
    facet: 'independent origins',
    option: /^1 independent origin/,
    meets: ({ properties }) => new Set(properties.sources.map(({ origin }) => origin)).size === 1,
    address: 'origins=1',
  },
  {
    facet: 'place',
    option: /^Without a place/,
    meets: ({ geometry }) => geometry === null,
    address: 'place=no',
  },
  {
    facet: 'publisher',
    option: /^ANSA/,
    meets: (sighting) => hasSource(sighting, 'ANSA'),
    address: 'publisher=ANSA',
  },
];

for (const { name, isPhone, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    test('filters by each facet, and says so in the address', async ({ page, served }) => {
      await openApp(page, served);
      await openFilters(page);
      for (const { facet, option, meets, address } of facets) {
        await test.step(facet, async () => {
          const expected = sightings.filter(meets).length;
          await expect(box(page, option)).toHaveAccessibleName(new RegExp(`${expected}$`));
          await box(page, option).check();
          await expectShown(page, expected);
          await expect(page).toHaveURL(`${served.address}?${address}`);
          await box(page, option).uncheck();
          await expectShown(page, 8);
          await expect(page).toHaveURL(served.address);
        });
      }
    });

    test('combines conditions with AND, counts each under the others, clears one or all', async ({
      page,
      served,
    }) => {
      await openApp(page, served);
      await openFilters(page);
      await box(page, /^Moderate confidence/).check();
      await box(page, /^Pantsir-S1/).check();
      await expectShown(page, 2);
      // A count is of what the box would add, whatever else of its own kind is chosen.
      await expect(box(page, /^Low confidence/)).toHaveAccessibleName(/2$/);
      await expect(box(page, /^S-400/)).toHaveAccessibleName(/2$/);
      await expect(box(page, /^Without a place/)).toHaveAccessibleName(/0$/);
      await expect(chips(page).getByRole('button')).toHaveCount(3);
      await chips(page).getByRole('button', { name: 'Remove filter: Pantsir-S1' }).click();
      await expectShown(page, 4);
      await expect(box(page, /^Pantsir-S1/)).not.toBeChecked();
      await chips(page).getByRole('button', { name: 'Clear all' }).click();
      await expectShown(page, 8);
      await expect(chips(page)).toHaveCount(0);
    });

    test('filters by distance from a reference point, certainly or possibly', async ({ page, served }) => {
      const kremlin = referencePoints.find(({ id }) => id === 'kremlin');
      if (!kremlin) throw new Error('There is no Kremlin among the reference points.');
      const intervals = sightings.flatMap((sighting) => {
        const place = placeOfSighting(sighting);
        return place ? [measure(placeOfReferencePoint(kremlin), place)] : [];
      });
      const possibly = intervals.filter(({ minMeters }) => minMeters <= 15_000).length;
      const certainly = intervals.filter(({ maxMeters }) => maxMeters <= 15_000).length;
      expect(certainly).toBeLessThan(possibly);
      await openApp(page, served);
      await openFilters(page);
      await filters(page).getByLabel('Within a distance of').selectOption('Moscow Kremlin');
      const radius = filters(page).getByRole('spinbutton', { name: 'Radius in kilometres' });
      await radius.fill('15');
      await radius.press('Enter');
      await expectShown(page, possibly);
      await expect(filters(page).getByRole('radio', { name: /^Certainly/ })).toHaveAccessibleName(
        new RegExp(`${certainly}$`),
      );
      await filters(page)
        .getByRole('radio', { name: /^Certainly/ })
        .check();
      await expectShown(page, certainly);
      await expect(page).toHaveURL(/\?near=kremlin,15km,certainly$/);
    });

    test('says what is wrong with a number, and keeps the filter', async ({ page, served }) => {
      await openApp(page, served, '?near=kremlin,15km');
      await openFilters(page);
      const radius = filters(page).getByRole('spinbutton', { name: 'Radius in kilometres' });
      await radius.fill('99999');
      await radius.press('Enter');
      await expect(filters(page).getByRole('alert')).toHaveText(/^99999 is no radius.*from 0\.001 to 20040/);
      await expect(page).toHaveURL(/near=kremlin,15km$/);
      await radius.fill('20');
      await radius.press('Enter');
      await expect(filters(page).getByRole('alert')).toHaveCount(0);
      await expect(page).toHaveURL(/near=kremlin,20km$/);
    });

    test('filters by distance from any point, in numbers', async ({ page, served }) => {
      await openApp(page, served);
      await openFilters(page);
      await filters(page).getByLabel('Within a distance of').selectOption('A point on the map…');
      await filters(page).getByRole('spinbutton', { name: 'Latitude' }).fill('57.99');
      await filters(page).getByRole('spinbutton', { name: 'Latitude' }).press('Enter');
      await filters(page).getByRole('spinbutton', { name: 'Longitude' }).fill('33.3');
      await filters(page).getByRole('spinbutton', { name: 'Longitude' }).press('Enter');
      await expectShown(page, 1);
      await expect(page).toHaveURL(/near=33\.3,57\.99,10km$/);
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('filters by distance from a point picked on the map, and draws how far that is', async ({
        page,
        served,
      }) => {
        await openApp(page, served, '?view=37.55,55.835,10');
        await openFilters(page);
        await filters(page).getByLabel('Within a distance of').selectOption('A point on the map…');
        await filters(page).getByRole('button', { name: 'Pick on the map' }).click();
        // A sheet makes room for the map, which then fills it.
        await standStill(page);
        await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
        const map = page.getByRole('region', { name: 'Map of sightings' });
        const bounds = await map.boundingBox();
        if (!bounds) throw new Error('The map is not on the page.');
        await page.mouse.click(bounds.x + bounds.width / 2 + 30, bounds.y + bounds.height / 2);
        await expect(page).toHaveURL(/near=37\.5[6-9]\d*,55\.83\d*,10km/);
        await expectShown(page, 2); // Timiryazev's fields, and perhaps Losiny Ostrov
        await expect(page.getByRole('dialog')).toHaveCount(0);
      });
    });

    const searches: [words: string, found: RegExp, count: number][] = [
      ['novo-ogaryovo', /Zarechye/, 1],
      ['Ново-Огарёво', /Zarechye/, 1],
      ['ново огарево', /Zarechye/, 1],
      ['timiryasev', /Timiryazev/, 1],
      ['ЛОСИНЫЙ', /Losiny Ostrov/, 1],
      ['meduza yashcherovo', /Yashcherovo/, 1],
      ['growler', /S-400/, 2],
      ['xyzzyplugh', /./, 0],
    ];
    test('finds words in any script, with typos, and in other names of systems', async ({ page, served }) => {
      await openApp(page, served);
      const search = page.getByRole('searchbox', { name: 'Search sightings' });
      for (const [words, found, count] of searches) {
        await search.fill(words);
        await expectShown(page, count);
        if (count > 0) await expect(listed(page).first()).toContainText(found);
      }
      await search.fill('');
      await expectShown(page, 8);
    });

    test('agrees in list, counts and timeline, whatever is chosen', async ({ page, served }) => {
      await openApp(page, served, '?dates=2023-01-17/2023-01-19&confidence=moderate');
      await expectShown(page, 4);
      if (isPhone) await page.getByRole('button', { name: 'Timeline', exact: true }).click();
      await expect(page.getByRole('region', { name: 'Timeline' })).toHaveAccessibleDescription(
        /^4 shown of 8 sightings/,
      );
      await openFilters(page);
      await expect(box(page, /^Moderate confidence/)).toHaveAccessibleName(/4$/);
      await box(page, /^S-400/).check();
      await expectShown(page, 2);
      await expect(page.getByRole('region', { name: 'Timeline' })).toHaveAccessibleDescription(
        /^2 shown of 8 sightings/,
      );
      await expect(box(page, /^Moderate confidence/)).toHaveAccessibleName(/2$/);
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('filters by what the map shows, and follows it', async ({ page, served }) => {
        await openApp(page, served, '?view=33.3,57.99,9&inview');
        await expectShown(page, 1);
        await expect(chips(page)).toContainText('In the map’s view');
        await page.goto(`${served.address}?view=33.3,59.5,9&inview`);
        await expectShown(page, 0);
      });
    });

    test('sorts the list, by distance with the distances', async ({ page, served }) => {
      await openApp(page, served);
      const select = page.getByRole('combobox', { name: 'Sort sightings' });
      await select.selectOption('Oldest first');
      await expect(listed(page).first()).toContainText('Yashcherovo');
      await expect(listed(page).nth(1)).toContainText('Zarechye');
      await select.selectOption('Surest first');
      await expect(listed(page).first()).toContainText('high confidence');
      await select.selectOption('Nearest to Kremlin');
      await expect(listed(page).first()).toContainText(/Teterinsky.*19 January 2023 · 2\.20 km/s);
      await expect(listed(page).nth(1)).toContainText('Frunzenskaya');
      await expect(page).toHaveURL(/\?sort=distance,kremlin$/);
      await select.selectOption('Newest first');
      await expect(listed(page).first()).toContainText('Yashcherovo');
    });

    test('comes back from its address with filter, sort, search and theme', async ({ page, served }) => {
      const search = '?q=roof&confidence=moderate&sort=distance,kremlin&theme=dark';
      await openApp(page, served, search);
      await expectShown(page, 1);
      await expect(page.getByRole('searchbox', { name: 'Search sightings' })).toHaveValue('roof');
      await expect(page.getByRole('combobox', { name: 'Sort sightings' })).toHaveValue(/kremlin/);
      await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
      expect(new URL(page.url()).search).toBe(search);
    });

    test('goes back and forward through filters', async ({ page, served }) => {
      await openApp(page, served);
      await openFilters(page);
      await box(page, /^High confidence/).check();
      await expectShown(page, 1);
      await box(page, /^Low confidence/).check();
      await expectShown(page, 4);
      await expect(page).toHaveURL(/confidence=[^&]*low/);
      await page.goBack();
      await expectShown(page, 1);
      await page.goBack();
      await expectShown(page, 8);
      await page.goForward();
      await page.goForward();
      await expectShown(page, 4);
    });

    test('takes letters typed one after the other for one step to go back from', async ({ page, served }) => {
      await openApp(page, served);
      const search = page.getByRole('searchbox', { name: 'Search sightings' });
      await search.pressSequentially('losiny', { delay: 30 });
      await expectShown(page, 1);
      await expect(page).toHaveURL(/\?q=losiny$/);
      await page.goBack();
      await expectShown(page, 8);
      await expect(search).toHaveValue('');
    });

    test('closes a sighting that is filtered out', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await expect(page.getByRole('dialog', { name: /Losiny Ostrov/ })).toBeVisible();
      if (isPhone) await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await openFilters(page);
      await box(page, /^Pantsir-S1/).check();
      await expect(page.getByRole('dialog', { name: /Losiny Ostrov/ })).toHaveCount(0);
      await expectShown(page, 5);
    });

    test('ignores what an address names and the data does not have, and says so', async ({
      page,
      served,
    }) => {
      await openApp(
        page,
        served,
        '?confidence=certain,high&system=s-999&near=atlantis,10km&sort=distance,nowhere&dates=never',
      );
      await expectShown(page, 1);
      await expect(page.getByText(/not understood/)).toContainText(
        'confidence=certain; dates=never; system=s-999; near=atlantis,10km; sort=distance,nowhere',
      );
      expect(await titles(page)).toEqual([expect.stringContaining('Frunzenskaya')]);
    });

    test('says that nothing fits, and how to go on', async ({ page, served }) => {
      await openApp(page, served, '?confidence=high&place=no');
      await expectShown(page, 0);
      await page.getByRole('button', { name: 'Clear all' }).first().click();
      await expectShown(page, 8);
    });
  });
}
