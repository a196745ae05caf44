import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { sampleSighting } from '../unit/sample';
import { expect } from './app';
import { openTool } from './axe';

const folder = new URL('../fixtures/open/', import.meta.url);
export const pathOf = (name: string) => fileURLToPath(new URL(name, folder));
export const bytesOf = (name: string) => readFileSync(new URL(name, folder));

export const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Open data' });

export async function openDialog(page: Page): Promise<void> {
  await openTool(page, 'Open data');
  await expect(dialogOf(page)).toBeVisible();
}

export async function pick(page: Page, ...files: Parameters<ReturnType<Page['locator']>['setInputFiles']>) {
  await openDialog(page);
  await dialogOf(page)
    .getByLabel('Choose files')
    .setInputFiles(...files);
}

export async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, base64]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name));
      return data;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop files to open them')).toBeVisible();
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop files to open them')).toBeHidden();
}

/** Says once for all what the small tables of the tests lack. */
export async function fillIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await dialogOf(page).getByLabel(label, { exact: true }).selectOption({ label: 'One value for all' });
    const field = dialogOf(page).getByLabel(`${label}: value for all`);
    if (label === 'Confidence') await field.selectOption(value);
    else await field.fill(value);
  }
}

export const LACKING = {
  Confidence: 'low',
  'Basis of the confidence': 'A list of a reader.',
  'Publisher of the source': 'A reader',
  'Date of publication': '2023-02-05',
  'Origin of the information': 'A reader',
  'What the source says': 'Seen by a reader.',
};

/** Opens a file of one sighting, `more.geojson`, from the dialog. */
export async function addMore(page: Page): Promise<void> {
  const dialog = dialogOf(page);
  const file = { type: 'FeatureCollection', features: [sampleSighting()] };
  await dialog
    .getByLabel('Choose files')
    .setInputFiles({ name: 'more.geojson', mimeType: '', buffer: Buffer.from(JSON.stringify(file)) });
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('9 of 9 sightings')).toBeVisible();
}
