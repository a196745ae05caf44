import { readFile } from 'node:fs/promises';
import { type Locator, type Page } from '@playwright/test';
import { distance } from '@turf/turf';
import { LIGHT } from '../../src/map/theme';
import { expect, openApp, standStill, test } from './app';
import { expectNoViolations, openTool } from './axe';
import { DEVICES } from './devices';
import { drag } from './drag';
import { shareOf } from './pixels';

const tools = (page: Page) => page.getByRole('region', { name: 'Measuring tools' });
const points = (page: Page) => tools(page).getByRole('list', { name: 'Points of the measurement' });
const legs = (page: Page) => points(page).getByRole('group', { name: /^Leg \d/ });
const handle = (page: Page, number: number) =>
  page.getByRole('button', { name: new RegExp(`^Point ${number}: `) });
const button = (page: Page, name: string) => tools(page).getByRole('button', { name, exact: true });
const map = (page: Page) => page.getByRole('region', { name: 'Map of sightings' });
const measureButton = (page: Page) => page.getByRole('button', { name: 'Measure distance' });

/** Waits until the whole handle is on the screen. Its box is exact, the ratio that a browser tells of it is rounded. */
async function expectWhollyInView(page: Page, number: number): Promise<void> {
  await expect(async () => {
    const box = await handle(page, number).boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    if (!box) throw new Error(`Point ${number} is not drawn.`);
    expect(Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height)).toBeGreaterThan(0);
  }).toPass({ timeout: 15_000 });
}

const MOSCOW = 'view=37.6,55.72,9';

/** What is measured, as the address has it. */
function measured(page: Page): string[] {
  return new URL(page.url()).searchParams.get('measure')?.split(' ') ?? [];
}

function lngLatOf(text = ''): [number, number] {
  const [lng = NaN, lat = NaN] = text.split(',').map(Number);
  return [lng, lat];
}

/** Kilometres between two vertices of the address, by Turf. */
function kilometers(a: string | undefined, b: string | undefined): number {
  return distance(lngLatOf(a), lngLatOf(b), { units: 'kilometers' });
}

/** The number of kilometres that a leg says. */
async function saidKilometers(leg: Locator): Promise<number> {
  return Number((await leg.locator('strong').innerText()).replace(' km', '').replaceAll(',', ''));
}

async function untilDrawn(page: Page): Promise<void> {
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  await standStill(page);
}

/** A point of the map in pixels of the page, by shares of the map's size. */
async function pointOfMap(
  page: Page,
  [right, down]: readonly [number, number],
): Promise<{ x: number; y: number }> {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  return { x: box.x + box.width * right, y: box.y + box.height * down };
}

/** Clicks or taps points of the map, one after the other. */
async function pick(
  page: Page,
  isPhone: boolean,
  shares: readonly (readonly [number, number])[],
): Promise<void> {
  await expect(button(page, 'Stop adding points')).toBeVisible();
  for (const share of shares) {
    const before = measured(page).length;
    const { x, y } = await pointOfMap(page, share);
    await (isPhone ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));
    await expect.poll(() => measured(page).length).toBe(before + 1);
  }
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

for (const { name, isPhone, use } of DEVICES) {
  test.describe(name, () => {
    test.use({ ...use, permissions: ['clipboard-read', 'clipboard-write'] });

    test('measures along points that are picked on the map', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}`);
      await (isPhone ? measureButton(page).tap() : measureButton(page).click());
      await expect(measureButton(page)).toHaveAttribute('aria-expanded', 'true');
      await expect(button(page, 'Stop adding points')).toHaveAttribute('aria-pressed', 'true');
      await untilDrawn(page);
      await pick(page, isPhone, [
        [0.2, 0.25],
        [0.75, 0.2],
        [0.6, 0.75],
      ]);
      await expect(legs(page)).toHaveCount(2);
      const [a, b, c] = measured(page);
      expect(Math.abs((await saidKilometers(legs(page).nth(0))) - kilometers(a, b))).toBeLessThan(0.051);
      expect(Math.abs((await saidKilometers(legs(page).nth(1))) - kilometers(b, c))).toBeLessThan(0.051);
      await expect(legs(page).nth(0)).toContainText(
        /\d+° [NESW]{1,3}( ± \d°)? out, \d+° [NESW]{1,3}( ± \d°)? back/,
      );
      await expect(legs(page).nth(0)).toContainText(/WGS 84: [\d.]+ km, .* sphere [−+]\d+ m, [−+]0\.\d\d %/);
      await expect(tools(page)).toContainText(/Total\s*\d/);
    });

    test('takes over the uncertainty of the sighting and reference point that are picked', async ({
      page,
      served,
    }) => {
      await openApp(page, served, '?view=37.597,55.738,11&tool=ruler');
      await untilDrawn(page);
      const middle = await pointOfMap(page, [0.5, 0.5]);
      const pixelsTo = (lng: number, lat: number) => {
        const scale = 512 * 2 ** 11;
        const y = (degrees: number) =>
          (0.5 - Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI)) * scale;
        return { x: middle.x + ((lng - 37.597) / 360) * scale, y: middle.y + y(lat) - y(55.738) };
      };
      const [roof, ministry] = [pixelsTo(37.591, 55.728), pixelsTo(37.60222, 55.74889)];
      for (const { x, y } of [roof, ministry]) {
        const before = measured(page).length;
        await (isPhone ? page.touchscreen.tap(x + 3, y - 3) : page.mouse.click(x + 3, y - 3));
        await expect.poll(() => measured(page).length).toBe(before + 1);
      }
      expect(measured(page)).toEqual(['moscow-defence-ministry-roof', 'defence-ministry-arbat']);
      await expect(points(page).getByRole('listitem')).toContainText([
        /± 400 m/,
        /Defence Ministry.*± 150 m/s,
      ]);
      // 2.43 km between the centres, 400 and 150 metres of uncertainty, and the sphere's
      await expect(legs(page)).toContainText(/2\.4\d? km\s*1\.8\d? to 3\.0\d? km/);
    });

    test('lets a point be dragged, one be put between two others, and takes it back', async ({
      page,
      served,
    }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=37.45,55.78+37.65,55.7`);
      await untilDrawn(page);
      const start = await middleOf(handle(page, 2));
      await drag(page, isPhone, start, { x: start.x - 30, y: start.y + 15 });
      await expect.poll(() => measured(page)[1]).not.toBe('37.65,55.7');
      const [lng, lat] = lngLatOf(measured(page)[1]);
      const degrees = (30 / (512 * 2 ** 9)) * 360;
      expect([lng, lat < 55.7]).toEqual([expect.closeTo(37.65 - degrees, 2), true]);
      const moved = measured(page);

      const between = page.getByRole('button', { name: 'Add a point between 1 and 2' });
      const middle = await middleOf(between);
      await drag(page, isPhone, middle, { x: middle.x + 25, y: middle.y - 35 });
      await expect.poll(() => measured(page).length).toBe(3);
      expect([measured(page)[0], measured(page)[2]]).toEqual(moved);
      await expect(legs(page)).toHaveCount(2);

      await button(page, 'Undo').click();
      await expect.poll(() => measured(page)).toEqual(moved);
      await button(page, 'Undo').click();
      await expect.poll(() => measured(page)).toEqual(['37.45,55.78', '37.65,55.7']);
      await expect(button(page, 'Undo')).toBeDisabled();
      await button(page, 'Redo').click();
      await expect.poll(() => measured(page)).toEqual(moved);
    });

    test('takes positions as they are written, in five formats', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler`);
      const field = tools(page).getByRole('textbox', { name: 'Add a point by coordinates' });
      for (const text of [
        '55.7517, 37.6178',
        '55°43′55″N 37°11′48″E',
        'geo:55.5117,37.5072;u=1500',
        '37U DB 13246 79310',
        '9G7VQJ29+M4',
      ]) {
        const before = measured(page).length;
        await field.fill(text);
        await field.press('Enter');
        await expect.poll(() => measured(page).length).toBe(before + 1);
        await expect(field).toHaveValue('');
      }
      expect(measured(page)).toEqual([
        expect.stringMatching(/^37\.6178,55\.7517,u\d$/),
        expect.stringMatching(/^37\.19667,55\.73194,u1\d$/),
        '37.5072,55.5117,u1500',
        expect.stringMatching(/^37\.61\d+,55\.75\d+,u1$/),
        expect.stringMatching(/^37\.617\d+,55\.751\d+,u\d+$/),
      ]);
      await expect(points(page)).toContainText('55.5117, 37.5072 ± 1.5 km');
    });

    test('says what is wrong with a position, and keeps it', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler`);
      const field = tools(page).getByRole('textbox', { name: 'Add a point by coordinates' });
      await field.fill('95.1, 37.6');
      await button(page, 'Add').click();
      await expect(tools(page).getByRole('alert')).toContainText('95.1');
      await expect(field).toHaveValue('95.1, 37.6');
      expect(measured(page)).toEqual([]);
    });

    test('measures the area of a closed shape', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=37,55.5+38,55.5+38,56`);
      await expect(legs(page)).toHaveCount(2);
      await tools(page).getByRole('checkbox', { name: 'Close the shape and measure its area' }).check();
      await expect(legs(page)).toHaveCount(3);
      await expect(tools(page)).toContainText(/Area\s*1,7\d\d km²\s*1,7\d\d to 1,7\d\d km²/);
      expect(measured(page)).toEqual(['37,55.5', '38,55.5', '38,56', '37,55.5']);
    });

    test('tells lengths in feet and miles, and at sea', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=37.4,55.8+37.8,55.6`);
      const units = tools(page).getByRole('combobox', { name: 'Units' });
      const km = kilometers('37.4,55.8', '37.8,55.6');
      for (const [choice, unit, meters] of [
        ['imperial', 'mi', 1609.344],
        ['nautical', 'nmi', 1852],
        ['metric', 'km', 1000],
      ] as const) {
        await units.selectOption(choice);
        const said = legs(page).locator('strong');
        await expect(said).toHaveText(new RegExp(` ${unit}$`));
        expect(parseFloat(await said.innerText())).toBeCloseTo((km * 1000) / meters, 1);
      }
      await units.selectOption('nautical');
      await expect(page).toHaveURL(/units=nautical/);
      await page.goto(`${served.address}?tool=ruler&measure=37.4,55.8+37.8,55.6`);
      await expect(legs(page).locator('strong')).toHaveText(/ nmi$/); // remembered
    });

    test('keeps a named measurement in the address, and goes back from it', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin+novo-ogaryovo`);
      await tools(page).getByRole('textbox', { name: 'Name' }).fill('From gate to gate');
      await expect(page).toHaveURL(/measured=From\+gate\+to\+gate/);
      await page.reload();
      await expect(tools(page).getByRole('textbox', { name: 'Name' })).toHaveValue('From gate to gate');
      await expect(legs(page).locator('strong')).toHaveText(/^26\.\d km$/);
      await button(page, 'Remove point 2').click();
      await expect.poll(() => measured(page)).toEqual(['kremlin']);
      await page.goBack();
      await expect.poll(() => measured(page)).toEqual(['kremlin', 'novo-ogaryovo']);
      await expect(legs(page)).toHaveCount(1);
    });

    test('says when a point of the address is not in the data, and keeps the others', async ({
      page,
      served,
    }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin+atlantis+37.8,55.6`);
      await expect(points(page).getByRole('listitem')).toHaveCount(2);
      await expect(page.getByRole('status').filter({ hasText: 'atlantis' })).toBeVisible();
    });

    test('copies the measurement as text with its method', async ({ page, served }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(
        page,
        served,
        `?${MOSCOW}&tool=ruler&measure=kremlin+novo-ogaryovo&measured=Gate+to+gate`,
      );
      await button(page, 'Copy as text').click();
      const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
      expect(lines.slice(0, 6)).toEqual([
        'Gate to gate',
        '',
        '1. Kremlin: 55.7517, 37.6178 ± 300 m',
        expect.stringMatching(/^2\. Novo-Ogaryovo.*: 55\.73194, 37\.19667 ± 1 km$/),
        '',
        expect.stringMatching(
          /^1 to 2: 26\.\d km \(25\.0 to 27\.9 km\); WGS 84: 26\.\d km \(25\.\d to 27\.\d km\), sphere −\d+ m, −0\.\d\d %; 265° W ± \d° out, 85° E ± \d° back$/,
        ),
      ]);
      expect(lines.join(' ')).toMatch(/sphere of mean radius 6,371,008\.8 m \(Turf\).*GeographicLib/);
      expect(lines.slice(-2)).toEqual([page.url(), 'Accessed 2026-11-25']);
    });

    test('saves the measurement as GeoJSON and as CSV', async ({ page, served }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin+37.8,55.6&measured=Two+points`);
      const save = async (label: string) => {
        const download = page.waitForEvent('download');
        await button(page, label).click();
        const file = await download;
        return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
      };
      const geojson = await save('GeoJSON');
      expect(geojson.name).toBe('two-points-2026-11-25.geojson');
      const { features } = JSON.parse(geojson.text) as { features: { geometry: unknown }[] };
      expect(features[0]?.geometry).toEqual({
        type: 'LineString',
        coordinates: [
          [37.6178, 55.7517],
          [37.8, 55.6],
        ],
      });
      const csv = await save('CSV');
      expect(csv.name).toBe('two-points-2026-11-25.csv');
      expect(csv.text).toMatch(
        /^measurement,leg,from,.*\r\nTwo points,1,Kremlin,37\.6178,55\.7517,300,"55\.6, 37\.8",37\.8,55\.6,0,20\d{3},.*\r\nTwo points,total,.*\r\n$/,
      );
    });

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin+37.75,55.68+37.45,55.7+kremlin`);
      await expect(legs(page)).toHaveCount(3);
      await button(page, 'Add points on the map').click();
      await button(page, 'Write where point 2 is').click();
      await expectNoViolations(page);
    });

    test('draws its legs on the map, on the page and on an exported image', async ({ page, served }) => {
      await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=37.45,55.8+37.7,55.68`);
      await expect(legs(page)).toHaveCount(1);
      await untilDrawn(page);
      const [a, b] = [await middleOf(handle(page, 1)), await middleOf(handle(page, 2))];
      const quarter = { x: a.x + (b.x - a.x) / 4, y: a.y + (b.y - a.y) / 4 };
      const clip = { x: quarter.x - 8, y: quarter.y - 8, width: 16, height: 16 };
      await expect
        .poll(async () => shareOf(page, await page.screenshot({ clip }), LIGHT.selection, [0, 16]))
        .toBeGreaterThan(0.08);
      await openTool(page, 'Export image');
      const dialog = page.getByRole('dialog', { name: 'Export image' });
      await dialog.getByRole('radio', { name: '1x' }).check();
      const download = page.waitForEvent('download', { timeout: 100_000 });
      await dialog.getByRole('button', { name: 'Download PNG' }).click();
      const bytes = await readFile(await (await download).path());
      const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
      const legPixels = Math.hypot(b.x - a.x, b.y - a.y) * 2.5;
      const share = await shareOf(page, bytes, LIGHT.selection, [0, height]);
      expect(share * width * height).toBeGreaterThan(legPixels * 0.5);
    });
  });
}

test.describe('by keyboard', () => {
  test('sets points in the middle of the map, moves and removes them', async ({ page, served }) => {
    await openApp(page, served, '?view=38.2,55.3,9'); // where nothing is to be hit
    await page.keyboard.press('m');
    await expect(page.getByRole('tab', { name: 'Ruler' })).toBeFocused();
    await expect(button(page, 'Stop adding points')).toBeVisible();
    await untilDrawn(page);
    await page.keyboard.press('g');
    await expect(map(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => measured(page).length).toBe(1);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('view')).not.toBe('38.2,55.3,9');
    await untilDrawn(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => measured(page).length).toBe(2);
    const [first, second] = measured(page);
    expect(lngLatOf(second)[0]).toBeGreaterThan(lngLatOf(first)[0]);

    await page.keyboard.press('Escape');
    await expect(button(page, 'Add points on the map')).toBeVisible();
    await handle(page, 2).focus();
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => lngLatOf(measured(page)[1])[1]).toBeGreaterThan(lngLatOf(second)[1]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => measured(page)[1]).toBe(second);
    await page.keyboard.press('Control+y');
    await expect.poll(() => measured(page)[1]).not.toBe(second);
    await page.getByRole('button', { name: 'Add a point between 1 and 2' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => measured(page).length).toBe(3);
    await expect(handle(page, 2)).toBeFocused();
    await page.keyboard.press('Delete');
    await expect.poll(() => measured(page).length).toBe(2);
    await page.keyboard.press('Escape');
    await expect(tools(page)).toHaveCount(0);
    expect(measured(page)).toHaveLength(2); // it stays on the map
  });

  test('opens the tools by their button, and comes back to it when they close', async ({ page, served }) => {
    await openApp(page, served);
    await measureButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Ruler' })).toBeFocused();
    await button(page, 'Close measuring tools').focus();
    await page.keyboard.press('Enter');
    await expect(tools(page)).toHaveCount(0);
    await expect(measureButton(page)).toBeFocused();
  });

  test('goes through the tools by arrows', async ({ page, served }) => {
    await openApp(page, served, '?tool=ruler');
    await page.getByRole('tab', { name: 'Ruler' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Rings' })).toBeFocused();
    await expect(page.getByRole('tab', { name: 'Rings' })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('End');
    await expect(page.getByRole('tab', { name: 'Points' })).toHaveAttribute('aria-selected', 'true');
  });
});

test('closes the shape by a click on the first point, and ends it by one on the last', async ({
  page,
  served,
}) => {
  await openApp(page, served, `?${MOSCOW}`);
  await measureButton(page).click();
  await untilDrawn(page);
  await pick(page, false, [
    [0.3, 0.3],
    [0.7, 0.3],
    [0.5, 0.7],
  ]);
  await handle(page, 1).click();
  await expect(legs(page)).toHaveCount(3);
  await expect(button(page, 'Add points on the map')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(legs(page)).toHaveCount(2);
  await button(page, 'Add points on the map').click();
  await handle(page, 3).click();
  await expect(button(page, 'Add points on the map')).toBeVisible();
  await expect(legs(page)).toHaveCount(2);
});

test('shows the length of the leg that a click would add', async ({ page, served }) => {
  await openApp(page, served, `?${MOSCOW}&tool=ruler`);
  await untilDrawn(page);
  await pick(page, false, [[0.3, 0.3]]);
  const { x, y } = await pointOfMap(page, [0.6, 0.6]);
  await page.mouse.move(x, y, { steps: 3 });
  await expect(page.locator('.handles .length')).toHaveText(/^\d+(\.\d)? km$/);
});

test('draws legs the short way across the antimeridian', async ({ page, served }) => {
  await openApp(page, served, '?view=180,60,4&tool=ruler&measure=175,60+-175,60');
  await expect(legs(page).locator('strong')).toHaveText(/^55\d\.\d km$/);
  await untilDrawn(page);
  const [a, b] = [await middleOf(handle(page, 1)), await middleOf(handle(page, 2))];
  expect(b.x - a.x).toBeCloseTo((10 / 360) * 512 * 2 ** 4, 0);
  // The geodesic between two places of one latitude runs north of it, toward the pole.
  const middle = await middleOf(page.getByRole('button', { name: 'Add a point between 1 and 2' }));
  expect(a.y - middle.y).toBeGreaterThan(3);
  const clip = { x: a.x + (b.x - a.x) / 4 - 8, y: a.y - (a.y - middle.y) * 0.75 - 8, width: 16, height: 16 };
  await expect
    .poll(async () => shareOf(page, await page.screenshot({ clip }), LIGHT.selection, [0, 16]))
    .toBeGreaterThan(0.08);
});

test('does not open the sighting that a point is set on', async ({ page, served }) => {
  await openApp(page, served, '?view=37.778,55.864,10&tool=ruler');
  await untilDrawn(page);
  await pick(page, false, [[0.5, 0.5]]);
  expect(measured(page)).toEqual(['losiny-ostrov-s400']);
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(tools(page)).toHaveCount(0);
  await untilDrawn(page);
  const { x, y } = await pointOfMap(page, [0.5, 0.5]);
  await page.mouse.click(x, y);
  await expect(page.getByRole('dialog', { name: /^Sighting: .*Losiny Ostrov/ })).toBeVisible();
});

test('opens where an address measures, when that does not say where to look', async ({ page, served }) => {
  const search = '?tool=ruler&measure=30.3,59.9+24.7,59.4';
  await openApp(page, served, search);
  await untilDrawn(page);
  for (const number of [1, 2]) await expectWhollyInView(page, number);
  const [a, b] = [await middleOf(handle(page, 1)), await middleOf(handle(page, 2))];
  expect(a.x - b.x).toBeGreaterThan(200);
  expect(new URL(page.url()).search).toBe(search);
});

test('says that a shape which crosses itself has no area', async ({ page, served }) => {
  await openApp(page, served, '?tool=ruler&measure=37,55+38,56+38,55+37,56+37,55');
  await expect(tools(page).getByRole('alert')).toContainText('There is no area');
  await expect(tools(page)).not.toContainText('km²');
});

test('keeps the keyboard in the panel, whatever goes', async ({ page, served }) => {
  await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin+37.8,55.6`);
  const add = button(page, 'Add points on the map');
  await button(page, 'Write where point 2 is').press('Enter');
  const field = points(page).getByRole('textbox', { name: 'Point 2 is at' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('55.60000, 37.80000');
  await field.fill('55.61, 37.81');
  await field.press('Enter');
  await expect(button(page, 'Write where point 2 is')).toBeFocused();
  expect(measured(page)[1]).toMatch(/^37\.81,55\.61,u\d+$/);
  await button(page, 'Remove point 2').press('Enter');
  await expect(button(page, 'Remove point 1')).toBeFocused();
  await button(page, 'Remove point 1').press('Enter');
  await expect(add).toBeFocused();
  await button(page, 'Undo').press('Enter');
  await button(page, 'Clear').press('Enter');
  await expect(add).toBeFocused();
});

test('shows all of the measurement, and a point that is written out of sight', async ({ page, served }) => {
  await openApp(page, served, `?${MOSCOW}&tool=ruler&measure=kremlin`);
  const field = tools(page).getByRole('textbox', { name: 'Add a point by coordinates' });
  await field.fill('59.93, 30.32');
  await field.press('Enter');
  await expectWhollyInView(page, 2);
  await expectWhollyInView(page, 1);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(handle(page, 2)).not.toBeInViewport();
  await button(page, 'Zoom to the measurement').click();
  await expectWhollyInView(page, 2);
});

test('knows what is clicked before the map is drawn', async ({ page, served }) => {
  await page.route('**/atlas.pmtiles', () => undefined); // the base never comes
  await openApp(page, served, '?view=37.778,55.864,10&tool=ruler');
  await expect(button(page, 'Stop adding points')).toBeVisible();
  await pick(page, false, [[0.5, 0.5]]);
  expect(measured(page)).toEqual(['losiny-ostrov-s400']);
});

test('says when it took one of several', async ({ page, served }) => {
  await openApp(page, served, '?view=37.63,55.75,5&tool=ruler');
  await untilDrawn(page);
  await pick(page, false, [[0.5, 0.5]]);
  await expect(page.getByRole('status').filter({ hasText: 'was taken, the nearest of' })).toBeVisible();
  expect(measured(page)[0]).toMatch(/^[a-z-]+$/);
});

test('is as vague about a point that is clicked as the click', async ({ page, served }) => {
  await openApp(page, served, '?view=38.3,55.3,9&tool=ruler');
  await pick(page, false, [[0.4, 0.5]]);
  const metersPerPixel = (40_030_230 * Math.cos((55.3 * Math.PI) / 180)) / (512 * 2 ** 9);
  const [, , uncertainty = ''] = (measured(page)[0] ?? '').split(',');
  expect(Math.abs(Number(uncertainty.slice(1)) - 5 * metersPerPixel)).toBeLessThan(10);
});

test.describe('wide and narrow', () => {
  for (const [width, height] of [
    [1000, 700],
    [844, 390],
    [320, 640],
  ] as const) {
    test(`has all of the ruler within reach at ${width} by ${height}`, async ({ page, served }) => {
      await page.setViewportSize({ width, height });
      await openApp(page, served, `?tool=ruler&measure=kremlin+37.8,55.6`);
      for (const control of ['Add points on the map', 'Copy as text', 'GeoJSON', 'Close measuring tools']) {
        await button(page, control).scrollIntoViewIfNeeded();
        await expect(button(page, control)).toBeInViewport({ ratio: 0.9 });
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});
