import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Plugin, build } from 'vite';

const PAGE = `
  import { Map, setWorkerUrl } from 'maplibre-gl';
  import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
  setWorkerUrl(workerUrl);
  new Map({ container: document.body, style: { version: 8, sources: {}, layers: [] } });
`;

const barePage: Plugin = {
  name: 'bare-page',
  resolveId: (id) => (id === 'bare-page' ? '\0bare-page' : undefined),
  load: (id) => (id === '\0bare-page' ? PAGE : undefined),
};

/** The size of a script as a host sends it. */
export function gzipBytes(script: string | Uint8Array): number {
  return gzipSync(script, { level: 9 }).length;
}

/** What the scripts of a page weigh that makes a MapLibre map and does nothing else, its worker included, in bytes of gzip. */
export async function bareMapBytes(): Promise<number> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('../../src', import.meta.url)),
    logLevel: 'error',
    plugins: [barePage],
    worker: { format: 'es' },
    build: { write: false, target: 'es2023', rolldownOptions: { input: 'bare-page' } },
  });
  const { output } = Array.isArray(built)
    ? (built[0] ?? { output: [] })
    : 'output' in built
      ? built
      : { output: [] };
  return output.reduce((sum, file) => sum + gzipBytes(file.type === 'chunk' ? file.code : file.source), 0);
}
