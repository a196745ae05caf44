import { expect, openApp, test } from './app';

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

test('gives the sheet more room, and takes it back', async ({ page, served }) => {
  await openApp(page, served);
  const top = async () => (await page.getByRole('group', { name: 'Filters' }).boundingBox())?.y ?? NaN;
  const before = await top();
  await page.getByRole('button', { name: 'Show more of the list' }).tap();
  await expect.poll(top).toBeLessThan(before - 150);
  await page.getByRole('button', { name: 'Show more of the map' }).tap();
  await expect.poll(top).toBe(before);
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
