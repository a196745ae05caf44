import { expect, test } from 'vitest';
import { type Bar, reportOf } from '../torture/bar';
import { FORMATS } from '../torture/corpus';
import { HELP, PARTS, readOptions } from '../torture/options';
import { testRunOf } from '../torture/test-runs';

test('everything is tortured as much as the bars ask for, unless less is wanted', () => {
  expect(readOptions([])).toMatchObject({
    parts: PARTS,
    formats: FORMATS,
    count: 200_000,
    kills: 300,
    edits: 200,
  });
  expect(readOptions(['--only', 'kills,fuzz', '--count', '1e3', '--seed', '7'])).toMatchObject({
    parts: ['fuzz', 'kills'],
    count: 1000,
    seed: 7,
  });
  expect(() => readOptions(['--only', 'fuz'])).toThrow('--only fuz: write one of fuzz, properties');
  expect(() => readOptions(['--kills', 'many'])).toThrow('--kills many: write a whole number');
});

test('the help has all options', () => {
  const options = HELP.match(/--[a-z-]+/g);
  expect(options).toEqual(
    expect.arrayContaining(['--only', '--count', '--from', '--formats', '--rounds', '--strings', '--huge']),
  );
  expect(options).toEqual(
    expect.arrayContaining([
      '--kills',
      '--edits',
      '--tabs',
      '--tab-edits',
      '--features',
      '--seed',
      '--report',
      '--help',
    ]),
  );
});

test('a report has a row for each bar, and what broke it', () => {
  const bar: Bar = {
    what: 'kills',
    promise: 'none | lost',
    reached: '1 lost',
    isMet: false,
    seconds: 2.4,
    faults: Array.from({ length: 30 }, (_, i) => `lost: ${i}`),
  };
  const report = reportOf([bar, { ...bar, what: 'tabs', isMet: true, faults: [] }], 'npm run torture');
  expect(report).toContain('| kills | none \\| lost | 1 lost | NO | 2 |');
  expect(report).toContain('| tabs | none \\| lost | 1 lost | yes | 2 |');
  expect(report).toContain('- lost: 19\n- and 10 more\n');
});

test('what a run of tests printed tells which failed, and that some passed', () => {
  const [failed, passed] = [/^ {2}\d+\) (.+)$/gm, /^\s*(\d+) passed/m];
  expect(testRunOf('  12 passed (3.1s)\n', 0, failed, passed)).toEqual({ passed: 12, failed: [] });
  const printed =
    '  1) a.spec.ts:1:1 › one ───\n    Error\n  2) b.spec.ts › two\n\n  2 failed\n  10 passed (1m)\n';
  expect(testRunOf(printed, 1, failed, passed)).toEqual({
    passed: 10,
    failed: ['a.spec.ts:1:1 › one ───', 'b.spec.ts › two'],
  });
  // A run without a test has shown nothing.
  expect(testRunOf('No tests found', 0, failed, passed).failed).toEqual(['No tests found']);
  expect(testRunOf('', null, failed, passed).failed).toEqual(['it ended with null']);
});
