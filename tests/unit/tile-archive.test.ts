import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ArchiveWriter } from '../../src/cli/pmtiles-writer';
import { openTileArchive } from '../../src/io/tile-archive';

const TILE = new TextEncoder().encode('a tile');

function archiveOf(tile: Uint8Array): Buffer {
  const writer = new ArchiveWriter();
  writer.add(0, 0, 0, tile);
  return writer.finish({
    bounds: [-180, -85, 180, 85],
    center: [0, 0, 0],
    minZoom: 0,
    maxZoom: 0,
    metadata: { vector_layers: [] },
  });
}

const WHOLE = archiveOf(TILE);
const CUT = WHOLE.subarray(0, WHOLE.length - 3);

let server: Server;
let base: string;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const cacheControl = request.headers['cache-control'];
    asked.push(cacheControl);
    // What a cache would give stands in its place; past it is the server's own.
    response.end(request.url === '/cached.pmtiles' && cacheControl === 'no-cache' ? WHOLE : CUT);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

test('an archive of which a cache has but a part is fetched anew', async () => {
  const archive = await openTileArchive(`${base}/cached.pmtiles`);
  const bytes = await archive.tile(0, 0, 0);
  expect(new TextDecoder().decode(bytes)).toBe('a tile');
});

test('an archive of which the host has but a part is asked for twice, and told', async () => {
  asked.length = 0;
  await expect(openTileArchive(`${base}/cut.pmtiles`)).rejects.toThrow(
    `breaks off: it has ${CUT.length} of ${WHOLE.length} bytes`,
  );
  expect(asked).toEqual([undefined, 'no-cache']);
});
