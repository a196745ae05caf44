import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { Sighting } from '../../../src/domain/sighting';
import { writeCollection } from '../../../src/io/collection-file';
import { joinBytes } from '../../../src/io/join-bytes';
import { readSightings } from '../../../src/io/geojson';
import { HOSTILE_MARK } from '../hostile-strings';

/** Address of the data that a page opens with. */
export const DATA = 'sightings.geojson';

/** A GeoJSON file of sightings, and of other features by their very texts. */
export function fileOf(
  sightings: readonly Sighting[],
  title: string,
  others: readonly string[] = [],
): Buffer {
  const texts = [...sightings.map((sighting) => JSON.stringify(sighting)), ...others].map((text, i) => ({
    id: sightings[i]?.id ?? `other-${String(i).padStart(6, '0')}`,
    bytes: new TextEncoder().encode(text),
  }));
  return Buffer.from(joinBytes(writeCollection({ title }, texts)));
}

/** Opens the app with data in the place of its own, and waits until it is there. */
export async function openPage(context: BrowserContext, address: string, data: Buffer): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript('globalThis.__name = (named) => named;'); // tsx puts it around functions
  await page.route(`**/${DATA}`, (route) => route.fulfill({ body: data, contentType: 'application/json' }));
  await page.goto(address);
  await page.locator('main[aria-busy="false"]').waitFor();
  return page;
}

/** Whether anything that a text holds has run. */
export async function hasRun(page: Page): Promise<boolean> {
  return page.evaluate((mark) => mark in window, HOSTILE_MARK);
}

export const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** What a button gives as a download. */
export async function downloaded(button: Locator): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const [download] = await Promise.all([button.page().waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}

/** The file of a format, by the open dialog for export. */
export async function exported(
  page: Page,
  format: RegExp,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const dialog = dialogOf(page, 'Export');
  await dialog.getByRole('radio', { name: format }).check();
  return await downloaded(dialog.getByRole('button', { name: 'Download' }));
}

/** The sightings of a GeoJSON file. */
export function recordsOf(bytes: Uint8Array<ArrayBuffer>): Sighting[] {
  const { table } = readSightings(bytes, {});
  return Array.from({ length: table.length }, (_, row) => table.record(row));
}

/** Closes a page so that the next one begins without what it has kept. */
export async function closePage(page: Page, address: string): Promise<void> {
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 })); // looked for by the browser itself
  await page.goto(`${address}systems.json`);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle('sighting-map', { create: true }); // nothing may have been kept
    await root.removeEntry('sighting-map', { recursive: true });
  });
  await page.close();
}
