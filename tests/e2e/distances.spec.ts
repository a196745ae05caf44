import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import type { FeatureCollection } from 'geojson';
import { seededFile, seededSystems } from '../bench/seeded';
import { expect, openApp, replaceFile, test } from './app';
import { expectNoViolationsInDialog, openTool } from './axe';
import { DEVICES } from './devices';

test.use({ hasMap: false }); // dialogs and the list alone

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Distances', exact: true });
const table = (page: Page) => dialog(page).getByRole('table', { name: 'Distances to reference points' });
const rows = (page: Page) => table(page).locator('tbody tr');

async function openDistances(page: Page): Promise<void> {
  await openTool(page, 'Distances');
  await expect(table(page)).toBeVisible();
}

/** Texts of a column, by its header. */
async function column(page: Page, name: string): Promise<string[]> {
  const names = await table(page).locator('thead th').allInnerTexts();
  const index = names.map((text) => text.trim()).indexOf(name);
  expect(index).toBeGreaterThanOrEqual(0);
  const texts = await rows(page)
    .locator(`> :nth-child(${index + 1})`)
    .allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}

/** Metres that a text such as `up to 5.1 km` or `−42 m −0.31 %` stands for. */
function metersOf(text: string): number {
  const [, sign = '', number = '', unit = ''] = /^(?:up to )?([+−]?)([\d,.]+) (k?m)/.exec(text) ?? [];
  return Number(number.replaceAll(',', '')) * (unit === 'km' ? 1000 : 1) * (sign === '−' ? -1 : 1);
}

async function download(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** What the command line prints. */
function sightings(...args: string[]): string {
  return spawnSync('npx', ['tsx', 'src/cli.ts', ...args], { cwd: ROOT, encoding: 'utf8' }).stdout;
}

/**
 * A number that a cell is sorted by, and how much it may be off by the rounding of its text; what cannot be told is
 * sorted as the last.
 */
function numberIn(text: string): { value: number; slack: number } {
  if (/^too near|^cannot/.test(text)) return { value: Infinity, slack: 0 };
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  return { value: metersOf(text), slack: (text.includes(' km') ? 1000 : 1) / 10 ** decimals };
}

/** The columns, and whether one cell may stand before another when they are sorted upward. */
const { compare } = new Intl.Collator('en', { numeric: true });
const areNumbersUp = (a: string, b: string) =>
  numberIn(a).value - numberIn(a).slack <= numberIn(b).value + numberIn(b).slack;
const COLUMNS: readonly { name: string; isUp: (a: string, b: string) => boolean }[] = [
  { name: 'Sighting', isUp: (a, b) => compare(a, b) <= 0 },
  { name: 'Date', isUp: (a, b) => DATES.indexOf(a) <= DATES.indexOf(b) },
  { name: 'Reference point', isUp: (a, b) => compare(a, b) <= 0 },
  { name: 'Distance', isUp: areNumbersUp },
  { name: 'At least', isUp: areNumbersUp },
  { name: 'At most', isUp: areNumbersUp },
  {
    name: 'Direction',
    isUp: (a, b) => parseInt(a.replace(/\D+/, ''), 10) <= parseInt(b.replace(/\D+/, ''), 10),
  },
  { name: 'WGS 84', isUp: areNumbersUp },
  { name: 'Difference', isUp: areNumbersUp },
  { name: 'Nearest', isUp: (a, b) => NEARNESS.indexOf(a) <= NEARNESS.indexOf(b) },
];
const NEARNESS = ['nearest', 'may be nearest', ''];

/** The dates of the data, by their first days, then by their last. */
const DATES = [
  'December 2022 – 23 January 2023',
  '6–20 January 2023',
  '16–20 January 2023',
  '19 January 2023',
  '20 January 2023',
];

for (const { name: device, isPhone, use } of DEVICES) {
  test.describe(device, () => {
    test.use(use);

    test('opens by its button with a row for each sighting with a place and each reference point', async ({
      page,
      served,
    }) => {
      await openApp(page, served);
      await openDistances(page);
      await expect(rows(page)).toHaveCount(35);
      await expect(dialog(page)).toContainText('1 of them was reported without a place and left out');
      await expect(dialog(page).getByRole('status').first()).toHaveText('Rows 1–35 of 35');
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      await expect(dialog(page)).toHaveCount(0);
    });

    test('gives distance, range, direction, the ellipsoid and the difference', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      await expect(table(page)).toHaveAttribute('aria-busy', 'false');
      const row = rows(page).filter({ hasText: 'Teterinsky' }).filter({ hasText: 'Kremlin' });
      const texts = (await row.locator('td').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
      const expected = [
        '2.20 km',
        '1.84 km',
        '2.57 km',
        'ESE 109° ± 10°',
        '2.21 km',
        '−7.1 m −0.32 %',
        'nearest',
      ];
      expect(texts).toEqual(expect.arrayContaining([...expected, '19 January 2023']));
    });

    test('sorts by each column, both ways', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      for (const { name, isUp } of COLUMNS) {
        await test.step(name, async () => {
          const header = table(page).getByRole('columnheader', { name, exact: true });
          const button = header.getByRole('button');
          if ((await header.getAttribute('aria-sort')) === 'none') await button.click();
          await expect(header).toHaveAttribute('aria-sort', 'ascending');
          await expect(table(page)).toHaveAttribute('aria-busy', 'false');
          // What has no direction comes last, either way.
          const known = async () => (await column(page, name)).filter((text) => text !== 'too near to tell');
          const isSorted = (texts: string[]) => texts.slice(1).every((text, i) => isUp(texts[i] ?? '', text));
          const up = await known();
          expect([up.length >= 33, isSorted(up)], up.join('; ')).toEqual([true, true]);
          await button.click();
          await expect(header).toHaveAttribute('aria-sort', 'descending');
          await expect(table(page)).toHaveAttribute('aria-busy', 'false');
          const down = await known();
          expect(down.toSorted()).toEqual(up.toSorted());
          expect(isSorted(down.toReversed()), down.join('; ')).toBe(true);
          expect(down).not.toEqual(up);
          await expect(table(page).locator('th[aria-sort$="ending"]')).toHaveCount(1);
        });
      }
    });

    test('shows one reference point, and the nearest among all', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      await dialog(page).getByRole('combobox', { name: 'Reference point' }).selectOption('Kremlin');
      await expect(rows(page)).toHaveCount(7);
      const nearest = await column(page, 'Nearest');
      expect(nearest.filter((text) => text === 'nearest')).toHaveLength(1);
      expect(nearest.filter((text) => text === 'may be nearest')).toHaveLength(4);
    });

    test('marks the nearest by words, and only where ranges do not overlap', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      const marked = rows(page).filter({ has: page.getByText('nearest', { exact: true }) });
      await expect(marked).toHaveCount(3);
      for (const name of ['Kremlin', 'Ostafyevo airport', 'Lake Valdayskoye'])
        await expect(marked.filter({ has: page.getByRole('cell', { name }) })).toHaveCount(1);
      const maybe = rows(page).filter({ has: page.getByText('may be nearest', { exact: true }) });
      await expect(maybe.filter({ hasText: 'Zarechye' })).toHaveCount(3);
    });

    test('has what the filters let through', async ({ page, served }) => {
      await openApp(page, served, '?system=s-400');
      await openDistances(page);
      await expect(rows(page)).toHaveCount(10);
      for (const text of await column(page, 'Sighting')) expect(text).toContain('S-400');
      await expect(dialog(page)).not.toContainText('without a place');
    });

    test('says so when there is nothing', async ({ page, served }) => {
      await openApp(page, served, '?place=no');
      await openDistances(page);
      await expect(table(page)).toContainText('There is nothing to measure between.');
      await expect(dialog(page)).toContainText('1 of them was reported without a place and left out');
    });

    test('opens a sighting', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      await table(page)
        .getByRole('button', { name: /Timiryazev/ })
        .first()
        .click();
      await expect(dialog(page)).toHaveCount(0);
      const popup = page.getByRole('dialog', { name: /^Sighting: .*Timiryazev/ });
      await expect(popup).toBeVisible();
      await expect(popup).toBeFocused();
      await expect(page).toHaveURL(/sighting=timiryazev-fields-s400/);
    });

    test('exports the CSV that the command line prints, byte for byte', async ({ page, served }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(page, served);
      await openDistances(page);
      const button = dialog(page).getByRole('button', { name: 'Export CSV' });
      const sphere = await download(page, button);
      expect(sphere.name).toBe(
        'air-defence-systems-reported-in-and-around-moscow-january-2023-distances-2026-11-25.csv',
      );
      await expect(dialog(page)).toContainText(`Saved ${sphere.name}.`);
      expect(sphere.text).toBe(sightings('distances', 'geo/sightings.geojson', '--format', 'csv'));
      await dialog(page).getByRole('combobox', { name: 'Model' }).selectOption('wgs84');
      const ellipsoid = await download(page, button);
      expect(ellipsoid.text).toBe(
        sightings('distances', 'geo/sightings.geojson', '--format', 'csv', '--model', 'wgs84'),
      );
      expect(ellipsoid.text).not.toBe(sphere.text);
    });

    test('exports what is shown as lines of GeoJSON', async ({ page, served }) => {
      await openApp(page, served, '?system=s-400');
      await openDistances(page);
      await dialog(page).getByRole('combobox', { name: 'Reference point' }).selectOption('Kremlin');
      const { name, text } = await download(
        page,
        dialog(page).getByRole('button', { name: 'Export GeoJSON' }),
      );
      expect(name).toMatch(/-distances-\d{4}-\d\d-\d\d\.geojson$/);
      const { type, features } = JSON.parse(text) as FeatureCollection;
      expect([type, features.length]).toEqual(['FeatureCollection', 2]);
      for (const { geometry, properties } of features) {
        expect(geometry).toMatchObject({
          type: 'LineString',
          coordinates: [
            [37.6178, 55.7517],
            [expect.any(Number), expect.any(Number)],
          ],
        });
        expect(properties).toMatchObject({ reference: 'kremlin', model: 'sphere', nearest: 'maybe' });
      }
    });

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      await dialog(page).getByText('About these distances').click();
      await expect(dialog(page)).toContainText('6,371,008.8 m');
      await expectNoViolationsInDialog(page);
    });

    test('has no parts beyond the screen, and targets for a thumb on a phone', async ({ page, served }) => {
      await openApp(page, served);
      await openDistances(page);
      const sizes = await dialog(page).evaluate((element) => {
        const targets = [...element.querySelectorAll('button, select, summary')];
        return {
          overflow: element.scrollWidth - element.clientWidth,
          page: document.documentElement.scrollWidth - innerWidth,
          lowest: Math.min(...targets.map((target) => target.getBoundingClientRect().height)),
        };
      });
      expect([sizes.overflow, sizes.page]).toEqual([0, 0]);
      if (isPhone) expect(sizes.lowest).toBeGreaterThanOrEqual(43.9);
    });
  });
}

test('opens, sorts, scrolls and closes by keyboard', async ({ page, served }) => {
  await openApp(page, served);
  const tool = page.getByRole('button', { name: 'Distances', exact: true });
  await tool.focus();
  await page.keyboard.press('Enter');
  await expect(table(page)).toHaveAttribute('aria-busy', 'false'); // without rows there is nothing to scroll
  await expect(dialog(page).getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('combobox', { name: 'Reference point' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('region')).toBeFocused();
  await page.keyboard.press('End');
  await expect
    .poll(() =>
      dialog(page)
        .getByRole('region')
        .evaluate(({ scrollTop }) => scrollTop),
    )
    .toBeGreaterThan(100);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(table(page).getByRole('columnheader', { name: 'Sighting' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(table(page).getByRole('columnheader', { name: 'Sighting' }).getByRole('button')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(tool).toBeFocused();
});

test('turns the pages of many rows', async ({ page, served }) => {
  await replaceFile(page, 'sightings.geojson', Buffer.from(seededFile(3000)));
  await replaceFile(page, 'systems.json', seededSystems());
  await openApp(page, served);
  await openDistances(page);
  const status = dialog(page).getByRole('status').first();
  await expect(rows(page)).toHaveCount(50);
  await expect(status).toHaveText(/^Rows 1–50 of 14,\d{3}$/);
  const [previous, next] = ['Previous', 'Next'].map((name) => dialog(page).getByRole('button', { name }));
  if (!previous || !next) throw new Error('There are two buttons.');
  await expect(previous).toHaveAttribute('aria-disabled', 'true');
  await next.click();
  await expect(status).toHaveText(/^Rows 51–100 of/);
  const number = dialog(page).getByRole('spinbutton', { name: /^Page of \d{3}$/ });
  await expect(number).toHaveValue('2');
  await number.fill('280');
  await number.press('Enter');
  await expect(status).toHaveText(/^Rows 13,951–14,000 of/);
  await number.fill('99999'); // the last one
  await number.press('Tab');
  await expect(status).toHaveText(/^Rows 14,\d{3}–14,(\d{3}) of 14,\1$/);
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  await expect(number).not.toHaveValue('99999');
  await table(page).getByRole('columnheader', { name: 'WGS 84' }).getByRole('button').click();
  await expect(status).toHaveText(/^Rows 1–50 of/);
  await previous.click({ force: true }); // leads nowhere
  await expect(status).toHaveText(/^Rows 1–50 of/);
});

test.describe('when a part of the page cannot be loaded', () => {
  test.use({ allowedErrors: [/Failed to load resource/] });

  test('says that the table cannot be opened', async ({ page, served }) => {
    await page.route('**/DistancesDialog-*.js', (route) => route.abort());
    await openApp(page, served);
    await openTool(page, 'Distances');
    await expect(page.getByText(/The table of distances cannot be loaded/)).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
  });
});

test.describe('the popup', () => {
  test('states the ellipsoid’s distances and the differences, and what may be nearest', async ({
    page,
    served,
  }) => {
    await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo');
    const popup = page.getByRole('dialog', { name: /^Sighting: / });
    await expect(popup).toContainText(
      'May be nearest, as their ranges overlap: Novo-Ogaryovo, Defence Ministry, Kremlin.',
    );
    const ellipsoid = popup.getByRole('table', { name: /On the WGS 84 ellipsoid/ });
    await expect(ellipsoid.getByRole('row').first()).toHaveText(
      /Novo-Ogaryovo\s*13\.5 km\s*−42 m\s*−0\.31 %/,
    );
  });

  test('names the nearest where it is sure', async ({ page, served }) => {
    await openApp(page, served, '?sighting=moscow-teterinsky-lane-roof');
    await expect(page.getByRole('dialog', { name: /^Sighting: / })).toContainText('Nearest: Kremlin.');
  });

  test('does not load the ellipsoid before it is needed', async ({ page, served }) => {
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.url());
    });
    await openApp(page, served);
    expect(scripts.length).toBeGreaterThan(0);
    const texts = await Promise.all(scripts.map(async (url) => (await page.request.get(url)).text()));
    expect(texts.filter((text) => text.includes('GeodesicLine') || text.includes('LONG_UNROLL'))).toEqual([]);
  });
});

test.describe('while the distances are measured', () => {
  test('the dialog is there, says so, and can be closed', async ({ page, served }) => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/distances-worker-*.js', async (route) => {
      await held;
      await route.continue().catch(() => undefined); // nobody wants it any more
    });
    await openApp(page, served);
    await openDistances(page);
    await expect(table(page)).toContainText('Measuring…');
    await expect(dialog(page).getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
    await expect(table(page)).toHaveAttribute('aria-busy', 'true');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect(dialog(page)).toHaveCount(0);
    letGo();
    await openDistances(page);
    await expect(rows(page)).toHaveCount(35);
    await expect(dialog(page).getByRole('progressbar')).toHaveCount(0);
  });

  test('another order overtakes one that takes long', async ({ page, served }) => {
    await replaceFile(page, 'sightings.geojson', Buffer.from(seededFile(8000)));
    await replaceFile(page, 'systems.json', seededSystems());
    await openApp(page, served);
    await openDistances(page);
    await expect(rows(page)).toHaveCount(50);
    const header = (name: string) => table(page).getByRole('columnheader', { name, exact: true });
    await header('WGS 84').getByRole('button').click();
    await header('Sighting').getByRole('button').click();
    await header('At most').getByRole('button').click();
    await expect(table(page)).toHaveAttribute('aria-busy', 'false');
    await expect(header('At most')).toHaveAttribute('aria-sort', 'ascending');
    const overtaking = await rows(page).allInnerTexts();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await openDistances(page);
    await header('At most').getByRole('button').click();
    await expect.poll(() => rows(page).allInnerTexts()).toEqual(overtaking);
  });
});

test.describe('when the part that measures cannot be loaded', () => {
  test.use({ allowedErrors: [/Failed to load resource/] });

  test('the dialog says so, and tries again', async ({ page, served }) => {
    let isBroken = true;
    await page.route('**/distances-worker-*.js', (route) => (isBroken ? route.abort() : route.continue()));
    await openApp(page, served);
    await openDistances(page);
    const said = dialog(page).getByRole('alert');
    await expect(said).toContainText(
      'The distances could not be sorted. The worker that does it stopped: its part of the app could not be loaded.',
    );
    await expect(table(page)).not.toContainText('nothing to measure');
    isBroken = false;
    await said.getByRole('button', { name: 'Try again' }).click();
    await expect(rows(page)).toHaveCount(35);
    await expect(said).toHaveCount(0);
  });
});
