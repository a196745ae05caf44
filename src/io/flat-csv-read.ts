import { unescapeFormula } from '../domain/csv';
import { isObject } from '../domain/rules';
import { dayFirstOf } from './column-guess';
import { decimalCommas, pointProblem } from './decimal-commas';
import { SIGHTING_READERS, SOURCE_READERS, type ReadingContext } from './field-text';
import {
  DISTANCE_FIELDS,
  FEATURE_MEMBERS,
  type FlatShape,
  MOST_NUMBERED,
  PLACE_COLUMNS,
  distanceColumn,
  flatColumns,
  flatShapeOf,
  sourceColumn,
} from './flat-columns';
import type { ForeignData, ForeignFeature, ImportResult, Progress } from './foreign';
import { ImportBuilder } from './import-builder';
import { SOURCE_FIELDS } from '../domain/sighting';
import { PROPERTY_ORDER, SIGHTING_FIELDS, textOf } from './mapping';
import { type MendOptions, isSwappedOf } from './mend-geometry';
import { commaProblem, readMeters, readNumber } from './number-text';
import { placeOf } from './place-text';
import { parseShallowJson } from './shallow-json';
import { errorReason } from './spreadsheet-errors';
import type { NamedContext } from './system-names';

type Members = Record<string, unknown>;

/** Reads the cells of one row and notes what is wrong with them. */
class FlatRow {
  readonly problems = new Map<string, string>();
  readonly mends: string[] = [];
  /** the cells that are JSON */
  readonly jsonTexts: string[] = [];
  readonly lacking = new Map<string, string>();
  constructor(
    readonly feature: ForeignFeature,
    readonly context: ReadingContext,
  ) {}

  /** A cell as it was written: spaces are none of it, as no value of the contract has them at its ends. */
  cell(column: string): string {
    return unescapeFormula(textOf(this.feature.fields.get(column))).trim();
  }

  /** Takes note of a cell that has an error of a spreadsheet in the place of its value. */
  takeError(path: string, column: string): void {
    const error = this.feature.errors?.get(column);
    if (error !== undefined) this.lacking.set(path, errorReason(column, error));
  }

  /** The value of a JSON cell; `undefined` for an empty one. */
  json(column: string): unknown {
    this.takeError(`$.${column}`, column);
    const text = this.cell(column);
    if (text === '') return undefined;
    try {
      const value = parseShallowJson(text);
      this.jsonTexts.push(text);
      return value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.problems.set('$', `the cell "${column}" is not JSON: ${error.message}`);
      return undefined;
    }
  }

  /** The fields of a record that have something in their cells. */
  record(
    path: string,
    fields: readonly string[],
    columnOf: (field: string) => string,
    valueOf: (field: string, text: string) => { value: unknown; problem?: string; mend?: string },
  ): Members {
    const members: Members = {};
    for (const field of fields) {
      this.takeError(`${path}.${field}`, columnOf(field));
      const text = this.cell(columnOf(field));
      if (text === '') continue;
      const { value, problem, mend } = valueOf(field, text);
      if (problem !== undefined) this.problems.set(`${path}.${field}`, problem);
      if (mend !== undefined) this.mends.push(`${path}.${field}: ${mend}`);
      members[field] = value;
    }
    return members;
  }
}

/** Members that cells could not have, in their places: those of the contract first, in its order. */
function joined(members: Members, rest: unknown, order: readonly string[]): Members {
  if (!isObject(rest)) return members;
  const all = new Map([...Object.entries(members), ...Object.entries(rest)]);
  const known = order.filter((key) => all.has(key)).map((key): [string, unknown] => [key, all.get(key)]);
  const unknown = [...all].filter(([key]) => !order.includes(key));
  return Object.fromEntries([...known, ...unknown]);
}

function distanceValue(
  field: string,
  text: string,
  indexOfSource: ReadonlyMap<number, number>,
  { hasDecimalCommas }: ReadingContext,
) {
  if (field === 'meters') {
    const problem = pointProblem(text, hasDecimalCommas) ?? commaProblem(text);
    return problem === undefined ? { value: readMeters(text) ?? text } : { value: text, problem };
  }
  const number = field === 'source' ? readNumber(text, { hasThousands: false }) : undefined;
  // Sources are counted from 1 in the names of columns, and from 0 in the contract.
  return { value: number === undefined ? text : (indexOfSource.get(number) ?? number - 1) };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function readSources(row: FlatRow, numbers: readonly number[], rests: unknown[]) {
  const indexOfSource = new Map<number, number>();
  const sources: unknown[] = [];
  for (const number of numbers) {
    const path = `$.properties.sources[${sources.length}]`;
    const columnOf = (field: string) => sourceColumn(number, field);
    const members = row.record(path, SOURCE_FIELDS, columnOf, (field, text) =>
      SOURCE_READERS[field as (typeof SOURCE_FIELDS)[number]](text, row.context),
    );
    const source = joined(members, rests[number - 1], SOURCE_FIELDS);
    if (Object.keys(source).length > 0) indexOfSource.set(number, sources.push(source) - 1);
  }
  const further = listOf(row.json('furtherSources'));
  for (const [i, source] of further.entries())
    indexOfSource.set(MOST_NUMBERED + i + 1, sources.push(source) - 1);
  return { sources, indexOfSource };
}

function featureOf(row: FlatRow, id: string, shape: FlatShape): Members {
  const parsed = row.json('other');
  const other: Members = isObject(parsed) ? parsed : {};
  const properties = row.record(
    '$.properties',
    SIGHTING_FIELDS.slice(1),
    (field) => field,
    (field, text) => SIGHTING_READERS[field as keyof typeof SIGHTING_READERS](text, row.context),
  );
  const { sources, indexOfSource } = readSources(row, shape.sources, listOf(other['sources']));
  const distances: unknown[] = [];
  for (const number of shape.distances) {
    const path = `$.properties.reportedDistances[${distances.length}]`;
    const columnOf = (field: string) => distanceColumn(number, field);
    const members = row.record(path, DISTANCE_FIELDS, columnOf, (field, text) =>
      distanceValue(field, text, indexOfSource, row.context),
    );
    const distance = joined(members, listOf(other['reportedDistances'])[number - 1], DISTANCE_FIELDS);
    if (Object.keys(distance).length > 0) distances.push(distance);
  }
  distances.push(...listOf(row.json('furtherReportedDistances')));
  if (sources.length > 0) properties['sources'] = sources;
  if (distances.length > 0) properties['reportedDistances'] = distances;

  const hasPoint = row.cell('lng') !== '' || row.cell('lat') !== '';
  const place = placeOf(row.feature, {
    place: hasPoint ? { from: 'columns', lng: 'lng', lat: 'lat' } : { from: 'one column', column: 'area' },
    order: isSwappedOf(row.context, id) ? 'lat lng' : 'lng lat',
  });
  const unknown = PLACE_COLUMNS.find((column) => row.feature.errors?.has(column));
  if (unknown !== undefined)
    row.problems.set('$.geometry', errorReason(unknown, row.feature.errors?.get(unknown) ?? ''));
  else if (place.problem !== undefined) row.problems.set('$.geometry', place.problem);
  row.mends.push(...place.mends);
  const geometry = isObject(place.geometry)
    ? joined(place.geometry, other['geometry'], ['type', 'coordinates'])
    : place.geometry;
  const members = {
    type: 'Feature',
    id,
    geometry,
    properties: joined(properties, other['properties'], PROPERTY_ORDER),
  };
  return joined(members, other['feature'], FEATURE_MEMBERS);
}

/**
 * Reads a flat table of sightings that `writeCsv` wrote, or a spreadsheet saved again: dates that it put in its own way
 * are understood where they can be read in one way only. Columns that are none of ours are set aside.
 * @throws what `progress` throws, and nothing else
 */
export function readFlatCsv(
  data: ForeignData,
  context: NamedContext,
  progress?: Progress,
  options: MendOptions = {},
): ImportResult {
  const builder = new ImportBuilder(context, data);
  const shape = flatShapeOf(data.columns);
  const dates = ['eventDate', ...shape.sources.map((number) => sourceColumn(number, 'publishedDate'))];
  const dayFirst = dayFirstOf(
    data,
    dates.map((column) => ({ from: 'column', column })),
  );
  const distances = shape.distances.map((number) => distanceColumn(number, 'meters'));
  const hasDecimalCommas = decimalCommas(data.features, {
    degrees: ['lng', 'lat'],
    others: ['coordinateUncertaintyInMeters', 'quantity', ...distances],
  });
  const ours = new Set(flatColumns(shape));
  for (const column of data.columns.filter((name) => !ours.has(name))) {
    const texts = data.features.map(({ fields }) => textOf(fields.get(column))).filter((text) => text !== '');
    if (texts.length === 0) continue;
    const reason = 'is no column of a table of sightings: nothing was read from it';
    builder.setAside({ place: `column “${column}”`, reason, text: texts.join('\n') });
  }
  for (const [i, feature] of data.features.entries()) {
    if (i % 1024 === 0) progress?.((i / data.features.length) * 0.7);
    const row = new FlatRow(feature, { ...context, ...options, dayFirst, hasDecimalCommas });
    const id = row.cell('id');
    row.takeError('$.id', 'id');
    builder.add(id, {
      place: feature.place,
      feature: featureOf(row, id, shape),
      problems: row.problems,
      lacking: row.lacking,
      mends: row.mends,
      json: row.jsonTexts.join(),
    });
  }
  return builder.build((share) => progress?.(0.7 + share * 0.3));
}
