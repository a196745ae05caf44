import type { AppKills } from './browser/app-kills';
import type { AppTabs } from './browser/app-tabs';
import type { ScriptRun } from './browser/storage-script';

// What breaks a bar, a line each. A run in which nothing was done breaks it as well: it has shown nothing.

/** A work that was kept is on the page again within so long, and a failure is said, in milliseconds. */
export const BACK_MS = 3000;
export const SAID_MS = 1000;

/** Every third kill is meant to be an early one. */
const KILLS_PER_EARLY = 3;
/** Two of three kills come up to 2.5 s after the work is back; a machine without a graphics card makes an edit in 1 s. */
const EDITS_PER_KILL = 0.5;

/** What went wrong, or was not tried, in kills of the whole browser, no matter how slow the machine is. */
export function faultsOfKills(result: AppKills, kills: number): string[] {
  const measured = result.backMs.filter(Number.isFinite).length;
  return [
    ...(kills > 0 && result.kills === kills ? [] : [`only ${result.kills} of ${kills} kills were made`]),
    ...(result.confirmed > 0 ? [] : ['no edit was confirmed']),
    ...(measured > 0 && measured >= result.returns
      ? []
      : [`only ${measured} times of being back were measured, of ${result.returns}`]),
    ...result.lost.map((title) => `lost: ${title}`),
    ...result.doubled.map((text) => `twice: ${text}`),
    ...result.unseen.map((title) => `not shown: ${title}`),
    ...result.failures.map((failure) => `the editing failed: ${failure}`),
  ];
}

/** What besides breaks the bar of a long run, which has an idle machine: too slow, too few edits, no early kill. */
export function faultsOfLongKills(result: AppKills, kills: number): string[] {
  const isTooFew = result.confirmed > 0 && result.confirmed < kills * EDITS_PER_KILL;
  return [
    ...faultsOfKills(result, kills),
    ...(isTooFew ? [`only ${result.confirmed} edits were confirmed in ${kills} kills`] : []),
    ...(kills >= KILLS_PER_EARLY && result.early === 0 ? ['no kill came within 1 s of the start'] : []),
    ...result.backMs.filter((ms) => ms > BACK_MS).map((ms) => `back after ${Math.round(ms)} ms`),
  ];
}

/** What went wrong, or was not tried, in tabs that correct the same sightings. */
export function faultsOfTabs(result: AppTabs, edits: number): string[] {
  const isWhole = result.confirmed > 0 && result.confirmed === edits;
  return [
    ...result.lost.map((title) => `lost: ${title}`),
    ...result.doubled.map((text) => `twice: ${text}`),
    ...result.behind,
    ...(isWhole ? [] : [`only ${result.confirmed} of ${edits} edits were confirmed`]),
    ...(result.conflicts > 0 ? [] : ['there was no conflict']),
  ];
}

/** What went wrong, or was not tried, in scripts of edits whose storage goes wrong. */
export function faultsOfScripts(runs: readonly ScriptRun[], edits: number): string[] {
  const made = runs.reduce((sum, run) => sum + run.faults, 0);
  return [
    ...(runs.length > 0 && edits > 0 ? [] : ['no edit was made']),
    ...(made > 0 ? [] : ['no storage went wrong']),
    ...runs.flatMap(({ fault, nth, lost, kept, said, failure, longestSilenceMs }) => {
      const where = `${fault} at call ${nth}`;
      // Whatever call throws, the edit is not kept at first; the other faults the store may mend by itself in time.
      const isSilent = fault === 'throws' ? said < edits : kept < edits && (said === 0 || failure === '');
      return [
        ...lost.map((note) => `${where}: ${note} is lost, or not in its place`),
        ...(kept < edits ? [`${where}: only ${kept} of ${edits} edits were kept`] : []),
        ...(isSilent ? [`${where}: only ${said} edits were said not to be kept`] : []),
        ...(longestSilenceMs > SAID_MS ? [`${where}: silent for ${longestSilenceMs} ms`] : []),
      ];
    }),
  ];
}
