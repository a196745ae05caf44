import type { Page, Request, Route } from '@playwright/test';

/** So long nothing more is asked for, in ms, after all that was asked for is there and the page is idle. */
const QUIET_MS = 1000;
/** Longest that is waited for one thing, in ms. */
const MOST_MS = 5000;

/** What a page asks for that it could not know of before the answers to the last. */
export type RoundTrip = readonly Request[];

/** Waits for something that may never come, as of a page that waits itself. */
async function within(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, MOST_MS))]);
}

/** What came of a request: settled when all of it is there, or never will be. */
async function finished(request: Request): Promise<void> {
  const response = await request.response().catch(() => null);
  await response?.finished().catch(() => null);
}

/**
 * Opens a page over a network that answers by turns: all that is asked for is held until nothing more is, then answered
 * at once. How many turns it takes does not hang on how fast the machine is. What is asked for after the last one stays
 * without an answer.
 * @param most turns that are answered
 * @returns the requests of each turn
 */
export async function openByTurns(page: Page, address: string, most: number): Promise<RoundTrip[]> {
  let held: Route[] = [];
  let lastAsked = 0;
  await page.context().route('**/*', (route) => {
    lastAsked = Date.now();
    held.push(route);
  });
  const isQuiet = async (turn: number) => {
    // Before the first answer there is no page that could be busy.
    if (turn > 0) await within(page.evaluate(() => new Promise((resolve) => setTimeout(resolve))));
    return held.length > 0 && Date.now() - lastAsked >= QUIET_MS;
  };
  page.goto(address, { waitUntil: 'commit' }).catch(() => undefined);
  const turns: Request[][] = [];
  while (turns.length < most) {
    while (!(await isQuiet(turns.length))) await new Promise((resolve) => setTimeout(resolve, 100));
    const answered = held;
    held = [];
    const requests = answered.map((route) => route.request());
    turns.push(requests);
    await Promise.all(answered.map((route) => route.continue()));
    await within(Promise.all(requests.map((request) => finished(request))));
    lastAsked = Date.now();
  }
  return turns;
}
