import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInput } from '../../src/cli/read-input';
import { readingOptions } from '../../src/cli/reading-options';
import { ROOT, toBytes } from './fixtures';

describe('how a table is written', () => {
  test('is said by options', () => {
    expect(
      readingOptions({ encoding: 'windows-1250', delimiter: 'tab', sheet: 'A', 'header-row': '3' }),
    ).toEqual({ encoding: 'windows-1250', delimiter: '\t', sheet: 'A', headerRow: 3 });
    expect(readingOptions({ delimiter: ':', 'header-row': '0' })).toEqual({ delimiter: ':', headerRow: 0 });
    expect(readingOptions({})).toEqual({});
  });

  test.for([
    [{ encoding: 'latin-99' }, /--encoding cannot be "latin-99": give a name such as utf-8/],
    [{ delimiter: ', ' }, /--delimiter cannot be ", ": give one character/],
    [{ delimiter: '' }, /--delimiter cannot be ""/],
    [{ delimiter: 'toString' }, /--delimiter cannot be "toString"/],
    [{ 'header-row': '-1' }, /--header-row cannot be "-1": give the number of the row/],
  ] as const)('%j is refused, and what it can be is said', ([values, message]) => {
    expect(() => readingOptions(values)).toThrow(message);
  });

  test('names the sheets of a workbook that has none of that name', async () => {
    const file = new Uint8Array(readFileSync(join(ROOT, 'tests/fixtures/open/two-sheets.xlsx')));
    await expect(readInput('a.xlsx', file, {}, { reading: { sheet: 'Nope' } })).rejects.toThrow(
      /^There is no sheet “Nope”: there are “Notes”, “Places”\.$/,
    );
  });

  test('holds when the file is read', async () => {
    const text = 'x:y\nname:date\nA:2023-01-01\n';
    const reading = { delimiter: ':', headerRow: 2 };
    const { mapping, result } = await readInput('a.csv', toBytes(text), {}, { reading });
    expect(mapping?.fields.title).toEqual({ from: 'column', column: 'name' });
    expect(result.incomplete.length).toBe(1);
  });

  test.for([
    [{ sheet: 'A' }, /a\.csv: is CSV table: --sheet is for Excel workbooks/],
    [{ delimiter: ',' }, /a\.geojson: is GeoJSON: --encoding and --delimiter are for CSV and TSV/],
    [{ headerRow: 1 }, /a\.geojson: is GeoJSON: --header-row is for tables/],
  ] as const)('%j is not said of what has none', async ([reading, message]) => {
    const [name, text] =
      'sheet' in reading
        ? ['a.csv', 'name,date\nA,2023-01-01\n']
        : ['a.geojson', '{"type":"FeatureCollection","features":[]}'];
    await expect(readInput(name, toBytes(text), {}, { reading })).rejects.toThrow(message);
  });
});
