import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readSightingsStream } from '../../src/io/feature-stream';
import { fetchFile, openAddress } from '../../src/io/fetch-file';
import { fetchBeside } from '../../src/io/load';
import { readSightings } from '../../src/io/geojson';
import { sampleSighting } from './sample';

const SYSTEMS = JSON.stringify({
  'own-system': { name: 'Own', otherNames: [], description: 'One of ours.', markShape: 'circle' },
});

const FILES: Readonly<Record<string, string | Buffer>> = {
  '/small.txt': 'four',
  '/large.txt': Buffer.alloc(5000, 'x'),
  '/built-in/systems.json': '{}',
  '/built-in/reference-points.geojson': '{"type":"FeatureCollection","features":[]}',
  '/with/data.geojson': '{"type":"FeatureCollection","features":[]}',
  '/with/systems.json': SYSTEMS,
  '/web/data.geojson': '{"type":"FeatureCollection","features":[]}',
  '/web/systems.json': '<!doctype html><p>Not here</p>',
  '/web/reference-points.geojson': '<!doctype html><p>Not here</p>',
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setImmediate(() => response.destroy());
      return;
    }
    if (request.url === '/silent') return;
    if (request.url === '/stalled.geojson') {
      response.writeHead(200, { 'content-length': 100_000 });
      const first = JSON.stringify(sampleSighting({ id: 'first' }));
      response.write(`{"type":"FeatureCollection","features":[\n${first},\n{"type":"Fea`);
      return;
    }
    if (request.url === '/stalled') {
      response.writeHead(200, { 'content-length': 20_000 });
      response.write('half'.repeat(2500));
      return;
    }
    const body = FILES[request.url?.replace('?chunked', '') ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    if (body !== undefined && !request.url?.endsWith('?chunked'))
      response.setHeader('content-length', Buffer.byteLength(body));
    // Written in two parts, it goes out without a length.
    if (body !== undefined) response.write(body);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const messageOf = async (url: string, maxBytes?: number) =>
  (await fetchFile(url, { maxBytes })).issues.map(({ message }) => message).join('\n');

describe('a file that is fetched', () => {
  test('has its bytes, and tells how far it is', async () => {
    const told: number[] = [];
    const { bytes, issues } = await fetchFile(`${base}/small.txt`, { progress: (done) => told.push(done) });
    expect([new TextDecoder().decode(bytes), issues, told.at(-1)]).toEqual(['four', [], 1]);
  });

  test.for(['', '?chunked'])(
    'that is too large%s says so, with the address and the remedy',
    async (query) => {
      const url = `${base}/large.txt${query}`;
      expect(await messageOf(url, 4999)).toContain(`${url} has more than 5 kB`);
      expect(await messageOf(url, 5000)).toBe('');
    },
  );

  test('that is not there says what the server answers', async () => {
    expect(await messageOf(`${base}/gone`)).toBe(
      `the server answers "404 Not Found": put the file at ${base}/gone`,
    );
  });

  test('that breaks off says so', async () => {
    expect(await messageOf(`${base}/cut`)).toMatch(/the connection to .*\/cut broke off.*Try again/);
  });

  test('that stops coming says so, and after how much', async () => {
    const { issues } = await fetchFile(`${base}/stalled`, { mostStallMs: 50 });
    expect(issues[0]?.message).toMatch(
      /the connection to .*\/stalled has brought nothing for .* after 10 kB/,
    );
  });

  test('that is never answered says so', async () => {
    const { issues } = await fetchFile(`${base}/silent`, { mostStallMs: 50 });
    expect(issues[0]?.message).toMatch(
      /cannot be fetched from .*\/silent: .* went by without an answer. Check the connection, and try again.$/,
    );
  });

  test('of sightings that stops coming keeps what came, and is not called whole', async () => {
    const { chunks } = await openAddress(`${base}/stalled.geojson`, { mostStallMs: 1000 });
    const { table, brokenOff } = await readSightingsStream(chunks, {});
    expect([table.length, table.idOf(0)]).toEqual([1, 'first']);
    expect(brokenOff).toMatch(/has brought nothing for/);
    const whole = await openAddress(`${base}/with/data.geojson`);
    expect((await readSightingsStream(whole.chunks, {})).brokenOff).toBeUndefined();
  });

  test('from nowhere says what to check', async () => {
    const message = await messageOf('http://127.0.0.1:1/x');
    expect(message).toContain('cannot be fetched from http://127.0.0.1:1/x');
    expect(message).toContain('Access-Control-Allow-Origin');
  });

  test('from nowhere beside the page itself says nothing of what another site has to allow', async () => {
    vi.stubGlobal('location', { origin: 'http://127.0.0.1:1' });
    const message = await messageOf('http://127.0.0.1:1/x').finally(() => vi.unstubAllGlobals());
    expect(message).toMatch(/cannot be fetched from .*\/x: .*\. Check the connection, and try again\.$/);
  });

  test('that nobody wants any more rejects with the reason', async () => {
    const leaving = new AbortController();
    leaving.abort(new Error('left'));
    await expect(fetchFile(`${base}/small.txt`, { signal: leaving.signal })).rejects.toThrow('left');
  });
});

describe('data from an address', () => {
  const at = async (folder: string) => {
    const url = `${base}/${folder}/data.geojson`;
    const [{ bytes, issues }, beside] = await Promise.all([
      fetchFile(url),
      fetchBeside(url, `${base}/built-in/`),
    ]);
    if (issues.length > 0) return beside.complete({ issues });
    return beside.complete({ sightings: readSightings(bytes, beside.context) });
  };

  test('has the systems beside it', async () => {
    const { systems, problems } = await at('with');
    expect([systems.map(({ id }) => id), problems]).toEqual([['own-system'], []]);
  });

  test('has the built-in ones where a web page stands in the place of its own', async () => {
    const { systems, problems } = await at('web');
    expect([systems, problems]).toEqual([[], []]);
  });

  test('that is not there is a problem of its address, and not of what is beside', async () => {
    const { problems } = await at('none');
    expect(problems.map(({ file }) => file)).toEqual([`${base}/none/data.geojson`]);
  });
});
