import { test as base, expect } from '@playwright/test';
import { breakEveryCall } from '../torture/browser/storage-script';
import { STORAGE_FAULTS } from './journal-page/faulty-storage';
import { serveJournalPage } from './journal-page/serve';
import { keepThroughFaults } from './journal-page/storage-faults';

const test = base.extend<object, { address: string }>({
  address: [
    // Playwright reads the fixtures that one needs from its parameters; this one needs none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { address, close } = await serveJournalPage();
      await use(address);
      await close();
    },
    { scope: 'worker' },
  ],
});

const EDITS = 6;
const ALL = Array.from({ length: EDITS }, (_, edit) => `edit-${edit}`);

/** Calls of the storage that go wrong, one in each run: some while it is opened, some while an edit is kept. */
const CALLS = [1, 2, 3, 4, 5, 7, 9, 12, 14, 16, 18, 20, 23];

for (const fault of STORAGE_FAULTS) {
  test(`storage that ${fault === 'full' ? 'is full' : fault} once loses no edit, and doubles none`, async ({
    page,
    address,
  }) => {
    for (const nth of CALLS) {
      const plan = { fault, nth, isRepeated: false } as const;
      const outcome = await keepThroughFaults(page, address, `once-${fault}-${nth}`, EDITS, plan);
      expect({ nth, ...outcome }).toMatchObject({ nth, confirmed: ALL, found: ALL });
    }
  });
}

test('an edit that is not kept is said to be, and kept when somebody tries again, whatever call went wrong', async ({
  context,
  address,
}) => {
  const runs = await breakEveryCall(context, address, { edits: 2, faults: ['throws'] });
  // A journal is opened in fewer calls than an entry is appended in; in each of these the edits go wrong, too.
  expect(runs.length).toBeGreaterThanOrEqual(12);
  for (const run of runs) expect(run).toMatchObject({ kept: 2, said: 2, lost: [] });
});

test('storage that goes wrong again and again keeps what it confirmed', async ({ page, address }) => {
  for (const nth of [3, 7, 11]) {
    const plan = { fault: 'throws', nth, isRepeated: true } as const;
    const { confirmed, found, said } = await keepThroughFaults(
      page,
      address,
      `often-${nth}`,
      EDITS,
      plan,
      2000,
    );
    expect(found).toEqual(expect.arrayContaining(confirmed));
    expect(new Set(found).size).toBe(found.length);
    expect(said.length).toBeGreaterThan(0);
    for (const { message } of said) expect(message).toContain('Broken, on purpose');
  }
});
