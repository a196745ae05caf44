import { declarationIn, declarationReason } from './xml-declaration';

/** A row that the library leaves out is an empty one. */
export type Rows = readonly (readonly unknown[] | undefined)[];

/** Excel ends here. The library makes every row and cell that a number names, so a number must not be larger. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** Rows times columns of all sheets, empty cells included. */
const MOST_CELLS = 20_000_000;
/** As many as an archive may have files. For each, the library goes through all. */
const MOST_SHEETS = 1000;
/** Characters of all cells: more than the parts may have, for cells can share a text, and half of what a text can be. */
const MOST_CHARACTERS = 256_000_000;

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Rows and cells, with their attributes, whose values may have any letters, such as those that end a tag. */
const PLACED = /<(?:[^\s<>/:"'=]+:)?(row|c)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^<>"'])*)/g;
const PLACE = /(?:^|[\s"'])r\s*=\s*(?:"([^"]*)"|'([^']*)')/;

const SHEET = /<(?:[^\s<>/:"'=]+:)?sheet(?=[\s/>])/g;

/** The cells that a sheet claims to have, empty ones between them included; `undefined` where no spreadsheet has them. */
function cellsOfSheet(xml: string): number | undefined {
  let [rows, columns] = [0, 0];
  let count = 0;
  for (const [, tag = '', attributes = ''] of xml.matchAll(PLACED)) {
    if (tag === 'row') count++;
    const [, double, single] = PLACE.exec(attributes) ?? [];
    const value = double ?? single;
    if (value === undefined) continue;
    const [, letters = '', digits = ''] = /^([A-Z]{0,3})(\d{1,7})$/.exec(value) ?? [];
    if (digits === '' || Number(digits) > LAST_ROW || columnNumber(letters) > LAST_COLUMN) return undefined;
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  return Math.max(rows, count) * columns;
}

/** Why the parts of a spreadsheet, by their names, must not be given to the library. */
export function partsFault(parts: ReadonlyMap<string, Uint8Array>): string | undefined {
  let cells = 0;
  for (const [name, part] of parts) {
    const xml = new TextDecoder().decode(part);
    const declaration = declarationIn(xml);
    if (declaration >= 0) {
      const line = xml.slice(0, declaration).split('\n').length;
      return declarationReason(`on line ${line} of “${name}”`);
    }
    const sheets = xml.match(SHEET)?.length ?? 0;
    if (sheets > MOST_SHEETS)
      return `the spreadsheet was not read: it has ${sheets} sheets; at most ${MOST_SHEETS} are read: save the sheet as CSV`;
    if (!xml.includes('sheetData')) continue;
    const ofSheet = cellsOfSheet(xml);
    if (ofSheet === undefined)
      return 'the spreadsheet was not read: a cell of it stands where no spreadsheet has cells. Save it anew as .xlsx, or as CSV';
    cells += ofSheet;
  }
  return cells > MOST_CELLS
    ? `the spreadsheet was not read: it has ${cells} cells, empty ones included; at most ${MOST_CELLS} are read: save the sheet as CSV`
    : undefined;
}

/** Why the cells of all sheets must not be made into texts: they can share one that is in the file but once. */
export function textFault(sheets: readonly Rows[]): string | undefined {
  let characters = 0;
  for (const rows of sheets)
    for (const row of rows)
      for (const cell of row ?? []) if (typeof cell === 'string') characters += cell.length;
  const count = (number: number) => number.toLocaleString('en-GB');
  return characters > MOST_CHARACTERS
    ? `the spreadsheet was not read: its cells have ${count(characters)} characters of text in all; at most ${count(MOST_CHARACTERS)} are read: shorten the longest texts, or split it into several files`
    : undefined;
}
