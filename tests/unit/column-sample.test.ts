import { expect, test } from 'vitest';
import { sampleColumns } from '../../src/io/column-sample';
import type { ForeignData } from '../../src/io/foreign';

/** A table in whose cells the number of their row stands. */
function tableOf(columns: readonly string[], rows: number): ForeignData {
  const features = Array.from({ length: rows }, (_, row) => ({
    place: `line ${row + 2}`,
    text: '',
    fields: new Map(columns.map((column) => [column, row])),
  }));
  return { columns, features, setAside: [], notes: [] };
}

test('a column is known by its first rows, by its name alone where it has none', () => {
  const data = { ...tableOf(['a', '__proto__'], 600), columns: ['b', '__proto__', 'a'] };
  const sample = sampleColumns(data);
  expect([...sample.keys()]).toEqual(['b', '__proto__', 'a']);
  expect([...sample.values()].map(({ length }) => length)).toEqual([0, 500, 500]);
  expect(sample.get('a')?.slice(0, 2)).toEqual(['0', '1']);
});

test('what is empty is no value', () => {
  const fields = new Map<string, unknown>([
    ['a', ' '],
    ['b', null],
    ['c', ' x '],
  ]);
  const data = { ...tableOf(['a', 'b', 'c'], 0), features: [{ place: 'line 2', text: '', fields }] };
  expect([...sampleColumns(data).values()]).toEqual([[], [], ['x']]);
});

test('of a table that is very wide fewer rows are looked at, and one at least', () => {
  const rowsOf = (width: number) => {
    const columns = Array.from({ length: width }, (_, i) => `c${i}`);
    return sampleColumns(tableOf(columns, 4)).get('c0')?.length;
  };
  expect([rowsOf(20_000), rowsOf(40_000), rowsOf(120_000)]).toEqual([4, 3, 1]);
});

test('of columns that few rows have, only the cells that are there count', () => {
  const wide = Array.from({ length: 50_000 }, (_, i) => `c${i}`);
  const { features } = tableOf(['c0'], 300);
  expect(sampleColumns({ ...tableOf(wide, 0), features }).get('c0')?.length).toBe(300);
});
