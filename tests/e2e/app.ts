import { type BrowserContext, type Locator, type Page, test as base, expect } from '@playwright/test';
import { type ServedApp, serveApp } from './serve-app';
import { watchContext } from './watched-context';
import { withoutWebGl } from './without-webgl';

type Served = Pick<ServedApp, 'address'>;

/** Pages of the built app that fail their test on any error, report of a policy, and request to another host. */
export const test = base.extend<
  { context: BrowserContext; allowedErrors: RegExp[]; allowedOrigins: string[]; hasMap: boolean },
  { served: Served }
>({
  served: [
    // Playwright reads the fixtures that one needs from its parameters; this one needs none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { address, close } = await serveApp();
      await use({ address });
      await close();
    },
    { scope: 'worker' },
  ],

  /** console errors that belong to the case under test, such as a file that is missing on purpose */
  allowedErrors: [[], { option: true }],

  /** other hosts that the case under test chooses to ask */
  allowedOrigins: [[], { option: true }],

  /** false where nothing needs the map, which takes most of the time where there is no graphics card */
  hasMap: [true, { option: true }],

  context: async ({ context, served, allowedErrors, allowedOrigins, hasMap }, use) => {
    const origins = [new URL(served.address).origin, ...allowedOrigins];
    const faults = await watchContext(context, origins, [...allowedErrors, ...(hasMap ? [] : [/WebGL/])]);
    if (!hasMap) await withoutWebGl(context);
    await use(context);
    expect(faults).toEqual([]);
  },
});

/** Opens the built page and waits until its data is there. */
export async function openApp(page: Page, served: Served, search = ''): Promise<void> {
  await page.goto(`${served.address}${search}`);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
}

/** Serves another text in the place of a file of geo/. */
export async function replaceFile(
  page: Page,
  name: string,
  body: string | Buffer,
  status = 200,
): Promise<void> {
  await page.route(`**/${name}`, (route) => route.fulfill({ status, body, contentType: 'application/json' }));
}

/** Waits until nothing on the page moves any more, such as the sheet of a phone on its way to another height. */
export async function standStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
  });
}

/**
 * Clicks what may still be moved by parts of the page that come later, once it stays where it is: a button that is
 * pressed in one place and let go in another was not clicked.
 */
export async function clickAtRest(locator: Locator): Promise<void> {
  await locator.scrollIntoViewIfNeeded();
  let before: Awaited<ReturnType<Locator['boundingBox']>> = null;
  await expect
    .poll(
      async () => {
        const last = before;
        before = await locator.boundingBox();
        return before && last ? Math.hypot(before.x - last.x, before.y - last.y) : Infinity;
      },
      { intervals: [200] },
    )
    .toBe(0);
  await locator.click();
}

/** Where the map looks, from the address; the address has it as soon as the map has moved. */
export function viewInAddress(page: Page): { lng: number; lat: number; zoom: number } | undefined {
  const view = new URL(page.url()).searchParams.get('view');
  if (view === null) return undefined;
  const [lng = NaN, lat = NaN, zoom = NaN] = view.split(',').map(Number);
  return { lng, lat, zoom };
}

export { expect };
