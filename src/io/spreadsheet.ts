import { FileFault } from './file-fault';
import type { ForeignData, ForeignFeature, Progress } from './foreign';
import { isErrorText, withErrorsAsTexts } from './spreadsheet-errors';
import { type Rows, partsFault, textFault } from './spreadsheet-limits';
import { aboveNote, columnNames, headerIndex, knownNames } from './table-columns';

/** What is read of a spreadsheet, where a reader wants something else than it seems. */
export interface SpreadsheetOptions {
  /** its name */
  sheet?: string | undefined;
  /** the number of the row that names the columns; 0 when none does */
  headerRow?: number | undefined;
}

/** How old .xls files and encrypted .xlsx files begin. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

function nothingRead(reason: string): ForeignData {
  return { columns: [], features: [], setAside: [{ place: 'file', reason, text: '' }], notes: [] };
}

/** A cell as a text or a number. Dates are those that the sheet shows, without a time where that is midnight. */
function cellValue(cell: unknown): string | number {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return cell;
  if (!(cell instanceof Date)) return String(cell).trim();
  if (Number.isNaN(cell.getTime())) return '';
  const iso = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}

const isFilled = (value: string | number) => value !== '';

interface Sheet {
  sheet: string;
  /** none of a sheet whose part is missing */
  data: Rows | undefined;
}

type Cells = readonly (string | number)[];

/** A text that a header may have; a number is none, and tells that its row is data. */
const textsOf = (values: Cells) => values.map(String);

/** The rows of a sheet that have something in them, with their numbers. */
function filledRows(rows: Rows): { number: number; values: Cells }[] {
  const filled: { number: number; values: Cells }[] = [];
  for (const [i, row] of rows.entries()) {
    const values = Array.from(row ?? [], cellValue); // a cell may be left out as well
    if (values.some(isFilled)) filled.push({ number: i + 1, values });
  }
  return filled;
}

/** How much a sheet looks like sightings: how many columns have names that these often have. */
function likeness(rows: Rows): number {
  const head = filledRows(rows.slice(0, 200)).map(({ values }) => textsOf(values));
  return head.length < 2 ? Math.min(head.length, 1) / 2 : 1 + knownNames(head[headerIndex(head)] ?? []);
}

/** The sheet that looks most like sightings, the first of several. */
function likeliest(sheets: readonly Sheet[]): Sheet | undefined {
  const scores = sheets.map(({ data }) => likeness(data ?? []));
  return sheets[scores.indexOf(Math.max(...scores))];
}

/**
 * The cells of a row with tabs between them. They are appended one by one, which engines keep as a tree of the cells'
 * own texts until it is read: of a row that is used the text takes little room, even where many cells share a long one.
 */
function rowText(values: Cells): string {
  let text = '';
  for (const [i, value] of values.entries()) {
    if (i > 0) text += '\t';
    text += String(value);
  }
  return text;
}

/** The cells of a row by their columns. What is empty takes no room: a sheet of few cells can be large. */
function fieldsOf(values: Cells, columns: readonly string[]): Map<string, string | number> {
  const fields = new Map<string, string | number>();
  values.forEach((value, i) => {
    const column = columns[i];
    if (column !== undefined && isFilled(value) && !isErrorText(value)) fields.set(column, value);
  });
  return fields;
}

/** The cells of a row that have an error in the place of a value, by their columns; nothing where none has. */
function errorsOf(values: Cells, columns: readonly string[]): Pick<ForeignFeature, 'errors'> {
  const errors = new Map<string, string>();
  values.forEach((value, i) => {
    const column = columns[i];
    if (column !== undefined && isErrorText(value)) errors.set(column, value);
  });
  return errors.size > 0 ? { errors } : {};
}

function dataOf(rows: Rows, headerRow: number | undefined, notes: readonly string[]): ForeignData {
  const numbered = filledRows(rows);
  if (numbered.length === 0)
    return { ...nothingRead('the sheet is empty: choose another sheet or file'), notes };
  const texts = numbered.slice(0, 200).map(({ values }) => textsOf(values));
  const asked = headerRow === 0 ? -1 : numbered.findIndex(({ number }) => number >= (headerRow ?? 0));
  const index = headerRow === undefined ? headerIndex(texts) : asked;
  const header = numbered[index];
  const width = numbered
    .slice(Math.max(0, index))
    .reduce((most, { values }) => Math.max(most, values.findLastIndex(isFilled) + 1), 0);
  const columns = columnNames(Array.from({ length: width }, (_, i) => String(header?.values[i] ?? '')));
  const features = numbered.slice(index + 1).map(({ number, values }): ForeignFeature => ({
    place: `row ${number}`,
    text: rowText(values.slice(0, width)),
    fields: fieldsOf(values, columns),
    ...errorsOf(values, columns),
  }));
  const above = header ? aboveNote(texts.slice(0, index), `row ${header.number}`) : [];
  return {
    columns,
    features,
    setAside: [],
    headerRow: header?.number ?? 0,
    notes: header
      ? [...notes, ...above]
      : [...notes, 'The first row is data: it does not look like names of columns.'],
  };
}

/**
 * Reads a sheet of an XLSX file: the values that its cells show, never their formulas. Nothing in the bytes makes it
 * reject: a file that cannot be read is set aside, with the reason.
 * @throws what `progress` throws, and nothing else
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  { sheet, headerRow }: SpreadsheetOptions = {},
  progress?: Progress,
): Promise<ForeignData> {
  if (bytes.length === 0) return nothingRead('the file is empty: it should be a spreadsheet');
  if (COMPOUND_FILE.every((byte, i) => bytes[i] === byte))
    return nothingRead('is an old .xls file or has a password: save it as .xlsx without one, or as CSV');
  progress?.(0);
  const [{ unzipWithin }, { zipSync }, { default: readXlsxFile }] = await Promise.all([
    import('./archive'),
    import('fflate'),
    import('read-excel-file/universal'),
  ]);
  let sheets: Sheet[];
  try {
    const parts = unzipWithin(bytes, {}, progress, (name) => /\.(?:xml|rels)$/.test(name));
    const fault = partsFault(parts);
    if (fault !== undefined) return nothingRead(fault);
    // The library unpacks large parts in workers made of text, which a strict policy of content forbids: packed anew
    // without compression there is nothing to unpack.
    // Texts are trimmed below: here a text that many cells have would be gone through for each of them.
    const packed = zipSync(Object.fromEntries(withErrorsAsTexts(parts)), { level: 0 }).slice().buffer;
    sheets = await readXlsxFile(packed, { trim: false });
  } catch (error) {
    const unread = 'is no spreadsheet that can be read';
    if (error instanceof FileFault) return nothingRead(`${unread}: ${error.message.replace(/\.$/, '')}`); // with its remedy
    // The library says what it could not find in its own terms.
    const isOfLibrary =
      !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
    const reason = isOfLibrary
      ? 'parts of it are missing or damaged'
      : error.message.replace(/^"([^"]*)" file not found.*$/s, 'its part “$1” is missing');
    return nothingRead(`${unread}: ${reason}. Save it anew as .xlsx, or as CSV`);
  }
  progress?.(0.9);
  const fault = textFault(sheets.map(({ data }) => data ?? []));
  if (fault !== undefined) return nothingRead(fault);
  const chosen = sheet === undefined ? likeliest(sheets) : sheets.find((one) => one.sheet === sheet);
  const names = sheets.map((one) => `“${one.sheet}”`);
  if (chosen === undefined)
    return nothingRead(`there is no sheet “${sheet ?? ''}”: there are ${names.join(', ') || 'none'}`);
  const others = names.filter((name) => name !== `“${chosen.sheet}”`);
  const notes = [
    `The sheet “${chosen.sheet}” was read.`,
    ...(others.length > 0 ? [`Sheets that were not read: ${others.join(', ')}.`] : []),
  ];
  progress?.(1);
  return {
    ...dataOf(chosen.data ?? [], headerRow, notes),
    ...{ sheet: chosen.sheet, sheets: sheets.map((one) => one.sheet) },
  };
}
