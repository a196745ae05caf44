import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { citeSighting, citeSource } from '../../../src/domain/citation';
import { unescapeFormula } from '../../../src/domain/csv';
import type { Sighting } from '../../../src/domain/sighting';
import { embedSnippet } from '../../../src/io/embed';
import { shownText } from '../../../src/ui/wording';
import { dialogOf, downloaded, exported } from './app-page';
import { type Comparison, inUtf8, textOf } from './comparison';

const asItIs = (text: string) => text;

/** What is on a page. */
export interface Given {
  sightings: readonly Sighting[];
  /** of the data set */
  title: string;
}

const sourceLinesOf = ({ properties }: Sighting) => properties.sources.map(citeSource);
const titlesOf = (sightings: readonly Sighting[]) => sightings.map(({ properties }) => properties.title);

/** On the sheet that is printed. */
export async function comparePrint(page: Page, given: Given, to: Comparison): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.locator('.print-sheet').waitFor();
  const { sightings } = given;
  await to.sees(page, '.print-sheet h1', 'same', [shownText(given.title)]);
  await to.sees(page, '.print-sheet h3', 'same', titlesOf(sightings).map(shownText));
  const places = sightings.map(({ properties }) => ` · “${shownText(properties.verbatimLocality)}” ·`);
  await to.sees(page, '.print-sheet ol > li > p', 'within', places);
  const sources = sightings.flatMap(sourceLinesOf).map((line) => shownText(line.slice(2)));
  await to.sees(page, '.print-sheet ol ul > li', 'same', sources);
  await page.emulateMedia({ media: null });
  await page.locator('.print-sheet').waitFor({ state: 'detached' });
}

/** Puts what is copied into the page, where it can be compared: a clipboard would take it elsewhere. */
async function copyIntoPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const copied = document.body.appendChild(document.createElement('pre'));
    copied.className = 'copied';
    copied.hidden = true;
    const writeText = (text: string) => Promise.resolve(void (copied.textContent = text));
    Object.assign(navigator.clipboard, { writeText });
  });
}

/** In citations and in the code for other pages. */
export async function compareCitations(page: Page, given: Given, to: Comparison): Promise<void> {
  const share = page.getByRole('button', { name: 'Share', exact: true });
  const field = '[aria-label="Citation"]';
  await share.click();
  await page.locator(field).waitFor();
  await copyIntoPage(page);
  await page.getByRole('button', { name: 'Copy citation' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  await to.sees(page, '.copied', 'dashed lines', given.sightings.flatMap(sourceLinesOf));
  const attribute = embedSnippet('', shownText(given.title)).slice('<iframe src=""'.length);
  await to.sees(page, '[aria-label="Embed code"]', 'within', [attribute]);
  await dialogOf(page, 'Share').getByRole('button', { name: 'Close' }).first().click();
  await page.locator('[aria-label="Sightings"] [data-index]').first().dispatchEvent('click');
  const foot = await page.locator('[role="dialog"][aria-label^="Sighting: "] footer p').first().innerText();
  const opened = given.sightings.find(({ id }) => foot.includes(id));
  if (!opened) throw new Error(`The popup is of no sighting: ${foot}`);
  await share.click();
  await page.locator(field).waitFor();
  const reading = { title: given.title, address: '', accessed: '2023-01-20' };
  const lines = citeSighting(opened, undefined, reading).split('\n').slice(0, -2);
  await to.sees(page, field, 'within', [lines.join('\n')]);
  await dialogOf(page, 'Share').getByRole('button', { name: 'Close' }).first().click();
}

/** In the table of distances and its files. */
export async function compareDistances(page: Page, given: Given, to: Comparison): Promise<void> {
  await page.getByRole('button', { name: 'Distances', exact: true }).click();
  const dialog = dialogOf(page, 'Distances');
  const table = dialog.getByRole('table', { name: 'Distances to reference points' });
  await table.locator('tbody th').first().waitFor();
  const cells = '[aria-label="Distances to reference points"] tbody th button';
  const titles = titlesOf(given.sightings);
  await to.sees(page, cells, 'among', titles.map(shownText));
  await table.getByRole('button', { name: 'Sighting', exact: true }).click();
  await table.locator('th[aria-sort="ascending"]').waitFor();
  await to.sees(page, cells, 'among', titles.map(shownText));
  const lines = await downloaded(dialog.getByRole('button', { name: 'Export GeoJSON' }));
  const { features } = JSON.parse(textOf(lines.bytes)) as {
    features: { properties: { sighting: string; title: string } }[];
  };
  compareTitles(
    'distances as GeoJSON',
    given,
    to,
    features.map(({ properties }) => properties),
    asItIs,
  );
  const csv = await downloaded(dialog.getByRole('button', { name: 'Export CSV' }));
  const { data } = Papa.parse<{ sighting: string; title: string }>(textOf(csv.bytes), {
    header: true,
    skipEmptyLines: true,
  });
  const rows = data.map(({ sighting, title }) => ({ sighting, title: unescapeFormula(title) }));
  compareTitles('distances as CSV', given, to, rows, inUtf8);
  await dialog.getByRole('button', { name: 'Close' }).first().click();
}

/** Each sighting is there, and each row has the title of its own. */
function compareTitles(
  what: string,
  given: Given,
  to: Comparison,
  rows: readonly { sighting: string; title: string }[],
  as: (text: string) => string,
) {
  const byId = new Map(given.sightings.map(({ id, properties }) => [id, as(properties.title)]));
  to.is(`${what}: all`, new Set(rows.map(({ sighting }) => sighting)).size === byId.size);
  for (const { sighting, title } of rows)
    to.is(`${what}: title of ${sighting}`, byId.get(sighting) === title);
}

/** In the file for viewers of simplestyle. */
export async function compareStyled(page: Page, given: Given, to: Comparison): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const { bytes } = await exported(page, /^Styled/);
  const { features } = JSON.parse(textOf(bytes)) as {
    features: { id: string; properties: { title: string; description: string } }[];
  };
  compareTitles(
    'styled',
    given,
    to,
    features.map(({ id, properties }) => ({ sighting: id, title: properties.title })),
    asItIs,
  );
  for (const { id, properties } of features) {
    const sighting = given.sightings.find((one) => one.id === id);
    to.is(
      `styled: basis of ${id}`,
      sighting !== undefined && properties.description.includes(sighting.properties.confidenceBasis),
    );
  }
  await dialogOf(page, 'Export').getByRole('button', { name: 'Close' }).first().click();
}
