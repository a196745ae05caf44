import type { Page } from '@playwright/test';
import type { Sighting } from '../../../src/domain/sighting';
import type { Chance } from '../chance';
import { fitted, hostileString } from '../hostile-strings';
import { dialogOf, exported, recordsOf } from './app-page';
import { type Comparison, inUtf8 } from './comparison';

/** A cell of a preview is no longer. */
const MOST_LETTERS = 300;

const titlesOf = (sightings: readonly Sighting[]) => sightings.map(({ properties }) => properties.title);

/** What the tables of others lack. */
const LACKING = {
  'Uncertainty of the place': '500',
  Confidence: 'low',
  'Basis of the confidence': 'A list of a reader.',
  'Publisher of the source': 'A reader',
  'Date of publication': '2023-02-05',
  'Origin of the information': 'A reader',
  'What the source says': 'Seen by a reader.',
};

/** Opens a table of others whose every column has to be told, and makes sightings of it. */
export async function compareTable(
  page: Page,
  sightings: readonly Sighting[],
  chance: Chance,
  to: Comparison,
): Promise<void> {
  const written = inUtf8(fitted(hostileString(chance), true).slice(0, 200));
  const column = written.replace(/\s+/g, ' ').trim(); // the name of a column is on one line
  const cell = (text: string) => (/["\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const titles = titlesOf(sightings).map(inUtf8);
  const rows = sightings.map(({ properties }, i) => [
    titles[i] ?? '',
    '55.75',
    '37.61',
    '2023-01-19',
    inUtf8(properties.verbatimLocality),
    inUtf8(fitted(hostileString(chance), true)),
  ]);
  const lines = [['title', 'lat', 'lng', 'date', 'place', column], ...rows];
  const text = lines.map((cells) => cells.map(cell).join('\t')).join('\r\n');
  await page.getByRole('button', { name: 'Open data', exact: true }).click();
  const dialog = dialogOf(page, 'Open data');
  await dialog.getByLabel('Choose files').setInputFiles({
    name: 'table.tsv',
    mimeType: 'text/tab-separated-values',
    buffer: Buffer.from(text),
  });
  const cells = '[aria-label="Preview"] tbody td:nth-child(3)';
  // A hostile name of a column may look like data.
  const header = dialog.getByLabel('Row of the column names');
  await header.fill('1');
  await header.press('Tab');
  await dialog.getByText('The first row is data').waitFor({ state: 'detached' });
  await page.locator(cells).first().waitFor();
  const cut = (title: string) => (title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS)}…` : title);
  await to.sees(page, cells, 'among', titles.map(cut));
  await to.sees(page, 'optgroup option', 'all', [column]);
  for (const [label, value] of Object.entries(LACKING)) {
    await dialog.getByLabel(label, { exact: true }).selectOption({ label: 'One value for all' });
    const field = dialog.getByLabel(`${label}: value for all`);
    if (label === 'Confidence') await field.selectOption(value);
    else await field.fill(value);
  }
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const records = recordsOf((await exported(page, /^GeoJSON/)).bytes);
  const made = titlesOf(records).sort();
  for (const [i, title] of [...titles].sort().entries())
    to.is(`title of a table: ${title.slice(0, 100)}`, made[i] === title);
}
