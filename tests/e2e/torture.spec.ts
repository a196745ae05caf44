import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_SEED } from '../test-seed';
import { killApp } from '../torture/browser/app-kills';
import { editInTabs } from '../torture/browser/app-tabs';
import { tortureStrings } from '../torture/browser/strings-in-app';
import { faultsOfKills, faultsOfTabs } from '../torture/judgement';
import { expect, test } from './app';
import { withoutWebGl } from './without-webgl';

// The short runs of what `npm run torture` does for long. Nothing in them needs the map, which would take most of the time.
test.use({ allowedErrors: [/WebGL/] });

test.beforeEach(({ context }) => withoutWebGl(context));

test('hostile strings are shown, exported and imported as they are, and none runs', async ({
  context,
  served,
}) => {
  test.setTimeout(240_000);
  // The second goes where few look as well.
  for (const [seed, elsewhere] of [
    [8, 0],
    [1000 + TEST_SEED, 3],
  ] as const) {
    const result = await tortureStrings(context, served.address, { seed, count: 8, elsewhere });
    expect({ seed, ...result }).toMatchObject({ seed, sightings: 8, differing: [] });
    expect(result.compared).toBeGreaterThan(150);
  }
});

test('four tabs that correct the same sightings at once lose no edit', async ({ context, served }) => {
  test.setTimeout(240_000);
  const result = await editInTabs(context, served.address, 4, 10);
  expect(faultsOfTabs(result, 40)).toEqual([]);
});

test('the app comes back with every confirmed edit when the browser is killed again and again', async ({
  served,
}) => {
  test.setTimeout(240_000);
  const profile = await mkdtemp(join(tmpdir(), 'app-kills-'));
  const result = await killApp(served.address, profile, 6);
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  // How long it takes to be back says nothing on a busy machine, but that it was measured each time does.
  expect(faultsOfKills(result, 6)).toEqual([]);
});
