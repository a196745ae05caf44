import type { ForeignData } from './foreign';
import { SOURCE_FIELDS } from '../domain/sighting';
import { SIGHTING_FIELDS } from './mapping';

/** Fields of a reported distance, in the order of the contract. */
export const DISTANCE_FIELDS = ['to', 'meters', 'qualifier', 'source'] as const;

/** What has more sources or distances than this has the rest as JSON in one cell: a spreadsheet ends somewhere. */
export const MOST_NUMBERED = 10;

/** The numbers of the sources and reported distances that have columns of their own, counted from 1. */
export interface FlatShape {
  sources: readonly number[];
  distances: readonly number[];
}

/** Members of a sighting, in the order of the contract. */
export const FEATURE_MEMBERS = ['type', 'id', 'geometry', 'properties'] as const;

/** `source1_publisher`, counted from 1 */
export function sourceColumn(number: number, field: string): string {
  return `source${number}_${field}`;
}

/** `reportedDistance1_to`, counted from 1 */
export function distanceColumn(number: number, field: string): string {
  return `reportedDistance${number}_${field}`;
}

/** Columns of JSON, for what has no column of its own. */
export const JSON_COLUMNS = ['furtherSources', 'furtherReportedDistances', 'other'] as const;

/** Columns of the place, which stand before its uncertainty. */
export const PLACE_COLUMNS = ['lng', 'lat', 'area'] as const;

/** The names of all columns, in their order. */
export function flatColumns({ sources, distances }: FlatShape): string[] {
  const numbered = (
    numbers: readonly number[],
    fields: readonly string[],
    nameOf: (number: number, field: string) => string,
  ) => numbers.flatMap((number) => fields.map((field) => nameOf(number, field)));
  return [
    ...SIGHTING_FIELDS.flatMap((field) =>
      field === 'coordinateUncertaintyInMeters' ? [...PLACE_COLUMNS, field] : [field],
    ),
    ...numbered(sources, SOURCE_FIELDS, sourceColumn),
    ...numbered(distances, DISTANCE_FIELDS, distanceColumn),
    ...JSON_COLUMNS,
  ];
}

/** The numbers of numbered columns, of those that are there, in their order. */
function numbersOf(columns: readonly string[], prefix: string): number[] {
  const pattern = new RegExp(`^${prefix}([1-9]\\d{0,5})_`);
  const numbers = columns.flatMap((column) => pattern.exec(column)?.[1] ?? []).map(Number);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** What is numbered among the columns of a table. */
export function flatShapeOf(columns: readonly string[]): FlatShape {
  return { sources: numbersOf(columns, 'source'), distances: numbersOf(columns, 'reportedDistance') };
}

/** Columns without which a table is not one of ours. */
const SURE_SIGNS = ['id', 'title', 'eventDate', 'verbatimLocality', 'confidence', 'confidenceBasis'];

/** Whether a table has the columns of a flat table of sightings; others may be among them. */
export function isFlatCsv(columns: ForeignData['columns']): boolean {
  return [...SURE_SIGNS, 'source1_publisher'].every((name) => columns.includes(name));
}
