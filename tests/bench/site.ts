import { mkdtempSync, readFileSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayerSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { type Plugin, build, preview } from 'vite';
import { readSystems } from '../../src/domain/reference-data';
import { atlasBase } from '../../src/map/atlas';
import { sightingLayers } from '../../src/map/layers';
import { LIGHT } from '../../src/map/theme';
import { atEnd } from './cleanup';
import { seededSystems } from './seeded';

const BARE_PAGE = fileURLToPath(new URL('bare-page', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const BUILT_IN_SYSTEMS = fileURLToPath(new URL('../../geo/systems.json', import.meta.url));

/** Vite's server would pack scripts anew for each visit, which no host does, and takes time from what is measured. */
const nothingPacked: Plugin = {
  name: 'nothing-packed',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _, next) => {
      request.headers['accept-encoding'] = 'identity';
      next();
    });
  },
};

/** Says `point_count` for `count`, and tells a single sighting by having none, as a clustered source has it. */
function ofClusters(value: unknown): unknown {
  const text = JSON.stringify(value);
  const single = JSON.stringify(['==', ['get', 'count'], 1]);
  return JSON.parse(
    text
      .replaceAll(single, JSON.stringify(['!', ['has', 'point_count']]))
      .replaceAll(JSON.stringify(['get', 'count']), JSON.stringify(['get', 'point_count']))
      // Our tiles write '' for a report that names no system, the file leaves the member out.
      .replaceAll(JSON.stringify(['get', 'system']), JSON.stringify(['coalesce', ['get', 'system'], ''])),
  );
}

/** The layers of our own style that a clustered source can have: base, marks, names and groups, no discs or areas. */
function bareLayers(): StyleSpecification['layers'] {
  const texts = [seededSystems(), readFileSync(BUILT_IN_SYSTEMS, 'utf8')]; // the latter's names hold
  const named = texts.flatMap((text) =>
    readSystems(JSON.parse(text)).systems.map((system) => [system.id, system] as const),
  );
  const systems = [...new Map(named).values()];
  const marks = sightingLayers(LIGHT, systems, 1).filter(({ id }) =>
    ['marks', 'mark-names', 'groups', 'group-counts'].includes(id),
  );
  const clustered = marks.map((layer) => {
    const entries = Object.entries(ofClusters(layer) as LayerSpecification);
    return Object.fromEntries(
      entries.filter(([key]) => key !== 'source-layer'),
    ) as unknown as LayerSpecification;
  });
  return [...atlasBase(LIGHT, 'latin', '').layers, ...clustered];
}

/** A site with both pages: ours at `app/`, the bare one at `bare/`, seeded files at `data/`, nothing packed on its way. */
export interface Site {
  /** with a slash at the end */
  address: string;
  /** Puts a file of sightings at `data/`. Returns its address. */
  addData(path: string): string;
  /** bytes that were sent so far, headers included */
  sentBytes(): number;
}

/** Builds the bare page and serves it beside `dist`, which is there already. */
export async function serveSite(): Promise<Site> {
  const root = mkdtempSync(join(tmpdir(), 'sighting-bench-'));
  atEnd(() => rmSync(root, { recursive: true }));
  symlinkSync(DIST, join(root, 'app'));
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'systems.json'), seededSystems());
  await build({
    configFile: false,
    root: BARE_PAGE,
    base: './',
    publicDir: false,
    define: { BARE_LAYERS: JSON.stringify(bareLayers()) },
    worker: { format: 'es' },
    build: {
      outDir: join(root, 'bare'),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
    },
    logLevel: 'error',
  });
  const server = await preview({
    configFile: false,
    root,
    plugins: [nothingPacked],
    appType: 'mpa',
    build: { outDir: root },
    preview: { host: 'localhost', port: 0 },
    logLevel: 'error',
  });
  atEnd(() => server.close());
  const sockets: Socket[] = [];
  server.httpServer.on('connection', (socket: Socket) => sockets.push(socket));
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The server of the pages has no address.');
  return {
    address,
    addData(path) {
      const name = basename(path);
      symlinkSync(path, join(root, 'data', name));
      return `${address}data/${name}`;
    },
    sentBytes: () => sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  };
}
