/* What a visit to a publication asks of its host: `npx tsx tests/bench/published-visit.ts OUT.pmtiles [lng,lat]`. */
import { basename, dirname } from 'node:path';
import { type Filter, NO_FILTER, withFacet } from '../../src/domain/query';
import { openPublished } from '../../src/io/published-sightings';
import { latToY, lngToX } from '../../src/map/mercator';
import { PublishedTiles } from '../../src/map/published-tiles';
import { serveFolder } from '../unit/range-server';

const [path = '', center = '37.6,55.75'] = process.argv.slice(2);
const [lng = 0, lat = 0] = center.split(',').map(Number);

const server = await serveFolder(dirname(path));
let begun = performance.now();

function print(what: string): void {
  const bytes = server.requests.reduce((sum, request) => sum + request.bytes, 0);
  const took = performance.now() - begun;
  console.log(
    what.padEnd(34),
    `${server.requests.length} requests`.padStart(12),
    `${Math.ceil(bytes / 1000)} kB`.padStart(9),
    `${took.toFixed(0)} ms`.padStart(9),
  );
  server.requests.length = 0;
  begun = performance.now();
}

const published = await openPublished(`${server.url}${basename(path)}`);
const tiles = new PublishedTiles(published);
print('open');

/** The tiles of a window of 1440 x 900, moved by some tiles. */
async function view(z: number, filter: Filter, right = 0): Promise<void> {
  const across = 2 ** z;
  const [x, y] = [Math.floor(lngToX(lng) * across) + right, Math.floor(latToY(lat) * across)];
  const wanted = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [x + dx, y + dy] as const));
  const there = wanted.filter(([, tileY]) => tileY >= 0 && tileY < across);
  await Promise.all(there.map(([tileX, tileY]) => tiles.tile(z, (tileX + across) % across, tileY, filter)));
}

await view(4, NO_FILTER);
print('view at zoom 4');
await view(7, NO_FILTER);
print('view at zoom 7');
await view(7, NO_FILTER, 2);
print('two tiles to the right');
await view(11, NO_FILTER);
print('view at zoom 11');
await published.record(12_345);
await published.record(67_890);
print('two popups');
const high = withFacet(NO_FILTER, 'confidence', ['high']);
await published.matches(high);
print('filter: how many');
await view(4, high);
print('filter: view at zoom 4');
await view(7, high);
print('filter: view at zoom 7');
await server.close();
