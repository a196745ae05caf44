import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser';

const executablePath = findBrowser();

/**
 * What of the browser has no part in the tests. The last list on its command line alone counts, so that Playwright's own is in
 * this one; what is added are the suggestions under the address, pages of their own that take a sixth of the time.
 */
const NEEDLESS_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // Only what hangs is ended: a frame drawn without a graphics card on a busy machine can take seconds.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  use: {
    serviceWorkers: 'block', // what is kept would come in the place of what a test serves: see offline.spec.ts
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--use-angle=swiftshader', // WebGL 2 without a graphics card
        '--enable-unsafe-swiftshader',
        // The page itself is painted without that detour, which saves a sixth of the time.
        '--disable-gpu-rasterization',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        `--disable-features=${NEEDLESS_FEATURES.join(',')}`,
      ],
    },
  },
});
