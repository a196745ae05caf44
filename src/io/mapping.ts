import { SOURCE_FIELDS, type SourceField } from '../domain/sighting';
/** Where the value of one field comes from. A value that somebody gives once holds for all rows. */
export type FieldChoice =
  { from: 'column'; column: string } | { from: 'value'; value: string } | { from: 'nothing' };

/** The uncertainty may also be what the coordinates themselves leave open: half a unit of their last digit. */
export type UncertaintyChoice = FieldChoice | { from: 'coordinates' };

/** Where the place comes from: the file's own geometry, two columns, or one with the whole place as text. */
export type PlaceChoice =
  | { from: 'geometry' }
  | { from: 'columns'; lng: string; lat: string }
  | { from: 'one column'; column: string }
  | { from: 'nothing' };

/** Fields of a sighting that a mapping fills, in the order of the contract. */
export const SIGHTING_FIELDS = [
  'id',
  'title',
  'system',
  'systemQualifier',
  'quantity',
  'eventDate',
  'verbatimLocality',
  'coordinateUncertaintyInMeters',
  'georeferenceRemarks',
  'confidence',
  'confidenceBasis',
  'status',
] as const;
/** Properties of a sighting, in the order of the contract. */
export const PROPERTY_ORDER: readonly string[] = [
  ...SIGHTING_FIELDS.filter((field) => field !== 'id'),
  'sources',
  'reportedDistances',
];
export type SightingField = (typeof SIGHTING_FIELDS)[number];

/** What the columns of foreign data mean. */
export interface Mapping {
  fields: {
    readonly [F in SightingField]: F extends 'coordinateUncertaintyInMeters'
      ? UncertaintyChoice
      : FieldChoice;
  };
  source: Readonly<Record<SourceField, FieldChoice>>;
  place: PlaceChoice;
  /**
   * `lng lat` when the place is to be taken as the file says it; `lat lng` when the two numbers stand in each other's
   * place throughout: the column of longitudes has the latitudes, positions of geometries and WKT are [lat, lng], and
   * pairs in one column, which else have the latitude first, begin with the longitude.
   */
  order: 'lng lat' | 'lat lng';
  /** where the features stand in their file that have the two numbers the other way round than all others */
  exchanged?: ReadonlySet<string>;
  /** how `01/02/2023` is read; `undefined` when nobody knows, and then it is not */
  dayFirst: boolean | undefined;
}

/** A mapping in which nothing means anything yet. */
export function emptyMapping(): Mapping {
  const nothing: FieldChoice = { from: 'nothing' };
  const none = <F extends string>(fields: readonly F[]) =>
    Object.fromEntries(fields.map((field) => [field, nothing])) as Record<F, FieldChoice>;
  return {
    fields: none(SIGHTING_FIELDS),
    source: none(SOURCE_FIELDS),
    place: { from: 'nothing' },
    order: 'lng lat',
    dayFirst: undefined,
  };
}

/** The columns that a mapping takes nothing from, in their order. */
export function unusedColumns(columns: readonly string[], { fields, source, place }: Mapping): string[] {
  const choices: UncertaintyChoice[] = [...Object.values(fields), ...Object.values(source)];
  const used = new Set(choices.flatMap((choice) => (choice.from === 'column' ? [choice.column] : [])));
  if (place.from === 'columns') used.add(place.lng).add(place.lat);
  if (place.from === 'one column') used.add(place.column);
  return columns.filter((column) => !used.has(column));
}

/** So many columns that are not used are named. */
const MOST_NAMED = 50;

/** What is to be said of columns that a mapping takes nothing from; `undefined` when there are none. */
export function unusedNote(columns: readonly string[], mapping: Mapping): string | undefined {
  const unused = unusedColumns(columns, mapping);
  if (unused.length === 0) return undefined;
  const others = unused.length - MOST_NAMED;
  const named = unused.slice(0, MOST_NAMED).map((column) => `“${column}”`);
  const all = others > 0 ? [...named, `and ${others.toLocaleString('en-GB')} others`] : named;
  return `Not used, and not taken over: ${all.join(', ')}.`;
}

/** A value of foreign data as text; empty for one that is not there. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
