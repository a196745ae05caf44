import type { TableRow } from './table-rows';

/** Why a row is set aside that the end of its file cuts in two. */
export const BREAKS_OFF = 'breaks off: get a complete copy of the file';

/** How a table ends. */
export interface TableEnd {
  /** the row that is cut in two, left out where none surely is */
  broken?: TableRow;
  /** what is said of it, in sentences */
  notes: readonly string[];
}

/** What is known of a table as a whole. */
interface TableShape {
  /** how many cells its header has; `undefined` without one */
  width: number | undefined;
  /** whether this map wrote it: then it ends with a line end, and no quote is left open */
  isOurs: boolean;
  /** whether some of its bytes are no text */
  hasBrokenBytes: boolean;
}

/**
 * Whether a table breaks off. Tables of others often have no line end behind their last row, so that it alone says
 * nothing; a last row without one that lacks cells, where those of others lack none, or ends inside a quote or a letter,
 * does.
 * @param rows those that are not blank, the header among them
 */
export function endOfTable(text: string, rows: readonly TableRow[], shape: TableShape): TableEnd {
  const { width = 0, isOurs, hasBrokenBytes } = shape;
  const last = rows.at(-1);
  if (last === undefined) return { notes: [] };
  const isShort = ({ cells }: TableRow) => cells.length < width;
  const isOpen = ({ fault }: TableRow) => fault === 'unclosed quote';
  const raw = text.slice(last.start, last.end);
  const isEnded = /[\r\n]$/.test(raw);
  const isWhole = !isShort(last) || (!isOurs && rows.slice(0, -1).some(isShort));
  const isCut = !isEnded && (!isWhole || isOpen(last) || (hasBrokenBytes && raw.endsWith('\uFFFD')));
  // The lines behind an open quote were read as rows of their own.
  const opening = isOurs && isEnded ? rows.findLastIndex(isOpen) : -1;
  const broken = isCut ? last : rows.slice(opening + 1).every(isShort) ? rows[opening] : undefined;
  if (broken !== undefined)
    return { broken, notes: [`The file breaks off on line ${broken.line}: get a complete copy.`] };
  if (isEnded || !isOurs) return { notes: [] };
  return {
    notes: [
      `The last row, on line ${last.line}, has no line end behind it: the file may be broken off. Compare it with a complete copy.`,
    ],
  };
}
