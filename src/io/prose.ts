import { knownNames, looksLikeHeader } from './table-columns';

/** So many rows tell. */
const SAMPLE_ROWS = 200;

/** Sentences have more words than the cells of most tables; the first line of a table has the names of its columns. */
const MANY_WORDS = 5;
const SOME_WORDS = 3;

/** Where more rows than this have the same number of cells, something parts them. */
const EVEN_SHARE = 0.8;

const SENTENCE_END = /\p{L}{2}[.!?…]["”»)]?$/u;

function wordsIn(text: string): number {
  return text.match(/\p{L}[\p{L}\p{M}'’-]*/gu)?.length ?? 0;
}

/** The share of the numbers that are the same as most others. */
function evenShare(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return Math.max(...counts.values()) / numbers.length;
}

/** The cells of a row without the years that are parted from the rest of their dates: `January 19`, `2023`. */
function withoutYears(cells: readonly string[]): string[] {
  return cells.filter((cell, i) => {
    const isYear = /^\s*(?:19|20)\d\d\.?\s*$/.test(cell);
    return !(isYear && /\s(?:\p{L}+\.?\s+\d{1,2}|\d{1,2}\s+\p{L}+)$/u.test(` ${cells[i - 1] ?? ''}`));
  });
}

/** Whether a row has a cell that is empty although others follow it. */
function hasGap(cells: readonly string[]): boolean {
  return cells.slice(0, -1).some((cell) => cell.trim() === '');
}

/**
 * Whether a text that was taken for a table is surely none, but prose: nothing in it is a name that columns have, a
 * number, a date or a link by itself, and it reads as sentences. What may be a table is none of it.
 * @param rows the cells of those that have any
 * @param delimiter what parts them, as it seems; `undefined` when nothing does
 */
export function isProse(rows: readonly (readonly string[])[], delimiter: string | undefined): boolean {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const [first] = sample;
  if (first === undefined || (delimiter !== undefined && ![',', ';'].includes(delimiter))) return false;
  if (sample.some((cells) => knownNames(cells) > 0 || !looksLikeHeader(withoutYears(cells)) || hasGap(cells)))
    return false;
  const lines = sample.map((cells) => cells.join(' ').trim());
  const counts = lines.map(wordsIn);
  const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const ends = lines.filter((line) => SENTENCE_END.test(line)).length;
  const widths = sample.map((cells) => cells.length);
  if (widths.every((width) => width === 1))
    return average >= MANY_WORDS && wordsIn(first[0] ?? '') >= MANY_WORDS;
  if (ends === lines.length) return average >= MANY_WORDS;
  return ends > 0 && average >= SOME_WORDS && evenShare(widths) < EVEN_SHARE;
}
