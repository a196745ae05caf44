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

/** How many pixels of two images of the same size differ by more than shades that nobody sees. */
export async function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (images) => {
      const [left, right] = await Promise.all(
        images.map(async (base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      if (!left || left.length !== right?.length) throw new Error('images of different sizes');
      const isOther = (at: number) => Math.abs((left[at] ?? NaN) - (right[at] ?? NaN)) > 6;
      let count = 0;
      for (let at = 0; at < left.length; at += 4) if ([0, 1, 2].some((i) => isOther(at + i))) count++;
      return count;
    },
    [one, other].map((png) => png.toString('base64')),
  );
}
