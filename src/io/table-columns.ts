import { isColumnName } from './column-names';

/** A number as people write it in a table, with a point or a comma. */
const NUMBER = /^[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?\s*%?$/i;
const DATE_OR_LINK = /^(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|https?:|\d{1,3}°)/i;

/** Whether the first row of a table names its columns: it has no number, date or link, and some text. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return texts.length > 0 && !texts.some((cell) => NUMBER.test(cell) || DATE_OR_LINK.test(cell));
}

/** Rows among which the names of the columns are looked for, and to know how wide the table is. */
const HEAD_ROWS = 20;
const SAMPLE_ROWS = 200;

/**
 * The index of the row that names the columns, -1 when there is none: the first that has several known names, else the
 * first that is about as wide as the table, if it looks like one. What stands above it is a title, or a note.
 * @param rows texts of cells
 */
export function headerIndex(rows: readonly (readonly string[])[]): number {
  const filled = rows
    .slice(0, SAMPLE_ROWS)
    .map((cells) => cells.map((cell) => cell.trim()).filter((cell) => cell !== ''));
  const width = middleOf(filled.map(({ length }) => length));
  const head = filled.slice(0, HEAD_ROWS);
  const isWide = ({ length }: readonly string[]) => length > 0 && length * 2 >= width;
  const named = head.findIndex((cells) => {
    const areDistinct = new Set(cells).size * 2 > cells.length;
    return isWide(cells) && areDistinct && knownNames(cells) > 1 && looksLikeHeader(cells);
  });
  if (named >= 0) return named;
  const wide = head.findIndex(isWide);
  if (looksLikeHeader(head[wide] ?? [])) return wide;
  return looksLikeHeader(head[0] ?? []) ? 0 : -1;
}

/** How many cells are names that columns of sightings often have. */
export function knownNames(cells: readonly string[]): number {
  return cells.filter(isColumnName).length;
}

/** What half of some numbers are at most. */
export function middleOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0;
}

/** What stands above the names of columns, in a sentence; none when nothing does. */
export function aboveNote(rows: readonly (readonly string[])[], headerPlace: string): string[] {
  const texts = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').join(' '));
  const text = texts.join(' / ').replace(/\s+/g, ' ').trim();
  if (text === '') return [];
  const shown = text.length > 300 ? `${text.slice(0, 299)}…` : text;
  return [`The names of the columns are on ${headerPlace}. Above them stands: “${shown}”.`];
}

/** A longer name of a column is cut, with an ellipsis: many columns can have one that is in a spreadsheet but once. */
const LONGEST_NAME = 1000;

function nameIn(cell: string): string {
  const name = cell.length > LONGEST_NAME ? `${cell.slice(0, LONGEST_NAME)}…` : cell;
  return name.replace(/\s+/g, ' ').trim();
}

/** Names for columns that tell them apart: `Column 3` for one without a name, `name (2)` for a second one of a name. */
export function columnNames(header: readonly string[]): string[] {
  const given = header.map(nameIn);
  const taken = new Set(given.filter((name) => name !== ''));
  const seen = new Set<string>();
  const numbers = new Map<string, number>(); // so that many of one name are not counted through each time
  return given.map((name, i) => {
    const base = name === '' ? `Column ${i + 1}` : name;
    let distinct = base;
    const isFree = () => !seen.has(distinct) && (distinct === name || !taken.has(distinct));
    let number = numbers.get(base) ?? 1;
    while (!isFree()) distinct = `${base} (${++number})`;
    numbers.set(base, number);
    seen.add(distinct);
    return distinct;
  });
}
