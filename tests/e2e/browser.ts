import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chrome.exe',
];

const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser that is there and starts: one without its system libraries is none. */
function isUsable(executable: string): boolean {
  if (!existsSync(executable)) return false;
  if (process.platform === 'win32') return true; // chrome.exe --version opens a window there
  return spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** Path of a browser for the tests: an installed Chromium or Chrome first, else Playwright's own download. */
export function findBrowser(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES, chromium.executablePath()].find(isUsable);
}

function attempt(command: string, args: readonly string[]): void {
  console.log(`No browser found yet, trying: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.log(`That did not work: ${error ? error.message : `exit status ${status}`}`);
}

/** Finds a browser, or gets one: Playwright's download, else Debian's package. Throws when there is none. */
export function ensureBrowser(): string {
  const ways = [
    () => attempt('npx', ['playwright', 'install', 'chromium']),
    () => {
      if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
      attempt('apt-get', ['update']);
      attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    },
  ];
  let found = findBrowser();
  for (const way of ways) {
    if (found !== undefined) break;
    way();
    found = findBrowser();
  }
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be found or installed. ' +
      'Install one (on Debian: apt-get install chromium), or run "npx playwright install chromium".',
  );
}
