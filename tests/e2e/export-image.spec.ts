import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { DARK, LIGHT } from '../../src/map/theme';
import { expect, openApp, test } from './app';
import { SCREENS, expectNoViolationsInDialog, openTool } from './axe';
import { shareOf } from './pixels';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export image' });

/** Exports an image at a size, and gives its file. */
async function exportAt(page: Page, size: '1x' | '2x' | '3x'): Promise<{ name: string; bytes: Buffer }> {
  await dialog(page).getByRole('radio', { name: size }).check();
  const download = page.waitForEvent('download', { timeout: 100_000 });
  await dialog(page).getByRole('button', { name: 'Download PNG' }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Width and height in the header of a PNG. */
function sizeOfPng(bytes: Buffer): { width: number; height: number } {
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use(options);

    test('gives a PNG at 1x, 2x and 3x of the map on the page', async ({ page, served }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(page, served);
      const map = await page.locator('.maplibregl-map').boundingBox();
      await openTool(page, 'Export image');
      const one = await exportAt(page, '1x');
      expect(one.name).toBe('air-defence-systems-reported-in-and-around-moscow-january-2023-2026-11-25.png');
      await expect(dialog(page).getByRole('status')).toContainText(`Saved ${one.name}`);
      const size = sizeOfPng(one.bytes);
      expect(size.width).toBe(Math.round(map?.width ?? NaN));
      expect(size.height).toBeGreaterThan((map?.height ?? NaN) + 150);
      expect(sizeOfPng((await exportAt(page, '2x')).bytes)).toEqual({
        width: size.width * 2,
        height: size.height * 2,
      });
      expect(sizeOfPng((await exportAt(page, '3x')).bytes)).toEqual({
        width: size.width * 3,
        height: size.height * 3,
      });
    });

    for (const theme of [LIGHT, DARK]) {
      test(`has the title above the map and the legend below it, ${theme.id}`, async ({ page, served }) => {
        await openApp(page, served, `?theme=${theme.id}`);
        const mapHeight = Math.round((await page.locator('.maplibregl-map').boundingBox())?.height ?? NaN);
        await openTool(page, 'Export image');
        const { bytes } = await exportAt(page, '1x');
        const { height } = sizeOfPng(bytes);
        const share = (color: string, from: number, to: number) => shareOf(page, bytes, color, [from, to]);
        expect(await share(theme.panel, 0, 50)).toBeGreaterThan(0.5);
        expect(await share(theme.text, 0, 50)).toBeGreaterThan(0.003);
        const map = [160, 80 + mapHeight] as const; // whatever the height of the title
        expect(await share(theme.panel, ...map)).toBeLessThan(0.1);
        expect(await share(theme.urbanCore, ...map)).toBeGreaterThan(0.02);
        expect(await share(theme.river, ...map)).toBeGreaterThan(0.0005);
        expect(await share(theme.confidence.moderate, ...map)).toBeGreaterThan(0.0001);
        expect(await share(theme.panel, height - 100, height)).toBeGreaterThan(0.5);
        expect(await share(theme.textQuiet, height - 100, height)).toBeGreaterThan(0.0005);
      });
    }

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served);
      await openTool(page, 'Export image');
      await exportAt(page, '1x');
      await expect(dialog(page).getByRole('status')).toContainText('Saved');
      await expectNoViolationsInDialog(page);
    });
  });
}

test('has the ring of the open sighting, and not its popup', async ({ page, served }) => {
  await openApp(page, served, '?sighting=losiny-ostrov-s400');
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
  await page.waitForTimeout(1500); // until it stands still
  await openTool(page, 'Export image');
  const { bytes } = await exportAt(page, '1x');
  const { height } = sizeOfPng(bytes);
  expect(await shareOf(page, bytes, LIGHT.selection, [150, height - 200])).toBeGreaterThan(0.0005);
  expect(await shareOf(page, bytes, LIGHT.panelRaised, [150, height - 200])).toBeLessThan(0.01);
});

test('leaves the map on the page as it is', async ({ page, served }) => {
  await openApp(page, served, '?view=37.6,55.75,9');
  await openTool(page, 'Export image');
  const canvas = page.getByRole('region', { name: 'Map of sightings', includeHidden: true });
  const sizeOf = () =>
    canvas.evaluate((element) => [element.getAttribute('width'), element.getAttribute('height')]);
  const before = await sizeOf();
  await exportAt(page, '2x');
  await expect(page.locator('.maplibregl-canvas')).toHaveCount(1);
  expect(await sizeOf()).toEqual(before);
  expect(new URL(page.url()).search).toBe('?view=37.6,55.75,9');
});

test('says in words why there is no image', async ({ page, served }) => {
  await openApp(page, served);
  await openTool(page, 'Export image');
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (done) => done(null); // as browsers do with an image that is too large
  });
  await dialog(page).getByRole('radio', { name: '1x' }).check();
  await dialog(page).getByRole('button', { name: 'Download PNG' }).click();
  const alert = dialog(page).getByRole('alert');
  await expect(alert).toContainText(
    /This browser makes no image of \d+ × \d+ pixels. Choose a smaller size./,
    {
      timeout: 100_000,
    },
  );
  await expectNoViolationsInDialog(page);
});

test.describe('on a lesser graphics card', () => {
  test.use({ allowedErrors: [/canvas is larger than maxCanvasSize/] });

  test('says what a graphics card can draw when that is less', async ({ page, served }) => {
    await page.addInitScript(() => {
      const real = WebGL2RenderingContext.prototype;
      for (const name of ['drawingBufferWidth', 'drawingBufferHeight'] as const) {
        const read = Object.getOwnPropertyDescriptor(real, name)?.get;
        if (read) {
          Object.defineProperty(real, name, {
            get(this: WebGL2RenderingContext) {
              return Math.min(2048, Number(read.call(this)));
            },
          });
        }
      }
    });
    await openApp(page, served);
    await openTool(page, 'Export image');
    await dialog(page).getByRole('radio', { name: '3x' }).check();
    await dialog(page).getByRole('button', { name: 'Download PNG' }).click();
    await expect(dialog(page).getByRole('alert')).toContainText(
      /graphics card draws no more than 2048 × \d+ pixels/,
    );
    await exportAt(page, '1x');
    await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  });
});
