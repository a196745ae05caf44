import type { BrowserContext, Page } from '@playwright/test';
import type { Sighting } from '../../../src/domain/sighting';
import { openFile } from '../../../src/io/open';
import { LONGEST_SHOWN, saidText } from '../../../src/ui/wording';
import { Chance, seedOf } from '../chance';
import { fitted, hostileSightings, hostileString } from '../hostile-strings';
import { type HugeField, withHugeText } from '../huge-strings';
import { DATA, closePage, dialogOf, exported, fileOf, hasRun, openPage, recordsOf } from './app-page';
import { type ShownTexts, comparePublishers, compareShown } from './shown-in-page';
import { tortureElsewhere } from './strings-elsewhere';

/** What became of hostile texts in the app. */
export interface StringsResult {
  sightings: number;
  /** hostile texts in them */
  strings: number;
  /** texts that were looked for in lists, popups, filters, dialogs and files */
  compared: number;
  /** what was not as it should be */
  differing: string[];
}

/** How many texts of a value come from the generator: all but those that the contract gives the words of. */
function countStrings(sightings: readonly Sighting[]): number {
  return sightings.reduce((sum, { properties }) => sum + 4 + 6 * properties.sources.length, 0);
}

/** Names that files of the app may have. */
const SAFE_NAME = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+$/;

/** The sightings of a file; none of one that has to be mapped. */
async function readBack(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<readonly Sighting[]> {
  const file = await openFile(bytes, name, {});
  return file.kind === 'sightings' ? recordsOf(file.result.bytes) : [];
}

const FORMATS: readonly (readonly [name: string, label: RegExp])[] = [
  ['GeoJSON', /^GeoJSON/],
  ['CSV', /^CSV/],
  ['KML', /^KML/],
  ['zip', /^Zip/],
];

/** Shows hostile texts in the app, exports them from it, and imports what was exported. */
class StringsTrial {
  readonly result: StringsResult;

  constructor(
    private readonly context: BrowserContext,
    private readonly address: string,
    private readonly sightings: readonly Sighting[],
    /** of the data set, and of files */
    private readonly title: string,
  ) {
    this.result = {
      sightings: sightings.length,
      strings: countStrings(sightings) + 1,
      compared: 0,
      differing: [],
    };
  }

  #compare(what: string, holds: boolean): void {
    this.result.compared++;
    if (!holds) this.result.differing.push(what);
  }

  #take({ compared, differing }: ShownTexts): void {
    this.result.compared += compared;
    this.result.differing.push(...differing);
  }

  async run(): Promise<void> {
    const page = await openPage(this.context, this.address, fileOf(this.sightings, this.title));
    this.#take(await page.evaluate(compareShown, { data: DATA, longest: LONGEST_SHOWN }));
    this.#compare('title of the page', (await page.locator('h1').textContent()) === this.title);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.getByText('Publisher', { exact: true }).waitFor();
    this.#take(await page.evaluate(comparePublishers, DATA));
    await this.#search(page);
    const files = await this.#export(page);
    await this.#edit(page);
    this.#compare('nothing of it runs', !(await hasRun(page)));
    await closePage(page, this.address);
    for (const { name, bytes } of files) await this.#import(name, bytes);
  }

  /** Whatever is looked for, the page stands: what is found is for other tests to say. */
  async #search(page: Page): Promise<void> {
    const box = page.getByRole('searchbox', { name: 'Search sightings' });
    for (const { properties } of this.sightings.slice(0, 5)) {
      await box.fill(properties.title.slice(0, 500));
      await page
        .getByRole('status')
        .filter({ hasText: / of .* sightings/ })
        .waitFor();
    }
    await box.fill('');
  }

  async #export(page: Page): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }[]> {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const again: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
    for (const [format, label] of FORMATS) {
      const { name, bytes } = await exported(page, label);
      this.#compare(`the name of a file is safe: ${name}`, SAFE_NAME.test(name));
      const records = await readBack(bytes, name);
      for (const [i, sighting] of this.sightings.entries())
        this.#compare(
          `${format} gives sighting ${i} back`,
          JSON.stringify(records[i]) === JSON.stringify(sighting),
        );
      again.push({ name, bytes });
    }
    await dialogOf(page, 'Export').getByRole('button', { name: 'Close' }).first().click();
    return again;
  }

  /** A title is written in the form, and is shown in the history, in drafts and among earlier work. */
  async #edit(page: Page): Promise<void> {
    const [written] = this.sightings.slice(-1);
    if (!written) return;
    const title = `Written: ${written.properties.title}`.slice(0, 2000).trim();
    await page.getByText(`${this.sightings.length} of ${this.sightings.length} sightings`).waitFor();
    // Not by the mouse: the list still moves to what was open before the search.
    await page.locator('[aria-label="Sightings"] [data-index]').first().dispatchEvent('click');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    const form = page.getByRole('region', { name: 'Correct a sighting' });
    // By the page itself: half a surrogate pair gets lost on the way there.
    const field = form.getByLabel('Title', { exact: true }).first();
    await field.fill(title);
    const value = await field.inputValue();
    await page.getByText('1 draft').waitFor();
    await form.getByRole('button', { name: 'Save sighting' }).click();
    await page.getByText('Kept in this browser').waitFor();
    await page.getByRole('button', { name: 'Data sets', exact: true }).click();
    const history = page.getByRole('list', { name: 'History' });
    this.#compare('history', ((await history.textContent()) ?? '').includes(`“${saidText(value)}”`));
    const nameField = dialogOf(page, 'Data sets').locator('.name textarea').first();
    this.#compare('name of the data set', (await nameField.inputValue()).length > 0);
    await page.getByRole('button', { name: 'Find earlier work…' }).click();
    const earlier = dialogOf(page, 'Earlier work');
    await earlier.getByRole('searchbox').fill('Written:');
    const changed = earlier.getByRole('list', { name: 'Written with these words' });
    await changed.waitFor();
    this.#compare('earlier work', ((await changed.textContent()) ?? '').includes(saidText(value)));
    await earlier.getByRole('button', { name: 'Close' }).first().click();
  }

  /** Opens an exported file in a page without sightings, as a data set, and exports that. */
  async #import(name: string, bytes: Uint8Array): Promise<void> {
    const page = await openPage(this.context, this.address, fileOf([], 'Nothing'));
    await page.getByRole('button', { name: 'Open data', exact: true }).click();
    const dialog = dialogOf(page, 'Open data');
    const hostileName = `${this.title.replace(/[/\\\0]/g, '').slice(0, 100)}${name.slice(name.lastIndexOf('.'))}`;
    await dialog
      .getByLabel('Choose files')
      .setInputFiles({ name: hostileName, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
    await dialog.getByRole('button', { name: 'Add data set' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const file = await exported(page, /^GeoJSON/);
    const found = recordsOf(file.bytes);
    for (const [i, sighting] of this.sightings.entries())
      this.#compare(
        `${name}, opened and exported, gives sighting ${i} back`,
        JSON.stringify(found[i]) === JSON.stringify(sighting),
      );
    this.#compare('nothing of an opened file runs', !(await hasRun(page)));
    await closePage(page, this.address);
  }
}

/** Puts a huge hostile text into a field of a sighting, and through what {@link tortureStrings} goes through. */
export async function tortureHugeText(
  context: BrowserContext,
  address: string,
  field: HugeField,
  seed: number,
): Promise<StringsResult> {
  const trial = new StringsTrial(context, address, withHugeText(field, seed), 'Huge');
  await trial.run();
  return trial.result;
}

/**
 * Puts hostile texts into every field of sightings and through all of the app that shows or keeps them.
 * Who calls it watches the context for errors, reports of the policy and requests to other hosts.
 * @param context without anything kept
 * @param elsewhere how many of them go through what is seldom looked at, too: print, merge, recovery
 */
export async function tortureStrings(
  context: BrowserContext,
  address: string,
  { seed, count, elsewhere = count }: { seed: number; count: number; elsewhere?: number },
): Promise<StringsResult> {
  const sightings = hostileSightings(count, seed);
  const title = fitted(hostileString(new Chance(seedOf(seed, count))), true)
    .slice(0, 2000)
    .trim();
  const trial = new StringsTrial(context, address, sightings, title);
  await trial.run();
  if (elsewhere > 0) {
    const some = { sightings: sightings.slice(0, elsewhere), title };
    const { compared, differing } = await tortureElsewhere(context, address, some, seed);
    trial.result.compared += compared;
    trial.result.differing.push(...differing);
  }
  return trial.result;
}
