import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { readReferencePoints } from '../../src/domain/reference-data';
import type { DescribedPoint } from '../../src/domain/sighting';
import { formatReferencePoints } from '../../src/io/reference-points';
import { expect, openApp, standStill, test, viewInAddress } from './app';
import { expectNoViolations } from './axe';
import { DEVICES } from './devices';

test.use({ hasMap: false }); // a panel of fields alone, but for what says so

const VIEW = { lng: 37.6, lat: 55.75, zoom: 10 };
const SEARCH = `?tool=points&view=${VIEW.lng},${VIEW.lat},${VIEW.zoom}`;
const WORLD_PIXELS = 512 * 2 ** VIEW.zoom;
const METERS_PER_PIXEL = (2 * Math.PI * 6_371_008.8 * Math.cos((VIEW.lat * Math.PI) / 180)) / WORLD_PIXELS;

const GATE: DescribedPoint = {
  id: 'own-gate',
  name: 'Gate',
  lng: 37.61235,
  lat: 55.72,
  uncertaintyMeters: 150,
  remarks: 'Clicked on the map at zoom 12.0; the radius is 5 pixels of it.',
};

const list = (page: Page) => page.getByRole('list', { name: 'Your reference points' });
const items = (page: Page) => list(page).getByRole('listitem');
const nameOf = (item: Locator) => item.getByRole('textbox', { name: 'Name' });
const uncertaintyOf = (item: Locator) => item.getByRole('spinbutton', { name: /^Uncertainty in/ });
const placeField = (page: Page) => page.getByRole('combobox', { name: 'Find a place' });
const options = (page: Page) => page.getByRole('listbox', { name: 'Places' }).getByRole('option');
const coordinates = (page: Page) => page.getByRole('textbox', { name: 'Or write its coordinates' });
const distances = (page: Page) => page.getByRole('table', { name: 'Distances to reference points' });

/** What the browser keeps from an earlier visit. */
async function keep(page: Page, text: string): Promise<void> {
  await page.addInitScript((kept) => {
    if (localStorage.getItem('sighting-map/points') === null)
      localStorage.setItem('sighting-map/points', kept);
  }, text);
}

async function keepPoints(page: Page, ...points: DescribedPoint[]): Promise<void> {
  await keep(page, formatReferencePoints(points));
}

/** The middle of the map, which the view of the address puts there. */
async function middleOfMap(page: Page): Promise<{ x: number; y: number }> {
  await standStill(page);
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The position that an item of the list shows. */
async function positionOf(item: Locator): Promise<{ lng: number; lat: number }> {
  const [, lat = '', lng = ''] = /(-?\d+\.\d+), (-?\d+\.\d+)/.exec(await item.innerText()) ?? [];
  return { lng: Number(lng), lat: Number(lat) };
}

for (const { name, isPhone, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    const press = (target: Locator) => (isPhone ? target.tap() : target.click());

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('says that points cannot be kept, and has them all the same', async ({ page, served }) => {
        await page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          };
        });
        await openApp(page, served, SEARCH);
        await coordinates(page).fill('55.75, 37.6');
        await coordinates(page).press('Enter');
        await expect(items(page)).toHaveCount(1);
        await expect(page.getByRole('alert')).toContainText(
          /cannot keep them.*The quota has been exceeded\.\s+Export\s+them/s,
        );
      });

      test('adds the point of the map that is picked', async ({ page, served }) => {
        await openApp(page, served, SEARCH);
        await press(page.getByRole('button', { name: 'Pick on the map' }));
        const middle = await middleOfMap(page);
        const [dx, dy] = [-60, 40];
        await (isPhone
          ? page.touchscreen.tap(middle.x + dx, middle.y + dy)
          : page.mouse.click(middle.x + dx, middle.y + dy));
        const item = items(page).first();
        await expect(nameOf(item)).toHaveValue('Point 1');
        await expect(nameOf(item)).toBeFocused();
        const { lng, lat } = await positionOf(item);
        expect(Math.abs(lng - (VIEW.lng + (dx * 360) / WORLD_PIXELS)) * (WORLD_PIXELS / 360)).toBeLessThan(1);
        const degreesPerPixel = (360 / WORLD_PIXELS) * Math.cos((VIEW.lat * Math.PI) / 180);
        expect(Math.abs(lat - (VIEW.lat - dy * degreesPerPixel)) / degreesPerPixel).toBeLessThan(1.5);
        const uncertainty = Number(await uncertaintyOf(item).inputValue());
        expect(Math.abs(uncertainty - 5 * METERS_PER_PIXEL)).toBeLessThan(2);
        await expect(item).toContainText('Clicked on the map at zoom 10.0; the radius is 5 pixels of it.');
      });

      test('takes the middle of the map by keyboard alone, and a name at once', async ({ page, served }) => {
        await openApp(page, served, SEARCH);
        const pick = page.getByRole('button', { name: 'Pick on the map' });
        await pick.focus();
        await page.keyboard.press('Enter');
        await expect(page.locator('.maplibregl-canvas')).toBeFocused();
        await page.keyboard.press('Enter');
        const item = items(page).first();
        await expect(nameOf(item)).toBeFocused();
        await page.keyboard.type('Gate');
        await page.keyboard.press('Tab');
        await expect(uncertaintyOf(item)).toBeFocused();
        expect(await positionOf(item)).toEqual({ lng: VIEW.lng, lat: VIEW.lat });
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        const remove = item.getByRole('button', { name: 'Remove Gate' });
        await expect(remove).toBeFocused();
        await page.keyboard.press('Enter');
        await expect(items(page)).toHaveCount(0);
        await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
        await page.keyboard.press('Enter');
        await expect(nameOf(items(page).first())).toHaveValue('Gate');
        await expect(nameOf(items(page).first())).toBeFocused();
      });

      test('lets go of picking by Escape, and gives the panel its place back', async ({ page, served }) => {
        await openApp(page, served, SEARCH);
        const before = await page.getByRole('heading', { name: 'Measure' }).boundingBox();
        await press(page.getByRole('button', { name: 'Pick on the map' }));
        await expect(page.getByRole('button', { name: /^Now (click|tap) the map$/ })).toBeAttached();
        await page.keyboard.press('Escape');
        await expect(page.getByRole('button', { name: 'Pick on the map' })).toBeVisible();
        await standStill(page);
        expect(await page.getByRole('heading', { name: 'Measure' }).boundingBox()).toEqual(before);
        await expect(items(page)).toHaveCount(0);
      });

      for (const written of ['Tula', 'Тула']) {
        test(`finds a place that is written ${written}`, async ({ page, served }) => {
          await openApp(page, served, SEARCH);
          await placeField(page).fill(written);
          const option = options(page).filter({ hasText: 'Тула' }).first();
          await expect(option).toContainText('Tula');
          await expect(option).toContainText('Russia');
          await press(option);
          const item = items(page).first();
          await expect(nameOf(item)).toHaveValue('Tula');
          await expect(nameOf(item)).toBeFocused();
          await expect(item).toContainText(
            /GeoNames place “Tula”; the radius is an extent estimated from its population/,
          );
          expect(Number(await uncertaintyOf(item).inputValue())).toBeGreaterThan(1000);
          await expect(placeField(page)).toHaveValue('');
          // It was out of sight.
          await expect.poll(() => viewInAddress(page)?.lat).toBeCloseTo(54.2, 1);
        });
      }

      test('shows a point on the map', async ({ page, served }) => {
        await keepPoints(page, { ...GATE, lng: 33.3, lat: 58 });
        await openApp(page, served, SEARCH);
        await press(page.getByRole('button', { name: 'Show on the map: Gate' }));
        await expect.poll(() => viewInAddress(page)?.lng).toBeCloseTo(33.3, 2);
        expect(viewInAddress(page)?.lat).toBeCloseTo(58, 2);
      });

      test('measures to a point wherever distances are told', async ({ page, served }) => {
        await keepPoints(page, GATE);
        await openApp(page, served, '?sighting=losiny-ostrov-s400');
        await expect(distances(page).getByRole('row', { name: /^Gate, yours/ })).toContainText(/\d km/);
        await expect(distances(page).getByRole('row', { name: /^Moscow Kremlin/ })).not.toContainText(
          'yours',
        );
      });

      test('is in the legend only when there is one', async ({ page, served }) => {
        await openApp(page, served, SEARCH);
        const entry = page.getByRole('listitem').filter({ hasText: 'Your reference point' });
        if (isPhone) await page.getByText('Legend').tap();
        await expect(page.getByText('Reference point', { exact: true })).toBeVisible();
        await expect(entry).toHaveCount(0);
        await coordinates(page).fill('55.75, 37.6');
        await coordinates(page).press('Enter');
        await expect(entry).toBeVisible();
      });

      test('starts with what can be read of what was kept, and says so', async ({ page, served }) => {
        await keep(page, formatReferencePoints([GATE, { ...GATE, id: 'own-bad', uncertaintyMeters: -1 }]));
        await openApp(page, served);
        await expect(page.getByText(/Not all of your reference points can be read.*own-bad/)).toBeVisible();
        await page.getByRole('button', { name: 'Measure distance' }).click();
        await page.getByRole('tab', { name: 'Points' }).click();
        await expect(items(page)).toHaveCount(1);
      });

      test('has no violation that axe sees', async ({ page, served }) => {
        await keepPoints(page, GATE);
        await openApp(page, served, SEARCH);
        await nameOf(items(page).first()).fill('');
        await nameOf(items(page).first()).press('Enter');
        await expect(items(page).getByRole('alert')).toBeVisible();
        await placeField(page).fill('Tula');
        await expect(options(page).first()).toBeVisible();
        await expectNoViolations(page);
        await placeField(page).press('Escape');
        await press(page.getByRole('button', { name: 'Remove Gate' }));
        await press(page.getByRole('button', { name: 'Pick on the map' }));
        await standStill(page);
        await expectNoViolations(page);
      });
    });

    test('goes through the places by the keys of a combobox', async ({ page, served }) => {
      await openApp(page, served, SEARCH);
      const field = placeField(page);
      await field.focus();
      await page.keyboard.type('iva');
      await expect(field).toHaveAttribute('aria-expanded', 'true');
      const count = await options(page).count();
      const chosen = page.getByRole('listbox').getByRole('option', { selected: true });
      const expectActive = async (index: number) => {
        await expect(options(page).nth(index)).toHaveAttribute('aria-selected', 'true');
        await expect(chosen).toHaveCount(1);
        await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '');
      };
      await expectActive(0);
      await page.keyboard.press('ArrowDown');
      await expectActive(1);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await expectActive(count - 1);
      await page.keyboard.press('Escape');
      await expect(field).toHaveAttribute('aria-expanded', 'false');
      await expect(field).toHaveValue('iva');
      await page.keyboard.press('ArrowDown');
      await expectActive(0);
      const name = await options(page).first().locator('strong').innerText();
      await page.keyboard.press('Enter');
      await expect(nameOf(items(page).first())).toHaveValue(name);
      await field.fill('x');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect(field).toHaveValue('');
      await expect(list(page)).toBeVisible(); // no Escape has closed the panel
    });

    test('says when no place goes by a name', async ({ page, served }) => {
      await openApp(page, served, SEARCH);
      await placeField(page).fill('xyxyxyxyx');
      await expect(page.getByText('No place is called “xyxyxyxyx”.')).toBeVisible();
    });

    test('takes coordinates in the formats that there are', async ({ page, served }) => {
      await openApp(page, served, SEARCH);
      await coordinates(page).fill('55.76, 37.64');
      await press(page.getByRole('button', { name: 'Add', exact: true }));
      await expect(nameOf(items(page).first())).toHaveValue('Point 1');
      await expect(items(page).first()).toContainText('Written as “55.76, 37.64” (Decimal degrees)');
      await coordinates(page).fill('55°45′06″N 37°37′04″E');
      await coordinates(page).press('Enter');
      await expect(nameOf(items(page).first())).toHaveValue('Point 2');
      const [newer, older] = [items(page).nth(0), items(page).nth(1)];
      expect(await positionOf(newer)).toEqual({ lng: 37.61778, lat: 55.75167 });
      expect(await positionOf(older)).toEqual({ lng: 37.64, lat: 55.76 });
      // Half a second of arc, and half a hundredth of a degree.
      expect(Number(await uncertaintyOf(newer).inputValue())).toBeLessThan(25);
      expect(Number(await uncertaintyOf(older).inputValue())).toBeGreaterThan(500);
    });

    test('gives a point another name, but not any', async ({ page, served }) => {
      await keepPoints(page, GATE);
      await openApp(page, served, SEARCH);
      const item = items(page).first();
      await nameOf(item).fill('  ');
      await nameOf(item).press('Enter');
      await expect(item.getByRole('alert')).toHaveText('A point needs a name.');
      await nameOf(item).fill('x'.repeat(81));
      await nameOf(item).press('Enter');
      await expect(item.getByRole('alert')).toHaveText(
        '81 characters are too many for a name: write at most 80.',
      );
      await nameOf(item).press('Escape');
      await expect(nameOf(item)).toHaveValue('Gate');
      await expect(item.getByRole('alert')).toHaveCount(0);
      await nameOf(item).fill('  Door ');
      await nameOf(item).press('Enter');
      await expect(item.getByRole('button', { name: 'Remove Door' })).toBeVisible();
      await page.reload();
      await expect(nameOf(items(page).first())).toHaveValue('Door');
    });

    test('gives a point another uncertainty, but not any', async ({ page, served }) => {
      await keepPoints(page, GATE);
      await openApp(page, served, `${SEARCH}&units=imperial`);
      const item = items(page).first();
      const field = item.getByRole('spinbutton', { name: 'Uncertainty in feet' });
      await expect(field).toHaveValue('492.1');
      await field.fill('0');
      await field.press('Enter');
      await expect(item.getByRole('alert')).toContainText('above 0');
      await field.fill('1000');
      await field.press('Enter');
      await expect(item).toContainText('The radius was set by hand afterwards.');
      await openApp(page, served, SEARCH);
      await expect(item.getByRole('spinbutton', { name: 'Uncertainty in metres' })).toHaveValue('304.8');
    });

    test('removes a point, and puts it back', async ({ page, served }) => {
      await keepPoints(page, GATE, { ...GATE, id: 'own-tower', name: 'Tower', lng: 37.7 });
      await openApp(page, served, SEARCH);
      await press(page.getByRole('button', { name: 'Remove Gate' }));
      await expect(items(page)).toHaveCount(1);
      await press(page.getByRole('button', { name: 'Undo' }));
      await expect(items(page)).toHaveCount(2);
      await expect(nameOf(items(page).nth(1))).toHaveValue('Gate');
      await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    });

    test('filters by a point, and finds it again in its address', async ({ page, served }) => {
      await keepPoints(page, GATE);
      await openApp(page, served);
      await press(page.getByRole('button', { name: 'Filters', exact: true }));
      const select = page.getByRole('combobox', { name: 'Within a distance of' });
      await select.selectOption('Gate (yours)');
      await expect(page).toHaveURL(/near=37\.61235,55\.72,u150,10km$/);
      const counted = page.getByRole('status').filter({ hasText: 'of 8 sightings' });
      await expect(counted).not.toContainText('8 of 8');
      const count = await counted.innerText();
      await page.reload();
      await press(page.getByRole('button', { name: 'Filters', exact: true }));
      await expect(select).toHaveValue('own-gate');
      await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('of Gate');
      await expect(page.getByRole('status').filter({ hasText: count })).toBeVisible();
    });

    test('filters by a plain point where its own point is not known', async ({ page, served }) => {
      await openApp(page, served, '?near=37.61235,55.72,u150,10km');
      await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('55.72, 37.61235');
      await expect(page).toHaveURL(/near=37\.61235,55\.72,u150,10km$/);
    });

    test('keeps a filter by a point that goes, where it was, and by the point when it comes back', async ({
      page,
      served,
    }) => {
      await keepPoints(page, GATE);
      await openApp(
        page,
        served,
        `${SEARCH}&near=37.61235,55.72,u150,10km&sort=distance,37.61235,55.72,u150`,
      );
      const chips = page.getByRole('list', { name: 'Active filters' });
      await expect(chips).toContainText('of Gate', { useInnerText: true });
      const { search } = new URL(page.url());
      await press(page.getByRole('button', { name: 'Remove Gate' }));
      await expect(chips).toContainText('55.72, 37.61235');
      expect(new URL(page.url()).search).toBe(search);
      await press(page.getByRole('button', { name: 'Undo' }));
      await expect(chips).toContainText('of Gate');
      expect(new URL(page.url()).search).toBe(search);
    });

    test('exports what it keeps as a file that is read without an issue', async ({ page, served }) => {
      const tower = { ...GATE, id: 'own-a-tower', name: 'Башня', lng: 37.7 };
      await keepPoints(page, GATE, tower);
      await openApp(page, served, SEARCH);
      const downloading = page.waitForEvent('download');
      await press(page.getByRole('button', { name: 'Export GeoJSON' }));
      const download = await downloading;
      expect(download.suggestedFilename()).toBe('reference-points.geojson');
      const text = await readFile(await download.path(), 'utf8');
      expect(text).toBe(formatReferencePoints([tower, GATE]));
      expect(readReferencePoints(JSON.parse(text))).toEqual({ referencePoints: [tower, GATE], issues: [] });
      await expect(page.getByText('Saved reference-points.geojson with 2 points.')).toBeVisible();
    });

    test('imports the good points of a file, and says what is wrong with the others', async ({
      page,
      served,
    }) => {
      await keepPoints(page, GATE);
      await openApp(page, served, SEARCH);
      const tower = { ...GATE, id: 'kremlin', name: 'Tower', lng: 37.7 };
      const nowhere = { ...GATE, id: 'own-nowhere', lat: 95 };
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'some.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.from(formatReferencePoints([GATE, tower, nowhere])),
      });
      await expect(
        page.getByText('some.geojson: 1 point added, 1 there already, 1 feature left out.'),
      ).toBeVisible();
      await expect(page.getByRole('list', { name: 'Problems of the import' })).toContainText(
        /own-nowhere.*latitude 95/,
      );
      await expect(items(page)).toHaveCount(2);
      await expect(nameOf(items(page).first())).toHaveValue('Tower');
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'photo.jpg',
        mimeType: 'image/jpeg',
        buffer: Buffer.from([255, 216, 255, 224]),
      });
      await expect(page.getByRole('list', { name: 'Problems of the import' })).toContainText(
        'photo.jpg: The file is no GeoJSON',
      );
      await expect(items(page)).toHaveCount(2);
    });

    test('saves what it did not take of a file, by its very bytes, with the reasons', async ({
      page,
      served,
    }) => {
      await openApp(page, served, SEARCH);
      const bytes = Buffer.from(formatReferencePoints([GATE, { ...GATE, id: 'own-other', name: '~other' }]));
      bytes[bytes.indexOf('~')] = 0xff;
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'some.geojson',
        mimeType: 'application/geo+json',
        buffer: bytes,
      });
      await expect(page.getByText('some.geojson: 1 point added, 1 feature left out.')).toBeVisible();
      await expect(page.getByRole('list', { name: 'Problems of the import' })).toContainText(
        /feature 2 \(line 3, byte \d+\): is not UTF-8 text: save the file as UTF-8/,
      );
      const saving = page.waitForEvent('download');
      await press(page.getByRole('button', { name: 'Save as GeoJSON' }));
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe('some-geojson-set-aside.geojson');
      expect(
        (await readFile(await saved.path())).includes(Buffer.from([0xff, ...Buffer.from('other')])),
      ).toBe(true);
      const listing = page.waitForEvent('download');
      await press(page.getByRole('button', { name: 'Save the list' }));
      expect(await readFile(await (await listing).path(), 'utf8')).toMatch(
        /^What was left out of “some\.geojson”\n\nSet aside: 1\n- feature 2 \(line 3.*UTF-8\n {4}\{"type":"Feature"/,
      );
    });

    test('reads a file of very many bad features beside the page, and counts them all', async ({
      page,
      served,
    }) => {
      await openApp(page, served, SEARCH);
      const bad = '{"type":"Feature","id":"Bad","properties":{},"geometry":null},';
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'bad.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.from(`{"type":"FeatureCollection","features":[${bad.repeat(70_000).slice(0, -1)}]}`),
      });
      await expect(page.getByText('bad.geojson: 0 points added, 70,000 features left out.')).toBeVisible({
        timeout: 30_000,
      });
      await expect(page.getByText('And 69,980 more: save the list to read them.')).toBeVisible();
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'large.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.alloc(33e6, ' '),
      });
      await expect(page.getByRole('list', { name: 'Problems of the import' })).toContainText(
        'large.geojson: The file has 33 MB, and at most 5 MB of reference points are read',
      );
    });

    test('leaves the reading of a file that one does not want any more', async ({ page, served }) => {
      await page.route('**/import-worker-*.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'onmessage = () => undefined;' }),
      );
      await openApp(page, served, SEARCH);
      await page.getByLabel('Import GeoJSON').setInputFiles({
        name: 'some.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.from(formatReferencePoints([GATE])),
      });
      await expect(page.getByText(/^Reading some\.geojson… 0 %$/)).toBeVisible();
      await press(page.getByRole('button', { name: 'Cancel' }));
      await expect(page.getByText('some.geojson was not read to its end: nothing was added.')).toBeVisible();
      await expect(items(page)).toHaveCount(0);
    });

    test('starts when nothing can be read of what was kept, and says so', async ({ page, served }) => {
      await keep(page, '{"features":');
      await openApp(page, served);
      await expect(page.getByText(/Your reference points cannot be read/)).toBeVisible();
      await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    });

    test('follows what another tab does', async ({ page, served }) => {
      await openApp(page, served, SEARCH);
      const other = await page.context().newPage();
      await openApp(other, served, SEARCH);
      await coordinates(other).fill('55.75, 37.6');
      await coordinates(other).press('Enter');
      await expect(nameOf(items(page).first())).toHaveValue('Point 1');
      await nameOf(items(other).first()).fill('Gate');
      await nameOf(items(other).first()).press('Enter');
      await expect(nameOf(items(page).first())).toHaveValue('Gate');
      await other.getByRole('button', { name: 'Remove Gate' }).click();
      await expect(items(page)).toHaveCount(0);
      await other.close();
    });

    if (isPhone) {
      test('has targets that a finger hits', async ({ page, served }) => {
        await keepPoints(page, GATE);
        await openApp(page, served, SEARCH);
        const targets = page
          .getByRole('tabpanel')
          .locator('button, label:has(input[type=file]), input:not([type=file])');
        for (const target of await targets.all()) {
          expect((await target.boundingBox())?.height, await target.innerText()).toBeGreaterThanOrEqual(44);
        }
      });
    }

    test.describe('without the gazetteer', () => {
      test.use({ hasMap: true, allowedErrors: [/Failed to load resource.*404/] });

      test('says so, and tries again', async ({ page, served }) => {
        await page.route('**/gazetteer.tsv', (route) => route.fulfill({ status: 404, body: 'Not found' }));
        await openApp(page, served, SEARCH);
        await placeField(page).fill('Tula');
        const alert = page.getByRole('alert');
        await expect(alert).toContainText(/The places cannot be searched.*gazetteer\.tsv.*"404/);
        await page.unroute('**/gazetteer.tsv');
        await press(alert.getByRole('button', { name: 'Try again' }));
        await expect(alert).toHaveCount(0);
        await placeField(page).press('ArrowDown');
        await expect(options(page).filter({ hasText: 'Тула' }).first()).toBeVisible();
      });
    });
  });
}
