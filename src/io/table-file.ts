import type { ForeignData, ForeignFeature, Progress, SetAside } from './foreign';
import { isFlatCsv } from './flat-columns';
import { isProse } from './prose';
import { aboveNote, columnNames, headerIndex, middleOf } from './table-columns';
import { BREAKS_OFF, endOfTable } from './table-end';
import { DELIMITERS, type TableRow, guessDelimiter, readRows, withKnownLineEnds } from './table-rows';
import { decodeText } from './text-encoding';

/** How a table is written, where a reader knows better than the guess. */
export interface TableOptions {
  /** one character */
  delimiter?: string | undefined;
  /** a label of TextDecoder, such as `windows-1251` */
  encoding?: string | undefined;
  /** the line of the row that names the columns, counted from 1; 0 when none does */
  headerRow?: number | undefined;
}

/** A JavaScript text cannot be longer; no table that people keep is. */
const MAX_BYTES = 400_000_000;

function nothingRead(reason: string): ForeignData {
  return { columns: [], features: [], setAside: [{ place: 'file', reason, text: '' }], notes: [] };
}

const NO_TABLE =
  'has no table in it, but text in sentences: put each sighting on a line of a table, the first line of which names the columns, or choose another file';

/** Whether every fifth character at its beginning is one that no text has. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 1000);
  return (sample.match(/(?![\t\r\n])\p{Cc}/gu)?.length ?? 0) > sample.length / 5;
}

/** The text of a row without the line ends behind it: a slice, which takes no room of its own. */
function withoutLineEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return text.slice(0, end);
}

/** `2 rows, the first on line 5` */
function counted(rows: readonly TableRow[]): string {
  return rows.length === 1
    ? `1 row, on line ${rows[0]?.line},`
    : `${rows.length} rows, the first on line ${rows[0]?.line},`;
}

const BROKEN_BYTES =
  'has bytes that are no text, which stand as \uFFFD: correct them, or save the file as UTF-8';

/** So many lines are named. */
const MOST_LINES = 10;

/** On which lines a text has bytes that are none, in a sentence. */
function brokenLines(text: string): string {
  const lines: number[] = [];
  let [line, at] = [1, 0];
  for (let next = text.indexOf('\uFFFD'); next >= 0; next = text.indexOf('\uFFFD', at)) {
    for (; at < next; at++) if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) line++;
    at = next + 1;
    if (lines.at(-1) !== line) lines.push(line);
  }
  const named = lines.slice(0, MOST_LINES).join(', ');
  if (lines.length === 1) return `They are on line ${named}.`;
  return lines.length > MOST_LINES
    ? `They are on ${lines.length.toLocaleString('en-GB')} lines, the first of which are ${named}.`
    : `They are on the lines ${named}.`;
}

function faultOf(row: TableRow, width: number, delimiter: string, text: string): string | undefined {
  if (row.fault === 'unclosed quote')
    return 'a quote in it is never closed, or stands inside a cell without being doubled: mend it';
  if (row.cells.slice(width).some((cell) => cell.trim() !== '')) {
    const parts = DELIMITERS[delimiter] ?? 'delimiters';
    return `has ${row.cells.length} cells where there are ${width} columns: a cell with ${parts} in it needs quotes around it`;
  }
  return text.includes('\uFFFD') ? BROKEN_BYTES : undefined;
}

/**
 * Reads a table of cells, CSV or TSV. Encoding, delimiter and header are detected where they are not given. Nothing in
 * the bytes makes it throw: what cannot be used is set aside, with the reason.
 * @throws RangeError for an encoding that does not exist, and whatever `progress` throws
 */
export function readTable(bytes: Uint8Array, options: TableOptions = {}, progress?: Progress): ForeignData {
  if (bytes.length > MAX_BYTES)
    return nothingRead(`is larger than ${MAX_BYTES / 1e6} MB: split it into several files`);
  const decoded = decodeText(bytes, options.encoding);
  const [sepLine = '', announced] = /^sep=(.)\r?\n/.exec(decoded.text) ?? []; // as Excel writes it
  const text = withKnownLineEnds(decoded.text);
  if (text.trim() === '')
    return nothingRead('the file is empty: it should be a table with a row a sighting. Choose another');
  if (/^\s*<(?:!doctype|html)/i.test(text))
    return nothingRead('is a web page: check the address that it came from');
  if (isBinary(text))
    return nothingRead('is no text: it should be a table with a row a sighting. Choose another');
  const guess = options.delimiter ?? announced ?? guessDelimiter(text);
  const delimiter = guess ?? ',';
  const isFilled = ({ cells }: TableRow) => cells.some((cell) => cell.trim() !== '');
  const rows = readRows(text, delimiter, { progress }).filter(
    (row) => isFilled(row) && row.start >= sepLine.length,
  );
  const isTold = (options.delimiter ?? announced ?? options.headerRow) !== undefined;
  const areSound = rows.every(({ fault }) => fault === undefined);
  if (
    !isTold &&
    areSound &&
    isProse(
      rows.map(({ cells }) => cells),
      guess,
    )
  )
    return nothingRead(NO_TABLE);
  const index = headerAt(rows, options.headerRow);
  const header = rows[index];
  const hasHeader = header !== undefined;
  const body = rows.slice(index + 1);
  const lastFilled = (cells: readonly string[]) => cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  // A column that has no name and no cell is what a spreadsheet leaves behind.
  const sound = body.filter(({ fault }) => fault === undefined);
  const width = hasHeader
    ? Math.max(lastFilled(header.cells), middleOf(sound.map(({ cells }) => lastFilled(cells))))
    : sound.reduce((most, { cells }) => Math.max(most, lastFilled(cells)), 0);
  const columns = columnNames(Array.from({ length: width }, (_, i) => header?.cells[i] ?? ''));
  const { hasBrokenBytes } = decoded;
  const end = endOfTable(text, rows, {
    width: hasHeader ? width : undefined,
    isOurs: isFlatCsv(columns),
    hasBrokenBytes,
  });

  const features: ForeignFeature[] = [];
  const setAside: SetAside[] = [];
  for (const row of body) {
    const place = `line ${row.line}`;
    const raw = withoutLineEnd(text.slice(row.start, row.end));
    const reason =
      row === end.broken ? BREAKS_OFF : faultOf(row, width, delimiter, hasBrokenBytes ? raw : '');
    if (reason !== undefined) setAside.push({ place, reason, text: raw });
    else {
      const fields = new Map(row.cells.slice(0, width).map((cell, i) => [columns[i] ?? '', cell]));
      features.push({ place, text: raw, fields });
    }
  }
  progress?.(1);
  return {
    columns,
    features,
    setAside,
    headerRow: header?.line ?? 0,
    delimiter,
    encoding: decoded.encoding,
    notes: [
      ...decoded.notes,
      ...(hasBrokenBytes ? [brokenLines(text)] : []),
      width < 2
        ? 'There is one column only: if it should be several, say what parts the cells.'
        : `Cells are parted by ${DELIMITERS[delimiter] ?? `“${delimiter}”`}.`,
      ...(header
        ? aboveNote(
            rows.slice(0, index).map(({ cells }) => cells),
            `line ${header.line}`,
          )
        : []),
      ...(hasHeader ? [] : ['The first row is data: it does not look like names of columns.']),
      ...(hasHeader && body.length === 0 ? ['There is a row of column names and no other.'] : []),
      ...rowNotes(
        body.filter((row) => row !== end.broken),
        (header ?? rows[0])?.cells.length ?? 0,
      ),
      ...(text.includes('\0') ? ['There are NUL characters in the text: they were kept.'] : []),
      ...end.notes,
    ],
  };
}

/** The index of the row that names the columns, -1 when none does. @param line of it, where somebody said so */
function headerAt(rows: readonly TableRow[], line: number | undefined): number {
  if (line === 0) return -1;
  if (line !== undefined) return rows.findIndex((row) => row.line >= line && row.fault === undefined);
  return headerIndex(rows.slice(0, 200).map(({ cells, fault }) => (fault === undefined ? cells : [])));
}

function rowNotes(rows: readonly TableRow[], width: number): string[] {
  const short = rows.filter(({ cells, fault }) => cells.length < width && fault !== 'unclosed quote');
  const strayed = rows.filter(({ fault }) => fault === 'stray quote');
  return [
    ...(short.length > 0
      ? [
          `${counted(short)} ${short.length === 1 ? 'has' : 'have'} too few cells: the missing ones are empty.`,
        ]
      : []),
    ...(strayed.length > 0
      ? [
          `${counted(strayed)} ${strayed.length === 1 ? 'has' : 'have'} a quote inside a quoted cell that is not doubled: look whether ${strayed.length === 1 ? 'it was' : 'they were'} read as meant.`,
        ]
      : []),
  ];
}
