import {
  CONFIDENCE,
  CREDIBILITY,
  RELIABILITY,
  SOURCE_FIELDS,
  SOURCE_TYPE,
  type SourceField,
  STANCE,
  STATUS,
} from '../domain/sighting';
import { isDayFirst, readDate } from './date-text';
import { SIGHTING_READERS, SOURCE_READERS } from './field-text';
import type { ForeignData } from './foreign';
import {
  type FieldChoice,
  type Mapping,
  type PlaceChoice,
  SIGHTING_FIELDS,
  type SightingField,
  emptyMapping,
  textOf,
} from './mapping';
import { isDegrees, looksLikePlace } from './place-guess';

/** Rows that are looked at to see what a column has. */
const SAMPLE_ROWS = 500;

/** Common names of columns, as {@link wordsOf} has them; those of a field that come first are preferred. */
const SIGHTING_NAMES: Readonly<Record<SightingField, readonly string[]>> = {
  id: ['id', 'identifier', 'key', 'код', 'идентификатор'],
  title: ['title', 'name', 'headline', 'label', 'название', 'наименование', 'заголовок', 'имя'],
  system: ['system', 'weapon', 'weapon system', 'система', 'комплекс', 'тип системы'],
  systemQualifier: ['system qualifier'],
  quantity: ['quantity', 'count', 'amount', 'number of systems', 'количество', 'кол во', 'число'],
  eventDate: ['event date', 'date', 'observed', 'sighted', 'when', 'дата события', 'дата', 'когда'],
  verbatimLocality: [
    ...['verbatim locality', 'locality', 'place', 'location', 'place name', 'address', 'city', 'where'],
    ...['место', 'местность', 'населенный пункт', 'адрес', 'город', 'где'],
  ],
  coordinateUncertaintyInMeters: [
    ...['coordinate uncertainty in meters', 'coordinate uncertainty', 'uncertainty', 'uncertainty m'],
    ...['accuracy', 'accuracy m', 'radius', 'radius m', 'погрешность', 'точность', 'радиус'],
  ],
  georeferenceRemarks: ['georeference remarks', 'geolocation', 'привязка'],
  confidence: ['confidence', 'уверенность', 'достоверность'],
  confidenceBasis: ['confidence basis', 'basis', 'обоснование'],
  status: ['status', 'статус'],
};

const SOURCE_NAMES: Readonly<Record<SourceField, readonly string[]>> = {
  publisher: ['publisher', 'source', 'outlet', 'media', 'источник', 'издание', 'сми'],
  title: ['source title', 'article', 'article title', 'заголовок статьи', 'статья'],
  url: ['url', 'link', 'source url', 'href', 'web', 'website', 'ссылка', 'адрес страницы'],
  publishedDate: ['published date', 'published', 'publication date', 'date published', 'дата публикации'],
  retrievedDate: ['retrieved date', 'retrieved', 'accessed', 'дата обращения'],
  archivedUrl: ['archived url', 'archive url', 'archive', 'архив', 'архивная ссылка'],
  origin: ['origin', 'original source', 'первоисточник'],
  type: ['source type', 'тип источника'],
  reliability: ['reliability', 'source reliability', 'надежность'],
  credibility: ['credibility', 'вероятность'],
  stance: ['stance', 'позиция'],
  claim: ['claim', 'summary', 'description', 'описание', 'суть', 'содержание'],
};

const LAT_NAMES = ['lat', 'latitude', 'decimal latitude', 'широта', 'шир', 'y'];
const LNG_NAMES = ['lng', 'lon', 'long', 'longitude', 'decimal longitude', 'долгота', 'долг', 'x'];
const PLACE_NAMES = [
  ...[
    'geometry',
    'wkt',
    'geom',
    'the geom',
    'geojson',
    'coordinates',
    'coords',
    'coordinate',
    'lat lng',
    'lat lon',
  ],
  ...['latlng', 'latlon', 'position', 'location', 'gps', 'mgrs', 'координаты', 'геометрия'],
];

/** Vocabularies, in which most values of a column must be for its name to be believed. */
const VOCABULARIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  confidence: CONFIDENCE,
  status: STATUS,
  type: SOURCE_TYPE,
  reliability: RELIABILITY,
  credibility: CREDIBILITY,
  stance: STANCE,
};

/** A column's name as lower-case words: `eventDate`, `Event date` and `event_date` are the same. */
function wordsOf(name: string): string {
  return name
    .replace(/(?<=[a-zа-я])(?=[A-ZА-Я])/gu, ' ')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Columns that are not taken yet, with some of their values. */
class FreeColumns {
  readonly #values: Map<string, string[]>;
  constructor(data: ForeignData) {
    const sample = data.features.slice(0, SAMPLE_ROWS);
    this.#values = new Map(
      data.columns.map((column) => [
        column,
        sample.map(({ fields }) => textOf(fields.get(column))).filter((text) => text !== ''),
      ]),
    );
  }

  /** The first column by one of some names that has the share of values that pass a test. */
  named(names: readonly string[], test?: (text: string) => boolean): string | undefined {
    const columns = [...this.#values.keys()];
    return names
      .flatMap((name) => columns.filter((column) => wordsOf(column) === name))
      .find((column) => test === undefined || this.passes(column, test, 0.5));
  }

  /** The first column by its values. */
  having(test: (text: string) => boolean): string | undefined {
    return [...this.#values.keys()].find((column) => this.passes(column, test, 0.8));
  }

  take(column: string): FieldChoice {
    this.#values.delete(column);
    return { from: 'column', column };
  }

  has(column: string): boolean {
    return this.#values.has(column);
  }

  passes(column: string, test: (text: string) => boolean, share: number): boolean {
    const values = this.#values.get(column) ?? [];
    return values.length > 0 && values.filter(test).length >= values.length * share;
  }
}

function guessPlace(data: ForeignData, columns: FreeColumns): PlaceChoice {
  if (data.features.some(({ geometry }) => geometry !== undefined && geometry !== null))
    return { from: 'geometry' };
  const lat = columns.named(LAT_NAMES, isDegrees);
  const lng = columns.named(LNG_NAMES, isDegrees);
  if (lat !== undefined && lng !== undefined) {
    columns.take(lat);
    columns.take(lng);
    return { from: 'columns', lng, lat };
  }
  const whole = columns.named(PLACE_NAMES, looksLikePlace) ?? columns.having(looksLikePlace);
  if (whole === undefined) return { from: 'nothing' };
  columns.take(whole);
  return { from: 'one column', column: whole };
}

function testOf(field: SightingField | SourceField, isOfSource: boolean): (text: string) => boolean {
  const vocabulary = Object.hasOwn(VOCABULARIES, field) ? VOCABULARIES[field] : undefined;
  const reader = isOfSource
    ? SOURCE_READERS[field as SourceField]
    : SIGHTING_READERS[field as Exclude<SightingField, 'id'>];
  const read = (text: string) => reader(text, { dayFirst: undefined }).value;
  if (vocabulary) return (text) => Object.hasOwn(vocabulary, String(read(text)));
  if (field === 'quantity' || field === 'coordinateUncertaintyInMeters')
    return (text) => typeof read(text) === 'number';
  if (field === 'url' || field === 'archivedUrl') return isLink;
  return field.endsWith('Date') ? isDate : () => true;
}

const isLink = (text: string) => /^https?:\/\//i.test(text);
const isDate = (text: string) => readDate(text, true) !== undefined;

/**
 * What the columns of foreign data seem to mean, by their names in English and Russian, by the names that this data
 * itself has, and by their values. No column has two meanings, and no value is made up.
 */
export function suggestMapping(data: ForeignData): Mapping {
  const columns = new FreeColumns(data);
  const { fields, source } = emptyMapping();
  const [guessed, guessedSource] = [{ ...fields }, { ...source }];
  // What is named as in the contract is that; spellings and values are tried on what is left.
  for (const field of SIGHTING_FIELDS) {
    const isOwn = !Object.hasOwn(VOCABULARIES, field) || columns.passes(field, testOf(field, false), 0.5);
    if (columns.has(field) && isOwn) guessed[field] = columns.take(field);
  }
  for (const field of SOURCE_FIELDS) {
    const own = [`source1_${field}`, `sources[0].${field}`].find((name) => columns.has(name));
    if (own !== undefined) guessedSource[field] = columns.take(own);
  }
  const place = guessPlace(data, columns);
  for (const field of SIGHTING_FIELDS) {
    if (guessed[field].from !== 'nothing') continue;
    const column = columns.named(SIGHTING_NAMES[field], field === 'id' ? undefined : testOf(field, false));
    if (column !== undefined) guessed[field] = columns.take(column);
  }
  for (const field of SOURCE_FIELDS) {
    if (guessedSource[field].from !== 'nothing') continue;
    const column = columns.named(SOURCE_NAMES[field], testOf(field, true));
    if (column !== undefined) guessedSource[field] = columns.take(column);
  }
  const dates = guessed.eventDate.from === 'nothing' ? columns.having(isDate) : undefined;
  if (dates !== undefined) guessed.eventDate = columns.take(dates);
  const links = guessedSource.url.from === 'nothing' ? columns.having(isLink) : undefined;
  if (links !== undefined) guessedSource.url = columns.take(links);

  const dateChoices = [guessed.eventDate, guessedSource.publishedDate, guessedSource.retrievedDate];
  return {
    fields: guessed,
    source: guessedSource,
    place,
    order: 'lng lat',
    dayFirst: dayFirstOf(data, dateChoices),
  };
}

/** Whether days come first in the columns of dates that a mapping uses, as all of their values tell. */
export function dayFirstOf(data: ForeignData, choices: readonly FieldChoice[]): boolean | undefined {
  const columns = choices.flatMap((choice) => (choice.from === 'column' ? [choice.column] : []));
  return isDayFirst(
    data.features.flatMap(({ fields }) => columns.map((column) => textOf(fields.get(column)))),
  );
}
