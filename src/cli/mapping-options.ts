import { SOURCE_FIELDS, type SourceField } from '../domain/sighting';
import type { ForeignData, ImportResult } from '../io/foreign';
import { type FieldChoice, type Mapping, SIGHTING_FIELDS, type SightingField } from '../io/mapping';
import { counted } from './counted';
import { CommandFault } from './exit-status';
import { oneLine } from './fault-text';

/** What a command line says about the columns of foreign data. */
export interface MappingOptions {
  /** `field=column` */
  map: readonly string[];
  /** `field=value` */
  set: readonly string[];
  swapAxes: boolean;
  /** the sightings, by id, and the rows, by where they stand, whose two stand the other way round than all others */
  exchanged: ReadonlySet<string>;
  /** whether the day comes first in dates such as `01/02/2023`; told by the data when left out */
  dayFirst: boolean | undefined;
  /** whether any of it was said */
  isGiven: boolean;
}

/** Fields without which there is no sighting, and what each is. */
const REQUIRED: Readonly<Record<string, string>> = {
  title: 'one line',
  eventDate: 'ISO 8601 date, month or interval',
  verbatimLocality: 'the place in the words of the report',
  confidence: 'high, moderate or low',
  confidenceBasis: 'why, in one or two sentences',
  'source.publisher': 'who published it',
  'source.publishedDate': 'ISO 8601 date',
  'source.origin': 'who the information goes back to',
  'source.claim': 'what the source says, in your words',
};

const PLACE_FIELDS = ['lng', 'lat', 'place'] as const;
const SOURCE_NAMES = SOURCE_FIELDS.map((field) => `source.${field}`);
const UNCERTAINTY = 'coordinateUncertaintyInMeters';

/** What `--set` gives to the uncertainty for that which the digits of the coordinates leave open. */
const FROM_COORDINATES = 'coordinates';

function partsOf(option: string, text: string): [field: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CommandFault(`${option} "${text}" must be FIELD=${option === '--map' ? 'COLUMN' : 'VALUE'}.`);
}

function isOneOf<T extends string>(known: readonly T[], name: string): name is T {
  return (known as readonly string[]).includes(name);
}

function noColumn(
  file: string,
  { columns, features }: ForeignData,
  field: string,
  column: string,
): CommandFault {
  const asked = `${file}: has no column "${column}".`;
  if (columns.length > 0) return new CommandFault(oneLine(`${asked} Its columns are ${columns.join(', ')}.`));
  if (features.length === 0) return new CommandFault(oneLine(`${asked} It has no features and no rows.`));
  const remedy = isOneOf(PLACE_FIELDS, field)
    ? 'its places are those of its geometries'
    : `say what holds for all of it with --set ${field}=VALUE`;
  return new CommandFault(
    oneLine(`${asked} It has no columns at all, but geometries without properties: ${remedy}.`),
  );
}

/** The mapping that is meant: what the columns seem to mean, changed by what the command line says. */
export function chosenMapping(
  file: string,
  data: ForeignData,
  suggested: Mapping,
  options: MappingOptions,
): Mapping {
  const fields: Record<SightingField, Mapping['fields'][SightingField]> = { ...suggested.fields };
  const source: Record<SourceField, FieldChoice> = { ...suggested.source };
  const places = new Map<string, string>();
  const said = new Set<string>();
  const choose = (field: string, choice: FieldChoice) => {
    if (said.has(field))
      throw new CommandFault(`"${field}" is said twice by --map and --set: say once where it comes from.`);
    said.add(field);
    const name = field.replace(/^source\./, '');
    if (isOneOf(SIGHTING_FIELDS, field)) fields[field] = choice;
    else if (field !== name && isOneOf(SOURCE_FIELDS, name)) source[name] = choice;
    else if (isOneOf(PLACE_FIELDS, field) && choice.from === 'column') places.set(field, choice.column);
    else {
      const known = [...SIGHTING_FIELDS, ...SOURCE_NAMES, ...PLACE_FIELDS].join(', ');
      throw new CommandFault(`There is no field "${field}". Fields are ${known}.`);
    }
  };
  for (const text of options.map) {
    const [field, column] = partsOf('--map', text);
    if (!data.columns.includes(column)) throw noColumn(file, data, field, column);
    choose(field, { from: 'column', column });
  }
  for (const text of options.set) {
    const [field, value] = partsOf('--set', text);
    if (isOneOf(PLACE_FIELDS, field)) throw new CommandFault(`--set ${field}: no place holds for all.`);
    choose(field, { from: 'value', value });
    if (field === UNCERTAINTY && value === FROM_COORDINATES) fields[field] = { from: 'coordinates' };
  }
  const [lng, lat, place] = PLACE_FIELDS.map((field) => places.get(field));
  if ((lng === undefined) !== (lat === undefined) || (place !== undefined && lng !== undefined))
    throw new CommandFault('--map takes both lng and lat, or place for a column that has both.');
  return {
    // Names of fields go to fields alone, and the digits of coordinates to the uncertainty alone.
    fields: fields as Mapping['fields'],
    source,
    place:
      lng !== undefined && lat !== undefined
        ? { from: 'columns', lng, lat }
        : place !== undefined
          ? { from: 'one column', column: place }
          : suggested.place,
    order: options.swapAxes ? 'lat lng' : suggested.order,
    exchanged: options.exchanged,
    dayFirst: options.dayFirst ?? suggested.dayFirst,
  };
}

/** A field that every sighting needs, and what it is. */
type MissingField = readonly [field: string, what: string];

/** The fields that every sighting needs and that come from nowhere, when there is anything that would need them. */
export function missingFields(data: ForeignData, mapping: Mapping, result: ImportResult): MissingField[] {
  // What is a sighting already needs no field.
  if (data.features.every(({ sighting }) => sighting !== undefined)) return [];
  const { fields, source } = mapping;
  const choiceOf = (field: string) =>
    field.startsWith('source.')
      ? source[field.slice('source.'.length) as SourceField]
      : fields[field as SightingField];
  const missing = Object.entries(REQUIRED).filter(([field]) => choiceOf(field).from === 'nothing');
  const lacksRadius = result.incomplete.some(({ reasons }) =>
    reasons.some((reason) => /coordinateUncertaintyInMeters: is missing/.test(reason)),
  );
  if (fields[UNCERTAINTY].from === 'nothing' && lacksRadius)
    missing.push([
      UNCERTAINTY,
      'radius in metres, for points; "coordinates" for what their digits leave open',
    ]);
  return missing;
}

/** Of more columns than people read through only the first are named. */
const MOST_COLUMNS = 100;

function listOf(columns: readonly string[]): string {
  const others = columns.length - MOST_COLUMNS;
  const named = columns.slice(0, MOST_COLUMNS).join(', ');
  return others > 0 ? `${named} and ${counted(others)} others` : named;
}

const FROM_NOWHERE = 'fields that every sighting needs come from nowhere';
const REMEDY =
  'Say where each comes from: --map FIELD=COLUMN for a column, --set FIELD=VALUE for one value for all.';

/** Why nothing can be made of a file as long as fields come from nowhere, a line each. */
export function missingFault(
  file: string,
  { columns, notes }: ForeignData,
  missing: readonly MissingField[],
): CommandFault {
  return new CommandFault(
    [
      `${file}: ${FROM_NOWHERE}:`,
      ...missing.map(([field, what]) => `  ${field.padEnd(30)}${what}`),
      REMEDY,
      oneLine(columns.length > 0 ? `Columns of ${file}: ${listOf(columns)}` : `${file} has no columns.`),
      ...notes.map((note) => oneLine(`${file}: ${note}`)),
    ].join('\n'),
  );
}

/** The same in a sentence, for who only wants to know what is wrong. */
export function missingNote(missing: readonly MissingField[]): string {
  return `Some ${FROM_NOWHERE}: ${missing.map(([field]) => field).join(', ')}. ${REMEDY}`;
}
