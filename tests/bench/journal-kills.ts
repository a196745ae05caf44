import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KillResult, killRounds } from '../e2e/journal-page/kill-rounds';
import { serveJournalPage } from '../e2e/journal-page/serve';

/**
 * Kills a browser while two tabs write into journals, and counts what is lost of what was confirmed:
 * `npx tsx tests/bench/journal-kills.ts --rounds 200`. Exits with 1 when anything is.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, pause: { type: 'string', default: '1500' } },
});

function show({ kills, confirmed, lost, doubled, torn, unheard }: KillResult): void {
  console.log(
    `${kills} kills, ${confirmed} confirmed, ${lost.length} lost, ${doubled.length} doubled, ` +
      `${torn} torn, ${unheard} kept without a confirmation that was heard`,
  );
}

const profile = await mkdtemp(join(tmpdir(), 'journal-kills-'));
const { address, close } = await serveJournalPage();
const result = await killRounds(address, profile, Number(values.rounds), Number(values.pause), show);
show(result);
if (result.lost.length + result.doubled.length > 0) {
  console.error([...result.lost, ...result.doubled].join('\n'));
  process.exitCode = 1;
}
await close();
await rm(profile, { recursive: true, force: true, maxRetries: 5 });
