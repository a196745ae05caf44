import { type Page } from '@playwright/test';
import { expect, openApp, test, viewInAddress } from './app';

declare global {
  interface Window {
    /** the source of each shader that was compiled */
    shaders: string[];
  }
}

const map = (page: Page) => page.getByRole('region', { name: 'Map of sightings' });

async function middleOfMap(page: Page): Promise<{ x: number; y: number }> {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('says how many sightings are shown and leaves the address alone', async ({ page, served }) => {
  await openApp(page, served);
  await expect(page.getByRole('status').filter({ hasText: '8 of 8 sightings' })).toBeVisible();
  await expect(map(page)).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('pans when it is dragged', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9');
  const { x, y } = await middleOfMap(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 200, y, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => viewInAddress(page)?.lng).toBeGreaterThan(37.7);
  expect(viewInAddress(page)?.lat).toBeCloseTo(55.75, 1);
});

test('zooms with the wheel', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9');
  const { x, y } = await middleOfMap(page);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => viewInAddress(page)?.zoom).toBeGreaterThan(9.2);
});

test('zooms with its buttons', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => viewInAddress(page)?.zoom).toBe(8);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => viewInAddress(page)?.zoom).toBe(9);
});

test('pans and zooms by keyboard', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9');
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => viewInAddress(page)?.lng).toBeGreaterThan(37.65);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => viewInAddress(page)?.lat).toBeGreaterThan(55.78);
  await page.keyboard.press('Equal');
  await expect.poll(() => viewInAddress(page)?.zoom).toBe(10);
});

test('draws no sky over each picture, also after its context was lost', async ({ page, served }) => {
  await page.addInitScript(() => {
    window.shaders = [];
    const { shaderSource } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
      window.shaders.push(source);
      shaderSource.call(this, shader, source);
    };
  });
  const drawn = () =>
    page.evaluate(() => ({
      fills: window.shaders.filter((source) => source.includes('u_fill_translate')).length,
      skies: window.shaders.filter((source) => source.includes('u_sky_color')).length,
    }));
  await openApp(page, served);
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  const { fills, skies } = await drawn();
  expect(fills).toBeGreaterThan(0);
  expect(skies).toBe(0);
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    gl?.loseContext();
    setTimeout(() => gl?.restoreContext(), 500);
  });
  await expect.poll(async () => (await drawn()).fills).toBeGreaterThan(fills);
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  expect((await drawn()).skies).toBe(0);
});

test('explains its marks, the disc and the disputed border in a legend', async ({ page, served }) => {
  await openApp(page, served);
  const confidence = page.getByRole('list', { name: 'Confidence' });
  await expect(confidence.getByRole('listitem')).toHaveText([
    'High confidence',
    'Moderate confidence',
    'Low confidence',
  ]);
  await expect(page.getByRole('list', { name: 'Systems' }).getByRole('listitem')).toHaveText([
    'Pantsir-S1',
    'S-400',
    'System not named',
  ]);
  await expect(page.getByText('Somewhere in this disc or area, true to scale')).toBeVisible();
  await expect(page.getByText('Disputed border')).toBeVisible();
});

test('has a scale and names whom the base map is owed to', async ({ page, served }) => {
  await openApp(page, served);
  await expect(page.locator('.maplibregl-ctrl-scale')).toHaveText(/\d+\s*k?m/);
  await expect(page.getByRole('link', { name: 'Natural Earth' })).toHaveAttribute(
    'rel',
    /noopener noreferrer/,
  );
  await expect(page.getByRole('link', { name: /GeoNames/ })).toBeVisible();
});

test('comes to rest however soon a filter is changed back', async ({ page, served }) => {
  test.slow();
  await openApp(page, served);
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  for (let ms = 0; ms < 250; ms += 25) {
    await page.getByRole('checkbox', { name: /^High confidence/ }).evaluate(async (input, wait) => {
      (input as HTMLInputElement).click();
      await new Promise((resolve) => setTimeout(resolve, wait));
      (input as HTMLInputElement).click();
    }, ms);
    await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  }
});
