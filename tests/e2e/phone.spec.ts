import { expect, openApp, standStill, test, viewInAddress } from './app';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('opens a sighting in the bottom sheet, and closes it', async ({ page, served }) => {
  await openApp(page, served);
  await page.getByRole('button', { name: /Timiryazev/ }).tap();
  const sheet = page.getByRole('dialog', { name: /^Sighting: .*Timiryazev/ });
  await expect(sheet).toBeVisible();
  const box = await sheet.boundingBox();
  expect(box?.width).toBe(390);
  expect(box?.y).toBeGreaterThan(400);
  await sheet.getByRole('button', { name: 'Close' }).tap();
  await expect(page.getByRole('list', { name: 'Sightings' })).toBeVisible();
});

test('opens a sighting by a tap on the map', async ({ page, served }) => {
  await openApp(page, served, '?view=37.55,55.835,12');
  const box = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  await expect(async () => {
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await expect(page.getByRole('dialog', { name: /Timiryazev/ })).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test('comes as near to the sighting of an address as it takes to tell it apart', async ({ page, served }) => {
  await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo');
  await expect.poll(() => viewInAddress(page)?.zoom).toBeGreaterThanOrEqual(9);
  expect(viewInAddress(page)?.lng).toBeCloseTo(37.396, 2);
});

test('gives the sheet more room, and takes it back', async ({ page, served }) => {
  await openApp(page, served);
  const search = page.getByRole('searchbox', { name: 'Search sightings' });
  const top = async () => Math.round((await search.boundingBox())?.y ?? NaN);
  const half = await top();
  await page.getByRole('button', { name: 'Show more of the list' }).tap();
  await expect.poll(top).toBeLessThan(half - 150);
  const full = await top();
  await page.getByRole('button', { name: 'Show the map' }).tap();
  await expect.poll(top).toBeGreaterThan(half + 150);
  const peek = await top();
  await page.getByRole('button', { name: 'Show more of the list' }).tap();
  await expect.poll(top).toBe(half);
  expect([full, half, peek].toSorted((a, b) => a - b)).toEqual([full, half, peek]);
});

test('moves the sheet by a drag, and lets it rest at the nearest height', async ({ page, served }) => {
  await openApp(page, served);
  const search = page.getByRole('searchbox', { name: 'Search sightings' });
  const top = async () => Math.round((await search.boundingBox())?.y ?? NaN);
  const half = await top();
  const handle = await page.getByRole('button', { name: 'Show more of the list' }).boundingBox();
  if (!handle) throw new Error('The sheet has no handle.');
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  const drag = async (from: number, to: number) => {
    await page.mouse.move(x, from);
    await page.mouse.down();
    await page.mouse.move(x, (from + to) / 2, { steps: 4 });
    await page.mouse.move(x, to, { steps: 4 });
    await page.mouse.up();
  };
  await drag(y, 760);
  await expect.poll(top).toBeGreaterThan(half + 150);
  await standStill(page);
  const box = await page.getByRole('button', { name: 'Show more of the list' }).boundingBox();
  await drag((box?.y ?? 0) + 20, 100);
  await expect.poll(top).toBeLessThan(half - 150);
});

test('moves the sheet by the arrow keys', async ({ page, served }) => {
  await openApp(page, served);
  const search = page.getByRole('searchbox', { name: 'Search sightings' });
  const top = async () => Math.round((await search.boundingBox())?.y ?? NaN);
  const half = await top();
  await page.getByRole('button', { name: 'Show more of the list' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(top).toBeLessThan(half - 150);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(top).toBeGreaterThan(half + 150);
});

test('keeps its place in the list, and the keyboard, while a sighting is open', async ({ page, served }) => {
  await openApp(page, served);
  const rows = page.getByRole('list', { name: 'Sightings' }).getByRole('button');
  await rows.first().focus();
  await page.keyboard.press('End');
  const row = rows.filter({ hasText: 'Teterinsky' });
  await expect(row).toBeFocused();
  const before = await row.boundingBox();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: /Teterinsky/ });
  await expect(sheet).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
  expect((await row.boundingBox())?.y).toBe(before?.y);
});

for (const width of [390, 320]) {
  test(`has no sideways scroll at ${width} px`, async ({ page, served }) => {
    await page.setViewportSize({ width, height: 844 });
    await openApp(page, served, '?sighting=moscow-defence-ministry-roof');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const sheet = page.getByRole('dialog');
    expect(await sheet.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
}

test.describe('on its side', () => {
  test.use({ viewport: { width: 844, height: 390 } });

  test('shows map and list, and the timeline when it is wanted', async ({ page, served }) => {
    await openApp(page, served);
    const row = page.getByRole('list', { name: 'Sightings' }).getByRole('button').first();
    await expect(row).toBeInViewport();
    const map = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
    expect(map?.height).toBeGreaterThan(300);
    await page.getByRole('button', { name: 'Timeline', exact: true }).tap();
    await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
    const button = await page.getByRole('button', { name: 'Filters', exact: true }).boundingBox();
    expect(button?.height).toBeGreaterThanOrEqual(44);
  });
});
