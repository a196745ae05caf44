import type { Issue } from '../domain/issue';

/** An issue of a file of any format, with where in it. */
export interface FileIssue extends Issue {
  /** where it is, as the report of an import calls it: `line 3`, `Placemark 2 (line 7)`, `column “Notes”` */
  place?: string;
  /** row of a sheet, counted from 1 */
  row?: number;
}

/**
 * A place of a file in parts, as far as it has them. Of KML and GPX the index is that among the elements of the name that
 * the place begins with.
 */
export function partsOfPlace(place: string): Pick<FileIssue, 'index' | 'line' | 'row' | 'place'> {
  const [, name, number, line] = /^(\S+) (\d+)(?: \(line (\d+)\))?$/.exec(place) ?? [];
  const count = Number(number);
  if (name === undefined) return { index: null, place };
  if (name === 'line') return { index: null, line: count, place };
  if (name === 'row') return { index: null, row: count, place };
  return { index: count - 1, ...(line === undefined ? {} : { line: Number(line) }), place };
}
