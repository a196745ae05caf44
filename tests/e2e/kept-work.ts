import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Sighting } from '../../src/domain/sighting';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import type { Change, Entry, RingColor } from '../../src/domain/work';
import { writeCollection } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { encodeHeader, encodeRecord } from '../../src/io/journal';
import { openApp } from './app';

const encoder = new TextEncoder();

/** The texts of the sightings that come with the app, by id. */
export const GIVEN_TEXTS: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"type":"Feature",'))
    .map((line) => line.replace(/,$/, ''))
    .map((line) => [(JSON.parse(line) as Sighting).id, line]),
);

/** A sighting that comes with the app, with other properties. */
export function changedGiven(id: string, changes: Partial<Sighting['properties']>): Sighting {
  const sighting = JSON.parse(GIVEN_TEXTS.get(id) ?? '') as Sighting;
  return { ...sighting, properties: { ...sighting.properties, ...changes } };
}

function entry(change: Change): Entry {
  return { kind: 'change', at: '2026-01-02T10:00:00.000Z', change };
}

/** A correction of a sighting that comes with the app. */
export function correction(sighting: Sighting): Entry {
  const { id, properties } = sighting;
  const before = GIVEN_TEXTS.get(id) ?? null;
  const record = { layer: GIVEN_LAYER, id, before, after: JSON.stringify(sighting) };
  return entry({ note: `Correct “${properties.title}”`, records: [record], layers: [] });
}

/** A data set that was opened, and its file. */
export interface OpenedLayer {
  entry: Entry;
  bytes: Uint8Array;
}

export function opening(
  id: string,
  name: string,
  ring: RingColor,
  at: number,
  sightings: readonly Sighting[],
  fileName = `${id}.geojson`,
): OpenedLayer {
  const texts = sightings.map((sighting) => ({
    id: sighting.id,
    bytes: encoder.encode(JSON.stringify(sighting)),
  }));
  const bytes = joinBytes(writeCollection({}, texts));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { kind: 'content', fileName, sha256 } as const;
  const after = { id, name, ring, isShown: true, source };
  return {
    entry: entry({ note: `Open “${name}”`, records: [], layers: [{ before: null, after, at }] }),
    bytes,
  };
}

/** Opens the page with a work that this browser has kept. */
export async function openWithWork(
  page: Page,
  served: { address: string },
  entries: readonly Entry[],
  layers: readonly OpenedLayer[] = [],
): Promise<void> {
  const all = [...layers.map((layer) => layer.entry), ...entries];
  const records = await Promise.all(all.map(encodeRecord));
  const journal = joinBytes([await encodeHeader('of-a-test', 'built-in'), ...records]);
  const files = [
    ...layers.map(({ bytes }) => ({
      name: `content-${createHash('sha256').update(bytes).digest('hex')}`,
      bytes,
    })),
    { name: 'journal', bytes: journal },
  ];
  // The same origin without the app, where the browser looks for an icon by itself.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await page.goto(`${served.address}systems.json`);
  await page.evaluate(
    async (files) => {
      const root = await navigator.storage.getDirectory();
      const folder = await (
        await root.getDirectoryHandle('sighting-map', { create: true })
      ).getDirectoryHandle('built-in', { create: true });
      for (const { name, text } of files) {
        const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await writable.write(text);
        await writable.close();
      }
    },
    files.map(({ name, bytes }) => ({ name, text: new TextDecoder().decode(bytes) })),
  );
  await openApp(page, served);
}

/** Closes a page as a person would. Tells whether the browser asked first. */
export async function closeAsking(page: Page): Promise<boolean> {
  let hasAsked = false;
  page.once('dialog', (dialog) => {
    hasAsked = dialog.type() === 'beforeunload';
    void dialog.accept();
  });
  const closed = page.waitForEvent('close'); // what it does on leaving is done by then
  await page.close({ runBeforeUnload: true });
  await closed;
  return hasAsked;
}
