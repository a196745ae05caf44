import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What makes a run of the tests fail, from what it prints. */
const FAILED = /^\s*FAIL\s+(.+)$/gm;

/**
 * Runs the unit and property tests with all that they make up from a seed.
 * @returns the names of those that fail; what went wrong where the run itself did
 */
export async function failedWith(seed: number): Promise<string[]> {
  const run = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'], {
    cwd: ROOT,
    env: { ...process.env, TEST_SEED: String(seed), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (part: Buffer) => (printed += part));
  const status = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject);
    run.once('close', resolve);
  });
  if (status === 0) return [];
  const names = new Set(Array.from(printed.matchAll(FAILED), ([, name = '']) => name.trim()));
  return names.size > 0 ? [...names] : [printed.trim().slice(-500)];
}
