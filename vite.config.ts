import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: 'src',
  base: './', // the build runs from any folder of any static host
  publicDir: '../geo', // served as it is
  appType: 'mpa', // a missing data file is a 404, never the page again
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // nothing inline, so that the strictest content security policy holds
    modulePreload: { polyfill: false },
  },
  server: { host: 'localhost' },
  preview: { host: 'localhost', port: 4173 },
  test: {
    root: '.',
    include: ['tests/unit/**/*.test.ts'],
  },
});
