import Papa from 'papaparse';
import type { Progress } from './foreign';

/** A row of a table in its text. */
export interface TableRow {
  cells: string[];
  /** on which it begins, counted from 1 */
  line: number;
  /** where it begins and ends in the text, its line end included */
  start: number;
  end: number;
  /** what is wrong with its quotes */
  fault?: 'unclosed quote' | 'stray quote';
}

/** What can part the cells of a table, by what people call it. */
export const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** Rows that are looked at to guess the delimiter, and characters: a wrong guess may take all for one row. */
const SAMPLE_ROWS = 200;
const SAMPLE_LENGTH = 1 << 18;

/** As many times as its length may a text be read anew because of quotes that close too late or never. */
const MOST_READINGS = 10;

/**
 * A text whose lines outside of quotes end in `\n` or `\r\n` only: an `\r` alone, as old Macs wrote it, is made `\n`.
 * Its length stays the same.
 */
export function withKnownLineEnds(text: string): string {
  if (!/\r(?!\n)/.test(text)) return text;
  return text.replace(/"[^"]*"|\r(?!\n)/g, (found) => (found === '\r' ? '\n' : found));
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) lines++;
  }
  return lines;
}

/** The row without the `\r` that is the first half of its line end. */
function withoutReturn(cells: string[], raw: string): string[] {
  const last = cells.at(-1) ?? '';
  if (!last.endsWith('\r') || !raw.replace(/\n$/, '').endsWith('\r') || /\r"\r\n?$/.test(raw)) return cells;
  return cells.with(-1, last.slice(0, -1));
}

/**
 * The rows of a text of cells that a delimiter parts (RFC 4180). A quote that never closes costs its own line only: the
 * rows after it are read anew.
 * @param text with line ends as of {@link withKnownLineEnds}
 */
export function readRows(
  text: string,
  delimiter: string,
  { preview = Infinity, progress }: { preview?: number; progress?: Progress | undefined } = {},
): TableRow[] {
  const rows: TableRow[] = [];
  let line = 1;
  let base = 0;
  const add = (cells: string[], start: number, end: number, fault?: TableRow['fault']) => {
    rows.push({ cells, line, start, end, ...(fault ? { fault } : {}) });
    line += linesIn(text, start, end);
    if (rows.length % 4096 === 0) progress?.(end / text.length);
  };
  let budget = text.length * MOST_READINGS;
  while (base < text.length && rows.length < preview) {
    const from = base;
    Papa.parse<string[]>(base === 0 ? text : text.slice(base), {
      delimiter,
      newline: '\n',
      step: ({ data, errors, meta }, parser) => {
        const end = from + meta.cursor;
        const isUnclosed = errors.some(({ code }) => code === 'MissingQuotes');
        const nextLine = text.indexOf('\n', base) + 1;
        // A quote that is wrong and a cell of many lines: it took the rows behind it along.
        if (errors.length > 0 && nextLine > 0 && nextLine < end && budget > 0) {
          budget -= end - base;
          add([text.slice(base, nextLine)], base, nextLine, 'unclosed quote');
          base = nextLine;
          return parser.abort();
        }
        if (end > base) {
          const fault = isUnclosed ? 'unclosed quote' : errors.length > 0 ? 'stray quote' : undefined;
          add(withoutReturn(data, text.slice(end - 4, end)), base, end, fault);
          base = end;
        }
        if (rows.length >= preview) parser.abort();
      },
    });
    if (base === from) break;
  }
  return rows;
}

/** The number that is there most often, the first of several. */
function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

/**
 * The delimiter that gives most rows the same number of cells, two or more, as its first row has; of those that are
 * equal, the one with most cells. Where a title stands above the table, the width that most rows have counts, if they
 * are at least half of all, and twice as many as those of any first row. `undefined` when each gives one cell only.
 */
export function guessDelimiter(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const byFirst: DelimiterScore[] = [];
  const byMost: DelimiterScore[] = [];
  for (const delimiter of Object.keys(DELIMITERS)) {
    const widths = readRows(sample, delimiter, { preview: SAMPLE_ROWS })
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
      .map(({ cells }) => cells.length);
    const scoreOf = (width: number): DelimiterScore => {
      const same = widths.filter((one) => one === width).length;
      return { delimiter, width, share: same / Math.max(1, widths.length) };
    };
    byFirst.push(scoreOf(widths[0] ?? 0));
    byMost.push(scoreOf(commonest(widths)));
  }
  const [first, most] = [bestOf(byFirst), bestOf(byMost)];
  const isTitled = most !== undefined && most.share >= Math.max(0.5, 2 * (first?.share ?? 0));
  return (isTitled ? most : first)?.delimiter;
}

interface DelimiterScore {
  delimiter: string;
  width: number;
  share: number;
}

function bestOf(scores: readonly DelimiterScore[]): DelimiterScore | undefined {
  return scores
    .filter(({ width }) => width > 1)
    .toSorted((a, b) => b.share - a.share || b.width - a.width)[0];
}
