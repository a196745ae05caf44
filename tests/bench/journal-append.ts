import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../e2e/browser';
import { serveJournalPage } from '../e2e/journal-page/serve';

/**
 * What a confirmed change costs: appended, flushed and read back, and what it costs to open a work of many. `npx tsx
 * tests/bench/journal-append.ts`.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '2000' } } });
const executablePath = findBrowser();
const { address, close } = await serveJournalPage();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
await page.goto(address);
const { times, openMs } = await page.evaluate(async (count) => {
  const { JournalStore, change } = window.journal;
  const store = new JournalStore('work', 'built-in');
  await store.open();
  const times: number[] = [];
  for (let i = 0; i < count + 20; i++) {
    const begin = performance.now();
    await store.append(change(`entry-${i}`), i);
    if (i >= 20) times.push(performance.now() - begin); // the first ones warm up
  }
  store.close();
  const begin = performance.now();
  const again = new JournalStore('work', 'built-in');
  await again.open();
  return { times, openMs: performance.now() - begin };
}, Number(values.count));
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? NaN).toFixed(1);
console.log(`${times.length} confirmed changes of 1.2 kB: median ${at(0.5)} ms, 95th of 100 ${at(0.95)} ms`);
console.log(`opening the work of all of them, with its worker: ${openMs.toFixed(0)} ms`);
await browser.close();
await close();
