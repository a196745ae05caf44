import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf } from '../../src/cli/companions';
import { CommandFault } from '../../src/cli/exit-status';
import { messageOf } from '../../src/cli/fault-text';
import { checkOutput, readBytes, writeWhole } from '../../src/cli/files';
import { ROOT, toBytes } from './fixtures';
import { sampleSighting } from './sample';

const TSX = join(ROOT, 'node_modules/.bin/tsx');

let folder = '';
const at = (name: string) => join(folder, name);
/** Features with an error each, told in more bytes than a pipe holds. */
let wrong = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-'));
  wrong = at('wrong.geojson');
  const features = Array.from({ length: 3000 }, (_, i) => ({
    ...sampleSighting({ id: `wrong-${String(i).padStart(4, '0')}` }),
    geometry: 5,
  }));
  await Promise.all([
    writeFile(wrong, JSON.stringify({ type: 'FeatureCollection', features })),
    writeFile(at('there.csv'), 'precious'),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('who reads the output may have enough of it', { timeout: 60_000 }, () => {
  test.for([
    ['lines', ['validate']],
    ['JSON', ['validate', '--json']],
  ] as const)('%s: no fault, and the exit status is that of the data', async ([, args]) => {
    const child = spawn(TSX, ['src/cli.ts', ...args, wrong], { cwd: ROOT });
    const err = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [exit] = (await once(child, 'close')) as [number];
    expect([exit, await err]).toEqual([1, args.length > 1 ? '' : `${wrong}: 0 accepted, 3,000 rejected\n`]);
  });
});

// There is such a device on Linux alone.
test.runIf(process.platform === 'linux')(
  'output that cannot be written is exit 2, in plain words',
  { timeout: 60_000 },
  async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(TSX, ['src/cli.ts', 'validate', wrong], {
      cwd: ROOT,
      stdio: ['ignore', full, 'pipe'],
    });
    const err = child.stderr === null ? '' : text(child.stderr);
    const [exit] = (await once(child, 'close')) as [number];
    closeSync(full);
    expect([exit, await err]).toEqual([
      2,
      'standard output: cannot be written: the disk is full: make room, or name a file on another\n',
    ]);
  },
);

/** What something fails with. */
async function faultOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('what the system says of files', () => {
  test.for([
    ['nowhere', 'there is no such file: check its name and its folder'],
    ['', 'it is a folder: name a file in it'],
    ['there.csv/a', 'its path leads through a file as if that were a folder: check the path'],
    ['a'.repeat(300), 'its name is too long: choose a shorter one'],
  ] as const)('is said in plain words, of %s', async ([name, message]) => {
    expect(messageOf(await faultOf(readBytes(at(name))))).toBe(message);
  });

  test.for([
    ['EACCES', 'you are not allowed to: check the permissions of the file and its folder'],
    ['ENOSPC', 'the disk is full: make room, or name a file on another'],
    ['ERR_FS_FILE_TOO_LARGE', 'it has more than 2 GiB, which cannot be read at once: split it'],
    ['toString', 'a\\nb'],
  ] as const)('%s', ([code, message]) => {
    expect(messageOf(Object.assign(new Error('a\nb'), { code }))).toBe(message);
  });

  test('names no file that nobody asked for, whatever it says', () => {
    const error = Object.assign(new Error(`EXDEV: no, open 'a.tmp'`), { code: 'EXDEV', errno: -18 });
    expect(messageOf(error)).toBe('the system says “cross-device link not permitted” (EXDEV)');
  });

  test('keeps a file from being written, and leaves none behind', async () => {
    const fault = await faultOf(writeWhole(at('no/a.csv'), ['text']));
    expect(fault).toBeInstanceOf(CommandFault);
    expect(messageOf(fault)).toBe(
      `${at('no/a.csv')}: cannot be written: there is no such file: check its name and its folder`,
    );
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.for([
    ['no/a.csv', /: cannot be written: there is no folder ".*no": make it first\.$/],
    ['there.csv/a.csv', /: cannot be used: its path leads through a file/],
    ['', /: is no file that can be replaced: name another\.$/],
  ] as const)('is said before any work is done: %s', async ([name, message]) => {
    const fault = await faultOf(checkOutput(at(name), { inputs: [wrong], force: true }));
    expect([fault instanceof CommandFault, messageOf(fault)]).toEqual([true, expect.stringMatching(message)]);
  });
});

test.for([
  ['', 'it is empty: get a complete copy'],
  ['\ufeff{"я": 1,\n"b" 2}', 'it is not JSON: a colon is missing on line 2'],
  ['[1,\n\n', 'it is not JSON: it breaks off on line 3'],
  [`${'['.repeat(100)}${']'.repeat(100)}`, 'it is nested 100 levels deep, and at most 64 are read'],
] as const)('what keeps %j from being JSON has its line', ([json, message]) => {
  expect(() => jsonOf(toBytes(json))).toThrow(message);
});

test('what is not UTF-8 has its line and byte, and what to do', () => {
  const bytes = toBytes('{"a":1,\n"b":"ab"}');
  bytes[13] = 0xff;
  expect(() => jsonOf(bytes)).toThrow('it is not UTF-8 text on line 2, at byte 13: save it as UTF-8');
});
