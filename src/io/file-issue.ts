import type { Issue } from '../domain/issue';

/** An issue of a file of any format, with where in it. */
export interface FileIssue extends Issue {
  /** where it is, as the report of an import calls it: `line 3`, `feature 2 (line 7, byte 345)`, `column “Notes”` */
  place?: string;
  /** row of a sheet, counted from 1 */
  row?: number;
}

/** Where in a file something is, as far as that is known. */
export type FilePart = Pick<FileIssue, 'index' | 'line' | 'byte' | 'row' | 'place'>;

/**
 * A place of a file in parts, as far as it has them. Of KML and GPX the index is that among the elements of the name that
 * the place begins with.
 */
export function partsOfPlace(place: string): FilePart {
  const [, line, byte] = /(?:^| |\()line (\d+)(?:, byte (\d+))?\)?$/.exec(place) ?? [];
  const where = {
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(byte === undefined ? {} : { byte: Number(byte) }),
  };
  const [, name, number] = /^(\S+) (\d+)(?: \(line [^)]*\))?$/.exec(place) ?? [];
  if (name === 'row') return { index: null, row: Number(number), place };
  return { index: name === undefined || name === 'line' ? null : Number(number) - 1, ...where, place };
}

/** Issues in the order in which the file has what they are about; what is said of no place in it comes last. */
export function inFileOrder<T extends FilePart>(issues: readonly T[]): T[] {
  const at = ({ byte, line, row, index }: FilePart) => byte ?? line ?? row ?? index ?? Infinity;
  return issues.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}
