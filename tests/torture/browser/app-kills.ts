import type { Page } from '@playwright/test';
import { type Browser, startBrowser } from '../../e2e/journal-page/kill-rounds';
import { editInPage } from './edit-in-page';
import { readKept, titlesOf } from './kept-journal';

export interface AppKills {
  kills: number;
  /** of those, how many came within a second of the page being asked for */
  early: number;
  /** edits of which the app said that they are kept */
  confirmed: number;
  /** confirmed edits that were not there after a kill */
  lost: string[];
  /** edits that were there twice */
  doubled: string[];
  /** titles that the work has, and the list did not show */
  unseen: string[];
  /** records that a kill tore, each of them not confirmed */
  torn: number;
  /** edits that were kept without their confirmation having been heard */
  unheard: number;
  /** how often the app was looked at again when an edit had been confirmed, each of which has a time below */
  returns: number;
  /** what ended the editing before the browser was killed */
  failures: string[];
  /** how long it took until the work was on the page again, in milliseconds from when the page was asked for */
  backMs: number[];
}

/** Kills that come before anything is done come within so long of the page being asked for, in milliseconds. */
const EARLY_MS = 1000;
/** The others come within so long of the work being there again. */
const LATE_MS = 2500;
/** A work that takes so long to come back will not. */
const PATIENCE_MS = 30_000;

/** Without a map, which takes most of the time where there is no graphics card. */
const NO_MAP = ['--disable-3d-apis'];

/** Notes when the page shows a work: the word that it is kept, and a title of it. */
function noteWork(): void {
  const look = () => {
    const isKept = [...document.querySelectorAll('header p.state')].some((it) =>
      it.textContent.includes('Kept in this browser'),
    );
    const isListed = [...document.querySelectorAll('[aria-label="Sightings"] .title')].some((it) =>
      it.textContent.startsWith('Kill '),
    );
    if (!isKept || !isListed) return;
    performance.mark('work');
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}

/** Opens the app in a browser that was started. */
async function openKept(browser: Browser, address: string): Promise<Page> {
  const page = await browser.open();
  await page.setViewportSize({ width: 1440, height: 900 });
  // tsx puts `__name` around functions.
  await page.addInitScript(`globalThis.__name = (named) => named; (${noteWork.toString()})();`);
  await page.goto(address, { waitUntil: 'commit' });
  return page;
}

/** Milliseconds from when the page was asked for until its work was shown. */
async function msUntilBack(page: Page): Promise<number> {
  const mark = await page.waitForFunction(
    () => performance.getEntriesByName('work')[0]?.startTime,
    undefined,
    {
      timeout: PATIENCE_MS,
      polling: 20,
    },
  );
  return (await mark.jsonValue()) ?? NaN;
}

/** @param onfailure told what ends the editing */
function startEditing(page: Page, prefix: string, onfailure: (reason: string) => void): void {
  const editing = page.evaluate(
    `(${editInPage.toString()})(${JSON.stringify({ prefix, edits: 1e9, draftShare: 0.2 })}, (title) => window.confirmed(title))`,
  );
  editing.catch((error: unknown) => onfailure(String(error)));
}

/** Waits for the first edit that is confirmed, so that all later rounds have a work to come back to on any machine. */
async function firstOf(confirmed: ReadonlySet<string>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; confirmed.size === 0 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/**
 * Kills the browser again and again while sightings are corrected in the app. Each time it is opened again all must be
 * there of which the app said that it is kept, and the list must show it.
 * @param address of the built app
 */
export async function killApp(
  address: string,
  profile: string,
  kills: number,
  onround: (result: AppKills) => void = () => undefined,
): Promise<AppKills> {
  const result: AppKills = {
    ...{ kills: 0, early: 0, confirmed: 0, torn: 0, unheard: 0, returns: 0 },
    ...{ lost: [], doubled: [], unseen: [], failures: [], backMs: [] },
  };
  const confirmed = new Set<string>();
  const verify = async (page: Page) => {
    const { entries, faults } = await readKept(page);
    const { changed, doubled, now } = titlesOf(entries);
    if (confirmed.size > 0) result.returns++;
    if (changed.size > 0) result.backMs.push(await msUntilBack(page));
    const shown = await page.locator('[aria-label="Sightings"] .title').allTextContents();
    result.lost = [...confirmed].filter((title) => !changed.has(title));
    result.doubled = [...doubled];
    result.unseen.push(...[...now.values()].filter((title) => !shown.includes(title)));
    result.torn = faults;
    result.unheard = changed.size - confirmed.size;
    result.confirmed = confirmed.size;
  };
  const isGood = () => result.lost.length + result.doubled.length + result.unseen.length === 0;
  for (let round = 0; round < kills && isGood(); round++) {
    const browser = await startBrowser(profile, NO_MAP);
    let isKilled = false;
    try {
      const isEarly = round % 3 === 2;
      const page = await openKept(browser, address);
      const opened = Date.now();
      await page.exposeFunction('confirmed', (title: string) => void confirmed.add(title));
      const pauseMs = Math.random() * (isEarly ? EARLY_MS : LATE_MS);
      if (!isEarly) await verify(page);
      startEditing(page, `Kill ${round}`, (reason) => {
        if (!isKilled) result.failures.push(reason); // by the kill it ends always
      });
      if (round === 0) await firstOf(confirmed);
      const waitedMs = isEarly ? Date.now() - opened : 0;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, pauseMs - waitedMs)));
      if (Date.now() - opened < EARLY_MS) result.early++;
    } finally {
      isKilled = true;
      await browser.kill();
    }
    result.kills++;
    onround(result);
  }
  const browser = await startBrowser(profile, NO_MAP);
  try {
    await verify(await openKept(browser, address));
  } finally {
    await browser.kill();
  }
  return result;
}
