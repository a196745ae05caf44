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

/** After so many quotes that never close, the rest of a file is one row: each of them costs a pass. */
const MAX_UNCLOSED = 50;

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
  for (let unclosed = 0; base < text.length && rows.length < preview;) {
    const from = base;
    Papa.parse<string[]>(base === 0 ? text : text.slice(base), {
      delimiter,
      newline: '\n',
      step: ({ data, errors, meta }, parser) => {
        const end = from + meta.cursor;
        const isUnclosed = errors.some(({ code }) => code === 'MissingQuotes');
        const nextLine = text.indexOf('\n', base) + 1;
        if (isUnclosed && nextLine > 0 && unclosed < MAX_UNCLOSED) {
          unclosed++;
          add([text.slice(base, nextLine)], base, nextLine, 'unclosed quote');
          base = nextLine;
        } else if (end > base) {
          const fault = isUnclosed ? 'unclosed quote' : errors.length > 0 ? 'stray quote' : undefined;
          add(withoutReturn(data, text.slice(end - 3, end)), base, end, fault);
          base = end;
        }
        if (rows.length >= preview) parser.abort();
      },
    });
    if (base === from) break;
  }
  return rows;
}

/**
 * The delimiter that gives most rows the same number of cells, two or more, as its first row has; of those that are
 * equal, the one with most cells. `undefined` when each gives one cell only.
 */
export function guessDelimiter(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const scores = Object.keys(DELIMITERS).map((delimiter) => {
    const rows = readRows(sample, delimiter, { preview: SAMPLE_ROWS }).filter(({ cells }) =>
      cells.some((cell) => cell.trim() !== ''),
    );
    const width = rows[0]?.cells.length ?? 0;
    const same = rows.filter(({ cells }) => cells.length === width).length;
    return { delimiter, width, share: same / Math.max(1, rows.length) };
  });
  const [best] = scores
    .filter(({ width }) => width > 1)
    .toSorted((a, b) => b.share - a.share || b.width - a.width);
  return best?.delimiter;
}
