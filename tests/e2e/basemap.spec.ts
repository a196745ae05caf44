import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Page } from '@playwright/test';
import { ArchiveWriter } from '../../src/cli/pmtiles-writer';
import { expect, openApp, test as base } from './app';

const OPENFREEMAP = 'https://tiles.openfreemap.org';

type Layer = Parameters<typeof fromGeojsonVt>[0][string];

/** A square that fills most of a tile, so that what is drawn can be told from the sea around it. */
const SQUARE: [number, number][] = [
  [200, 200],
  [3900, 200],
  [3900, 3900],
  [200, 3900],
  [200, 200],
];

function layerOfSquare(tags: Record<string, string | number>): Layer {
  return { features: [{ id: 1, type: 3, geometry: [SQUARE], tags }] } as unknown as Layer;
}

/** A tiny archive of one tile in the schema of Protomaps' basemaps, or in another. */
function archive(layerIds: readonly string[]): Buffer {
  const writer = new ArchiveWriter();
  const layers = Object.fromEntries(layerIds.map((id) => [id, layerOfSquare({ kind: 'earth' })]));
  writer.add(0, 0, 0, fromGeojsonVt(layers, { version: 2, extent: 4096 }));
  return writer.finish({
    bounds: [-180, -85, 180, 85],
    center: [0, 0, 0],
    minZoom: 0,
    maxZoom: 0,
    metadata: {
      vector_layers: layerIds.map((id) => ({ id, fields: {} })),
      attribution: '<a href="https://example.org/credit">Test cartographers</a>',
    },
  });
}

const PROTOMAPS = archive(['earth', 'water', 'roads', 'places']);

/** A whole style that needs nothing but itself; its land is of a colour that no other has. */
const STYLE = {
  version: 8,
  sources: {
    square: {
      type: 'geojson',
      attribution: '<a href="https://example.org/streets">Street makers</a>',
      data: { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [37.6, 55.75] } },
    },
  },
  layers: [{ id: 'background', type: 'background', paint: { 'background-color': '#00ff00' } }],
};

const test = base.extend<object, { tileServer: { address: string } }>({
  tileServer: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that one needs from here
    async ({}, use) => {
      const server: Server = createServer((request, response) => {
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Access-Control-Allow-Headers', 'Range');
        response.setHeader('Access-Control-Expose-Headers', 'Content-Range');
        const body = (status: number, content: string | Buffer) => response.writeHead(status).end(content);
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (request.method === 'OPTIONS') body(204, '');
        else if (pathname === '/style.json') body(200, JSON.stringify(STYLE));
        else if (pathname === '/no-style.json') body(200, '{"version": 8, "layers": "none", "sources": {}}');
        else if (pathname === '/page.html') body(200, '<!doctype html><p>Hello</p>');
        else if (pathname === '/whole.pmtiles') body(200, PROTOMAPS);
        else if (pathname === '/other.pmtiles') body(200, archive(['countries']));
        else if (pathname === '/cut.pmtiles') body(200, PROTOMAPS.subarray(0, PROTOMAPS.length - 20));
        else if (pathname === '/noise.pmtiles') body(200, Buffer.alloc(40_000, 7));
        else if (pathname === '/hang.json')
          return; // never answers
        else body(404, 'Not here');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await use({ address: `http://127.0.0.1:${port}` });
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
});

const panel = (page: Page) => page.getByRole('group', { name: 'Basemap and place names' });

const choice = (page: Page, name: string) => panel(page).getByRole('button', { name });

async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Basemap', exact: true }).click();
  await expect(panel(page)).toBeVisible();
}

async function showAddress(page: Page, address: string): Promise<void> {
  if (!(await panel(page).isVisible())) await openPanel(page);
  await choice(page, 'Your own file or address').click();
  await panel(page)
    .getByLabel(/^Address of/)
    .fill(address);
  await panel(page).getByRole('button', { name: 'Show' }).click();
}

const credits = (page: Page, name: string) => page.getByRole('link', { name });

test('draws the built-in atlas, by ranges, and credits its makers', async ({ page, served }) => {
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.pmtiles')) statuses.push(response.status());
  });
  await openApp(page, served);
  for (const name of ['OpenStreetMap', 'Natural Earth', 'GeoNames', 'GSHHG', 'MapLibre']) {
    await expect(credits(page, name)).toBeVisible();
  }
  await expect.poll(() => statuses.length).toBeGreaterThan(1);
  expect(new Set(statuses)).toEqual(new Set([206]));
  await openPanel(page);
  await expect(choice(page, 'Atlas (built in)')).toHaveAttribute('aria-pressed', 'true');
});

test('draws the atlas from a host without ranges', async ({ page, served }) => {
  const file = readFileSync(new URL('../../geo/basemap/atlas.pmtiles', import.meta.url));
  await page.route('**/atlas.pmtiles', (route) => route.fulfill({ status: 200, body: file }));
  await openApp(page, served);
  await expect(credits(page, 'GSHHG')).toBeVisible();
  await expect(page.getByText('cannot be drawn')).toHaveCount(0);
});

for (const [name, damage] of [
  ['truncated', (file: Buffer) => file.subarray(0, 1_000_000)],
  ['damaged at its start', (file: Buffer) => Buffer.concat([Buffer.alloc(512), file.subarray(512)])],
  ['empty', () => Buffer.alloc(0)],
] as const) {
  test(`says so when the atlas is ${name}, and shows the sightings`, async ({ page, served }) => {
    const file = damage(readFileSync(new URL('../../geo/basemap/atlas.pmtiles', import.meta.url)));
    await page.route('**/atlas.pmtiles', (route) => route.fulfill({ status: 200, body: file }));
    await openApp(page, served);
    await expect(page.getByRole('alert')).toContainText('The built-in atlas cannot be drawn');
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  });
}

test.describe('with a missing atlas', () => {
  test.use({ allowedErrors: [/404/] });
  test('says so', async ({ page, served }) => {
    await page.route('**/atlas.pmtiles', (route) => route.fulfill({ status: 404, body: '' }));
    await openApp(page, served);
    await expect(page.getByRole('alert')).toContainText('the server answers "404');
  });
});

test('says past the detail of the atlas that there is no more, and offers the switch', async ({
  page,
  served,
}) => {
  await openApp(page, served, '?view=37.6,55.75,10.5');
  await expect(page.getByText('The built-in atlas shows no streets.')).toBeVisible();
  await page.getByRole('button', { name: 'Choose another basemap' }).click();
  await expect(panel(page)).toBeVisible();
});

test('writes place names in Latin, Russian or both, and remembers which', async ({ page, served }) => {
  await openApp(page, served);
  await openPanel(page);
  await panel(page).getByLabel('Place names').selectOption('Both');
  await page.reload();
  await openPanel(page);
  await expect(panel(page).getByLabel('Place names')).toHaveValue('both');
});

test.describe('streets', () => {
  test.use({
    allowedOrigins: [OPENFREEMAP],
    allowedErrors: [/ERR_FAILED|ERR_CONNECTION|503|Failed to load resource/],
  });

  test('are shown when asked for, and remembered; nobody else is asked before', async ({ page, served }) => {
    const asked: string[] = [];
    await page.route(`${OPENFREEMAP}/**`, (route) => {
      asked.push(route.request().url());
      return route.fulfill({ json: STYLE, headers: { 'Access-Control-Allow-Origin': '*' } });
    });
    await openApp(page, served, '?sighting=zarechye-near-novo-ogaryovo&view=37.5,55.7,10');
    await expect(credits(page, 'Natural Earth')).toBeVisible();
    expect(asked).toEqual([]);
    await openPanel(page);
    await choice(page, 'Streets (OpenFreeMap, online)').click();
    await expect(credits(page, 'Street makers')).toBeVisible();
    await expect(credits(page, 'Natural Earth')).toHaveCount(0);
    // Switching keeps what is open and where the map looks.
    await expect(page.getByRole('dialog', { name: /Zarechye/ })).toBeVisible();
    expect(new URL(page.url()).search).toBe(
      '?view=37.5,55.7,10&sighting=zarechye-near-novo-ogaryovo&basemap=streets',
    );
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await page.reload();
    await expect(credits(page, 'Street makers')).toBeVisible();
  });

  const tiled = (tiles: string): object => ({
    version: 8,
    sources: { roads: { type: 'vector', tiles: [tiles], maxzoom: 14, attribution: 'Road makers' } },
    layers: [
      { id: 'background', type: 'background' },
      { id: 'roads', type: 'line', source: 'roads', 'source-layer': 'roads' },
    ],
  });

  test('whose tiles hang give way to the atlas after a while, with a message', async ({ page, served }) => {
    await page.route(`${OPENFREEMAP}/**`, (route) =>
      route.request().url().includes('/styles/')
        ? route.fulfill({
            json: tiled(`${OPENFREEMAP}/{z}/{x}/{y}`),
            headers: { 'Access-Control-Allow-Origin': '*' },
          })
        : undefined,
    );
    await openApp(page, served);
    await openPanel(page);
    await choice(page, 'Streets (OpenFreeMap, online)').click();
    await expect(page.getByRole('alert')).toContainText('No tile came within 12 seconds', {
      timeout: 30_000,
    });
    await expect(credits(page, 'Natural Earth')).toBeVisible();
  });

  test('whose tiles fail give way to the atlas, and can be tried again', async ({ page, served }) => {
    let asked = 0;
    await page.route(`${OPENFREEMAP}/**`, (route) => {
      if (!route.request().url().includes('/styles/')) return route.fulfill({ status: 503, body: '' });
      asked++;
      return route.fulfill({
        json: tiled(`${OPENFREEMAP}/{z}/{x}/{y}`),
        headers: { 'Access-Control-Allow-Origin': '*' },
      });
    });
    await openApp(page, served);
    await openPanel(page);
    await choice(page, 'Streets (OpenFreeMap, online)').click();
    await expect(page.getByRole('alert')).toContainText('cannot be drawn, so the atlas is shown');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => asked).toBe(2);
  });

  test('are not asked for by passing by with the keyboard', async ({ page, served }) => {
    await openApp(page, served);
    await openPanel(page);
    await choice(page, 'Atlas (built in)').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(choice(page, 'Your own file or address')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Basemap', exact: true })).toBeFocused();
  });

  test('are remembered even when they could not be had once', async ({ page, served }) => {
    let isUp = true;
    await page.route(`${OPENFREEMAP}/**`, (route) =>
      isUp ? route.fulfill({ json: STYLE, headers: { 'Access-Control-Allow-Origin': '*' } }) : route.abort(),
    );
    await openApp(page, served);
    await openPanel(page);
    await choice(page, 'Streets (OpenFreeMap, online)').click();
    await expect(credits(page, 'Street makers')).toBeVisible();
    isUp = false;
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('so the atlas is shown');
    isUp = true;
    await page.reload();
    await expect(credits(page, 'Street makers')).toBeVisible();
  });

  test('that do not come give way to the atlas, with a message', async ({ page, served }) => {
    await page.route(`${OPENFREEMAP}/**`, (route) => route.abort());
    await openApp(page, served);
    await openPanel(page);
    await choice(page, 'Streets (OpenFreeMap, online)').click();
    await expect(page.getByRole('alert')).toContainText(
      /The street map cannot be drawn, so the atlas is shown/,
    );
    await expect(choice(page, 'Atlas (built in)')).toHaveAttribute('aria-pressed', 'true');
    await expect(credits(page, 'Natural Earth')).toBeVisible();
  });
});

test('is chosen on a phone as well', async ({ page, served, tileServer }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page, served);
  await showAddress(page, `${tileServer.address}/style.json`);
  await expect(credits(page, 'Street makers')).toBeVisible();
});

test.describe('an own basemap', () => {
  test.use({ allowedErrors: [/404/] });
  test.beforeEach(({ page, served }) => openApp(page, served, '?view=37.6,55.75,9'));

  test('can be a Protomaps archive from this computer, drawn and credited', async ({ page }) => {
    await openPanel(page);
    await choice(page, 'Your own file or address').click();
    await panel(page)
      .getByLabel(/^A .pmtiles file/)
      .setInputFiles({ name: 'mine.pmtiles', mimeType: 'application/octet-stream', buffer: PROTOMAPS });
    await expect(panel(page)).toContainText('Now: mine.pmtiles');
    await expect(credits(page, 'Test cartographers')).toBeVisible();
    await expect(credits(page, 'Natural Earth')).toHaveCount(0);
    await expect(page.getByText(/has a fault|with a fault/)).toHaveCount(0);
  });

  test('that was a file is asked for again after a reload', async ({ page }) => {
    await openPanel(page);
    await choice(page, 'Your own file or address').click();
    await panel(page)
      .getByLabel(/^A .pmtiles file/)
      .setInputFiles({ name: 'mine.pmtiles', mimeType: 'application/octet-stream', buffer: PROTOMAPS });
    await expect(credits(page, 'Test cartographers')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('“mine.pmtiles” has to be chosen again');
  });

  test('can be dropped on the map', async ({ page }) => {
    const transfer = await page.evaluateHandle(
      (bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'dropped.pmtiles'));
        return data;
      },
      [...PROTOMAPS],
    );
    await page
      .getByRole('region', { name: 'Map of sightings' })
      .dispatchEvent('drop', { dataTransfer: transfer });
    await expect(credits(page, 'Test cartographers')).toBeVisible();
  });

  const broken: [name: string, path: string, says: RegExp][] = [
    ['an archive in another schema', 'other.pmtiles', /not in the Protomaps basemap schema: it lacks earth/],
    ['a truncated archive', 'cut.pmtiles', /breaks off: it has \d+ of \d+ bytes/],
    ['a file that is no archive', 'noise.pmtiles', /is no PMTiles archive/],
    ['a missing archive', 'nowhere.pmtiles', /the server answers "404/],
    ['a style with a fault', 'no-style.json', /no map style that can be drawn/],
    ['a web page', 'page.html', /it is no map style, for it is not JSON/],
    ['a server that never answers', 'hang.json', /no answer within 10 seconds/],
  ];
  for (const [name, path, says] of broken) {
    test(`that is ${name} gives a clear message and the atlas`, async ({ page, tileServer }) => {
      await showAddress(page, `${tileServer.address}/${path}`);
      await expect(page.getByRole('alert')).toContainText(says);
      await expect(page.getByRole('alert')).toContainText('so the atlas is shown');
      await expect(choice(page, 'Atlas (built in)')).toHaveAttribute('aria-pressed', 'true');
      await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    });
  }

  test('can be a Protomaps archive at an address, and is remembered', async ({ page, tileServer }) => {
    await showAddress(page, `${tileServer.address}/whole.pmtiles`);
    await expect(credits(page, 'Test cartographers')).toBeVisible();
    await page.reload();
    await expect(credits(page, 'Test cartographers')).toBeVisible();
  });

  test('can be any MapLibre style', async ({ page, tileServer }) => {
    await showAddress(page, `${tileServer.address}/style.json`);
    await expect(credits(page, 'Street makers')).toBeVisible();
    await expect(panel(page)).toContainText('style.json');
  });
});
