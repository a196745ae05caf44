import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { Point } from 'geojson';
import type { Sighting } from '../../src/domain/sighting';
import { expect, openApp, replaceFile, test } from './app';

const collection = JSON.parse(
  readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8'),
) as { features: Sighting[] };

const listed = (page: Page) => page.getByRole('list', { name: 'Sightings' }).getByRole('button');
const popup = (page: Page, title: string | RegExp) =>
  page.getByRole('dialog', { name: typeof title === 'string' ? `Sighting: ${title}` : title });

async function clickMiddleOfMap(page: Page): Promise<void> {
  const box = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Rows of a table as text, one array a row. */
async function rowTexts(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
}

test('lists every sighting, newest first', async ({ page, served }) => {
  await openApp(page, served);
  await expect(listed(page)).toHaveCount(8);
  await expect(listed(page).first()).toContainText('Yashcherovo');
  await expect(listed(page).last()).toContainText('19 January 2023');
});

for (const { id, properties, geometry } of collection.features) {
  test(`opens ${id} from the list`, async ({ page, served }) => {
    await openApp(page, served);
    await page
      .getByRole('list', { name: 'Sightings' })
      .getByRole('button', { name: properties.title })
      .click();
    const dialog = popup(page, properties.title);
    await expect(dialog.getByRole('heading', { level: 2 })).toHaveText(properties.title);
    await expect(dialog).toContainText(properties.confidenceBasis);
    await expect(dialog).toContainText(properties.verbatimLocality);
    await expect(dialog.getByRole('list', { name: 'Sources' }).locator('> li')).toHaveCount(
      properties.sources.length,
    );
    for (const { claim } of properties.sources) await expect(dialog).toContainText(claim);
    const tables = dialog.getByRole('table', { name: 'Distances to reference points' });
    await expect(tables).toHaveCount(geometry === null ? 0 : 1);
    await expect(page).toHaveURL(new RegExp(`sighting=${id}`));
  });

  if (geometry === null) continue;
  test(`opens ${id} from the map`, async ({ page, served }) => {
    const [lng, lat] = (geometry as Point).coordinates;
    await openApp(page, served, `?view=${lng},${lat},12`);
    // The tile comes a moment after the data: click until the mark is there.
    await expect(async () => {
      await clickMiddleOfMap(page);
      await expect(popup(page, properties.title)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(listed(page).and(page.locator('[aria-current=true]'))).toContainText(properties.title);
  });
}

test('gives the distances to the reference points, nearest first, with interval and direction', async ({
  page,
  served,
}) => {
  await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo');
  const table = page.getByRole('table', { name: 'Distances to reference points' });
  await expect(table).toBeVisible();
  const rows = (await rowTexts(table)).map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ').trim()));
  expect(rows).toEqual([
    ['Novo-Ogaryovo residence', '13.4 km 10.3 to 16.5 km', 'ESE 111°'],
    ['Defence Ministry main building (Znamenka 19)', '14.6 km 12.3 to 16.9 km', 'WSW 242°'],
    ['Moscow Kremlin', '15.6 km 13.2 to 18.0 km', 'WSW 243°'],
    ['Ostafyevo airport', '20.8 km 17.1 to 24.5 km', 'NNW 340°'],
    ['Lake Valdayskoye', '357 km 350 to 365 km', 'SE 134°'],
  ]);
});

test('checks reported distances against the map, with both numbers', async ({ page, served }) => {
  await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo');
  const checks = page.getByRole('list', { name: 'Reported distances' }).getByRole('listitem');
  await expect(checks).toHaveCount(3);
  await expect(checks.nth(0)).toContainText(
    /Cannot be told.*about\s+10 km.*On the map: 13\.4 km,\s+10\.3 to 16\.5 km/s,
  );
  await expect(checks.nth(2)).toContainText(
    /Not consistent.*at most\s+10 km.*RFE\/RL.*On the map: 13\.4 km/s,
  );
});

test('checks a distance reported between two sightings', async ({ page, served }) => {
  await openApp(page, served, '?sighting=moscow-defence-ministry-roof');
  const check = page.getByRole('list', { name: 'Reported distances' }).getByRole('listitem');
  await expect(check).toContainText(
    /Not consistent.*about\s+700 m from Pantsir-S1 on the roof of an education building/s,
  );
});

test('says who said so, spells the grade out and counts independent origins', async ({ page, served }) => {
  await openApp(page, served, '?sighting=valdai-yashcherovo-pantsir');
  const dialog = popup(page, /^Sighting: /);
  await expect(dialog).toContainText('3 sources, 1 independent origin');
  await expect(dialog).toContainText('The information goes back to: Agentstvo');
  await expect(dialog).toContainText('Admiralty grade B3: usually reliable source; possibly true');
  await expect(dialog).toContainText('December 2022 – 23 January 2023');
  const link = dialog.getByRole('link', { name: 'Meduza' });
  await expect(link).toHaveAttribute('href', /^https:\/\/meduza\.io\//);
  await expect(link).toHaveAttribute('rel', /noopener noreferrer/);
});

test('walks the list by keyboard, opens, reads and closes a sighting', async ({ page, served }) => {
  await openApp(page, served);
  await listed(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(listed(page).nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = popup(page, 'Three Pantsir-S1 west of Ostafyevo airport');
  await expect(dialog).toBeFocused();
  const closing = dialog.getByRole('button', { name: 'Close' });
  await expect(closing).toBeVisible(); // what it says is loaded with the first that is opened
  await page.keyboard.press('Tab');
  await expect(closing).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(listed(page).nth(2)).toBeFocused();
});

test('keeps a sighting without a place in the list and off the map', async ({ page, served }) => {
  await openApp(page, served);
  const row = page.getByRole('button', { name: /several places in and around Moscow/ });
  await expect(row).toContainText('no place');
  await row.click();
  await expect(popup(page, /several places/)).toContainText('it is in the list, not on the map');
});

/** A sound sighting at a place, for the cases that the real data does not have. */
function sightingAt(id: string, geometry: Sighting['geometry'], title = id): unknown {
  return {
    type: 'Feature',
    id,
    geometry,
    properties: {
      title,
      eventDate: '2023-01-20',
      verbatimLocality: 'a place',
      ...(geometry?.type === 'Point' ? { coordinateUncertaintyInMeters: 50 } : {}),
      confidence: 'low',
      confidenceBasis: 'One origin.',
      sources: [{ publisher: 'A', publishedDate: '2023-01-20', origin: 'A', claim: 'Something was seen.' }],
    },
  };
}

function collectionOf(...features: unknown[]): string {
  return JSON.stringify({ type: 'FeatureCollection', features });
}

test('opens each of several sightings at the very same place', async ({ page, served }) => {
  const place: Point = { type: 'Point', coordinates: [37.6, 55.75] };
  const names = ['one', 'three', 'two'];
  await replaceFile(page, 'sightings.geojson', collectionOf(...names.map((name) => sightingAt(name, place))));
  await openApp(page, served, '?view=37.6,55.75,13');
  await expect(async () => {
    await clickMiddleOfMap(page);
    await expect(popup(page, /^Sighting: /)).toContainText('1 of 3 sightings here', { timeout: 2_000 });
  }).toPass();
  const seen: string[] = [];
  for (let i = 0; i < 3; i++) {
    seen.push(
      await popup(page, /^Sighting: /)
        .getByRole('heading', { level: 2 })
        .innerText(),
    );
    await page.getByRole('button', { name: 'Next sighting here' }).click();
  }
  expect(seen.sort()).toEqual(names);
});

test('pages through sightings at one place by keyboard', async ({ page, served }) => {
  const place: Point = { type: 'Point', coordinates: [37.6, 55.75] };
  await replaceFile(
    page,
    'sightings.geojson',
    collectionOf(sightingAt('one', place), sightingAt('two', place)),
  );
  await openApp(page, served, '?view=37.6,55.75,13');
  await expect(async () => {
    await clickMiddleOfMap(page);
    await expect(popup(page, 'one')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const next = page.getByRole('button', { name: 'Next sighting here' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(popup(page, 'two')).toBeVisible();
  await expect(next).toBeFocused();
});

test('calls a system by its id when systems.json does not have it', async ({ page, served }) => {
  await replaceFile(page, 'systems.json', '{"pantsir-s1": {"name": "P"}}');
  await openApp(page, served);
  await expect(page.getByRole('button', { name: /Losiny Ostrov/ })).toContainText('s-400');
});

test('zooms in on a group that zooming can part', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,4');
  await expect(async () => {
    await clickMiddleOfMap(page);
    await expect
      .poll(() => new URL(page.url()).searchParams.get('view')?.split(',')[2], { timeout: 3_000 })
      .not.toBe('4');
  }).toPass();
  expect(Number(new URL(page.url()).searchParams.get('view')?.split(',')[2])).toBeGreaterThan(6);
});

test('draws an area as an area, and opens it by a click inside', async ({ page, served }) => {
  const ring = [
    [37.5, 55.7],
    [37.7, 55.7],
    [37.7, 55.8],
    [37.5, 55.8],
    [37.5, 55.7],
  ];
  const area = sightingAt('an-area', { type: 'Polygon', coordinates: [ring] });
  await replaceFile(page, 'sightings.geojson', collectionOf(area));
  await openApp(page, served, '?view=37.65,55.77,11');
  await expect(async () => {
    await clickMiddleOfMap(page);
    await expect(popup(page, 'an-area')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(popup(page, 'an-area')).toContainText('Somewhere in the area drawn on the map');
  const kremlin = page.getByRole('row', { name: /Moscow Kremlin/ });
  await expect(kremlin).toContainText('up to');
});

test('shows markup in the data as text', async ({ page, served }) => {
  const title = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const place: Point = { type: 'Point', coordinates: [37.6, 55.75] };
  await replaceFile(page, 'sightings.geojson', collectionOf(sightingAt('markup', place, title)));
  await openApp(page, served, '?sighting=markup');
  await expect(popup(page, /^Sighting: /).getByRole('heading', { level: 2 })).toHaveText(title);
  await expect(page.locator('img')).toHaveCount(0);
});

test('names the page by a title without what turns the name of the app around', async ({ page, served }) => {
  const place: Point = { type: 'Point', coordinates: [37.6, 55.75] };
  const title = 'Seen \u202eover \u2067there';
  await replaceFile(page, 'sightings.geojson', collectionOf(sightingAt('turned', place, title)));
  await openApp(page, served, '?sighting=turned');
  await expect(popup(page, /^Sighting: /)).toBeVisible();
  expect(await page.title()).toBe('Seen over there – Sighting Map');
});
