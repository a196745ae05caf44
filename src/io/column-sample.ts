import type { ForeignData } from './foreign';
import { textOf } from './mapping';

/** Rows that are looked at to see what a column has, fewer of a table that is very wide. */
const SAMPLE_ROWS = 500;
const SAMPLE_CELLS = 100_000;

/** The columns of foreign data, in their order, with the texts that they have in its first rows. */
export function sampleColumns({ columns, features }: ForeignData): Map<string, string[]> {
  const sample = new Map(columns.map((column): [string, string[]] => [column, []]));
  let cells = 0;
  for (const { fields } of features.slice(0, SAMPLE_ROWS)) {
    if (cells >= SAMPLE_CELLS) break;
    cells += fields.size;
    for (const [column, value] of fields) {
      const text = textOf(value);
      if (text !== '') sample.get(column)?.push(text);
    }
  }
  return sample;
}
