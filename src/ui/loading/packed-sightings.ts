import type { Issue } from '../../domain/issue';
import { SightingTable, type TableParts, transferOf } from '../../domain/table';
import type { ReadSightings } from '../../io/geojson';

/** Sightings that were read, and how many errors were found, of which `issues` may have the first ones only. */
export interface LoadedSightings extends ReadSightings {
  errors: number;
}

/** What was read, as it can be moved from a worker to the page without copying the file. */
export interface PackedSightings extends Omit<LoadedSightings, 'table'> {
  parts: TableParts;
}

/** More issues than this do not cross to the page: the first ones tell, and the rest is counted. */
export const MOST_ISSUES = 2000;

/** The first errors, those of the file as a whole among them, and warnings as far as there is room. */
export function withErrors(read: ReadSightings): LoadedSightings {
  const isError = ({ severity }: Issue) => severity === 'error';
  const errors = read.issues.filter(isError);
  if (read.issues.length <= MOST_ISSUES) return { ...read, errors: errors.length };
  const ofFile = errors.filter(({ index }) => index === null);
  const ofFeatures = errors.filter(({ index }) => index !== null).slice(0, MOST_ISSUES - ofFile.length);
  const warnings = read.issues.filter((issue) => !isError(issue));
  const issues = [...ofFeatures, ...ofFile, ...warnings].slice(0, MOST_ISSUES);
  return { ...read, issues, errors: errors.length };
}

/** What is to be sent, and what of it is to be moved: the table is of no use here any more. */
export function packSightings({ table, ...rest }: LoadedSightings): {
  packed: PackedSightings;
  transfer: ArrayBuffer[];
} {
  const { parts } = table.indexIds();
  return { packed: { ...rest, parts }, transfer: transferOf(parts) };
}

export function unpackSightings({ parts, ...rest }: PackedSightings): LoadedSightings {
  return { ...rest, table: new SightingTable(parts) };
}
