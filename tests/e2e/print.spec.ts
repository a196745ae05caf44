import { type Page } from '@playwright/test';
import { expect, openApp, replaceFile, standStill, test } from './app';
import { SCREENS } from './axe';

const sheet = (page: Page) => page.locator('.print-sheet');

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use(options);

    test('prints the map, the legend, what is shown and its sources, black on white', async ({
      page,
      served,
    }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(page, served, '?confidence=low&theme=dark&view=37.6,55.75,9');
      await expect(sheet(page)).toHaveCount(0);
      await page.emulateMedia({ media: 'print' });
      await expect(sheet(page)).toBeVisible();
      await expect(page.getByRole('main')).toBeHidden();
      await expect(sheet(page).getByRole('heading', { level: 1 })).toHaveText(/^Air-defence systems/);
      await expect(sheet(page)).toContainText(
        /3 of 8 sightings, [01] on this map · 1 December 2022 – 23 January 2023/,
      );
      await expect(sheet(page)).toContainText('Filters: Low confidence');
      await expect(sheet(page).getByText('Disputed border or line of control')).toBeVisible();
      await expect(sheet(page).getByText('Natural Earth')).toBeVisible();
      await expect(sheet(page).getByRole('heading', { level: 3 })).toHaveText([
        'Probable Pantsir-S1 at Yashcherovo, near the Valdai residence',
        'Air-defence systems in several places in and around Moscow',
        'Three Pantsir-S1 west of Ostafyevo airport',
      ]);
      await expect(sheet(page)).toContainText(
        '20 January 2023 · “two kilometres west of Ostafyevo airport” · 3 × Pantsir-S1 · Low confidence',
      );
      await expect(sheet(page)).toContainText(
        'Kyiv Post, 23 January 2023, https://www.kyivpost.com/post/11429',
      );
      await expect(sheet(page)).toContainText(
        `${served.address}?confidence=low&view=37.6,55.75,9&theme=dark`,
      );
      await expect(sheet(page)).toContainText('Accessed 25 November 2026');
      const colors = await sheet(page).evaluate((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return { color, backgroundColor };
      });
      expect(colors).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' });
    });

    test('has the map as it was on the page, and leaves it as it was', async ({ page, served }) => {
      await openApp(page, served, '?view=37.6,55.75,9');
      await expect(page.locator('.maplibregl-ctrl-scale')).toHaveText(/km/);
      await page.evaluate(() => document.fonts.ready); // lines that break elsewhere move the map
      await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
      await standStill(page);
      const onPage = await page.getByRole('region', { name: 'Map of sightings' }).boundingBox();
      await page.emulateMedia({ media: 'print' });
      const image = sheet(page).getByRole('img', { name: 'Map of what is shown' });
      await expect(image).toBeVisible();
      const { width, height, colors } = await image.evaluate(async (element: HTMLImageElement) => {
        await element.decode();
        const canvas = document.createElement('canvas');
        canvas.width = element.naturalWidth;
        canvas.height = element.naturalHeight;
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        context.drawImage(element, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return {
          width: canvas.width,
          height: canvas.height,
          colors: new Set(new Uint32Array(data.buffer)).size,
        };
      });
      const ratio = width / (onPage?.width ?? NaN);
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(height / (onPage?.height ?? NaN)).toBeCloseTo(ratio, 1);
      expect(colors).toBeGreaterThan(200);
      await page.emulateMedia({ media: null });
      await expect(sheet(page)).toHaveCount(0);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await page.getByRole('region', { name: 'Map of sightings' }).boundingBox()).toEqual(onPage);
      expect(new URL(page.url()).search).toBe('?view=37.6,55.75,9');
    });
  });
}

test('prints pages by the printer’s own way, and takes the sheet away', async ({ page, served }) => {
  const printing = page.waitForResponse(/\/Printing-[^/]*\.js$/); // it comes after the map
  await openApp(page, served, '?sighting=losiny-ostrov-s400');
  await printing;
  const countPages = async () => {
    const pdf = await page.pdf({ format: 'A4' });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  };
  // Fewer when they are shrunk to something wide.
  await expect.poll(countPages).toBeGreaterThanOrEqual(3);
  expect(await countPages()).toBeLessThanOrEqual(4);
  await expect(sheet(page)).toHaveCount(0);
  await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
});

test('prints no more than 500 sightings, and says how many are left out', async ({ page, served }) => {
  const features = Array.from({ length: 620 }, (_, i) => ({
    type: 'Feature',
    id: `report-${String(i).padStart(3, '0')}`,
    geometry: null,
    properties: {
      title: `Report ${i}`,
      eventDate: '2023-01-19',
      verbatimLocality: 'somewhere',
      confidence: 'low',
      confidenceBasis: 'One origin.',
      sources: [{ publisher: 'A paper', publishedDate: '2023-01-20', origin: 'It', claim: 'It says so.' }],
    },
  }));
  const body = features.map((feature) => JSON.stringify(feature)).join(',\n');
  await replaceFile(page, 'sightings.geojson', `{"type":"FeatureCollection","features":[\n${body}\n]}\n`);
  await openApp(page, served);
  await page.emulateMedia({ media: 'print' });
  await expect(sheet(page).getByRole('heading', { level: 3 })).toHaveCount(500);
  await expect(sheet(page)).toContainText('And 120 more sightings');
});
