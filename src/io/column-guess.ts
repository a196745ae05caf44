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
import {
  LAT_NAMES,
  LNG_NAMES,
  PICTURE_NAMES,
  PLACE_NAMES,
  SIGHTING_NAMES,
  SOURCE_NAMES,
  isSureAngle,
  isSureDate,
  plainWordsOf,
  wordsOf,
} from './column-names';
import { sampleColumns } from './column-sample';
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
import { isDegrees, looksLikePlace, placePair } from './place-guess';

/** Vocabularies, in which most values of a column must be for its name to be believed. */
const VOCABULARIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  systemQualifier: { likely: true },
  confidence: CONFIDENCE,
  status: STATUS,
  type: SOURCE_TYPE,
  reliability: RELIABILITY,
  credibility: CREDIBILITY,
  stance: STANCE,
};

/** Columns that are not taken yet, with some of their values. */
class FreeColumns {
  readonly #values: Map<string, string[]>;
  /** columns by the words of their names, then by the plain ones */
  readonly #byWords: readonly ReadonlyMap<string, string[]>[];
  constructor(data: ForeignData) {
    this.#values = sampleColumns(data);
    this.#byWords = [wordsOf, plainWordsOf].map((of) => {
      const byWords = new Map<string, string[]>();
      for (const column of data.columns) {
        const words = of(column);
        const same = byWords.get(words);
        if (same) same.push(column);
        else byWords.set(words, [column]);
      }
      return byWords;
    });
  }

  /** The first column by one of some names that has the share of values that pass a test, and is not much emptier than another. */
  named(names: readonly string[], test?: (text: string) => boolean): string | undefined {
    const found = this.#freeBy(names).filter(
      (column) => test === undefined || this.passes(column, test, 0.5),
    );
    const filled = (column: string) => this.#values.get(column)?.length ?? 0;
    const most = Math.max(0, ...found.map(filled));
    return found.find((column) => 2 * filled(column) >= most);
  }

  /** The one column by some names that has values at all, unless most of them are of another thing. */
  sole(names: readonly string[], isOther: (text: string) => boolean = () => false): string | undefined {
    const found = new Set(this.#freeBy(names).filter((column) => this.passes(column, () => true, 1)));
    const [column, ...more] = found;
    return column === undefined || more.length > 0 || this.passes(column, isOther, 0.5) ? undefined : column;
  }

  #freeBy(names: readonly string[]): string[] {
    return this.#byWords
      .flatMap((byWords) => names.flatMap((name) => byWords.get(name) ?? []))
      .filter((column) => this.#values.has(column));
  }

  /** The first column by its values. */
  having(test: (text: string) => boolean): string | undefined {
    return [...this.#values.keys()].find(
      (column) => this.passes(column, test, 0.8) && !PICTURE_NAMES.has(wordsOf(column)),
    );
  }

  /** The columns with their values, in the order of the file. */
  values(): readonly (readonly [column: string, values: readonly string[]])[] {
    return [...this.#values];
  }

  take(column: string): FieldChoice {
    this.#values.delete(column);
    return { from: 'column', column };
  }

  takePair({ lng, lat }: { lng: string; lat: string }): PlaceChoice {
    this.take(lng);
    this.take(lat);
    return { from: 'columns', lng, lat };
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
  const lat = data.joined?.lat ?? columns.named(LAT_NAMES, isDegrees);
  const lng = data.joined?.lng ?? columns.named(LNG_NAMES, isDegrees);
  if (lat !== undefined && lng !== undefined) return columns.takePair({ lng, lat });
  const whole = columns.named(PLACE_NAMES, looksLikePlace) ?? columns.having(looksLikePlace);
  if (whole !== undefined) {
    columns.take(whole);
    return { from: 'one column', column: whole };
  }
  // What cannot be read is told of each row then, and not lost.
  const sureLat = lat ?? columns.sole(LAT_NAMES.filter(isSureAngle));
  const sureLng = lng ?? columns.sole(LNG_NAMES.filter(isSureAngle));
  if (sureLat !== undefined && sureLng !== undefined) return columns.takePair({ lng: sureLng, lat: sureLat });
  // A name that says nothing of places says that the column has none.
  const pair = data.headerRow === 0 ? placePair(columns.values()) : undefined;
  return pair === undefined ? { from: 'nothing' } : columns.takePair(pair);
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
  // “Nombre” is a name in Spanish and a number in French.
  if (field === 'title') return (text) => /\p{L}/u.test(text);
  return field.endsWith('Date') ? isDate : () => true;
}

const isLink = (text: string) => /^https?:\/\//i.test(text);
const isDate = (text: string) => readDate(text, true) !== undefined;
/** Whether a text is a number that no program writes for a date: `44945` is one, of Excel. */
const isSmallNumber = (text: string) => /^-?\d{1,3}(?:[.,]\d+)?$/.test(text);

/** The column of a field by its name, which its values have to bear out unless it can be of nothing but a date. */
function byName(
  columns: FreeColumns,
  field: SightingField | SourceField,
  names: readonly string[],
  test: ((text: string) => boolean) | undefined,
): FieldChoice | undefined {
  const column =
    columns.named(names, test) ??
    (field.endsWith('Date') ? columns.sole(names.filter(isSureDate), isSmallNumber) : undefined);
  return column === undefined ? undefined : columns.take(column);
}

/**
 * What the columns of foreign data seem to mean, by their names in several languages, by the names that this data
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
    const test = field === 'id' ? undefined : testOf(field, false);
    guessed[field] = byName(columns, field, SIGHTING_NAMES[field], test) ?? guessed[field];
  }
  for (const field of SOURCE_FIELDS) {
    if (guessedSource[field].from !== 'nothing') continue;
    const choice = byName(columns, field, SOURCE_NAMES[field], testOf(field, true));
    guessedSource[field] = choice ?? guessedSource[field];
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
