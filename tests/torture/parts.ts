import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { ensureBrowser } from '../e2e/browser';
import { serveJournalPage } from '../e2e/journal-page/serve';
import { serveApp } from '../e2e/serve-app';
import { watchContext } from '../e2e/watched-context';
import { median } from '../bench/row';
import type { Bar } from './bar';
import { killApp } from './browser/app-kills';
import { editInTabs } from './browser/app-tabs';
import { type BadFile, openBadFiles } from './browser/bad-in-app';
import { type ScriptRun, breakEveryCall } from './browser/storage-script';
import { type StringsResult, tortureHugeText, tortureStrings } from './browser/strings-in-app';
import { HANG_TEXT, fuzz } from './fuzz';
import { HUGE_FIELDS } from './huge-strings';
import { BACK_MS, SAID_MS, faultsOfLongKills, faultsOfScripts, faultsOfTabs } from './judgement';
import type { Part, TortureOptions } from './options';
import { browserTests, unitTests } from './test-runs';

/** Torments something, and says how far its promise holds; how long it took is noted by who calls it. */
type Torment = (options: TortureOptions, log: (line: string) => void) => Promise<Omit<Bar, 'seconds'>>;

/** As many as are shown and exported at once. */
const STRINGS_AT_ONCE = 200;

/** A file with a text of 10 MB is opened, written or read within so long, in milliseconds. */
const HUGE_MS = 120_000;

/** Files with bad features are opened so often, and are drawn so many times as late as good ones at most. */
const BAD_RUNS = 3;
const BAD_FACTOR = 1.5;

/** Has a browser do without a map, which takes most of the time where there is no graphics card. */
const NO_MAP = ['--disable-3d-apis'];
const MAP = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-rasterization'];

/** Runs something in a browser. */
async function inContext<T>(run: (context: BrowserContext) => Promise<T>, args = NO_MAP): Promise<T> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: [...root, ...args, '--disable-background-networking', '--no-first-run'],
  });
  try {
    return await run(await browser.newContext({ serviceWorkers: 'block' }));
  } finally {
    await browser.close();
  }
}

async function withApp<T>(run: (address: string) => Promise<T>): Promise<T> {
  const { address, close } = await serveApp();
  try {
    return await run(address);
  } finally {
    await close();
  }
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function fuzzFiles(options: TortureOptions, log: (line: string) => void) {
  const tally = await fuzz(options, log);
  return {
    what: `changed files of ${options.formats.length} formats, seed ${options.seed}`,
    promise: `no crash, no hang over ${HANG_TEXT}, open data unchanged`,
    reached: `${tally.files} files, ${tally.crashers} crashers`,
    isMet: tally.crashers === 0,
    faults: tally.crashers === 0 ? [] : ['the crashers are in tests/fixtures/crashers'],
  };
}

async function properties({ seed, rounds }: TortureOptions, log: (line: string) => void) {
  const faults: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const { failed } = await unitTests(seed + round);
    faults.push(...failed.map((name) => `TEST_SEED=${seed + round}: ${name}`));
    log(`${round + 1} rounds, ${faults.length} failed`);
  }
  return {
    what: `unit and property tests with what they make up, seeds from ${seed} on`,
    promise: 'none fails',
    reached: `${rounds} rounds, ${faults.length} failed`,
    isMet: faults.length === 0,
    faults,
  };
}

async function hostileStrings({ seed, strings, huge }: TortureOptions, log: (line: string) => void) {
  const sum: StringsResult = { sightings: 0, strings: 0, compared: 0, differing: [] };
  const faults: string[] = [];
  await withApp(async (address) => {
    const inNewContext = async (run: (context: BrowserContext) => Promise<StringsResult>) => {
      await inContext(async (context) => {
        const seen = await watchContext(context, [new URL(address).origin], [/WebGL/]);
        const result = await run(context);
        sum.sightings += result.sightings;
        sum.strings += result.strings;
        sum.compared += result.compared;
        sum.differing.push(...result.differing);
        faults.push(...seen);
      });
      log(`${sum.sightings} sightings, ${sum.compared} texts compared, ${sum.differing.length} differ`);
    };
    for (let from = 0; from < strings; from += STRINGS_AT_ONCE) {
      const count = Math.min(STRINGS_AT_ONCE, strings - from);
      await inNewContext((context) => tortureStrings(context, address, { seed: seed + from, count }));
    }
    for (const field of HUGE_FIELDS.slice(0, huge))
      await inNewContext((context) => {
        context.setDefaultTimeout(HUGE_MS);
        return tortureHugeText(context, address, field, seed);
      });
  });
  const all = [...sum.differing, ...faults];
  return {
    what: `hostile strings in every field of a sighting, and texts of 10 MB in ${Math.min(huge, HUGE_FIELDS.length)} of them, seed ${seed}`,
    promise: 'none runs, no outside request, no policy report, text exact',
    reached: `${sum.sightings} sightings with ${sum.strings} strings, ${sum.compared} texts compared: ${sum.differing.length} differ; ${faults.length} reports, errors or requests`,
    isMet: all.length === 0,
    faults: all,
  };
}

async function kills(options: TortureOptions, log: (line: string) => void) {
  const profile = await mkdtemp(join(tmpdir(), 'app-kills-'));
  const result = await withApp((address) =>
    killApp(address, profile, options.kills, ({ kills, confirmed, lost }) => {
      if (kills % 10 === 0) log(`${kills} kills, ${confirmed} confirmed, ${lost.length} lost`);
    }),
  );
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  const back = result.backMs.toSorted((a, b) => a - b);
  const faults = faultsOfLongKills(result, options.kills);
  const ms = [quantile(back, 0.5), quantile(back, 0.95), back.at(-1) ?? 0].map(Math.round).join(', ');
  return {
    what: 'kills of the whole browser during edits',
    promise: `edits confirmed, none of these lost, back within ${BACK_MS / 1000} s`,
    reached: `${result.kills} kills, ${result.early} within 1 s of the start; ${result.confirmed} edits confirmed, ${result.lost.length} lost, ${result.torn} torn records, ${result.failures.length} failures of the editing; back after ${ms} ms (median, 95 %, longest of ${back.length} times)`,
    isMet: faults.length === 0,
    faults,
  };
}

async function storageFaults({ edits }: TortureOptions, log: (line: string) => void) {
  const { address, close } = await serveJournalPage();
  const runs: ScriptRun[] = await inContext((context) =>
    breakEveryCall(context, address, { edits }, (run) =>
      log(`${run.fault} at call ${run.nth} of each edit: ${run.faults} faults, ${run.lost.length} lost`),
    ),
  );
  await close();
  const made = runs.reduce((sum, run) => sum + run.faults, 0);
  const longest = Math.max(0, ...runs.map((run) => run.longestSilenceMs));
  const faults = faultsOfScripts(runs, edits);
  const perEntry = Math.max(0, ...runs.map(({ nth }) => nth));
  return {
    what: `storage faults at every call of a script of ${edits} edits`,
    promise: `nothing lost, said within ${SAID_MS / 1000} s`,
    reached: `${runs.length} scripts, in each of which one of up to ${perEntry} calls of every edit fails; ${made} faults of 5 kinds, ${runs.reduce((sum, run) => sum + run.lost.length, 0)} edits lost, ${runs.reduce((sum, run) => sum + run.said, 0)} said not to be kept, kept or said after ${Math.round(longest)} ms at most`,
    isMet: faults.length === 0,
    faults,
  };
}

async function manyTabs({ tabs, tabEdits }: TortureOptions) {
  const result = await withApp((address) =>
    inContext((context) => editInTabs(context, address, tabs, tabEdits)),
  );
  const faults = faultsOfTabs(result, tabs * tabEdits);
  return {
    what: `${tabs} tabs that correct the same sightings at once, ${tabEdits} edits each`,
    promise: 'none lost, conflicts, which keep both',
    reached: `${result.confirmed} edits confirmed, ${result.lost.length} lost, ${result.conflicts} conflicts`,
    isMet: faults.length === 0,
    faults,
  };
}

async function badFeatures({ features }: TortureOptions) {
  const times = await inContext((context) => openBadFiles(context, features, BAD_RUNS), MAP);
  const ofGood = median(times.good);
  const ratios = (['one bad', 'all bad'] as const).map((file) => median(times[file]) / ofGood);
  const seconds = (file: BadFile) => `${(median(times[file]) / 1000).toFixed(1)} s`;
  return {
    what: `files of ${features} features, of which one is bad, or all`,
    promise: `what is good is drawn, at most ${BAD_FACTOR} times as late as of a good file`,
    reached: `one bad ${seconds('one bad')}, all bad ${seconds('all bad')}, all good ${seconds('good')}, medians of ${BAD_RUNS}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' and ')} times`,
    isMet: ratios.every((ratio) => ratio <= BAD_FACTOR),
    faults: [],
  };
}

async function keyboardOnly() {
  return await browserSuite('ten things that are done without a mouse', ['without-mouse.spec.ts']);
}

async function wholeSuite() {
  return await browserSuite('the whole browser suite', []);
}

async function browserSuite(what: string, files: readonly string[]) {
  const { passed, failed } = await browserTests(files);
  return {
    what,
    promise: 'no policy report, no page error, no request to another host: by each of these a test fails',
    reached: `${passed} tests passed, ${failed.length} failed`,
    isMet: failed.length === 0,
    faults: failed,
  };
}

export const TORMENTS: Readonly<Record<Part, Torment>> = {
  fuzz: fuzzFiles,
  properties,
  strings: hostileStrings,
  kills,
  faults: storageFaults,
  tabs: manyTabs,
  bad: badFeatures,
  keyboard: keyboardOnly,
  suite: wholeSuite,
};
