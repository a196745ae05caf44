import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Page, chromium } from '@playwright/test';
import { findBrowser } from '../browser';

export interface KillResult {
  kills: number;
  confirmed: number;
  /** confirmed entries that were not there after a kill */
  lost: string[];
  /** entries that were there twice */
  doubled: string[];
  /** records that a kill tore, each of them not confirmed */
  torn: number;
  /** entries that were kept without their confirmation having been heard */
  unheard: number;
}

export interface Browser {
  open: () => Promise<Page>;
  kill: () => Promise<void>;
}

/**
 * Starts a browser of its own, so that it and all its processes can be killed at once.
 * @param more arguments for it
 */
export async function startBrowser(profile: string, more: readonly string[] = []): Promise<Browser> {
  const args = [
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
    '--no-first-run',
    ...more,
    'about:blank',
  ];
  const child = spawn(findBrowser() ?? 'chromium', args, {
    detached: true, // a process group of its own
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('The browser does not start.');
  const lines = createInterface(child.stderr);
  let endpoint: string | undefined;
  for await (const line of lines) {
    endpoint = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (endpoint !== undefined) break;
  }
  child.stderr.resume();
  if (endpoint === undefined) throw new Error('The browser says no address.');
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    open: async () => {
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('The browser has no profile.');
      return context.newPage();
    },
    kill: async () => {
      process.kill(-pid, 'SIGKILL');
      await ended;
      await browser.close();
    },
  };
}

/** Notes of all entries of a work, and how many records are torn. */
async function readNotes(page: Page, key: string): Promise<{ notes: string[]; torn: number }> {
  return page.evaluate(async (key) => {
    const store = new window.journal.JournalStore(key, 'built-in');
    const { entries, faults } = await store.open();
    store.close();
    return { notes: entries.map(window.journal.noteOf), torn: faults.length };
  }, key);
}

/** Appends to a work until the end of the world. */
function startWriting(page: Page, key: string, prefix: string, length: number): void {
  const writing = page.evaluate(
    async ([key, prefix, length]) => {
      const { JournalStore, change, keep } = window.journal;
      const store = new JournalStore(key, 'built-in');
      await store.open();
      for (let i = 0; ; i++) {
        const note = `${prefix}-${i}`;
        await keep(store, change(note, Math.floor(Math.random() * length)));
        void window.confirmed?.(key, note);
      }
    },
    [key, prefix, length] as const,
  );
  writing.catch(() => undefined); // the browser is killed meanwhile
}

/**
 * Kills the browser again and again while two tabs write in one work, and one of them in a new work of each round.
 * After each kill all must be there that was confirmed in those two, and at the end all that ever was.
 * @param maxPauseMs a kill comes at random within it
 */
export async function killRounds(
  address: string,
  profile: string,
  rounds: number,
  maxPauseMs: number,
  onround: (result: KillResult) => void = () => undefined,
): Promise<KillResult> {
  const confirmed = new Map<string, string[]>();
  const result: KillResult = { kills: 0, confirmed: 0, lost: [], doubled: [], torn: 0, unheard: 0 };
  const open = async (browser: Browser) => {
    const page = await browser.open();
    await page.exposeFunction('confirmed', (key: string, note: string) => {
      const notes = confirmed.get(key) ?? [];
      notes.push(note);
      confirmed.set(key, notes);
    });
    await page.goto(address);
    return page;
  };
  const verify = async (page: Page, keys: Iterable<string>) => {
    const lost: string[] = [];
    const doubled: string[] = [];
    result.torn = result.unheard = 0;
    for (const key of keys) {
      const notes = confirmed.get(key) ?? [];
      const kept = await readNotes(page, key);
      const there = new Set(kept.notes);
      lost.push(...notes.filter((note) => !there.has(note)));
      if (there.size < kept.notes.length)
        doubled.push(...kept.notes.filter((note, i, all) => all.indexOf(note) < i));
      result.torn += kept.torn;
      result.unheard += there.size - notes.length;
    }
    result.confirmed = [...confirmed.values()].reduce((sum, { length }) => sum + length, 0);
    Object.assign(result, { lost, doubled });
  };
  for (let round = 0; round < rounds && result.lost.length === 0; round++) {
    const browser = await startBrowser(profile);
    try {
      const pages = [await open(browser), await open(browser)] as const;
      await verify(pages[0], ['work', `new-${round - 1}`]);
      onround(result);
      startWriting(pages[0], 'work', `a${round}`, 20_000);
      startWriting(pages[1], 'work', `b${round}`, 200);
      startWriting(pages[0], `new-${round}`, `n${round}`, 300_000);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * maxPauseMs));
    } finally {
      await browser.kill();
    }
    result.kills++;
  }
  const browser = await startBrowser(profile);
  try {
    await verify(await open(browser), confirmed.keys());
  } finally {
    await browser.kill();
  }
  return result;
}
