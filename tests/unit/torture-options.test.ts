import { expect, test } from 'vitest';
import { type Bar, reportOf } from '../torture/bar';
import { FORMATS } from '../torture/corpus';
import { HELP, PARTS, readOptions } from '../torture/options';

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
    expect.arrayContaining(['--kills', '--edits', '--tabs', '--tab-edits', '--seed', '--report', '--help']),
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
