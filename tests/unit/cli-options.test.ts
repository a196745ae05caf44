import { describe, expect, test } from 'vitest';
import { inputOptions } from '../../src/cli/input-options';
import { type ReadFile, checkUse } from '../../src/cli/option-use';
import { parseOptions } from '../../src/cli/options';
import { usageOf } from '../../src/cli/usage';

const parse = (...argv: string[]) => parseOptions(argv, 'merge', ['output', 'map', 'force']);

describe('options', () => {
  test('are told from files', () => {
    const { files, values } = parse('merge', 'a', '--map', 'x=1', '-o', '-', '--map=y=-2', 'b', '--', '-c');
    expect([files, { ...values }]).toEqual([['a', 'b', '-c'], { map: ['x=1', 'y=-2'], output: '-' }]);
  });

  test.for([
    [['--loud'], 'merge has no option --loud.'],
    [['-x'], 'merge has no option -x.'],
    [['--json'], 'merge has no option --json.'],
    [['--toString'], 'merge has no option --toString.'],
    [['--force=yes'], '--force takes no value: leave out "=yes".'],
    [['a', '-o'], '-o wants a value behind it.'],
    [
      ['-o', '--force'],
      '-o wants a value, and "--force" looks like an option: if it is the value, write --output=--force.',
    ],
  ] as const)('%j: %s', ([argv, sentence]) => {
    expect(() => parse('merge', ...argv)).toThrow(`${sentence}\n\n${usageOf('merge')}\n`);
  });

  test('say how foreign data is read', () => {
    const said = inputOptions({ map: ['title=A'], dates: 'day-first', from: 'csv', delimiter: 'tab' });
    expect(said).toEqual({
      format: 'csv',
      mapping: {
        ...{ map: ['title=A'], set: [], swapAxes: false, exchanged: new Set() },
        ...{ dayFirst: true, isGiven: true },
      },
      reading: { delimiter: '\t' },
    });
    const exchanged = new Set(['line 7', 'an-id']);
    expect(inputOptions({ exchange: [...exchanged] }).mapping).toMatchObject({ exchanged, isGiven: false });
    expect(inputOptions({ encoding: 'utf-8' }).mapping.isGiven).toBe(false);
    expect(inputOptions({ dates: 'month-first' }).mapping).toMatchObject({ dayFirst: false, isGiven: true });
    expect(() => inputOptions({ dates: 'valueOf' })).toThrow(
      '--dates cannot be "valueOf": choose one of day-first, month-first.',
    );
  });
});

describe('what is said about files', () => {
  const read = (file: string, format: ReadFile['format'], isForeign = false) => ({ file, format, isForeign });
  const OURS = read('ours.geojson', 'geojson');
  const TABLE = read('table.csv', 'csv', true);
  const SHEET = read('book.xlsx', 'xlsx', true);

  test.for([
    [[OURS], { map: ['title=A'] }, 'ours.geojson: has sightings already: --map, --set and'],
    [[OURS, OURS], { dates: 'day-first' }, 'ours.geojson, ours.geojson: have sightings already: '],
    [[OURS], { encoding: 'utf-8' }, 'ours.geojson: is GeoJSON: --encoding and --delimiter are for CSV and'],
    [[OURS, SHEET], { delimiter: ';' }, 'ours.geojson, book.xlsx: none is one of these: --encoding and'],
    [[TABLE], { sheet: 'A' }, 'table.csv: is CSV table: --sheet is for Excel workbooks.'],
    [[OURS], { 'header-row': '2' }, 'ours.geojson: is GeoJSON: --header-row is for tables.'],
  ] as const)('has to be for one of them: %#', ([files, values, message]) => {
    expect(() => checkUse(files, inputOptions({ ...values } as Parameters<typeof inputOptions>[0]))).toThrow(
      message,
    );
  });

  test('is not for all of them', () => {
    const said = inputOptions({ map: ['title=A'], encoding: 'utf-8', 'header-row': '2', sheet: 'A' });
    expect(() => checkUse([OURS, TABLE, SHEET], said)).not.toThrow();
    expect(() => checkUse([OURS], inputOptions({}))).not.toThrow();
  });
});
