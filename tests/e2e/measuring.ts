import type { Page } from '@playwright/test';
import { LIGHT } from '../../src/map/theme';
import { expect } from './app';

/** Opens a tool by its button and tab. */
export async function openMeasuringTool(page: Page, name: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Measuring tools' });
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Measure distance' }).click();
  await panel.getByRole('tab', { name }).click();
}

/** How many pixels of the map have the colour of what is measured, in the light theme. */
export async function measuredPixels(page: Page): Promise<number> {
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  const image = await page.getByRole('region', { name: 'Map of sightings' }).screenshot();
  return page.evaluate(
    async ([base64, hex]) => {
      const element = new Image();
      element.src = `data:image/png;base64,${base64}`;
      await element.decode();
      const canvas = new OffscreenCanvas(element.width, element.height);
      const context = canvas.getContext('2d');
      if (!context) return NaN;
      context.drawImage(element, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (wanted.every((value, channel) => Math.abs((data[i + channel] ?? 0) - value) < 24)) count++;
      }
      return count;
    },
    [image.toString('base64'), LIGHT.selection] as const,
  );
}
