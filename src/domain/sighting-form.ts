import transliterate from '@sindresorhus/transliterate';
import { type AreaReading, areaOfText, textOfArea, textOfPosition } from './place-text';
import { freeId } from './reference-data';
import { isObject } from './rules';
import { SOURCE_FIELDS, type SourceField } from './sighting';

/** Properties that are one field of the form, in the order in which they are written. */
const PLAIN_FIELDS = {
  title: 'text',
  system: 'text',
  systemQualifier: 'text',
  quantity: 'number',
  eventDate: 'text',
  verbatimLocality: 'text',
  coordinateUncertaintyInMeters: 'number',
  georeferenceRemarks: 'text',
  confidence: 'text',
  confidenceBasis: 'text',
  status: 'text',
} as const;
export type PlainField = keyof typeof PLAIN_FIELDS;
const PLAIN_NAMES = Object.keys(PLAIN_FIELDS) as PlainField[];

type Entries = readonly (readonly [string, unknown])[];

/** A source as it is written, '' for what is left out. */
export type SourceForm = Record<SourceField, string> & {
  /** unique in the form, whatever its index is */
  key: number;
  /** what the form does not know */
  others: Entries;
};

/** A reported distance as it is written. */
export interface DistanceForm {
  key: number;
  to: string;
  meters: string;
  qualifier: string;
  /** `key` of a source; `undefined` for none, such as one that was removed */
  source: number | undefined;
  others: Entries;
}

export type PlaceKind = 'none' | 'point' | 'area';

/** A sighting as it is written: texts, '' for what is left out. Any of them may be wrong. */
export type SightingForm = Record<PlainField, string> & {
  id: string;
  place: PlaceKind;
  /** of a point, `lat, lng` or another way to write it */
  position: string;
  /** of an area, see `textOfArea` */
  corners: string;
  sources: SourceForm[];
  reportedDistances: DistanceForm[];
};

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A decimal comma; with three digits behind it, it could part thousands as well. */
const WITH_COMMA = /^-?\d+,(?:\d{1,2}|\d{4,})$/;

/** A number as people write it in a form. What is none stays text, for validation to name. */
export function numberOf(text: string): number | string {
  if (WITH_COMMA.test(text)) return Number(text.replace(',', '.'));
  return NUMBER.test(text) ? Number(text) : text;
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function othersOf(value: unknown, known: readonly string[]): Entries {
  return isObject(value) ? Object.entries(value).filter(([key]) => !known.includes(key)) : [];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const fieldsOf = <Name extends string>(names: readonly Name[], value: unknown) =>
  Object.fromEntries(names.map((name) => [name, textOf(member(value, name))])) as Record<Name, string>;

/** A source of which nothing is known yet, or one that was written before. */
export function sourceForm(key: number, source?: unknown): SourceForm {
  return { ...fieldsOf(SOURCE_FIELDS, source), key, others: othersOf(source, SOURCE_FIELDS) };
}

const DISTANCE_NAMES = ['to', 'meters', 'qualifier', 'source'] as const;

/** A reported distance of which nothing is known yet, or one that was written before. */
export function distanceForm(
  key: number,
  sources: readonly { key: number }[],
  distance?: unknown,
): DistanceForm {
  const index = member(distance, 'source');
  return {
    ...fieldsOf(['to', 'meters', 'qualifier'], distance),
    key,
    source: typeof index === 'number' ? sources[index]?.key : undefined,
    others: othersOf(distance, DISTANCE_NAMES),
  };
}

/** A list with one of its items changed. */
export function withItem<Item extends { key: number }>(
  items: readonly Item[],
  key: number,
  changes: Partial<Item>,
): Item[] {
  return items.map((item) => (item.key === key ? { ...item, ...changes } : item));
}

/** A list with one of its items moved, as far as it goes. */
export function withMovedItem<Item extends { key: number }>(
  items: readonly Item[],
  key: number,
  step: -1 | 1,
): Item[] {
  const at = items.findIndex((item) => item.key === key);
  const item = items[at];
  const to = Math.max(0, at + step);
  return item === undefined ? [...items] : items.toSpliced(at, 1).toSpliced(to, 0, item);
}

function placeKindOf(feature: unknown): PlaceKind {
  const geometry = member(feature, 'geometry');
  if (geometry === null) return 'none';
  const type = member(geometry, 'type');
  return type === 'Polygon' || type === 'MultiPolygon' ? 'area' : 'point';
}

/** The form of a Feature, as far as that is written; of nothing, an empty one with room for one source. */
export function formOf(feature: unknown): SightingForm {
  const properties = member(feature, 'properties');
  const geometry = member(feature, 'geometry');
  const place = placeKindOf(feature);
  const known = listOf(member(properties, 'sources'));
  const sources = known.map((source, index) => sourceForm(index, source));
  return {
    ...fieldsOf(PLAIN_NAMES, properties),
    id: textOf(member(feature, 'id')),
    place,
    position:
      place === 'point' && geometry !== undefined ? textOfPosition(member(geometry, 'coordinates')) : '',
    corners: place === 'area' ? textOfArea(geometry) : '',
    sources: feature === undefined ? [sourceForm(0)] : sources,
    reportedDistances: listOf(member(properties, 'reportedDistances')).map((distance, index) =>
      distanceForm(index, sources, distance),
    ),
  };
}

/** Whether two JSON values say the same, in whatever order their keys are. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) || (a === 0 && b === 0);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function filled(entries: Entries): Entries {
  return entries.filter(([, value]) => value !== '' && value !== undefined);
}

function geometryOf(form: SightingForm, before: unknown, readPosition: AreaReading): unknown {
  if (form.place === 'none') return null;
  const was = formOf({ geometry: before });
  const text = form.place === 'point' ? form.position : form.corners;
  // What nobody changed stays to the last digit, and with members of its own.
  if (was.place === form.place && text === (form.place === 'point' ? was.position : was.corners))
    return before;
  if (text.trim() === '') return undefined;
  if (form.place === 'area') return areaOfText(text, readPosition);
  return { type: 'Point', coordinates: readPosition(text) ?? text.trim() };
}

/**
 * The Feature that a form says: empty fields left out, keys in the order of the contract, then those of `base` that the
 * form does not know. What cannot be read stays as its text, for validation to name and for a draft to keep.
 * @param base what the form was made of; the same object comes back while nothing differs from it
 */
export function featureOf(form: SightingForm, base: unknown, readPosition: AreaReading): unknown {
  const before = member(base, 'properties');
  const plain = PLAIN_NAMES.map((name) => {
    const text = form[name].trim();
    return [name, PLAIN_FIELDS[name] === 'number' && text !== '' ? numberOf(text) : text] as const;
  });
  const sources = form.sources.map((source) => {
    const fields = SOURCE_FIELDS.map((name) => [name, source[name].trim()] as const);
    return Object.fromEntries([...filled(fields), ...source.others]);
  });
  const distances = form.reportedDistances.map(({ to, meters, qualifier, source, others }) => {
    const index = form.sources.findIndex(({ key }) => key === source);
    const fields = [
      ['to', to.trim()],
      ['meters', numberOf(meters.trim())],
      ['qualifier', qualifier],
      ['source', index < 0 ? undefined : index],
    ] as const;
    return Object.fromEntries([...filled(fields), ...others]);
  });
  const properties = Object.fromEntries([
    ...filled(plain),
    ...(sources.length > 0 ? [['sources', sources] as const] : []),
    ...(distances.length > 0 ? [['reportedDistances', distances] as const] : []),
    ...othersOf(before, [...PLAIN_NAMES, 'sources', 'reportedDistances']),
  ]);
  const geometry = geometryOf(form, member(base, 'geometry'), readPosition);
  // A bounding box is that of the place as it was.
  const moved = isSame(geometry, member(base, 'geometry')) ? [] : ['bbox'];
  const feature = Object.fromEntries([
    ['type', 'Feature'],
    ...filled([['id', form.id.trim()]]),
    ...(geometry === undefined ? [] : [['geometry', geometry]]),
    ['properties', properties],
    ...othersOf(base, ['type', 'id', 'geometry', 'properties', ...moved]),
  ] as [string, unknown][]);
  return isSame(feature, base) ? base : feature;
}

const LONGEST_ID = 60;

/** A new id from a title: its words in Latin letters; '' while the title has none. */
export function proposeId(title: string, isTaken: (id: string) => boolean): string {
  const words =
    transliterate(title)
      .toLowerCase()
      .replace(/['’ʼ]/g, '')
      .match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, LONGEST_ID) : `${slug}-${word}`;
    if (longer.length > LONGEST_ID) break;
    slug = longer;
  }
  return slug === '' ? '' : freeId(slug, isTaken);
}
