import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './fixtures';
import { sampleSighting } from './sample';

interface Run {
  exit: number;
  out: string[];
  err: string;
}

/** Runs the command line as its users do. */
function sightings(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      join(ROOT, 'node_modules/.bin/tsx'),
      ['src/cli.ts', ...args],
      { cwd: ROOT },
      (_, stdout, stderr) => {
        resolve({ exit: child.exitCode ?? -1, out: stdout.trimEnd().split('\n'), err: stderr });
      },
    );
  });
}

const GOOD = 'tests/fixtures/good/every-field.geojson';
const WARNED = 'tests/fixtures/bad/key-unknown.geojson';
const BAD = 'tests/fixtures/bad/title-number.geojson';
const NAMELESS = 'tests/fixtures/bad/id-missing.geojson';
const HEADLESS = 'tests/fixtures/bad/collection-type.geojson';

let folder = '';
let twoLines = '';
let ownSystems = '';
const runs: Record<'valid' | 'wrong' | 'unreadable' | 'json', Run> = {
  valid: { exit: -1, out: [], err: '' },
  wrong: { exit: -1, out: [], err: '' },
  unreadable: { exit: -1, out: [], err: '' },
  json: { exit: -1, out: [], err: '' },
};

function linesOf({ out }: Run, file: string): string[] {
  return out.filter((line) => line.startsWith(`${file}:`));
}

// A process takes a while to start, so that several tests look at one.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightings-'));
  const own = await mkdtemp(join(folder, 'own-'));
  twoLines = join(folder, 'two-lines.geojson');
  ownSystems = join(own, 'sightings.geojson');
  const collection = (feature: object) => JSON.stringify({ type: 'FeatureCollection', features: [feature] });
  const tor = { name: 'Tor', otherNames: [], description: 'A system.', markShape: 'square' };
  await Promise.all([
    writeFile(twoLines, collection(sampleSighting({ id: 'first\nsecond' }))),
    writeFile(ownSystems, collection(sampleSighting({ system: 'tor' }))),
    writeFile(join(own, 'systems.json'), JSON.stringify({ tor })),
  ]);
  [runs.valid, runs.wrong, runs.unreadable, runs.json] = await Promise.all([
    sightings('validate', GOOD, WARNED, ownSystems, 'geo/sightings.geojson'),
    sightings('validate', BAD, NAMELESS, HEADLESS, twoLines, 'README.md', GOOD),
    sightings('validate', 'nowhere.geojson', 'geo', BAD),
    sightings('validate', '--json', GOOD, BAD),
  ]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('validate, when all files are valid', () => {
  test('exits with 0, warnings or not', () => {
    expect(runs.valid.exit).toBe(0);
  });

  test('says how many sightings it accepted', () => {
    expect(runs.valid.err).toContain('geo/sightings.geojson: 8 accepted, 0 rejected');
  });

  test('calls a warning one', () => {
    expect(linesOf(runs.valid, WARNED)[0]).toBe(
      `${WARNED}:sample:$.properties.altitude: warning: is not a field of the contract`,
    );
  });

  test('takes the systems beside a file before those of the project', () => {
    expect([linesOf(runs.valid, ownSystems), runs.valid.err.includes(`${ownSystems}: 1 accepted`)]).toEqual([
      [],
      true,
    ]);
  });
});

describe('validate, when a file has an error', () => {
  test('exits with 1', () => {
    expect(runs.wrong.exit).toBe(1);
  });

  test('writes a line FILE:id:path: message', () => {
    expect(linesOf(runs.wrong, BAD)[0]).toBe(`${BAD}:sample:$.properties.title: must be text, not 5`);
  });

  test('names a feature without an id by its index', () => {
    expect(linesOf(runs.wrong, NAMELESS)[0]).toMatch(`${NAMELESS}:0:$.id: is missing`);
  });

  test('names the collection so', () => {
    expect(linesOf(runs.wrong, HEADLESS)[0]).toMatch(`${HEADLESS}:collection:$.type: `);
  });

  test('writes one line for an issue, whatever the id', () => {
    const files = [BAD, NAMELESS, HEADLESS, twoLines, 'README.md', GOOD];
    const stray = runs.wrong.out.filter((line) => !files.some((file) => line.startsWith(`${file}:`)));
    expect(stray).toEqual([]);
  });

  test('says that a file is not JSON', () => {
    expect(linesOf(runs.wrong, 'README.md')[0]).toContain('is not JSON');
  });

  test('goes on to the other files', () => {
    expect(runs.wrong.err).toContain(`${GOOD}: 1 accepted, 0 rejected`);
  });
});

describe('validate, when a file cannot be read', () => {
  test('exits with 2, whatever the others are', () => {
    expect(runs.unreadable.exit).toBe(2);
  });

  test('names a file that is not there, and a folder', () => {
    expect(runs.unreadable.err.match(/^(nowhere\.geojson|geo):collection:\$: cannot be read/gm)).toHaveLength(
      2,
    );
  });

  test('goes on to the other files', () => {
    expect(linesOf(runs.unreadable, BAD)).toHaveLength(1);
  });
});

describe('validate --json', () => {
  test('writes one report for each file', () => {
    expect(JSON.parse(runs.json.out.join('\n'))).toEqual({
      files: [
        { file: GOOD, accepted: 1, rejected: 0, issues: [] },
        {
          file: BAD,
          accepted: 0,
          rejected: 1,
          issues: [
            {
              index: 0,
              id: 'sample',
              path: '$.properties.title',
              message: 'must be text, not 5',
              severity: 'error',
            },
          ],
        },
      ],
    });
  });

  test('has the same exit status', () => {
    expect(runs.json.exit).toBe(1);
  });
});

describe.concurrent('usage', { timeout: 30_000 }, () => {
  test.for([
    ['no command', []],
    ['no file', ['validate']],
    ['an unknown command', ['fly', GOOD]],
    ['an unknown option', ['validate', '--loud', GOOD]],
  ] as const)('%s: exit 2, and how to use it', async ([, args]) => {
    const { exit, err } = await sightings(...args);
    expect([exit, err]).toEqual([2, expect.stringContaining('Usage: npm run sightings -- validate FILE')]);
  });

  test('--help: exit 0, and how to use it', async () => {
    const { exit, out } = await sightings('--help');
    expect([exit, out[0]]).toEqual([0, expect.stringContaining('Usage:')]);
  });
});
