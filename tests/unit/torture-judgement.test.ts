import { expect, test } from 'vitest';
import type { AppKills } from '../torture/browser/app-kills';
import type { AppTabs } from '../torture/browser/app-tabs';
import type { ScriptRun } from '../torture/browser/storage-script';
import { faultsOfKills, faultsOfLongKills, faultsOfScripts, faultsOfTabs } from '../torture/judgement';

const KILLS: AppKills = {
  ...{ kills: 6, early: 1, confirmed: 6, torn: 0, unheard: 0, returns: 4 },
  ...{ lost: [], doubled: [], unseen: [], failures: [], backMs: [900, 800, 900, 2900] },
};
const TABS: AppTabs = { tabs: 2, confirmed: 40, lost: [], doubled: [], conflicts: 3, behind: [] };
const RUN: ScriptRun = {
  ...{ fault: 'throws', nth: 3, lost: [] },
  ...{ kept: 2, faults: 3, said: 2, longestSilenceMs: 20, failure: 'Broken, on purpose' },
};

test('kills in which edits were confirmed, and none lost, meet the bar', () => {
  expect(faultsOfLongKills(KILLS, 6)).toEqual([]);
});

test('kills without a confirmed edit do not', () => {
  const idle = { ...KILLS, early: 0, confirmed: 0, returns: 0, backMs: [] };
  const faults = ['no edit was confirmed', 'only 0 times of being back were measured, of 0'];
  expect(faultsOfKills(idle, 6)).toEqual(faults);
  expect(faultsOfLongKills(idle, 6)).toEqual([...faults, 'no kill came within 1 s of the start']);
});

test.for<[Partial<AppKills>, string]>([
  [{ kills: 5 }, 'only 5 of 6 kills were made'],
  [{ backMs: [900, NaN, 900, 2900] }, 'only 3 times of being back were measured, of 4'],
  [{ failures: ['no form'] }, 'the editing failed: no form'],
  [{ lost: ['Kill 1'] }, 'lost: Kill 1'],
])('kills of which %o do not, on any machine', ([change, fault]) => {
  expect(faultsOfKills({ ...KILLS, ...change }, 6)).toEqual([fault]);
});

test.for<[Partial<AppKills>, string]>([
  [{ confirmed: 2 }, 'only 2 edits were confirmed in 6 kills'],
  [{ early: 0 }, 'no kill came within 1 s of the start'],
  [{ backMs: [900, 800, 900, 3001] }, 'back after 3001 ms'],
])('kills of which %o do not in the long run', ([change, fault]) => {
  expect(faultsOfKills({ ...KILLS, ...change }, 6)).toEqual([]);
  expect(faultsOfLongKills({ ...KILLS, ...change }, 6)).toEqual([fault]);
});

test('no kills at all do not meet the bar', () => {
  expect(faultsOfKills({ ...KILLS, kills: 0 }, 0)).toEqual(['only 0 of 0 kills were made']);
});

test('tabs meet the bar only with all edits confirmed and conflicts among them', () => {
  expect(faultsOfTabs(TABS, 40)).toEqual([]);
  expect(faultsOfTabs({ ...TABS, conflicts: 0 }, 40)).toEqual(['there was no conflict']);
  expect(faultsOfTabs({ ...TABS, confirmed: 39 }, 40)).toEqual(['only 39 of 40 edits were confirmed']);
  expect(faultsOfTabs({ ...TABS, confirmed: 0 }, 0)).toEqual(['only 0 of 0 edits were confirmed']);
});

test('scripts meet the bar only when storage went wrong, and that was said', () => {
  expect(faultsOfScripts([RUN], 2)).toEqual([]);
  expect(faultsOfScripts([{ ...RUN, fault: 'full', said: 0 }], 2)).toEqual([]);
  expect(faultsOfScripts([], 2)).toEqual(['no edit was made', 'no storage went wrong']);
  expect(faultsOfScripts([{ ...RUN, faults: 0 }], 2)).toEqual(['no storage went wrong']);
  expect(faultsOfScripts([{ ...RUN, said: 1 }], 2)).toEqual([
    'throws at call 3: only 1 edits were said not to be kept',
  ]);
  expect(faultsOfScripts([{ ...RUN, fault: 'full', kept: 1, said: 0 }], 2)).toEqual([
    'full at call 3: only 1 of 2 edits were kept',
    'full at call 3: only 0 edits were said not to be kept',
  ]);
  expect(faultsOfScripts([{ ...RUN, longestSilenceMs: 1001 }], 2)).toEqual([
    'throws at call 3: silent for 1001 ms',
  ]);
});
