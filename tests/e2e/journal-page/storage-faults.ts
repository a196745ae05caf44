import type { Page } from '@playwright/test';
import { type FaultPlan, breakStorage } from './faulty-storage';

/** What became of the edits that were kept while the storage went wrong. */
export interface FaultOutcome {
  /** edits whose keeping was confirmed, in order */
  confirmed: string[];
  /** what was said of failures, and after how many milliseconds */
  said: { message: string; afterMs: number }[];
  /** edits that a page without faults finds afterwards, in order */
  found: string[];
}

/**
 * Keeps edits one after the other while the storage goes wrong as planned, each tried again until it is confirmed or
 * was refused for too long; then reads what is kept in a page where nothing goes wrong.
 */
export async function keepThroughFaults(
  page: Page,
  address: string,
  key: string,
  edits: number,
  plan: FaultPlan,
  patienceMs = 15_000,
): Promise<FaultOutcome> {
  const script = `(${breakStorage.toString()})(${JSON.stringify(plan)});`;
  const workers = '**/journal-worker-*.js';
  let started = 0;
  await page.route(workers, async (route) => {
    const response = await route.fetch();
    // A fault that comes once comes to the first worker only.
    const isBroken = plan.isRepeated || started === 0;
    started++;
    await route.fulfill({ response, body: `${isBroken ? script : ''}\n${await response.text()}` });
  });
  await page.goto(address);
  const { confirmed, said } = await page.evaluate(
    async ([key, edits, patienceMs]) => {
      const { JournalStore, change } = window.journal;
      // Even a lock that nobody holds takes a while on a busy machine.
      const store = new JournalStore(key, 'built-in', { lockWaitMs: 2500, answerWaitMs: 500 });
      const confirmed: string[] = [];
      const said: { message: string; afterMs: number }[] = [];
      const tried = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
        const from = performance.now();
        try {
          return await run();
        } catch (error) {
          said.push({ message: String(error), afterMs: performance.now() - from });
          return undefined;
        }
      };
      await tried(() => store.open());
      for (let edit = 0; edit < edits; edit++) {
        const note = `edit-${edit}`;
        const entry = change(note, 100);
        // A worker that hangs holds the journal until the browser has ended it.
        for (const end = performance.now() + patienceMs; performance.now() < end;) {
          const result = await tried(() => store.append(entry, store.length));
          if (result?.ok) {
            confirmed.push(note);
            break;
          }
          if (!result) await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      store.close();
      return { confirmed, said };
    },
    [key, edits, patienceMs] as const,
  );
  await page.unroute(workers);
  await page.goto(address);
  const found = await page.evaluate(async (key) => {
    const store = new window.journal.JournalStore(key, 'built-in');
    const { entries } = await store.open();
    store.close();
    return entries.map(window.journal.noteOf);
  }, key);
  return { confirmed, said, found };
}
