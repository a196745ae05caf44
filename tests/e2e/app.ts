import { fileURLToPath } from 'node:url';
import { type Page, test as base, expect } from '@playwright/test';
import { type PreviewServer, preview } from 'vite';

const CONFIG_FILE = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

interface Served {
  /** address of the built page, with a slash at the end */
  address: string;
}

/** A page of the built app that fails its test on any error, and on any request to another host. */
export const test = base.extend<
  { page: Page; allowedErrors: RegExp[]; allowedOrigins: string[] },
  { served: Served }
>({
  served: [
    // Playwright reads the fixtures that one needs from its parameters; this one needs none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server: PreviewServer = await preview({
        configFile: CONFIG_FILE,
        preview: { port: 0 },
        logLevel: 'error',
      });
      const address = server.resolvedUrls?.local[0];
      if (address === undefined) throw new Error('The preview server has no address.');
      await use({ address });
      await server.close();
    },
    { scope: 'worker' },
  ],

  /** console errors that belong to the case under test, such as a file that is missing on purpose */
  allowedErrors: [[], { option: true }],

  /** other hosts that the case under test chooses to ask */
  allowedOrigins: [[], { option: true }],

  page: async ({ page, served, allowedErrors, allowedOrigins }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      const isFault = message.type() === 'error' || message.type() === 'warning';
      if (isFault && !isDriverNoise(text) && !allowedErrors.some((allowed) => allowed.test(text))) {
        faults.push(`console ${message.type()}: ${text}`);
      }
    });
    page.on('request', (request) => {
      const { protocol, origin, hostname } = new URL(request.url());
      // Servers of the tests' own are at 127.0.0.1, the app is at localhost.
      const isOwn = hostname === '127.0.0.1';
      const isLocal = isOwn || [new URL(served.address).origin, ...allowedOrigins].includes(origin);
      if (!isLocal && protocol !== 'data:' && protocol !== 'blob:')
        faults.push(`outside request: ${request.url()}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Chromium's own remarks on drawing WebGL without a graphics card. */
function isDriverNoise(text: string): boolean {
  return /GL Driver Message|GPU stall|software WebGL|Automatic fallback to software/.test(text);
}

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

/** Where the map looks, from the address; the address has it as soon as the map has moved. */
export function viewInAddress(page: Page): { lng: number; lat: number; zoom: number } | undefined {
  const view = new URL(page.url()).searchParams.get('view');
  if (view === null) return undefined;
  const [lng = NaN, lat = NaN, zoom = NaN] = view.split(',').map(Number);
  return { lng, lat, zoom };
}

export { expect };
