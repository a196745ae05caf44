import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What became of a run of tests. */
export interface TestRun {
  passed: number;
  /** names of those that failed; what went wrong, where the run itself did */
  failed: readonly string[];
}

/** What a program prints, and its exit status. */
async function printedBy(args: readonly string[], env: NodeJS.ProcessEnv): Promise<[string, number | null]> {
  const run = spawn(process.execPath, [...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (part: Buffer) => (printed += part));
  const status = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject);
    run.once('close', resolve);
  });
  return [printed, status];
}

/**
 * What a run of tests came to, by what it printed.
 * @param failed finds the name of each test that failed
 * @param passed finds how many passed
 */
export function testRunOf(printed: string, status: number | null, failed: RegExp, passed: RegExp): TestRun {
  const count = Number(passed.exec(printed)?.[1] ?? 0);
  const names = new Set(Array.from(printed.matchAll(failed), ([, name = '']) => name.trim()));
  const isGood = status === 0 && count > 0;
  const rest = isGood ? [] : [printed.trim().slice(-500) || `it ended with ${status}`];
  return { passed: count, failed: names.size > 0 ? [...names] : rest };
}

/** Runs the unit and property tests with all that they make up from a seed. */
export async function unitTests(seed: number): Promise<TestRun> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'];
  const [printed, status] = await printedBy(args, { TEST_SEED: String(seed) });
  return testRunOf(printed, status, /^\s*FAIL\s+(.+)$/gm, /^\s*Tests\s.*?(\d+) passed/m);
}

/**
 * Runs tests in the browser, each of which fails by a report of the policy, an error of a page, or a request to another
 * host. The page is built already.
 * @param files names of the files of tests; left out: all
 */
export async function browserTests(files: readonly string[] = []): Promise<TestRun> {
  const cli = 'node_modules/@playwright/test/cli.js';
  const args = [cli, 'test', '-c', 'tests/e2e', '--reporter=line', ...files];
  const [printed, status] = await printedBy(args, {});
  return testRunOf(printed, status, /^ {2}\d+\) (.+)$/gm, /^\s*(\d+) passed/m);
}
