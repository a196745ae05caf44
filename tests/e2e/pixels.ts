import type { Page } from '@playwright/test';

/** The share of an image, between two heights, that has a colour or one hardly different from it. */
export async function shareOf(
  page: Page,
  png: Buffer,
  color: string,
  [top, bottom]: [number, number],
): Promise<number> {
  return page.evaluate(
    async ({ base64, wanted, range: [from, to] }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = to - from;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, -from);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const rgb = [1, 3, 5].map((start) => parseInt(wanted.slice(start, start + 2), 16));
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (rgb.every((byte, channel) => Math.abs(byte - (data[i + channel] ?? NaN)) <= 6)) count++;
      }
      return (4 * count) / data.length;
    },
    { base64: png.toString('base64'), wanted: color, range: [top, bottom] as const },
  );
}
