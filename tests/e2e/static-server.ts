import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

/** What a host of static files does, and what it does not. */
export interface HostHabits {
  /** answers parts of files */
  hasRanges: boolean;
  /** lets other sites read */
  hasCors: boolean;
}

/** A host of a folder's files, as an object store is one: GET with ranges and ETags, nothing else. */
export interface StaticServer {
  /** with a slash at the end */
  address: string;
  /** paths that are not there from now on */
  missing: Set<string>;
  /** other bytes in the place of a file's */
  replaced: Map<string, Buffer>;
  /** of which files so many bytes come, and then nothing more, while the connection stays */
  stalled: Map<string, number>;
  /** what is answered in the place of a file */
  answered: Map<string, { status: number; type: string; text: string }>;
  /** files whose length is not said before they come */
  unmeasured: Set<string>;
  /** what was asked for: path and range, by turns of time */
  asked: { path: string; range: string | undefined }[];
  close: () => void;
}

/** Types that a browser insists on, by the end of the name; '' is a folder, which has a page. */
const TYPES: Readonly<Record<string, string>> = {
  '': 'text/html',
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

function answer(response: ServerResponse, bytes: Buffer, range: string | undefined): void {
  response.setHeader('ETag', `"${createHash('sha1').update(bytes).digest('hex')}"`);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) {
    response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
    return;
  }
  const from = Number(first);
  const to = Math.min(bytes.length - 1, last ? Number(last) : bytes.length - 1);
  if (from > to) {
    response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
    return;
  }
  const part = bytes.subarray(from, to + 1);
  response
    .writeHead(206, { 'Content-Range': `bytes ${from}-${to}/${bytes.length}`, 'Content-Length': part.length })
    .end(part);
}

/** Serves a folder at 127.0.0.1, which is another site than the app's. */
export async function serveFolder(
  folder: string,
  { hasRanges, hasCors }: HostHabits = { hasRanges: true, hasCors: true },
): Promise<StaticServer> {
  const missing = new Set<string>();
  const replaced = new Map<string, Buffer>();
  const stalled = new Map<string, number>();
  const answered: StaticServer['answered'] = new Map();
  const unmeasured = new Set<string>();
  const asked: StaticServer['asked'] = [];
  const server: Server = createServer((request, response) => {
    const path = normalize(
      decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname),
    ).slice(1);
    const range = request.headers.range;
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    if (type !== undefined) response.setHeader('Content-Type', type);
    asked.push({ path, range });
    if (hasCors) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', 'Range, If-Match');
      response.setHeader('Access-Control-Expose-Headers', 'Content-Range, Content-Length, ETag');
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const other = answered.get(path);
    if (other) {
      response.writeHead(other.status, { 'Content-Type': other.type }).end(other.text);
      return;
    }
    const read = async () =>
      missing.has(path)
        ? undefined
        : (replaced.get(path) ?? (await readFile(join(folder, path || 'index.html')).catch(() => undefined)));
    void read().then((bytes) => {
      const stallsAt = stalled.get(path);
      if (bytes && stallsAt !== undefined) {
        const length = unmeasured.has(path) ? undefined : { 'Content-Length': bytes.length };
        response.writeHead(200, length).write(bytes.subarray(0, stallsAt));
      } else if (bytes) answer(response, bytes, hasRanges ? range : undefined);
      else response.writeHead(404).end('Not here');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    missing,
    replaced,
    stalled,
    answered,
    unmeasured,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
