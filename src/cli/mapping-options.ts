import { SOURCE_FIELDS, type SourceField } from '../domain/sighting';
import type { ForeignData, ImportResult } from '../io/foreign';
import { type FieldChoice, type Mapping, SIGHTING_FIELDS, type SightingField } from '../io/mapping';
import { swappedShare } from '../io/swapped-places';
import { CommandFault } from './exit-status';
import { oneLine } from './issue-lines';

/** What a command line says about the columns of foreign data. */
export interface MappingOptions {
  /** `field=column` */
  map: readonly string[];
  /** `field=value` */
  set: readonly string[];
  swapAxes: boolean;
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

/** The mapping that is meant: what the columns seem to mean, changed by what the command line says. */
export function chosenMapping(
  file: string,
  { columns }: ForeignData,
  suggested: Mapping,
  options: MappingOptions,
): Mapping {
  const fields: Record<SightingField, Mapping['fields'][SightingField]> = { ...suggested.fields };
  const source: Record<SourceField, FieldChoice> = { ...suggested.source };
  const places = new Map<string, string>();
  const choose = (field: string, choice: FieldChoice) => {
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
    if (!columns.includes(column))
      throw new CommandFault(
        oneLine(`${file}: has no column "${column}". Its columns are ${columns.join(', ')}.`),
      );
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
    dayFirst: options.dayFirst ?? suggested.dayFirst,
  };
}

/** @throws CommandFault that lists the fields that every sighting needs and that come from nowhere */
export function checkMapping(file: string, data: ForeignData, mapping: Mapping, result: ImportResult): void {
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
  if (missing.length > 0 && data.features.length > 0) {
    const lines = missing.map(([field, what]) => `  ${field.padEnd(30)}${what}`);
    throw new CommandFault(
      [
        `${file}: fields that every sighting needs come from nowhere:`,
        ...lines,
        'Say where each comes from: --map FIELD=COLUMN for a column, --set FIELD=VALUE for one value for all.',
        oneLine(`Columns of ${file}: ${data.columns.join(', ')}`),
      ].join('\n'),
    );
  }
  const { total, outOfRange, swappedFits } = swappedShare(data, mapping);
  if (outOfRange > 0 && swappedFits === outOfRange)
    console.error(
      `${file}: ${outOfRange} of ${total} places are not on the Earth, and would be with latitude and longitude swapped: try --swap-axes.`,
    );
}
