/** A number as people write it in a table, with a point or a comma. */
const NUMBER = /^[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?\s*%?$/i;
const DATE_OR_LINK = /^(?:\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|https?:|\d{1,3}°)/i;

/** Whether the first row of a table names its columns: it has no number, date or link, and some text. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return texts.length > 0 && !texts.some((cell) => NUMBER.test(cell) || DATE_OR_LINK.test(cell));
}

/** Names for columns that tell them apart: `Column 3` for one without a name, `name (2)` for a second one of a name. */
export function columnNames(header: readonly string[]): string[] {
  const given = header.map((cell) => cell.replace(/\s+/g, ' ').trim());
  const taken = new Set(given.filter((name) => name !== ''));
  const seen = new Set<string>();
  return given.map((name, i) => {
    const base = name === '' ? `Column ${i + 1}` : name;
    let distinct = base;
    const isFree = () => !seen.has(distinct) && (distinct === name || !taken.has(distinct));
    for (let number = 2; !isFree(); number++) distinct = `${base} (${number})`;
    seen.add(distinct);
    return distinct;
  });
}
