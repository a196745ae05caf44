import type { ForeignData, ForeignFeature, Progress } from './foreign';
import { columnNames, looksLikeHeader } from './table-columns';
import { shortened } from './table-file';

/** What is read of a spreadsheet, where a reader wants something else than the first sheet. */
export interface SpreadsheetOptions {
  /** its name */
  sheet?: string | undefined;
  /** whether the first row names the columns */
  hasHeader?: boolean | undefined;
}

/** Excel ends here. The library makes every row and cell that a number names, so a number must not be larger. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** Rows times columns of all sheets, empty cells included. */
const MOST_CELLS = 20_000_000;

/** How old .xls files and encrypted .xlsx files begin. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

function nothingRead(reason: string): ForeignData {
  return { columns: [], features: [], setAside: [{ place: 'file', reason, text: '' }], notes: [] };
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The cells that a sheet claims to have, empty ones between them included; `undefined` where no spreadsheet has them. */
function cellsOfSheet(xml: string): number | undefined {
  let [rows, columns] = [0, 0];
  let count = 0;
  for (const [, tag = '', attributes = ''] of xml.matchAll(/<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>/g)) {
    if (tag === 'row') count++;
    const [, value] = /\sr\s*=\s*["']([^"']*)["']/.exec(attributes) ?? [];
    if (value === undefined) continue;
    const [, letters = '', digits = ''] = /^([A-Z]{0,3})(\d{1,7})$/.exec(value) ?? [];
    if (digits === '' || Number(digits) > LAST_ROW || columnNumber(letters) > LAST_COLUMN) return undefined;
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  return Math.max(rows, count) * columns;
}

/** Why the parts of a spreadsheet must not be given to the library. */
function contentProblem(parts: readonly Uint8Array[]): string | undefined {
  let cells = 0;
  for (const part of parts) {
    const xml = new TextDecoder().decode(part);
    if (!xml.includes('sheetData')) continue;
    const ofSheet = cellsOfSheet(xml);
    if (ofSheet === undefined) return 'a cell of it stands where no spreadsheet has cells';
    cells += ofSheet;
  }
  return cells > MOST_CELLS
    ? `it has ${cells} cells, empty ones included; at most ${MOST_CELLS} are read: save the sheet as CSV`
    : undefined;
}

/** A cell as a text or a number. Dates are those that the sheet shows, without a time where that is midnight. */
function cellValue(cell: unknown): string | number {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return cell;
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  const iso = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}

const isFilled = (value: string | number) => typeof value === 'number' || value.trim() !== '';

function dataOf(rows: readonly unknown[][], hasHeader: boolean | undefined, notes: string[]): ForeignData {
  const numbered = rows
    .map((row, i) => ({ number: i + 1, values: row.map(cellValue) }))
    .filter(({ values }) => values.some(isFilled));
  const [first] = numbered;
  if (first === undefined) return { ...nothingRead('the sheet is empty'), notes };
  const header = first.values.map(String);
  const isHeader =
    hasHeader ?? (looksLikeHeader(header) && first.values.every((cell) => typeof cell === 'string'));
  const width = Math.max(...numbered.map(({ values }) => values.findLastIndex(isFilled) + 1));
  const columns = columnNames(Array.from({ length: width }, (_, i) => (isHeader ? header[i] : '') ?? ''));
  const features = numbered.slice(isHeader ? 1 : 0).map(({ number, values }): ForeignFeature => ({
    place: `row ${number}`,
    text: shortened(values.slice(0, width).join('\t')),
    fields: new Map(values.slice(0, width).map((value, i) => [columns[i] ?? '', value])),
  }));
  return {
    columns,
    features,
    setAside: [],
    notes: isHeader ? notes : [...notes, 'The first row is data: it does not look like names of columns.'],
  };
}

/**
 * Reads a sheet of an XLSX file: the values that its cells show, never their formulas. Nothing in the bytes makes it
 * reject: a file that cannot be read is set aside, with the reason.
 * @throws what `progress` throws, and nothing else
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  { sheet, hasHeader }: SpreadsheetOptions = {},
  progress?: Progress,
): Promise<ForeignData> {
  if (bytes.length === 0) return nothingRead('the file is empty: it should be a spreadsheet');
  if (COMPOUND_FILE.every((byte, i) => bytes[i] === byte))
    return nothingRead('is an old .xls file or has a password: save it as .xlsx without one, or as CSV');
  progress?.(0);
  const [{ zipProblem }, { unzipSync, zipSync }, { default: readXlsxFile }] = await Promise.all([
    import('./zip-limits'),
    import('fflate'),
    import('read-excel-file/universal'),
  ]);
  let sheets: { sheet: string; data: readonly unknown[][] }[];
  try {
    const problem = zipProblem(bytes);
    if (problem !== undefined) return nothingRead(`the spreadsheet was not read: ${problem}`);
    const parts = unzipSync(bytes, { filter: ({ name }) => /\.(?:xml|rels)$/.test(name) });
    const fault = contentProblem(Object.values(parts));
    if (fault !== undefined) return nothingRead(`the spreadsheet was not read: ${fault}`);
    // The library unpacks large parts in workers made of text, which a strict policy of content forbids: packed anew
    // without compression there is nothing to unpack.
    sheets = await readXlsxFile(zipSync(parts, { level: 0 }).slice().buffer);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return nothingRead(`is no spreadsheet that can be read: ${reason}. Save it anew as .xlsx, or as CSV`);
  }
  progress?.(0.9);
  const chosen = sheet === undefined ? sheets[0] : sheets.find((one) => one.sheet === sheet);
  const names = sheets.map((one) => `“${one.sheet}”`);
  if (chosen === undefined)
    return nothingRead(`there is no sheet “${sheet ?? ''}”: there are ${names.join(', ') || 'none'}`);
  const others = names.filter((name) => name !== `“${chosen.sheet}”`);
  const notes = [
    `The sheet “${chosen.sheet}” was read.`,
    ...(others.length > 0 ? [`Sheets that were not read: ${others.join(', ')}.`] : []),
  ];
  progress?.(1);
  return dataOf(chosen.data, hasHeader, notes);
}
