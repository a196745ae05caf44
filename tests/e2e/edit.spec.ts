import type { Page } from '@playwright/test';
import { clickAtRest, expect, openApp, standStill, test, viewInAddress } from './app';
import { expectNoViolations, openTool } from './axe';
import { tabTo } from './by-keyboard';
import { DEVICES } from './devices';
import { drag } from './drag';

test.use({ hasMap: false }); // the list, dialogs and forms: the map takes most of the time without a graphics card

const LOSINY = 'S-400 in the Losiny Ostrov national park';
/** a sighting that rests on one origin */
const ONE_ORIGIN = 'ostafyevo-airport-pantsir';

const formOf = (page: Page) => page.getByRole('region', { name: /^(Add|Correct) a sighting$/ });
const popup = (page: Page) => page.getByRole('dialog', { name: /^Sighting:/ });
const said = (page: Page) => page.getByRole('status');
const field = (page: Page, name: string) => formOf(page).getByLabel(name, { exact: true });
const save = (page: Page) => formOf(page).getByRole('button', { name: 'Save sighting' }).click();

async function openForm(page: Page): Promise<void> {
  await clickAtRest(page.getByRole('button', { name: 'Correct', exact: true }));
  await expect(formOf(page)).toBeVisible();
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, field(page, name));
  await page.keyboard.insertText(text);
}

/** Middle of the map, and a point of it from there, in CSS pixels of the page. */
async function onMap(page: Page, x = 0, y = 0): Promise<{ x: number; y: number }> {
  await standStill(page);
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  if (!box) throw new Error('There is no map.');
  return { x: box.x + box.width / 2 + x, y: box.y + box.height / 2 + y };
}

for (const { name: device, isPhone, use } of DEVICES) {
  test.describe(device, () => {
    test.use(use);

    const press = async (page: Page, at: { x: number; y: number }) =>
      isPhone ? page.touchscreen.tap(at.x, at.y) : page.mouse.click(at.x, at.y);

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('corrects a sighting, and takes it back and forth', async ({ page, served }) => {
        await openApp(page, served, '?sighting=losiny-ostrov-s400');
        await openForm(page);
        await field(page, 'Title').fill('S-400 near the Neva');
        await field(page, 'Coordinates').fill('59°56′N 30°18′E');
        await expect(formOf(page).getByText('Degrees, minutes, seconds: 59.93333, 30.30000')).toBeVisible();
        await save(page);
        await expect(formOf(page)).toBeHidden();
        await expect(popup(page).getByRole('heading', { name: 'S-400 near the Neva' })).toBeVisible();
        await expect.poll(() => Math.round(viewInAddress(page)?.lat ?? 0)).toBe(60);
        const inList = (title: string) =>
          page.getByRole('list', { name: 'Sightings' }).getByText(title, { exact: true });
        if (isPhone) await popup(page).getByRole('button', { name: 'Close' }).click();
        await expect(inList('S-400 near the Neva')).toHaveCount(1);
        await page.getByRole('button', { name: 'Undo' }).click();
        await expect(inList(LOSINY)).toHaveCount(1);
        await page.getByRole('button', { name: 'Redo' }).click();
        await expect(inList('S-400 near the Neva')).toHaveCount(1);
      });
    });

    test('keeps what is wrong as a draft, which goes on where it was left', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await openForm(page);
      await field(page, 'Title').fill('');
      await expect(field(page, 'Title')).toHaveAttribute('aria-invalid', 'true');
      await expect(field(page, 'Title')).toHaveAccessibleDescription('Error: is missing and required');
      await save(page);
      await expect(formOf(page).getByText('1 thing to mend before it can be saved.')).toBeVisible();
      await expect(field(page, 'Title')).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(formOf(page)).toBeHidden();
      await expect(said(page).filter({ hasText: 'is kept as a draft' })).toHaveCount(1);
      await openForm(page);
      await expect(formOf(page).getByText('You had begun to correct this.')).toBeVisible();
      await expect(field(page, 'Title')).toHaveValue('');
      await formOf(page).getByRole('button', { name: 'Discard draft' }).click();
      await expect(field(page, 'Title')).toHaveValue(LOSINY);
      await expect(field(page, 'Title')).toHaveAttribute('aria-invalid', 'false');
      await page.keyboard.press('Control+z');
      await expect(formOf(page).getByText('You had begun to correct this.')).toBeVisible();
      await expect(field(page, 'Title')).toHaveValue('');
      await formOf(page).getByRole('button', { name: 'Discard draft' }).click();
      await expect(field(page, 'Title')).toHaveValue(LOSINY);
      await page.keyboard.press('Escape');
      await expect(formOf(page)).toBeHidden();
      await expect(page.getByRole('button', { name: /^\d+ drafts?:/ })).toHaveCount(0);
    });

    test('warns of a confidence that the sources do not bear, and saves it', async ({ page, served }) => {
      await openApp(page, served, `?sighting=${ONE_ORIGIN}`);
      await openForm(page);
      await formOf(page).getByRole('radio', { name: 'High confidence' }).check();
      await expect(formOf(page).getByText('"high" needs at least 2 independent origins')).toBeVisible();
      await save(page);
      await expect(popup(page).getByRole('heading', { name: 'High confidence' })).toBeVisible();
    });

    test('changes nothing where nothing was changed', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await openForm(page);
      await field(page, 'Title').fill('Something else');
      await field(page, 'Title').fill(LOSINY);
      await save(page);
      await expect(said(page).filter({ hasText: 'was changed.' })).toHaveCount(1);
      await expect(page.getByRole('button', { name: 'Undo', disabled: false })).toHaveCount(0);
    });

    test('removes a sighting, and undo brings it back', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await openForm(page);
      await formOf(page).getByRole('button', { name: 'Remove sighting' }).click();
      await expect(
        said(page).filter({ hasText: `Removed “${LOSINY}”. Undo is under the title.` }),
      ).toHaveCount(1);
      await expect(page.getByText('7 of 7 sightings')).toHaveCount(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByText('8 of 8 sightings')).toHaveCount(1);
      await expect(said(page).filter({ hasText: `Undone: Remove “${LOSINY}”` })).toHaveCount(1);
      await page.getByRole('button', { name: 'Redo' }).click();
      await expect(said(page).filter({ hasText: `Redone: Remove “${LOSINY}”` })).toHaveCount(1);
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('takes a place from the map, with an uncertainty that can be used', async ({ page, served }) => {
        await openApp(page, served, '?view=37.5,55.6,9');
        await openTool(page, 'Add sighting');
        const pick = formOf(page).getByRole('button', { name: 'Pick on the map' });
        await pick.click();
        await expect(formOf(page).getByText(/(Click|Tap) the place\./)).toBeVisible();
        if (isPhone) {
          // The lowered sheet has room for what to do, and for nothing that would be cut.
          await expect(formOf(page).getByRole('button')).toHaveText(['Cancel']);
          await formOf(page).getByRole('button', { name: 'Cancel' }).tap();
          await expect(pick).toBeFocused();
          await pick.click();
        }
        await press(page, await onMap(page, 20, 30));
        await expect(field(page, 'Coordinates')).toHaveValue(/^55\.5\d+, 37\.5\d+$/);
        await expect(field(page, 'Uncertainty in metres')).toHaveValue('');
        await formOf(page)
          .getByRole('button', { name: /^Use \d+ m$/ })
          .click();
        await expect(field(page, 'Uncertainty in metres')).toHaveValue(/^[1-9]\d{2}$/);
      });

      test('draws an area, as finely as the map can tell', async ({ page, served }) => {
        await openApp(page, served, '?view=37.5,55.6,9');
        await openTool(page, 'Add sighting');
        await formOf(page).getByRole('radio', { name: 'An area' }).check();
        await formOf(page).getByRole('button', { name: 'Draw an area' }).click();
        await expect(page.locator('.map.picking')).toBeVisible();
        await expect(page.locator('.maplibregl-canvas')).toHaveCSS('cursor', 'crosshair');
        const corners = [
          [-60, -40],
          [60, -40],
          [50, 60],
          [-60, -40],
        ] as const;
        for (const [x, y] of corners) await press(page, await onMap(page, x, y));
        await expect(field(page, 'Corners, in the order of a walk around')).toHaveValue(
          /^(\d+\.\d{1,3}, \d+\.\d{1,3}\n){2}\d+\.\d{1,3}, \d+\.\d{1,3}$/,
        );
        await expect(formOf(page).getByRole('button', { name: 'Draw an area' })).toHaveAttribute(
          'aria-pressed',
          'false',
        );
      });

      test('draws a circle by its middle and rim, or by a pull, which becomes a point and its uncertainty', async ({
        page,
        served,
      }) => {
        await openApp(page, served, '?view=37.5,55.6,9');
        await openTool(page, 'Add sighting');
        const meters = async () => Number(await field(page, 'Uncertainty in metres').inputValue());
        const begin = async () => {
          await formOf(page).getByRole('button', { name: 'Draw a circle' }).click();
          await expect(page.locator('.maplibregl-canvas')).toHaveCSS('cursor', 'crosshair');
        };
        await begin();
        for (const x of [0, 80]) await press(page, await onMap(page, x));
        await expect(field(page, 'Coordinates')).toHaveValue(/^55\.(59|6)\d*, 37\.5\d*$/);
        // 80 pixels at that zoom and latitude
        await expect.poll(meters).toBeGreaterThan(6500);
        expect(await meters()).toBeLessThan(7500);
        await expect(formOf(page).getByRole('button', { name: /^Use \d+ m$/ })).toHaveCount(0);
        await begin();
        await drag(page, isPhone, await onMap(page), await onMap(page, 0, -40));
        // half of that, less the way until it counts as a pull
        await expect.poll(meters).toBeLessThan(3750);
        expect(await meters()).toBeGreaterThan(1000);
        await formOf(page).getByRole('button', { name: 'Undo the circle' }).click();
        await expect.poll(meters).toBeGreaterThan(6500);
        await expect(field(page, 'Coordinates')).toBeFocused();
        await expect(formOf(page).getByRole('button', { name: 'Undo the circle' })).toHaveCount(0);
        // How far a circle goes around a point is not said of an area.
        await formOf(page).getByRole('radio', { name: 'An area' }).check();
        await expect(field(page, 'Uncertainty in metres')).toHaveCount(0);
        await formOf(page).getByRole('radio', { name: 'A point' }).check();
        expect(await meters()).toBeGreaterThan(6500);
      });

      test('draws an area across the antimeridian, which is cut there', async ({ page, served }) => {
        await openApp(page, served, '?view=179.9,66,9');
        await openTool(page, 'Add sighting');
        await formOf(page).getByRole('radio', { name: 'An area' }).check();
        await formOf(page).getByRole('button', { name: 'Draw an area' }).click();
        await expect(page.locator('.maplibregl-canvas')).toHaveCSS('cursor', 'crosshair');
        for (const [x, y] of [
          [-90, 40],
          [120, 40],
          [120, -40],
          [-90, 40],
        ] as const) {
          await press(page, await onMap(page, x, y));
        }
        const corners = field(page, 'Corners, in the order of a walk around');
        await expect(corners).toHaveValue(/, 180\n(.+\n)*\n(.+\n)*.+, -180/);
        await expect(corners).toHaveAttribute('aria-invalid', 'false');
      });
    });

    test('has nothing that axe objects to', async ({ page, served }) => {
      await openApp(page, served);
      await openTool(page, 'Add sighting');
      await formOf(page).getByRole('button', { name: 'Add a source' }).click();
      await formOf(page).getByRole('button', { name: 'Add a reported distance' }).click();
      await save(page);
      await expect(formOf(page).getByText(/things to mend/)).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

test.describe('on a desktop', () => {
  test.use(DEVICES[0].use);

  test('adds a sighting by keyboard only', async ({ page, served }) => {
    await openApp(page, served);
    await page.keyboard.press('n');
    await expect(field(page, 'Title')).toBeFocused();
    await page.keyboard.insertText('С-400 у Яузы');
    await expect(field(page, 'Id')).toHaveValue('s-400-u-yauzy');
    await write(page, 'Date, as the report has it', '2023-01');
    await expect(formOf(page).getByText('January 2023', { exact: true })).toBeVisible();
    await write(page, 'The place in the report’s words', 'by the Yauza');
    await write(page, 'Coordinates', '55.80, 37.69');
    await tabTo(page, formOf(page).getByRole('button', { name: /^Use \d+ m$/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, formOf(page).getByRole('radio', { name: 'High confidence' }));
    await page.keyboard.press('ArrowUp'); // from the first to the last
    await expect(formOf(page).getByRole('radio', { name: 'Low confidence' })).toBeChecked();
    await write(page, 'Why', 'One origin.');
    await write(page, 'Publisher', 'A paper');
    await write(page, 'Published', '2023-01-20');
    await write(page, 'What it says, in our words', 'It reports this.');
    await write(page, 'Origin', 'A channel');
    await tabTo(page, formOf(page).getByRole('button', { name: 'Save sighting' }));
    await page.keyboard.press('Enter');
    await expect(popup(page)).toBeFocused();
    await expect(popup(page).getByRole('heading', { name: 'С-400 у Яузы' })).toBeVisible();
    await expect(page.getByText('9 of 9 sightings')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(page.getByText('8 of 8 sightings')).toHaveCount(1);
    await page.keyboard.press('Control+Shift+z');
    await expect(page.getByText('9 of 9 sightings')).toHaveCount(1);
  });

  test.describe('on the map', () => {
    test.use({ hasMap: true });

    test('ends drawing with Escape, and the form stays', async ({ page, served }) => {
      await openApp(page, served, '?view=37.5,55.6,9');
      await openTool(page, 'Add sighting');
      await formOf(page).getByRole('button', { name: 'Draw a circle' }).click();
      await expect(page.locator('.maplibregl-canvas')).toHaveCSS('cursor', 'crosshair');
      await page.keyboard.press('Escape');
      await expect(page.locator('.map.picking')).toBeHidden();
      await expect(formOf(page)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(formOf(page)).toBeHidden();
    });

    test('puts the popup aside while a place is drawn beneath it', async ({ page, served }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await openForm(page);
      await standStill(page);
      const box = await popup(page).boundingBox();
      if (!box) throw new Error('There is no popup.');
      await formOf(page).getByRole('button', { name: 'Draw a circle' }).click();
      await expect(page.locator('.maplibregl-canvas')).toHaveCSS('cursor', 'crosshair');
      await expect(popup(page)).toBeHidden();
      for (const x of [0, 60]) {
        await standStill(page);
        await page.mouse.click(box.x + box.width / 2 + x, box.y + box.height / 2);
      }
      await expect(field(page, 'Coordinates')).not.toHaveValue('55.864, 37.778');
      await expect(popup(page)).toBeVisible();
    });
  });

  test('takes dates as people write them, but for those that can be two', async ({ page, served }) => {
    await openApp(page, served, `?sighting=${ONE_ORIGIN}`);
    await openForm(page);
    const date = field(page, 'Date, as the report has it');
    await date.fill('18 January 2023');
    await expect(date).toHaveAccessibleDescription('18 January 2023');
    await date.press('Tab');
    await expect(date).toHaveValue('2023-01-18');
    await date.fill('01/02/2023');
    await date.press('Tab');
    await expect(date).toHaveValue('01/02/2023');
    await expect(formOf(page).getByText('write 2023-02-01 or 2023-01-02')).toBeVisible();
    await date.fill('January 2023');
    await date.blur();
    await expect(date).toHaveValue('2023-01');
    const published = field(page, 'Published').first();
    await published.fill('21.01.2023');
    await published.press('Enter');
    await expect(formOf(page)).toBeHidden();
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect(date).toHaveValue('2023-01');
    await expect(published).toHaveValue('2023-01-21');
  });

  test('offers to swap a point, or an area, whose longitude seems to come first', async ({
    page,
    served,
  }) => {
    await openApp(page, served, `?sighting=${ONE_ORIGIN}`);
    await openForm(page);
    const point = field(page, 'Coordinates');
    const swap = formOf(page).getByRole('button', { name: 'Swap latitude and longitude' });
    await expect(point).toHaveValue(/^55/);
    await expect(swap).toBeHidden();
    await point.fill('37.60, 55.70');
    await expect(formOf(page).getByText('37.60, 55.70 lies far from the other sightings')).toBeVisible();
    await swap.click();
    await expect(point).toHaveValue('55.70, 37.60');
    await expect(point).toBeFocused();
    await expect(swap).toBeHidden();
    await point.fill('137.6, 55.7');
    await expect(formOf(page).getByText('There is no latitude 137.6.')).toBeVisible();
    await swap.click();
    await expect(point).toHaveValue('55.7, 137.6');
    await expect(point).toHaveAttribute('aria-invalid', 'false');
    await formOf(page).getByLabel('An area').check();
    const corners = field(page, 'Corners, in the order of a walk around');
    await corners.fill('37.4, 55.6\n37.8, 55.6\n37.6, 55.8');
    await expect(formOf(page).getByText('The area lies far from the other sightings')).toBeVisible();
    await swap.click();
    await expect(corners).toHaveValue('55.6, 37.4\n55.6, 37.8\n55.8, 37.6');
    await expect(corners).toBeFocused();
    await expect(swap).toBeHidden();
  });

  test('offers to bring a longitude into range, and cuts an area at the antimeridian', async ({
    page,
    served,
  }) => {
    await openApp(page, served, `?sighting=${ONE_ORIGIN}`);
    await openForm(page);
    const point = field(page, 'Coordinates');
    await point.fill('55.75, 190.5');
    await formOf(page).getByRole('button', { name: 'Take -169.5' }).click();
    await expect(point).toHaveValue('55.75, -169.5');
    await expect(point).toHaveAttribute('aria-invalid', 'false');
    await formOf(page).getByLabel('An area').check();
    const corners = field(page, 'Corners, in the order of a walk around');
    await corners.fill('55, 179\n55, -179\n56, -179\n56, 179');
    await expect(formOf(page).getByText('The area is cut in two at the antimeridian')).toBeVisible();
    await formOf(page).getByRole('button', { name: 'Save sighting' }).click();
    await expect(formOf(page)).toBeHidden();
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect(corners).toHaveValue(/179[^]*\n\n[^]*-179/); // a part on each side
  });

  test('tells of a place at 0, 0 and of metres whose dot may part thousands, and saves them', async ({
    page,
    served,
  }) => {
    await openApp(page, served, `?sighting=${ONE_ORIGIN}`);
    await openForm(page);
    const uncertainty = field(page, 'Uncertainty in metres');
    await uncertainty.fill('1.500');
    await expect(uncertainty).toHaveAccessibleDescription(
      /^1\.5 m, with a decimal point; for 1,500 m write 1500\./,
    );
    await field(page, 'Coordinates').fill('0, 0');
    await expect(
      formOf(page).getByText('the usual sign of a place that is missing: choose “Not known” where'),
    ).toBeVisible();
    await expect(field(page, 'Coordinates')).toHaveAttribute('aria-invalid', 'false');
    await save(page);
    await expect(formOf(page)).toBeHidden();
  });

  test('meets what was changed elsewhere, field by field', async ({ page, served }) => {
    await openApp(page, served, '?sighting=losiny-ostrov-s400');
    await openForm(page);
    await field(page, 'Title').fill('First');
    await field(page, 'Why').fill('Because of the first.');
    await save(page);
    await expect(formOf(page)).toBeHidden();
    await openForm(page);
    await field(page, 'Title').fill('Second');
    await formOf(page).getByRole('button', { name: 'Close the form' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await openForm(page);
    await expect(formOf(page).getByText(/taken over here: Why this confidence\./)).toBeVisible();
    await expect(field(page, 'Title')).toHaveValue('Second');
    await expect(formOf(page).getByText(`Theirs: ${LOSINY}`)).toBeVisible();
    await formOf(page).getByRole('button', { name: 'Take theirs: Title' }).click();
    await expect(field(page, 'Title')).toHaveValue(LOSINY);
    await save(page);
    await expect(said(page).filter({ hasText: 'was changed.' })).toHaveCount(1);
  });

  test('moves sources with the distances that they state', async ({ page, served }) => {
    await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo');
    await openForm(page);
    const first = formOf(page)
      .getByRole('list', { name: 'Sources of this sighting' })
      .getByRole('listitem')
      .first();
    const name = await first.getByLabel('Publisher', { exact: true }).inputValue();
    const stated = formOf(page).getByLabel('Says which source').first();
    const before = await stated.locator('option:checked').textContent();
    await first.getByRole('button', { name: `Move down: ${name}` }).click();
    await expect(stated.locator('option:checked')).not.toHaveText(before ?? '');
    await expect(stated.locator('option:checked')).toHaveText(/\S/);
    await save(page);
    await expect(
      popup(page).getByRole('list', { name: 'Sources' }).getByRole('listitem').nth(1),
    ).toContainText(name);
  });

  test('keeps what other sightings say of one that is renamed or removed', async ({ page, served }) => {
    await openApp(page, served, '?sighting=moscow-teterinsky-lane-roof');
    await openForm(page);
    await formOf(page).getByRole('button', { name: 'Remove sighting' }).click();
    const refused = formOf(page).getByRole('group', { name: 'Not removed' });
    await expect(refused).toBeFocused();
    await expect(refused).toContainText('1 sighting reports a distance to this one. Correct it first.');
    await expect(page.getByText('8 of 8 sightings')).toHaveCount(1);
    await expectNoViolations(page);
    await field(page, 'Id').fill('teterinsky-renamed');
    await save(page);
    await expect(
      said(page).filter({ hasText: /is saved, and its name in 1 other sighting\.( Dismiss)?$/ }),
    ).toHaveCount(1);
    await expect(page.getByRole('button', { name: /^Undo: Correct .* in 1 other sighting$/ })).toBeEnabled();
    await expect(page.getByText('Unsaved to file: 2 changes')).toBeVisible();
    await openForm(page);
    await formOf(page).getByRole('button', { name: 'Remove sighting' }).click();
    await refused.getByRole('button', { name: /^Correct “Pantsir-S1 on the roof of the defence/ }).click();
    await expect(field(page, 'Id')).toHaveValue('moscow-defence-ministry-roof');
    await expect(page.getByText('mend before it can be saved')).toBeHidden();
  });
});
