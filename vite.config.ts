import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * No code but the app's own, no inline script or style, no eval. Other hosts are asked for map tiles alone, and
 * only when the user has chosen an online basemap; that can be any host, so no list of hosts can stand here.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' https: http:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build', // the development server writes styles inline
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  root: 'src',
  base: './', // the build runs from any folder of any static host
  publicDir: '../geo', // served as it is
  appType: 'mpa', // a missing data file is a 404, never the page again
  plugins: [svelte({ configFile: false }), contentSecurityPolicy],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // nothing inline, so that the strictest content security policy holds
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500, // maplibre-gl is one module of 1,110 kB
  },
  server: { host: 'localhost' },
  preview: { host: 'localhost', port: 4173 },
  test: {
    root: '.',
    include: ['tests/unit/**/*.test.ts'],
    testTimeout: 60_000, // against hanging: how fast it is, is for tests/bench
  },
});
