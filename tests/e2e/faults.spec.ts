import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, openApp, test } from './app';
import { changedGiven, correction, openWithWork } from './kept-work';
import { differingPixels } from './pixels';

const PARK = 'losiny-ostrov-s400';

/** Breaks what writes dates. */
async function breakDates(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get: () => {
        throw new Error('broken on purpose');
      },
    });
  });
}

/** What a browser may not have, or not give to a page, and what is said of a change then. */
const LACKING: readonly (readonly [what: string, script: string, said: RegExp])[] = [
  [
    'BroadcastChannel throws',
    "globalThis.BroadcastChannel = class { constructor() { throw new Error('not here'); } };",
    /Kept in this browser/,
  ],
  ['there is no BroadcastChannel', 'delete globalThis.BroadcastChannel;', /Kept in this browser/],
  [
    'there is no storage',
    "Object.defineProperty((globalThis.Navigator ?? WorkerNavigator).prototype, 'storage', { get: () => undefined });",
    /Changes cannot be kept here: not by this browser/,
  ],
  [
    'there are no locks',
    'delete (globalThis.Navigator ?? WorkerNavigator).prototype.locks;',
    /Changes cannot be kept here: not by this browser/,
  ],
];

for (const [what, script, said] of LACKING) {
  test.describe(`where ${what}`, () => {
    test.use({ hasMap: false });

    test('the page works, and says whether a change is kept', async ({ page, served }) => {
      await page.addInitScript(script);
      await page.route('**/journal-worker-*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${script}\n${await response.text()}` });
      });
      await openApp(page, served);
      await expect(page.getByText('8 of 8 sightings')).toBeVisible();
      await page.getByRole('button', { name: 'Add sighting' }).click();
      const form = page.getByRole('region', { name: 'Add a sighting' });
      await form.getByLabel('Title', { exact: true }).first().fill('Written here');
      await expect(page.getByRole('button', { name: '1 draft' })).toBeVisible();
      await expect(page.getByText(said).first()).toBeVisible();
    });
  });
}

test.describe('a worker of the map that is not there', () => {
  // MapLibre says the second where its workers fail after the map was made, and not before.
  test.use({ allowedErrors: [/404|Worker failed to load/] });

  test('is said, and the list works on', async ({ page, served }) => {
    await page.route('**/maplibre-gl-worker-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await openApp(page, served);
    const said = page.getByRole('alert').filter({ hasText: 'The map cannot be drawn' });
    await expect(said).toContainText(
      'A part of it cannot be loaded: the server answers 404. Reload the page',
    );
    await page
      .getByRole('list', { name: 'Sightings' })
      .getByRole('button', { name: /Zarechye/ })
      .click();
    await expect(page.getByRole('dialog', { name: /^Sighting: .*Zarechye/ })).toBeVisible();
  });
});

test.describe('what fails in the app itself', () => {
  // Svelte remarks on what of the failed page was still to be drawn.
  test.use({ allowedErrors: [/broken on purpose|derived_inert/] });

  test('takes a part that was opened with it, and nothing else', async ({ page, served }) => {
    const body = "export default function () { throw new Error('broken on purpose'); }";
    await page.route('**/SightingDetails-*.js', (route) =>
      route.fulfill({ body, contentType: 'text/javascript' }),
    );
    await openApp(page, served);
    const list = page.getByRole('list', { name: 'Sightings' });
    await list.getByRole('button', { name: /Zarechye/ }).click();
    const dialog = page.getByRole('dialog', { name: /^Sighting: .*Zarechye/ });
    await expect(dialog.getByRole('alert')).toContainText(
      'This part of the app has failed: broken on purpose. The rest works on',
    );
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(list.getByRole('button', { name: /Zarechye/ })).toBeVisible();
  });

  test('or the page: then what was changed can be saved to a file', async ({ page, served }) => {
    await openWithWork(page, served, [correction(changedGiven(PARK, { quantity: 7 }))]);
    await expect(page.getByText('Kept in this browser')).toBeVisible();
    await breakDates(page);
    await page.getByLabel('Sort').selectOption({ index: 1 });
    const said = page.getByRole('alert');
    await expect(said).toContainText('The page has failed');
    await expect(said).toContainText('Your changes are kept in this browser');
    await expect(page.getByText('What failed: broken on purpose')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save “/ }).click();
    const file = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
      features: { id: string; properties: { quantity?: number } }[];
    };
    expect(file.features).toHaveLength(8);
    expect(file.features.find(({ id }) => id === PARK)?.properties.quantity).toBe(7);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await expect(page.getByText('Unsaved to file: 1 change')).toBeVisible();
  });
});

/** The map alone, without what lies over it. */
async function drawnMap(canvas: Locator): Promise<Buffer> {
  const setVisibility = (element: HTMLElement, [others, map]: string[]) => {
    document.body.style.visibility = others ?? '';
    element.style.visibility = map ?? '';
  };
  await canvas.evaluate(setVisibility, ['hidden', 'visible']);
  const drawn = await canvas.screenshot();
  await canvas.evaluate(setVisibility, []);
  return drawn;
}

test('the map comes back as often as the graphics card was taken away', async ({ page, served }) => {
  await page.setViewportSize({ width: 900, height: 620 }); // a small map, drawn twenty times
  await openApp(page, served, `?sighting=${PARK}`);
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  const canvas = page.locator('.maplibregl-canvas');
  let before = await drawnMap(canvas);
  // The map makes room for the popup once that is there.
  await expect.poll(async () => before.equals((before = await drawnMap(canvas)))).toBe(true);
  const notice = page.getByText('The graphics card was taken away from the map');
  const card = await canvas.evaluateHandle((element: HTMLCanvasElement) =>
    element.getContext('webgl2')?.getExtension('WEBGL_lose_context'),
  );
  for (let time = 0; time < 20; time++) {
    await card.evaluate((extension) => extension?.loseContext());
    await expect(notice).toBeVisible();
    await card.evaluate((extension) => extension?.restoreContext());
    await expect(notice).toBeHidden();
  }
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false');
  // Drawn anew, a pixel may differ at the edge of a line.
  await expect.poll(async () => differingPixels(page, await drawnMap(canvas), before)).toBeLessThan(20);
});

test('storage that is slow to answer is said to be, and waited for', async ({ page, served }) => {
  await page.route('**/journal-worker-*.js', async (route) => {
    const response = await route.fetch();
    const slow = `
      const { prototype } = FileSystemFileHandle;
      const { createSyncAccessHandle } = prototype;
      prototype.createSyncAccessHandle = async function () {
        await new Promise((resolve) => setTimeout(resolve, 4000));
        return createSyncAccessHandle.call(this);
      };`;
    await route.fulfill({ response, body: `${slow}\n${await response.text()}` });
  });
  await openWithWork(page, served, [correction(changedGiven(PARK, { quantity: 7 }))]);
  const opening = page.getByText('what keeps it in this browser has not answered yet');
  await expect(opening).toBeVisible();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await expect(opening).toBeHidden();
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  const late = page.getByText('Not kept yet: the browser’s storage has not answered.');
  await expect(late).toBeVisible();
  await expect(late).toBeHidden();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
});

test('a clock that is set back changes neither the order of the work nor what is kept', async ({
  page,
  served,
}) => {
  await openWithWork(page, served, [correction(changedGiven(PARK, { quantity: 7 }))]);
  await page.clock.setFixedTime('1999-12-31T23:59:59Z');
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await page.getByRole('button', { name: /^Redo: Correct/ }).click();
  await page.getByRole('button', { name: /^Undo: Correct/ }).click();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await openApp(page, served);
  await expect(page.getByRole('button', { name: /^Redo: Correct/ })).toBeEnabled();
  await expect(page.getByText(/^Unsaved to file/)).toBeHidden();
});

test.describe('a script that does not come', () => {
  test.use({ allowedErrors: [/ERR_FAILED/] });

  test('is said in the place of the page, and nothing of the kind while it is there', async ({
    page,
    served,
  }) => {
    await openApp(page, served);
    await expect(page.getByText('The page is not there yet')).toHaveCount(0);
    await page.route('**/assets/index-*.js', (route) => route.abort());
    await page.goto(served.address);
    await expect(page.getByText('The page is not there yet')).toBeVisible();
    await expect(page.getByText('What you have kept in this browser stays there')).toBeVisible();
  });
});
