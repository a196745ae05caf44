import type { BrowserContext, Page } from '@playwright/test';
import { type EditsMade, editInPage } from './edit-in-page';
import { readKept, titlesOf } from './kept-journal';

export interface AppTabs {
  tabs: number;
  /** edits of which a tab said that they are kept */
  confirmed: number;
  /** confirmed edits that are neither in the history of the work nor a draft of it */
  lost: string[];
  doubled: string[];
  /** edits that met another tab's of the same sighting, so that the form asked, or they became drafts beside it */
  conflicts: number;
  /** tabs that do not show in the end what is kept */
  behind: string[];
}

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript('globalThis.__name = (named) => named;'); // tsx puts it around functions
  await page.goto(address);
  await page.locator('main[aria-busy="false"]').waitFor();
  return page;
}

/** Waits until the list of a tab shows titles; tells which it does not show. */
async function missingIn(page: Page, titles: readonly string[]): Promise<string[]> {
  const PATIENCE_MS = 15_000;
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const shown = await page.locator('[aria-label="Sightings"] .title').allTextContents();
    const missing = titles.filter((title) => !shown.includes(title));
    if (missing.length === 0 || Date.now() > end) return missing;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Corrects the same few sightings of the built-in data in several tabs at once. What any of them was told to be kept
 * must be in the work: as a change, or as a draft where another tab was first; and all tabs must show the same.
 * @param address of the built app
 */
export async function editInTabs(
  context: BrowserContext,
  address: string,
  tabs: number,
  edits: number,
): Promise<AppTabs> {
  const pages: Page[] = [];
  for (let tab = 0; tab < tabs; tab++) pages.push(await openTab(context, address));
  const confirmed = new Set<string>();
  await context.exposeFunction('confirmed', (title: string) => void confirmed.add(title));
  const run = (page: Page, tab: number) =>
    page.evaluate<EditsMade>(
      `(${editInPage.toString()})(${JSON.stringify({ prefix: `Tab ${tab}`, edits, draftShare: 0.1 })}, (title) => window.confirmed(title))`,
    );
  const made = await Promise.all(pages.map(run));
  const [first] = pages;
  const { entries } = first ? await readKept(first) : { entries: [] };
  const { changed, doubled, drafts, now } = titlesOf(entries);
  const behind: string[] = [];
  for (const [tab, page] of pages.entries()) {
    const missing = await missingIn(page, [...now.values()]);
    behind.push(...missing.map((title) => `tab ${tab} does not show “${title}”`));
  }
  return {
    tabs,
    confirmed: confirmed.size,
    lost: [...confirmed].filter((title) => !changed.has(title) && !drafts.includes(title)),
    doubled: [...doubled],
    conflicts: made.reduce((sum, { asked, drafts }) => sum + asked + drafts, drafts.length),
    behind,
  };
}
