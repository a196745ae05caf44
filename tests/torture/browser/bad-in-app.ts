import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { spoiled } from '../../bench/bad-features';
import { seededPath } from '../../bench/seeded-path';
import { serveSite } from '../../bench/site';

/** Files of as many features: all good, one bad, all bad. */
export const BAD_FILES = ['good', 'one bad', 'all bad'] as const;
export type BadFile = (typeof BAD_FILES)[number];

/** How long it took until what is good of each file was drawn, in milliseconds, one figure a run. */
export type BadTimes = Readonly<Record<BadFile, number[]>>;

const PATIENCE_MS = 120_000;

/** How long it takes until the page shows so many sightings and its map has settled. */
async function msUntilDrawn(context: BrowserContext, url: string, accepted: number): Promise<number> {
  const page = await context.newPage();
  try {
    await page.setViewportSize({ width: 1440, height: 900 });
    const said = `${accepted.toLocaleString('en-GB')} of ${accepted.toLocaleString('en-GB')} sightings`;
    const start = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(
      (said) =>
        document.querySelector('main[aria-busy="false"]') !== null &&
        document.querySelector('.map[aria-busy="false"]') !== null &&
        [...document.querySelectorAll('[role="status"]')].some((it) => it.textContent.includes(said)),
      said,
      { polling: 20, timeout: PATIENCE_MS },
    );
    return performance.now() - start;
  } finally {
    await page.close();
  }
}

/**
 * Opens files of seeded features by address, by turns: all good, one of them bad, all of them bad.
 * @param context of a browser with a map
 */
export async function openBadFiles(context: BrowserContext, count: number, runs: number): Promise<BadTimes> {
  const good = seededPath(count);
  const folder = mkdtempSync(join(tmpdir(), 'bad-features-'));
  const site = await serveSite();
  const times: BadTimes = { good: [], 'one bad': [], 'all bad': [] };
  const bad: Readonly<Record<BadFile, number>> = { good: 0, 'one bad': 1, 'all bad': count };
  const urls = BAD_FILES.map((file) => {
    const path = join(folder, `${file.replace(' ', '-')}.geojson`);
    writeFileSync(path, spoiled(good, bad[file]));
    return [file, `${site.address}app/?data=${encodeURIComponent(site.addData(path))}`] as const;
  });
  try {
    for (let run = 0; run < runs; run++)
      for (const [file, url] of urls) times[file].push(await msUntilDrawn(context, url, count - bad[file]));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return times;
}
