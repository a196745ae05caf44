import type { BrowserContext, Page } from '@playwright/test';
import { Chance, seedOf } from '../chance';
import { closePage, fileOf, hasRun, openPage } from './app-page';
import { Comparison } from './comparison';
import type { ShownTexts } from './shown-in-page';
import { compareMerge } from './strings-kept';
import { compareTable } from './strings-mapped';
import { type Given, compareCitations, compareDistances, comparePrint, compareStyled } from './strings-shown';

/**
 * Puts hostile sightings through the print sheet, citations, distances, a merge, what is set aside, earlier work, a table
 * of others with its preview, and the files of these.
 * @param given the sightings, and the title of their data set
 * @param seed of what else is hostile
 */
export async function tortureElsewhere(
  context: BrowserContext,
  address: string,
  given: Given,
  seed: number,
): Promise<ShownTexts> {
  const to = new Comparison();
  const chance = new Chance(seedOf(seed, -1));
  const onPage = async (data: Buffer, run: (page: Page) => Promise<void>) => {
    const page = await openPage(context, address, data);
    await run(page);
    to.is('nothing of it runs', !(await hasRun(page)));
    await closePage(page, address);
  };
  const data = fileOf(given.sightings, given.title);
  await onPage(data, async (page) => {
    for (const compare of [comparePrint, compareCitations, compareDistances, compareStyled])
      await compare(page, given, to);
  });
  await onPage(data, (page) => compareMerge(page, given.sightings, seed, chance, to));
  await onPage(fileOf([], 'Nothing'), (page) => compareTable(page, given.sightings, chance, to));
  return to.result;
}
