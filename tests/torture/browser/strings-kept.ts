import type { Page } from '@playwright/test';
import type { Sighting } from '../../../src/domain/sighting';
import type { Chance } from '../chance';
import { fitted, hostileSighting, hostileString, spoiledSightings } from '../hostile-strings';
import { LONGEST_NAME } from '../../../src/ui/record/opened-layer';
import { shownText } from '../../../src/ui/wording';
import { dialogOf, downloaded, exported, fileOf, recordsOf } from './app-page';
import { type Comparison, textOf } from './comparison';

/** So many parts that were set aside are listed at once, and so much of each. */
const LISTED = 25;
const LISTED_BYTES = 240;

const titlesOf = (sightings: readonly Sighting[]) => sightings.map(({ properties }) => properties.title);

/** Opens a file of the same sightings and of others, some of which are faulty; lists the faulty ones, and merges the rest. */
export async function compareMerge(
  page: Page,
  sightings: readonly Sighting[],
  seed: number,
  chance: Chance,
  to: Comparison,
): Promise<void> {
  const count = sightings.length;
  const changed = sightings.map((sighting, i) => {
    const { title, sources } = hostileSighting(seed + 1, i).properties;
    return { ...sighting, properties: { ...sighting.properties, title, sources } };
  });
  const added = sightings.map((_, i) => hostileSighting(seed + 1, count + i));
  const faulty = spoiledSightings(seed + 1, 2 * count, chance);
  const incomplete = faulty.map((text) => JSON.parse(text) as Sighting);
  const name = fitted(hostileString(chance), true).slice(0, LONGEST_NAME).trim();
  await addFile(page, 'other.geojson', fileOf([...changed, ...added], name, faulty));
  await compareSetAside(page, faulty, to);
  await openEarlier(page);
  await page.getByRole('list', { name: 'Works' }).waitFor();
  await to.sees(page, '[aria-label="Works"] .name', 'within', [name]);
  await dialogOf(page, 'Earlier work').getByRole('button', { name: 'Close' }).first().click();
  const sets = dialogOf(page, 'Data sets');
  await page.getByRole('button', { name: /^Data sets/ }).click();
  await sets.locator('.merges button').first().click();
  const dialog = dialogOf(page, 'Merge');
  await dialog.locator('h3').first().waitFor();
  const more = dialog.getByRole('button', { name: /^List \d+ more of / });
  while ((await more.count()) > 0) await more.click();
  const titles = [...titlesOf(sightings), ...titlesOf(changed), ...titlesOf(added)].map(shownText);
  await to.sees(page, '[aria-label="Sightings that differ"] h3', 'among', titles);
  const differing = changed.filter(
    ({ properties }, i) => properties.title !== sightings[i]?.properties.title,
  );
  const readOn = dialog.getByRole('button', { name: /^Show .* characters$/ });
  while ((await readOn.count()) > 0) await readOn.first().dispatchEvent('click');
  await to.sees(page, '[aria-label="Sightings that differ"] .line', 'all', titlesOf(differing));
  await dialog.getByRole('button', { name: 'Add all only there' }).click();
  await dialog.getByRole('button', { name: /^Merge \d/ }).click();
  await dialog.getByRole('button', { name: /^Remove / }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText(`${2 * count} of ${2 * count} sightings`).waitFor();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const byId = new Map(recordsOf((await exported(page, /^GeoJSON/)).bytes).map((one) => [one.id, one]));
  for (const sighting of [...sightings, ...added])
    to.is(`merged: ${sighting.id}`, JSON.stringify(byId.get(sighting.id)) === JSON.stringify(sighting));
  await dialogOf(page, 'Export').getByRole('button', { name: 'Close' }).first().click();
  await compareKept(page, [...titlesOf(added), ...titlesOf(incomplete)], to);
}

async function compareSetAside(page: Page, faulty: readonly string[], to: Comparison): Promise<void> {
  await page.getByRole('button', { name: /^Data sets/ }).click();
  await dialogOf(page, 'Data sets')
    .getByRole('button', { name: / set aside of / })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Set aside of/ });
  await dialog.locator('code').first().waitFor();
  const shown = faulty.slice(0, LISTED).map((text) => {
    const bytes = new TextEncoder().encode(text);
    const begin = textOf(bytes.subarray(0, LISTED_BYTES));
    return bytes.length > LISTED_BYTES ? `${begin.replace(/\uFFFD+$/, '')}…` : begin;
  });
  await to.sees(page, '[aria-label="Set aside"] code', 'same', shown);
  const list = await downloaded(dialog.getByRole('button', { name: 'Save the list' }));
  const features = await downloaded(dialog.getByRole('button', { name: 'Save as GeoJSON' }));
  for (const [what, { bytes }] of [
    ['list', list],
    ['GeoJSON', features],
  ] as const) {
    const text = textOf(bytes);
    for (const [i, one] of faulty.entries()) to.is(`set aside ${i} in the ${what}`, text.includes(one));
  }
  await dialog.getByRole('button', { name: 'Close' }).first().click();
}

/** Looks for what the merge added among all that is kept, and brings one back as a draft. */
async function compareKept(page: Page, titles: readonly string[], to: Comparison): Promise<void> {
  const shown = titles.map(shownText);
  // What stands needs not be brought back: the merge does not, without the removal that followed it.
  for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
  await openEarlier(page);
  const dialog = dialogOf(page, 'Earlier work');
  await dialog.getByRole('searchbox').fill('hostile');
  await dialog.getByRole('list', { name: 'Written with these words' }).waitFor();
  await to.sees(page, '[aria-label="Written with these words"] .title', 'among', shown);
  await dialog
    .getByRole('button', { name: /^Bring back / })
    .first()
    .click();
  await dialog.locator('.said').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('button', { name: /^Data sets/ }).click();
  await dialogOf(page, 'Data sets').getByRole('list', { name: 'Drafts' }).waitFor();
  await to.sees(page, '[aria-label="Drafts"] .title', 'among', shown);
  await dialogOf(page, 'Data sets').getByRole('button', { name: 'Close' }).first().click();
}

async function openEarlier(page: Page): Promise<void> {
  await page.getByText('Kept in this browser', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Data sets/ }).click();
  await page.getByRole('button', { name: 'Find earlier work…' }).click();
}

/** Adds a file of sightings as a data set. */
async function addFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Open data', exact: true }).click();
  const dialog = dialogOf(page, 'Open data');
  await dialog.getByLabel('Choose files').setInputFiles({ name, mimeType: 'application/geo+json', buffer });
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
