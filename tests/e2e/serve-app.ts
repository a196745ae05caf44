import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

const CONFIG_FILE = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

/** The built page, served. */
export interface ServedApp {
  /** with a slash at the end */
  address: string;
  close: () => Promise<void>;
}

/** Serves the built page, with the headers that it is to have. */
export async function serveApp(): Promise<ServedApp> {
  const server = await preview({ configFile: CONFIG_FILE, preview: { port: 0 }, logLevel: 'error' });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The preview server has no address.');
  return { address, close: () => server.close() };
}
