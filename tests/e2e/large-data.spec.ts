import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { seededFile, seededSystems } from '../bench/seeded';
import { expect, openApp, test } from './app';
import { expectNoViolations, openTool } from './axe';

/** Enough for a worker, and few enough for a test. */
const COUNT = 9_000;
const FILE = Buffer.from(seededFile(COUNT));

/** A server of one file, that sends the first half and keeps the rest back until it is told to go on. */
interface SlowServer {
  url: string;
  isHeld: boolean;
  /** how often the connection was let go before the end */
  left: number;
  close: () => void;
}

async function serve(name: string, body: Buffer): Promise<SlowServer> {
  const slow: SlowServer = { url: '', isHeld: true, left: 0, close: () => undefined };
  const server: Server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.url === '/systems.json') return response.end(seededSystems());
    if (request.url !== `/${name}`) return response.writeHead(404).end();
    response.setHeader('Content-Length', body.length);
    if (!slow.isHeld) return response.end(body);
    response.write(body.subarray(0, body.length / 2));
    return response.on('close', () => slow.left++);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slow.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  slow.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return slow;
}

const progressOf = (page: Page) => page.getByRole('progressbar', { name: 'Loading the data' });
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Open data' });

test.describe('data at an address', () => {
  // Files that may stand beside the data are asked for, and a browser notes each that does not.
  test.use({ allowedErrors: [/Failed to load resource.*404/] });

  test('tells how far it is, can be left, and be loaded again', async ({ page, served }) => {
    const slow = await serve('slow.geojson', FILE);
    await page.goto(`${served.address}?data=${slow.url}`);
    await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
    await expect.poll(() => progressOf(page).getAttribute('value')).toBe('50');
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('alert')).toContainText('was cancelled: nothing is shown');
    await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
    await expect(page.getByRole('button', { name: 'Load again' })).toBeFocused();
    await expect.poll(() => slow.left).toBe(1); // the worker's alone
    await expectNoViolations(page);
    await openTool(page, 'Open data');
    await expect(page.getByText('The data is not loaded')).toBeVisible();
    slow.isHeld = false;
    await page.getByRole('button', { name: 'Load again' }).click();
    await expect(page.getByText('9,000 of 9,000 sightings')).toBeVisible();
    await expect(progressOf(page)).toHaveCount(0);
    expect(new URL(page.url()).searchParams.get('data')).toBe(slow.url);
    slow.close();
  });

  test('is read as it is packed, and a broken feature says where it is', async ({ page, served }) => {
    const line = FILE.indexOf('\n', FILE.length / 2) + 1;
    const end = FILE.indexOf('\n', line);
    const broken = Buffer.concat([
      FILE.subarray(0, line),
      Buffer.from('{"type":"Feature","id":},'),
      FILE.subarray(end),
    ]);
    const packed = await serve('packed.geojson.gz', gzipSync(broken, { level: 0 }));
    packed.isHeld = false;
    await openApp(page, served, `?data=${packed.url}`);
    await expect(page.getByText('8,999 of 8,999 sightings')).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(`byte ${line}`);
    packed.close();
  });
});

test.describe('an address in the dialog', () => {
  const askFor = async (page: Page, url: string) => {
    await dialogOf(page).getByLabel('Address of a file').fill(url);
    await dialogOf(page).getByRole('button', { name: 'Open address' }).click();
  };

  test('tells how far it is, can be left, and be opened again', async ({ page, served }) => {
    const slow = await serve('slow.geojson', FILE);
    await page.route('**/systems.json', (route) => route.fulfill({ body: seededSystems() }));
    await openApp(page, served);
    await openTool(page, 'Open data');
    await askFor(page, slow.url);
    const progress = dialogOf(page).getByRole('progressbar', { name: 'Reading slow.geojson' });
    // Half of the file, of the share of the work that fetching it is.
    await expect.poll(() => progress.getAttribute('value')).toBe('28');
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => slow.left).toBe(1);
    slow.isHeld = false;
    await askFor(page, slow.url);
    await expect(dialogOf(page).getByText('9,000 sightings')).toBeVisible();
    await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
    await dialogOf(page).getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('9,008 of 9,008 sightings')).toBeVisible();
    slow.close();
  });

  test('is read as it arrives: what is broken is told before all of it has come', async ({
    page,
    served,
  }) => {
    const packed = gzipSync(FILE, { level: 0 });
    const ofGzip = 10;
    const ofBlock = 5;
    packed[ofGzip + ofBlock + packed.readUInt16LE(ofGzip + 1)] = 7; // a kind of block that there is not
    const slow = await serve('broken.geojson.gz', packed);
    await openApp(page, served);
    await openTool(page, 'Open data');
    await askFor(page, slow.url);
    await expect(dialogOf(page).getByRole('alert')).toContainText('damaged');
    slow.close();
  });
});

test('a large file by picker is read while the page answers, and stays', async ({ page, served }) => {
  test.slow();
  await page.route('**/systems.json', (route) => route.fulfill({ body: seededSystems() }));
  const line = FILE.indexOf('\n', FILE.length / 2) + 1;
  const end = FILE.indexOf('\n', line) + 1;
  const bad = FILE.toString('utf8', line, end).replace(/"confidence":"\w+"/, '"confidence":"certain"');
  const file = Buffer.concat([FILE.subarray(0, line), Buffer.from(bad), FILE.subarray(end)]);
  await openApp(page, served);
  await openTool(page, 'Open data');
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const value = document.querySelector('dialog progress')?.getAttribute('value');
      if (value && seen.at(-1) !== value) seen.push(value);
    }).observe(document.body, { subtree: true, attributes: true, childList: true });
  });
  await dialogOf(page)
    .getByLabel('Choose files')
    .setInputFiles({ name: 'large.geojson', mimeType: 'application/geo+json', buffer: file });
  await expect(dialogOf(page).getByText('8,999 sightings')).toBeVisible();
  await expect(dialogOf(page).getByLabel('Name of the data set')).toHaveValue(`${COUNT} seeded sightings`);
  // A page that could not answer would have shown nothing of this.
  expect((await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).length).toBeGreaterThan(
    1,
  );
  await dialogOf(page).getByRole('button', { name: 'Add data set' }).click();
  await expect(dialogOf(page).getByText(/8,999 sightings added/)).toBeVisible();
  await expect(
    dialogOf(page)
      .getByText(/feature 4\d+ \(line 4\d+, byte \d+\)/)
      .first(),
  ).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('9,007 of 9,007 sightings')).toBeVisible();
  await expect(page.getByText('Kept in this browser')).toBeVisible();
  await page.reload();
  await expect(page.getByText('9,007 of 9,007 sightings')).toBeVisible();
});
