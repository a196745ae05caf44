import { type Entry, RING_COLORS } from '../domain/work';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => string | undefined;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a text');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const place: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be a whole number of at least 0';
const time: Check = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? undefined : 'must be a time (ISO 8601)';
const anything: Check = () => undefined;

function orNull(check: Check): Check {
  return (value) => (value === null ? undefined : check(value));
}

function orMissing(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

function oneOf(values: readonly string[]): Check {
  return (value) => (values.some((one) => one === value) ? undefined : `must be one of ${values.join(', ')}`);
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    for (const [i, one] of value.entries()) {
      const fault = check(one);
      if (fault !== undefined) return `[${i}] ${fault}`;
    }
    return undefined;
  };
}

/** An object whose keys obey their checks; other keys may be there, so that a later version can add some. */
function shape(checks: Readonly<Record<string, Check>>): Check {
  return (value) => {
    if (!isObject(value)) return 'must be an object';
    for (const [key, check] of Object.entries(checks)) {
      const fault = check(own(value, key));
      if (fault !== undefined) return `${key} ${fault}`;
    }
    return undefined;
  };
}

const source: Check = (value) => {
  if (isObject(value) && own(value, 'kind') === 'given') return undefined;
  return shape({
    kind: oneOf(['content']),
    fileName: text,
    sha256: text,
    leftOut: orMissing(place),
    unwritten: orMissing(place),
    setAside: orMissing(shape({ sha256: text, count: place })),
  })(value);
};
const layer = shape({ id: text, name: text, ring: oneOf(RING_COLORS), isShown: flag, source });
const recordEdit = shape({ layer: text, id: text, before: orNull(text), after: orNull(text) });
const layerEdit = shape({ before: orNull(layer), after: orNull(layer), at: place });
const openedText: Check = (value) =>
  Array.isArray(value) && value.length === 2 && text(value[0]) === undefined
    ? orNull(text)(value[1])
    : 'must be an id and the text that it has now';
const draft = shape({
  key: text,
  layer: text,
  id: orNull(text),
  before: orNull(text),
  feature: anything,
});

const draftEdit = shape({ before: orNull(draft), after: orNull(draft) });

const ENTRIES: Readonly<Record<Entry['kind'], Check>> = {
  change: shape({
    at: time,
    change: shape({
      note: text,
      records: listOf(recordEdit),
      layers: listOf(layerEdit),
      drafts: orMissing(listOf(draftEdit)),
    }),
  }),
  undo: shape({ at: time, of: time }),
  redo: shape({ at: time, of: time }),
  saved: shape({
    at: time,
    layer: text,
    fileName: text,
    revision: place,
    setAside: orMissing(oneOf(['kept', 'left'])),
  }),
  rebased: shape({ at: time, layer: text, opened: listOf(openedText) }),
  drafts: shape({ at: time, put: listOf(draft), drop: listOf(text) }),
};

/** Why a value is no entry of a journal, such as `change records [0] id must be a text`; `undefined` for an entry. */
export function faultOfEntry(value: unknown): string | undefined {
  if (!isObject(value)) return 'an entry must be an object';
  const kind = own(value, 'kind');
  const known = Object.entries(ENTRIES).find(([name]) => name === kind);
  if (known === undefined) return `kind must be one of ${Object.keys(ENTRIES).join(', ')}`;
  return known[1](value);
}

/** Tells the type system what {@link faultOfEntry} has found. */
export function isEntry(value: unknown): value is Entry {
  return faultOfEntry(value) === undefined;
}
