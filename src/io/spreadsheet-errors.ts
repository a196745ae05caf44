/** What a cell shows in the place of a value that cannot be computed, in any language of the program that saved it. */
const ERROR = /^(?:#[A-Z][A-Z_]*[!?]|#DIV\/0!|#N\/A|Err:\d{3})$/;

/** A cell's tag with its attributes, which may have any letters, such as those that end a tag. */
const CELL = /<(?:[^\s<>/:"'=]+:)?c(?=\s)(?:"[^"]*"|'[^']*'|[^<>"'])*/g;
const TYPE = /([\s"']t\s*=\s*)(?:"e"|'e')/;

/** Whether a text is an error of a spreadsheet: `#DIV/0!`. */
export function isErrorText(value: unknown): value is string {
  return typeof value === 'string' && ERROR.test(value);
}

/**
 * The parts of a spreadsheet with texts in the place of its errors: the library that reads them leaves errors out, as if
 * their cells were empty.
 */
export function withErrorsAsTexts(
  parts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const texts = new Map(parts);
  for (const [name, part] of parts) {
    const xml = new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
    if (!xml.includes('sheetData') || !TYPE.test(xml)) continue;
    const changed = xml.replace(CELL, (tag) => tag.replace(TYPE, '$1"str"'));
    texts.set(name, new TextEncoder().encode(changed));
  }
  return texts;
}

/** What is said of a cell that has an error in the place of its value. */
export function errorReason(column: string, error: string): string {
  return `the cell of column “${column}” is ${error}, an error of the spreadsheet: correct it there`;
}
