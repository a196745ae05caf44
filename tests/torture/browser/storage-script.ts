import type { BrowserContext, Page } from '@playwright/test';
import {
  type FaultPerEntry,
  STORAGE_FAULTS,
  type StorageFault,
  breakStorage,
} from '../../e2e/journal-page/faulty-storage';
import type { KeptScript } from '../../e2e/journal-page/keep-script';

export interface ScriptRun extends KeptScript {
  fault: StorageFault;
  /** the call that goes wrong, see {@link FaultPerEntry} */
  nth: number;
  /** edits that a page without faults does not find afterwards, or not where they belong, and what it finds too often */
  lost: string[];
}

const WORKERS = '**/journal-worker-*.js';

/** A page whose storage goes wrong as planned, from when a plan is made until it is ended. */
class FaultyPage {
  #plan: Omit<FaultPerEntry, 'spared'> | undefined;
  #workers = 0;
  #script: string | undefined;

  constructor(readonly page: Page) {}

  async open(address: string): Promise<void> {
    // tsx puts `__name` around functions.
    await this.page.addInitScript('globalThis.__name = (named) => named;');
    await this.page.route(WORKERS, async (route) => {
      this.#script ??= await (await route.fetch()).text();
      // What the fault of an entry has ended begins again with that entry.
      const plan = this.#plan && { ...this.#plan, spared: this.#workers++ === 0 ? 0 : 1 };
      const broken = plan
        ? `globalThis.__name = (named) => named; (${breakStorage.toString()})(${JSON.stringify(plan)});\n`
        : '';
      await route.fulfill({ contentType: 'text/javascript', body: broken + this.#script });
    });
    await this.page.goto(address);
  }

  /** Keeps edits while the storage goes wrong, and looks what is kept when it does not any more. */
  async run(fault: StorageFault, nth: number, edits: number): Promise<ScriptRun> {
    const key = `script-${fault}-${nth}`;
    this.#plan = undefined;
    await this.page.evaluate(async (key) => {
      const store = new window.journal.JournalStore(key, 'built-in');
      await store.open();
      await window.journal.keep(store, window.journal.change('before', 100));
      store.close();
    }, key);
    this.#plan = { fault, nth };
    this.#workers = 0;
    const result = await this.page.evaluate(
      ([key, edits]) =>
        window.journal.keepScript(key, edits, (edit) => window.journal.change(`edit-${edit}`, 100)),
      [key, edits] as const,
    );
    this.#plan = undefined;
    const found = await this.page.evaluate(async (key) => {
      const store = new window.journal.JournalStore(key, 'built-in');
      const { entries } = await store.open();
      store.close();
      return entries.map(window.journal.noteOf);
    }, key);
    const wanted = ['before', ...Array.from({ length: edits }, (_, edit) => `edit-${edit}`)];
    const lost = wanted.filter((note, i) => found[i] !== note);
    return { ...result, fault, nth, lost: [...lost, ...found.slice(wanted.length)] };
  }
}

/**
 * Goes over every call of the storage that a script of edits makes, for each kind of fault: in one run the same call of
 * the opening and of each edit goes wrong once, until there are no more calls in them.
 * @param address of the page of the journal
 * @param pages that work at once, since most of the time is waited for workers that hang
 */
export async function breakEveryCall(
  context: BrowserContext,
  address: string,
  {
    edits,
    faults = STORAGE_FAULTS,
    pages = 6,
  }: { edits: number; faults?: readonly StorageFault[]; pages?: number },
  onrun: (run: ScriptRun) => void = () => undefined,
): Promise<ScriptRun[]> {
  const runs: ScriptRun[] = [];
  for (const fault of faults) {
    let next = 1;
    let isOver = false;
    const work = async () => {
      const faulty = new FaultyPage(await context.newPage());
      await faulty.open(address);
      while (!isOver) {
        const run = await faulty.run(fault, next++, edits);
        // No entry has so many calls.
        if (run.faults === 0) isOver = true;
        else {
          runs.push(run);
          onrun(run);
        }
      }
      await faulty.page.close();
    };
    await Promise.all(Array.from({ length: fault === 'hangs' ? pages : 2 }, work));
  }
  return runs;
}
