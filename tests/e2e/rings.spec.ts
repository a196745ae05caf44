import type { Page } from '@playwright/test';
import { placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import type { Sighting } from '../../src/domain/sighting';
import { geoJson, geoReferencePoints } from '../unit/fixtures';
import { expect, openApp, standStill, test } from './app';
import { expectNoViolations } from './axe';
import { DEVICES } from './devices';
import { measuredPixels, openMeasuringTool } from './measuring';

const { features: sightings } = geoJson('sightings.geojson') as { features: Sighting[] };
const kremlin = geoReferencePoints().find(({ id }) => id === 'kremlin');

/** Titles of the sightings in each part of a ring around the Kremlin, nearest first. */
function plainly(meters: number) {
  if (!kremlin) throw new Error('There is no Kremlin among the reference points.');
  const from = placeOfReferencePoint(kremlin);
  const placed = sightings.flatMap((sighting) => {
    const place = placeOfSighting(sighting);
    return place ? [{ title: sighting.properties.title, ...measure(from, place) }] : [];
  });
  const titles = (isIn: (interval: { minMeters: number; maxMeters: number }) => boolean) =>
    placed
      .filter(isIn)
      .toSorted((a, b) => a.meters - b.meters)
      .map(({ title }) => title);
  return {
    certainly: titles(({ maxMeters }) => maxMeters <= meters),
    possibly: titles(({ minMeters, maxMeters }) => minMeters <= meters && maxMeters > meters),
    outside: titles(({ minMeters }) => minMeters > meters),
  };
}

const panel = (page: Page) => page.getByRole('region', { name: 'Measuring tools' });
const middle = (page: Page) => panel(page).getByRole('combobox', { name: 'Around' });
const radii = (page: Page) => panel(page).getByRole('textbox', { name: /^Radius \d+ in / });
const part = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' });

async function expectCounts(page: Page, radius: string, meters: number): Promise<void> {
  const { certainly, possibly, outside } = plainly(meters);
  await expect(part(page, `Certainly inside ${radius}: ${certainly.length}`)).toBeVisible();
  await expect(part(page, `Possibly inside ${radius}: ${possibly.length}`)).toBeVisible();
  await expect(part(page, `Outside ${radius}: ${outside.length}`)).toBeVisible();
}

async function expectShown(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: `${count} of 8 sightings` })).toBeVisible();
}

test('the built-in data has sightings in each part of a ring', () => {
  const { certainly, possibly, outside } = plainly(20_000);
  expect([certainly.length, possibly.length, outside.length]).toEqual([4, 1, 2]);
});

for (const { name, isPhone, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    test('counts what is certainly inside, possibly inside and outside, and lists it', async ({
      page,
      served,
    }) => {
      await openApp(page, served);
      await openMeasuringTool(page, 'Rings');
      await expect(panel(page)).toContainText(/Draw rings around a reference point/);
      await middle(page).selectOption('Moscow Kremlin');
      await expectCounts(page, '5 km', 5000);
      await expectCounts(page, '10 km', 10_000);
      await expect(panel(page)).toContainText('Reported without a place, in no ring: 1');
      const { outside } = plainly(10_000);
      await part(page, `Outside 10 km: ${outside.length}`).click();
      const listed = panel(page).getByRole('list', { name: 'Outside 10 km' }).getByRole('button');
      await expect(listed).toHaveText(outside);
      await listed.first().click();
      await expect(page.getByRole('dialog', { name: `Sighting: ${outside[0]}` })).toBeVisible();
    });

    test('shows a part in the list, by a filter that the counts do without', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,5km,20km');
      const { certainly, possibly, outside } = plainly(20_000);
      const show = (words: string) => part(page, `Show in the list: ${words} 20 km`);
      await show('certainly inside').click();
      await expectShown(page, certainly.length);
      await expect(chips(page)).toContainText('certainly within 20 km of Kremlin');
      if (isPhone) await page.getByRole('button', { name: 'Measure distance' }).click();
      if (isPhone) await panel(page).getByRole('tab', { name: 'Rings' }).click();
      await expectCounts(page, '20 km', 20_000);
      await show('possibly inside, with those certainly inside,').click();
      await expectShown(page, certainly.length + possibly.length);
      if (isPhone) await openMeasuringTool(page, 'Rings');
      await show('outside').click();
      await expectShown(page, outside.length);
      await expect(chips(page)).toContainText('outside 20 km of Kremlin');
      if (isPhone) await openMeasuringTool(page, 'Rings');
      await expect(show('outside')).toHaveAttribute('aria-pressed', 'true');
      await show('outside').click();
      await expectShown(page, 8);
    });

    test('counts what the other filters let through, and says so', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,20km&system=s-400&near=kremlin,1km');
      await expect(part(page, 'Certainly inside 20 km: 1')).toBeVisible();
      await expect(part(page, 'Possibly inside 20 km: 1')).toBeVisible();
      await expect(part(page, 'Outside 20 km: 0')).toBeDisabled();
      await expect(panel(page)).toContainText('Counted are the 2 sightings that the filters let through.');
    });

    test('adds, changes and removes rings, shortest first, and keeps what is good', async ({
      page,
      served,
    }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,5km,20km');
      await panel(page).getByRole('button', { name: 'Add a ring of 50 km' }).click();
      await expect(radii(page)).toHaveCount(3);
      await expect(radii(page).nth(2)).toBeFocused();
      await radii(page).nth(2).fill('12.5');
      await radii(page).nth(2).press('Enter');
      await expect(radii(page).nth(1)).toHaveValue('12.5');
      await expect(radii(page).nth(1)).toBeFocused();
      await expectCounts(page, '12.5 km', 12_500);
      await expect(page).toHaveURL(/rings=kremlin,5km,12\.5km,20km/);
      await radii(page).nth(0).fill('-3');
      await radii(page).nth(0).press('Enter');
      const alert = panel(page).getByRole('alert');
      await expect(alert).toHaveText(
        /^“-3” is no radius: write a number of kilometres from 0\.001 to 20,040/,
      );
      await expect(radii(page).nth(0)).toHaveAttribute('aria-invalid', 'true');
      await expectCounts(page, '5 km', 5000);
      await radii(page).nth(0).fill('20');
      await radii(page).nth(0).press('Enter');
      await expect(alert).toHaveText(/There is a ring of 20 km already/);
      await radii(page).nth(1).fill('13');
      await radii(page).nth(1).press('Enter');
      await expect(alert).toHaveCount(0);
      await expect(radii(page).nth(0)).toHaveValue('5');
      await panel(page).getByRole('button', { name: 'Remove the ring of 13 km' }).click();
      await expect(page).toHaveURL(/rings=kremlin,5km,20km$/);
      await panel(page).getByRole('button', { name: 'Clear' }).click();
      await expect(page).not.toHaveURL(/rings=k/);
      await expect(middle(page)).toBeFocused();
    });

    test('has at most ten rings', async ({ page, served }) => {
      const nine = Array.from({ length: 9 }, (_, i) => `${i + 1}km`);
      await openApp(page, served, `?tool=rings&rings=kremlin,${nine.join()}`);
      await panel(page).getByRole('button', { name: 'Add a ring of 10 km' }).click();
      await expect(radii(page)).toHaveCount(10);
      await expect(panel(page).getByRole('button', { name: /^Add a ring/ })).toHaveCount(0);
    });

    test('reads and writes radii in the units of the reader', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,5km');
      await panel(page).getByRole('combobox', { name: 'Units' }).selectOption('imperial');
      await expect(radii(page)).toHaveAccessibleName('Radius 1 in miles');
      await expect(radii(page)).toHaveValue('3.107');
      await radii(page).fill('10');
      await radii(page).press('Enter');
      await expect(page).toHaveURL(/rings=kremlin,16\.093km/);
      await expect(radii(page)).toHaveValue('10');
      await expectCounts(page, '10 mi', 16_093);
    });

    test('has its rings in the address, and back goes through them', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,5km,20km');
      await middle(page).selectOption('Ostafyevo airport');
      await expect(page).toHaveURL(/rings=ostafyevo-airport,5km,20km/);
      await page.reload();
      await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
      await expect(middle(page)).toHaveValue('ostafyevo-airport');
      await expect(radii(page)).toHaveCount(2);
      await page.goBack();
      await expect(middle(page)).toHaveValue('kremlin');
      await expectCounts(page, '20 km', 20_000);
    });

    test('draws the rings, until they are cleared', async ({ page, served }) => {
      await openApp(page, served, '?view=37.6178,55.7517,9.5&tool=rings');
      const before = await measuredPixels(page);
      await middle(page).selectOption('Moscow Kremlin');
      await expect.poll(() => measuredPixels(page)).toBeGreaterThan(before + 300);
      await panel(page).getByRole('button', { name: 'Clear' }).click();
      await expect.poll(() => measuredPixels(page)).toBeLessThan(before + 30);
    });

    test('takes its middle from the map, on the reference point that is clicked', async ({
      page,
      served,
    }) => {
      await openApp(page, served, '?view=37.6178,55.7517,13&tool=rings');
      await panel(page).getByRole('button', { name: 'Pick on the map' }).click();
      await standStill(page);
      const box = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
      if (!box) throw new Error('The map is not on the page.');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await (isPhone ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));
      await expect(middle(page)).toHaveValue('kremlin');
      await expectCounts(page, '5 km', 5000);
      await panel(page).getByRole('button', { name: 'Pick on the map' }).click();
      await standStill(page);
      const again = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
      if (!again) throw new Error('The map is not on the page.');
      const [left, top] = [again.x + 60, again.y + again.height / 2 + 60];
      await (isPhone ? page.touchscreen.tap(left, top) : page.mouse.click(left, top));
      await expect(page).toHaveURL(/rings=37\.\d+,55\.7\d+,u27,5km,10km/);
    });

    test('leaves the sighting in the middle out of its counts, and in the list', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=losiny-ostrov-s400,1km');
      await expect(middle(page)).toHaveValue('losiny-ostrov-s400');
      await expect(part(page, 'Certainly inside 1 km: 0')).toBeVisible();
      await expect(part(page, 'Possibly inside 1 km: 0')).toBeVisible();
      await expect(part(page, 'Outside 1 km: 6')).toBeVisible();
      await expect(panel(page)).toContainText('The sighting in the middle is not counted itself');
      await page.goto(`${served.address}?near=losiny-ostrov-s400,1km,certainly`);
      await expectShown(page, 1);
      await page.getByRole('button', { name: 'Filters', exact: true }).click();
      await expect(page.getByLabel('Within a distance of')).toHaveValue('losiny-ostrov-s400');
      await expect(chips(page)).toContainText(/certainly within 1 km of S-400 in the Losiny Ostrov/);
    });

    test('works by the keyboard alone', async ({ page, served }) => {
      await openApp(page, served);
      await page.keyboard.press('m');
      await panel(page).getByRole('tab', { name: 'Ruler' }).focus();
      await page.keyboard.press('ArrowRight');
      await expect(panel(page).getByRole('tab', { name: 'Rings' })).toBeFocused();
      await page.keyboard.press('Tab');
      while (!(await middle(page).evaluate((element) => element === document.activeElement)))
        await page.keyboard.press('Tab');
      // A browser takes letters that come more than a second apart, as on a busy machine, for words of their own.
      await expect(async () => {
        await page.keyboard.type('Mosc');
        await expect(middle(page)).toHaveValue('kremlin', { timeout: 1500 });
      }).toPass();
      for (const control of ['Pick on the map', 'Or write where the middle is', 'Set']) {
        await page.keyboard.press('Tab');
        await expect(panel(page).getByLabel(control).or(part(page, control))).toBeFocused();
      }
      await page.keyboard.press('Tab');
      await expect(radii(page).first()).toBeFocused();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('20');
      await page.keyboard.press('Enter');
      await expect(radii(page).nth(1)).toBeFocused();
      await expect(radii(page).nth(1)).toHaveValue('20');
      const { outside } = plainly(20_000);
      await part(page, `Outside 20 km: ${outside.length}`).focus();
      await page.keyboard.press('Enter');
      await expect(
        panel(page).getByRole('list', { name: 'Outside 20 km' }).getByRole('listitem'),
      ).toHaveCount(outside.length);
      await part(page, 'Show in the list: outside 20 km').focus();
      await page.keyboard.press('Enter');
      await expectShown(page, outside.length);
      const first = page.getByRole('list', { name: 'Sightings' }).getByRole('button').first();
      if (isPhone) await expect(first).toBeFocused();
    });

    test('has nothing that axe objects to', async ({ page, served }) => {
      await openApp(page, served, '?tool=rings&rings=kremlin,5km,20km&near=kremlin,20km,outside');
      await part(page, `Outside 20 km: ${plainly(20_000).outside.length}`).click();
      await radii(page).first().fill('none');
      await radii(page).first().press('Enter');
      await expect(panel(page).getByRole('alert')).toBeVisible();
      await expectNoViolations(page);
    });
  });
}
