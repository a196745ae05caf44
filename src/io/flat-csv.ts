import { csvLine } from '../domain/csv';
import { type Sighting, SOURCE_FIELDS } from '../domain/sighting';
import {
  DISTANCE_FIELDS,
  FEATURE_MEMBERS,
  type FlatShape,
  MOST_NUMBERED,
  distanceColumn,
  flatColumns,
  sourceColumn,
} from './flat-columns';
import { jsonOfPart } from './long-numbers';
import { SIGHTING_FIELDS } from './mapping';
import { formatWkt } from './wkt';

type Cell = string | number | null;
type Json = Readonly<Record<string, unknown>>;

const PROPERTY_FIELDS: readonly string[] = SIGHTING_FIELDS.filter((field) => field !== 'id');

/** Halves of characters, which no file of text can keep. */
const SURROGATE = /\p{Surrogate}/u;

function shapeFor(sightings: Iterable<Sighting>): FlatShape {
  let [sources, distances] = [1, 1];
  for (const { properties } of sightings) {
    sources = Math.max(sources, properties.sources.length);
    distances = Math.max(distances, properties.reportedDistances?.length ?? 0);
  }
  const upTo = (count: number) => Array.from({ length: Math.min(count, MOST_NUMBERED) }, (_, i) => i + 1);
  return { sources: upTo(sources), distances: upTo(distances) };
}

/** The members of an object that cells cannot have: those of other names, and texts with half characters. */
function restOf(object: Json, fields: readonly string[]): Json | undefined {
  const rest = Object.entries(object).filter(
    ([key, value]) => !fields.includes(key) || (typeof value === 'string' && SURROGATE.test(value)),
  );
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function restOfList(items: readonly object[], fields: readonly string[]): (Json | null)[] | undefined {
  const rests = items.slice(0, MOST_NUMBERED).map((item) => restOf(item as Json, fields) ?? null);
  return rests.some((rest) => rest !== null) ? rests : undefined;
}

/** What has no column: members that the contract does not know, as JSON by where they stand. */
function otherText(sighting: Sighting): string | null {
  const { geometry, properties } = sighting;
  const { sources, reportedDistances = [] } = properties;
  const parts = {
    feature: restOf({ ...sighting }, FEATURE_MEMBERS),
    geometry: geometry === null ? undefined : restOf({ ...geometry }, ['type', 'coordinates']),
    properties: restOf({ ...properties }, [...PROPERTY_FIELDS, 'sources', 'reportedDistances']),
    sources: restOfList(sources, SOURCE_FIELDS),
    reportedDistances: restOfList(reportedDistances, DISTANCE_FIELDS),
  };
  const text = jsonOfPart(sighting, parts);
  return text === '{}' ? null : text;
}

/** A value of the contract as a cell; `null` where it is left out or kept elsewhere. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && !SURROGATE.test(value) ? value : null;
}

function furtherText(sighting: Sighting, items: readonly object[]): string | null {
  return items.length > MOST_NUMBERED ? jsonOfPart(sighting, items.slice(MOST_NUMBERED)) : null;
}

function cellsOf(sighting: Sighting): Map<string, Cell> {
  const { id, geometry, properties } = sighting;
  const { sources, reportedDistances = [] } = properties;
  const known: Json = { ...properties };
  const cells = new Map<string, Cell>([['id', id]]);
  for (const field of PROPERTY_FIELDS) cells.set(field, cellOf(known[field]));
  if (geometry?.type === 'Point') {
    cells.set('lng', geometry.coordinates[0] ?? null).set('lat', geometry.coordinates[1] ?? null);
  } else if (geometry !== null) cells.set('area', formatWkt(geometry));
  for (const [i, source] of sources.slice(0, MOST_NUMBERED).entries()) {
    for (const field of SOURCE_FIELDS) cells.set(sourceColumn(i + 1, field), cellOf(source[field]));
  }
  for (const [i, distance] of reportedDistances.slice(0, MOST_NUMBERED).entries()) {
    for (const field of DISTANCE_FIELDS) cells.set(distanceColumn(i + 1, field), cellOf(distance[field]));
    cells.set(distanceColumn(i + 1, 'source'), distance.source + 1);
  }
  return cells
    .set('furtherSources', furtherText(sighting, sources))
    .set('furtherReportedDistances', furtherText(sighting, reportedDistances))
    .set('other', otherText(sighting));
}

/**
 * Writes sightings as a flat table, CSV after RFC 4180, one line a sighting: `readFlatCsv` gives back the very same.
 * Texts that a spreadsheet would run as formulas are escaped, numbers are not.
 * @param sightings gone through twice, the first time to see how many sources there are
 */
export function* writeCsv(sightings: Iterable<Sighting>): Generator<string> {
  const iterator: unknown = sightings[Symbol.iterator]();
  const all = iterator === sightings ? [...sightings] : sightings; // a generator can be gone through once only
  const columns = flatColumns(shapeFor(all));
  yield csvLine(columns);
  for (const sighting of all) {
    const cells = cellsOf(sighting);
    yield csvLine(columns.map((column) => cells.get(column) ?? null));
  }
}
