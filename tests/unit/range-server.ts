import { open, readFile, stat } from 'node:fs/promises';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

/** A server of a folder, as a static host is one, that counts what it is asked for. */
export interface RangeServer {
  /** with a slash at the end */
  url: string;
  /** what was asked for, and how many bytes were sent */
  requests: { name: string; range: string | undefined; bytes: number }[];
  /** whether it knows HTTP ranges */
  hasRanges: boolean;
  close: () => Promise<void>;
}

async function answer(
  folder: string,
  server: RangeServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = basename(decodeURIComponent(new URL(request.url ?? '/', server.url).pathname));
  const path = join(folder, name);
  const size = (await stat(path).catch(() => undefined))?.size;
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (size === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { range } = request.headers;
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (!server.hasRanges || from === undefined) {
    server.requests.push({ name, range, bytes: size });
    response.writeHead(200, { 'Content-Length': size }).end(await readFile(path));
    return;
  }
  if (Number(from) >= size) {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const last = Math.min(size - 1, Number(to));
  const bytes = Buffer.alloc(last - Number(from) + 1);
  const file = await open(path);
  await file.read(bytes, 0, bytes.length, Number(from));
  await file.close();
  server.requests.push({ name, range, bytes: bytes.length });
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${last}/${size}` }).end(bytes);
}

export async function serveFolder(folder: string): Promise<RangeServer> {
  const http: Server = createServer((request, response) => {
    answer(folder, server, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: RangeServer = {
    url: `http://127.0.0.1:${port}/`,
    requests: [],
    hasRanges: true,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}
