import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, build } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * No code but the app's own, no inline script or style, no eval, no markup from text, and no request to another host.
 * Svelte makes its elements by the first of the trusted types; for the second see src/ui/trusted-types.ts.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html default',
].join('; ');

/** Other hosts, such as that of a base map that a reader chose, are asked by one worker: src/ui/outside/. */
const OUTSIDE_POLICY = "default-src 'none'; connect-src https: http:";

/** The header of a file of the build, by its path with its query. Any page may have `?embed` in a frame. */
function policyOf(url: string): string {
  if (/\/assets\/outside-worker-[^/]*\.js$/.test(url)) return OUTSIDE_POLICY;
  return `${PAGE_POLICY}; frame-ancestors ${/[?&]embed(=|&|$)/.test(url) ? '*' : "'self'"}`;
}

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  transformIndexHtml: (_, { server }) => [
    ...(server // the development server writes styles inline
      ? []
      : [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
            injectTo: 'head-prepend' as const,
          },
        ]),
  ],
  configurePreviewServer({ middlewares }) {
    middlewares.use(({ url = '' }, response, next) => {
      response.setHeader('Content-Security-Policy', policyOf(url));
      response.setHeader('X-Content-Type-Options', 'nosniff');
      next();
    });
  },
};

/**
 * PMTiles' bundle is made for old browsers, and names each of its functions in a way that keeps all of them: of its
 * own sources, which come with it, what nobody uses is left out.
 */
const pmtilesFromSource: Plugin = {
  name: 'pmtiles-from-source',
  enforce: 'pre',
  apply: 'build',
  resolveId: (source) =>
    source === 'pmtiles'
      ? fileURLToPath(new URL('../../src/index.ts', import.meta.resolve('pmtiles')))
      : undefined,
};

/**
 * PMTiles unpacks with fflate where the browser has no DecompressionStream. Every browser with what else the page needs
 * has one, so that fflate is left to those who open or write archives.
 */
const pmtilesWithoutFflate: Plugin = {
  name: 'pmtiles-without-fflate',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    source === 'fflate' && /[\\/]pmtiles[\\/]/.test(importer) ? '\0no-fflate' : undefined,
  load: (id) =>
    id === '\0no-fflate'
      ? "export function decompressSync() { throw new Error('This browser has no DecompressionStream: update it.'); }"
      : undefined,
};

/** Not of a version of the app: data, which changes without one, and what no page asks for. */
const UNVERSIONED: readonly string[] = [
  'sightings.geojson',
  'systems.json',
  'reference-points.geojson',
  'sighting.schema.json',
  'README.md',
  'sw.js',
];

/** The files of a build, by their paths in it, as a service worker keeps them; a page twice, see service-worker.ts. */
function filesOfVersion(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ file, path: file.slice(folder.length + 1).replaceAll('\\', '/') }))
    .filter(({ path }) => !UNVERSIONED.includes(path))
    .flatMap(({ file, path }) => {
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('base64');
      const urls = path === 'index.html' ? ['./', './?embed'] : [path];
      const revision = /^assets\//.test(path) ? null : sha256; // those are named by what is in them
      // A half of one version and a half of another are never kept together: checksums tell.
      return urls.map((url) => ({ url, revision, integrity: `sha256-${sha256}` }));
    })
    .toSorted((a, b) => (a.url < b.url ? -1 : 1));
}

/** Where the build goes. */
let outDir = '';

const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  configResolved({ root, build }) {
    outDir = resolve(root, build.outDir);
  },
  async closeBundle() {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      define: {
        VERSION_FILES: JSON.stringify(filesOfVersion(outDir)),
        'process.env.NODE_ENV': '"production"',
      },
      build: {
        outDir,
        emptyOutDir: false,
        target: 'es2023',
        rolldownOptions: {
          input: join(import.meta.dirname, 'src/ui/offline/service-worker.ts'),
          output: { format: 'iife', entryFileNames: 'sw.js' },
        },
      },
    });
  },
};

/** Modules that do nothing by being there, though nobody says so: Svelte's custom elements, predicates in 3D. */
const WITHOUT_EFFECTS =
  /[\\/](svelte[\\/]src[\\/](legacy|reactivity|internal[\\/]client[\\/]dom[\\/]elements[\\/]custom-element)|robust-predicates)\b/;

export default defineConfig({
  root: 'src',
  base: './', // the build runs from any folder of any static host
  publicDir: '../geo', // served as it is
  appType: 'mpa', // a missing data file is a 404, never the page again
  plugins: [
    svelte({ configFile: false }),
    pmtilesFromSource,
    pmtilesWithoutFflate,
    contentSecurityPolicy,
    serviceWorker,
  ],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // nothing inline, so that the strictest content security policy holds
    modulePreload: {
      polyfill: false,
      // Scripts that a part on demand shares with others come with it; their names would all be in the first load.
      resolveDependencies: (_, names, { hostType }) =>
        hostType === 'html' ? names : names.filter((name) => name.endsWith('.css')),
    },
    chunkSizeWarningLimit: 1500, // maplibre-gl is one module of 1,110 kB
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: WITHOUT_EFFECTS, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            // It changes less often than the app, and a browser keeps what has not changed.
            { name: 'maplibre', test: /[\\/]maplibre-gl[\\/]/, priority: 1 },
            // What the first screen needs in one piece: it packs better than a dozen small ones.
            { name: 'first-screen', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { host: 'localhost' },
  preview: { host: 'localhost', port: 4173 },
  test: {
    root: '.',
    include: ['tests/unit/**/*.test.ts'],
    setupFiles: ['tests/unit/seeded.ts'],
    testTimeout: 60_000, // against hanging: how fast it is, is for tests/bench
  },
});
