import { expect, openApp, test, viewInAddress } from './app';
import { expectNoViolations } from './axe';

const FRAMES = { narrow: { width: 320, height: 400 }, wide: { width: 800, height: 480 } };

for (const [name, viewport] of Object.entries(FRAMES)) {
  test.describe(`a ${name} frame`, () => {
    test.use({ viewport });

    test('has the map, the title, the count and the way to the whole map, and nothing sticks out', async ({
      page,
      served,
    }) => {
      await openApp(page, served, '?confidence=high&embed');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Air-defence systems/);
      await expect(page.getByRole('status').filter({ hasText: '1 of 8 sightings' })).toBeVisible();
      await expect(page.getByRole('searchbox')).toHaveCount(0);
      await expect(page.getByRole('link', { name: 'Natural Earth' })).toBeVisible();
      const full = page.getByRole('link', { name: 'Open the full map' });
      await expect(full).toHaveAttribute('href', `${served.address}?confidence=high`);
      await expect(full).toHaveAttribute('target', '_blank');
      await expect(full).toHaveAttribute('rel', 'noopener');
      const map = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
      expect(map?.width).toBe(viewport.width);
      expect(map?.height).toBeGreaterThan(viewport.height * 0.75);
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { width: scrollWidth, height: scrollHeight };
      });
      expect(size).toEqual(viewport);
    });

    test('has a legend that starts folded and can be read to its end', async ({ page, served }) => {
      await openApp(page, served, '?embed');
      const last = page.getByText('Disputed border or line of control');
      await expect(last).toBeHidden();
      await page.getByText('Legend', { exact: true }).click();
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport({ ratio: 1 });
    });

    test('opens a sighting by keyboard alone, and goes back', async ({ page, served }) => {
      await openApp(page, served, '?embed');
      const list = page.getByRole('button', { name: 'List' });
      await list.focus();
      await page.keyboard.press('Enter');
      const rows = page.getByRole('list', { name: 'Sightings' }).getByRole('button');
      await expect(rows.first()).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const popup = page.getByRole('dialog', { name: /^Sighting: S-400 in the Losiny Ostrov/ });
      await expect(popup).toBeFocused();
      await expect(page.getByRole('list', { name: 'Sightings' })).toHaveCount(0);
      await expect(page).toHaveURL(/sighting=losiny-ostrov-s400.*&embed$/);
      const topOfPopup = async () => (await popup.boundingBox())?.y ?? NaN;
      const bottomOfMap = async () => {
        const map = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
        return (map?.y ?? NaN) + (map?.height ?? NaN);
      };
      // A narrow frame has it under the map, which makes room a moment later, to a pixel that may be shared.
      if (name === 'narrow')
        await expect.poll(async () => (await topOfPopup()) - (await bottomOfMap())).toBeGreaterThan(-1);
      const bottomOfPopup = async () => {
        const box = await popup.boundingBox();
        return (box?.y ?? NaN) + (box?.height ?? NaN);
      };
      await expect.poll(bottomOfPopup).toBeLessThanOrEqual(viewport.height);
      await page.keyboard.press('Escape');
      await expect(popup).toHaveCount(0);
      await expect(list).toBeFocused();
    });

    test('closes the list by the Escape key', async ({ page, served }) => {
      await openApp(page, served, '?embed');
      const list = page.getByRole('button', { name: 'List' });
      await list.click();
      await expect(list).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('list', { name: 'Sightings' })).toHaveCount(0);
      await expect(list).toBeFocused();
    });

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served, '?embed');
      await expectNoViolations(page);
      await page.getByRole('button', { name: 'List' }).click();
      await expectNoViolations(page);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

test('leaves the wheel to the page around it, unless Ctrl is held', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9&embed');
  const box = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 600, (box?.y ?? 0) + 400);
  await page.mouse.wheel(0, -400);
  await expect(page.locator('.maplibregl-cooperative-gesture-screen')).toContainText(/scroll to zoom/);
  await page.waitForTimeout(800); // as long as a zoom would take
  expect(viewInAddress(page)?.zoom).toBe(9);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect.poll(() => viewInAddress(page)?.zoom).toBeGreaterThan(9.2);
});

test.describe('by touch', () => {
  test.use({ viewport: FRAMES.narrow, hasTouch: true, isMobile: true });

  test('lets one finger move the page around it, and has targets of 44 pixels', async ({ page, served }) => {
    await openApp(page, served, '?embed');
    const canvas = page.locator('.maplibregl-canvas');
    expect(await canvas.evaluate((element) => getComputedStyle(element).touchAction)).toBe('pan-x pan-y');
    for (const target of [
      page.getByRole('button', { name: 'List' }),
      page.getByRole('link', { name: 'Open the full map' }),
    ]) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  });
});

test('opens no sighting that its filters leave out', async ({ page, served }) => {
  await openApp(page, served, '?confidence=high&sighting=losiny-ostrov-s400&embed');
  await expect(page).toHaveURL((url) => url.search === '?confidence=high&embed');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('adds no step to the history of the page around it', async ({ page, served }) => {
  await openApp(page, served, '?embed');
  const before = await page.evaluate(() => history.length);
  await page.getByRole('button', { name: 'List' }).click();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sighting=/);
  expect(await page.evaluate(() => history.length)).toBe(before);
});
