import { expect, test } from './app';
import { openByTurns } from './round-trips';

/** The page, its scripts, the data with the workers and the head of the atlas, and the tiles of the atlas. */
const TURNS = 4;
const MOST_REQUESTS = 28;
/** As the preview server packs it, the atlas in parts; without the scripts of workers, which another budget counts. */
const MOST_BYTES = 620_000;

/** All scripts that are needed until the sightings are drawn; a note tells who waits long that data is on its way. */
const NEEDED = ['index', 'maplibre', 'maplibre-gl-worker', 'rolldown-runtime', 'tile-worker'];
const WHILE_WAITING = /^Loading/;

test('the sightings are drawn after four round trips, few requests and few bytes', async ({
  page,
  served,
}) => {
  const turns = await openByTurns(page, served.address, TURNS);
  await expect(page.getByRole('status')).toHaveText('8 of 8 sightings');
  await expect(page.locator('.map')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });

  const requests = turns.flat();
  const sizes = await Promise.all(
    requests.map(async (request) => ({
      path: request.url().slice(served.address.length),
      // What the page gave up itself, such as a tile that it needs no more, has no size.
      bytes: request.failure() === null ? (await request.sizes()).responseBodySize : 0,
    })),
  );
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  console.log(
    [
      `Until the sightings are drawn: ${turns.length} round trips, ${requests.length} requests, ${(bytes / 1e6).toFixed(2)} MB`,
      ...sizes.map((size) => `${(size.bytes / 1000).toFixed(1).padStart(8)} kB  ${size.path}`),
    ].join('\n'),
  );
  const scripts = sizes.flatMap(({ path }) => /^assets\/(.*)-[\w-]{8}\.js$/.exec(path)?.[1] ?? []);
  expect(scripts.filter((name) => !WHILE_WAITING.test(name)).sort()).toEqual(NEEDED);
  expect(requests.length).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});

test('the map and the data are asked for at once, as soon as the scripts are there', async ({
  page,
  served,
}) => {
  const turns = await openByTurns(page, served.address, 3);
  const paths = turns.map((turn) => turn.map((request) => request.url().slice(served.address.length)));
  expect(paths[0]).toEqual(['']);
  expect(paths[2]).toEqual(
    expect.arrayContaining([
      ...['sightings.geojson', 'systems.json', 'reference-points.geojson', 'basemap/atlas.pmtiles'],
      expect.stringMatching(/^assets\/tile-worker-/),
      expect.stringMatching(/^assets\/maplibre-gl-worker-/),
    ]),
  );
});
