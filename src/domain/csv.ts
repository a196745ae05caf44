/**
 * What a spreadsheet may run as a formula, by its first letter, after any apostrophes. The wide signs are those of East
 * Asian keyboards; tabs and line breaks are skipped by some programs.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const ESCAPED_FORMULA = /^'+[=+\-@\t\r\n＝＋－＠]/;

/**
 * The same behind what parts cells in other countries: to a spreadsheet that expects semicolons or tabs, the quotes
 * around a cell are letters in the middle of another, and a cell begins behind each of these.
 */
const INNER_FORMULA = /([;\t\r\n])(?=['"]*[=+\-@＝＋－＠])/g;
const ESCAPED_INNER_FORMULA = /([;\t\r\n])'(?=['"]*[=+\-@＝＋－＠])/g;

/**
 * A text that no spreadsheet runs as a formula, nor a part of it: with an apostrophe before what it would take for one.
 * {@link unescapeFormula} gives it back, whatever it is.
 */
export function escapeFormula(text: string): string {
  const inner = text.replace(INNER_FORMULA, "$1'");
  return FORMULA.test(inner) ? `'${inner}` : inner;
}

/** The text that {@link escapeFormula} was given. */
export function unescapeFormula(text: string): string {
  const inner = ESCAPED_FORMULA.test(text) ? text.slice(1) : text;
  return inner.replace(ESCAPED_INNER_FORMULA, '$1');
}

/** A cell of RFC 4180. Numbers are never escaped, so that they stay numbers. */
function cellText(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = escapeFormula(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of CSV (RFC 4180), its end included; `null` is an empty cell. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}
