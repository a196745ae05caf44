import fc from 'fast-check';
import {
  CONFIDENCE,
  CREDIBILITY,
  DISTANCE_QUALIFIER,
  RELIABILITY,
  type ReportedDistance,
  SOURCE_TYPE,
  STANCE,
  STATUS,
  type Sighting,
  type SightingGeometry,
  type SightingProperties,
  type Source,
} from '../../src/domain/sighting';
import { SightingValidator } from '../../src/domain/validate';

/** Texts that spreadsheets, parsers of tables and careless code fall over. */
const TRAPS = [
  ...[
    '=1+1',
    '+7 495',
    '-33.5',
    '@name',
    "'=x",
    "''@",
    "'quoted'",
    '"',
    '""',
    'a "b" c',
    ',',
    ';',
    '|',
    'a\tb',
  ],
  ...[
    '-0',
    '1e-7',
    '007',
    '2023-01-19',
    '01/02/2023',
    'TRUE',
    'null',
    '__proto__',
    '＝1',
    '<b>',
    '\\',
    '\uFEFFx',
  ],
  ...['Лосиный Остров', '地対空', '🛰️ x', 'e\u0301', 'x\u200Dy', "'", '#', 'a\u00A0b', '{"a":1}', '\uD800'],
];

const anyWords = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(...TRAPS) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...TRAPS), fc.string()).map((parts) => parts.join('')) },
);

/** A text as the contract wants it: not empty, without spaces around it. */
export const anyText: fc.Arbitrary<string> = fc
  .array(anyWords, { minLength: 1, maxLength: 4 })
  .chain((parts) => fc.constantFrom('', ' ', '\n', '\r\n', '\r', '\0').map((glue) => parts.join(glue).trim()))
  .filter((text) => text !== '');

/** A text of one line. */
export const anyLine: fc.Arbitrary<string> = anyText
  .map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, '').trim())
  .filter((text) => text !== '');

export const anySlug: fc.Arbitrary<string> = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);

const anyDay = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyDateOrMonth = anyDay.chain((day) => fc.constantFrom(day, day.slice(0, 7)));
const anyEventDate = fc.oneof(
  anyDateOrMonth,
  fc
    .tuple(anyDateOrMonth, anyDateOrMonth)
    .filter(([a, b]) => a.slice(0, 7) < b.slice(0, 7))
    .map(([a, b]) => `${a}/${b}`),
);

const anyLink = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom('https://example.org/?q="a",b;c', 'HTTP://пример.рф/путь', "https://example.org/'=1"),
);

const keyOf = <T extends object>(vocabulary: T) =>
  fc.constantFrom(...(Object.keys(vocabulary) as (keyof T & string)[]));

const anyMeters = fc.oneof(
  fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1, max: 100_000 }),
  fc.constantFrom(1e-7, 1e21, 1500, 0.5),
);

const anySource: fc.Arbitrary<Source> = fc.record(
  {
    publisher: anyLine,
    title: anyLine,
    url: anyLink,
    publishedDate: anyDay,
    retrievedDate: anyDay,
    archivedUrl: anyLink,
    origin: anyLine,
    type: keyOf(SOURCE_TYPE),
    reliability: keyOf(RELIABILITY),
    credibility: keyOf(CREDIBILITY),
    stance: keyOf(STANCE),
    claim: anyText,
  },
  { requiredKeys: ['publisher', 'publishedDate', 'origin', 'claim'], noNullPrototype: true },
);

const anyLng = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(0, -0, 1e-7, -33.5, 180, -180),
);
const anyLat = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(0, -0, -1e-7, 90, -90),
);

/** A square ring that runs counter-clockwise, with sides of some degrees. */
const anyRing = fc
  .tuple(
    fc.double({ min: -170, max: 160, noNaN: true }),
    fc.double({ min: -80, max: 70, noNaN: true }),
    fc.double({ min: 0.01, max: 9, noNaN: true }),
  )
  .map(([lng, lat, side]) => [
    [lng, lat],
    [lng + side, lat],
    [lng + side, lat + side],
    [lng, lat + side],
    [lng, lat],
  ]);
/** A ring, or a ring with a hole in its middle. */
const anyPolygon = fc.tuple(anyRing, fc.boolean()).map(([outer, hasHole]) => {
  const [west = 0, south = 0] = outer[0] ?? [];
  const side = (outer[1]?.[0] ?? 0) - west;
  const inner = outer.map(([lng = 0, lat = 0]) => [
    west + side / 4 + (lng - west) / 2,
    south + side / 4 + (lat - south) / 2,
  ]);
  return hasHole ? [outer, inner.toReversed()] : [outer];
});

const anyGeometry: fc.Arbitrary<SightingGeometry> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(anyLng, anyLat).map((coordinates) => ({ type: 'Point' as const, coordinates })),
  },
  { weight: 2, arbitrary: anyPolygon.map((coordinates) => ({ type: 'Polygon' as const, coordinates })) },
  {
    weight: 1,
    arbitrary: fc
      .array(anyPolygon, { minLength: 1, maxLength: 3 })
      .map((coordinates) => ({ type: 'MultiPolygon' as const, coordinates })),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

const anyDistance = (sources: number): fc.Arbitrary<ReportedDistance> =>
  fc.record(
    {
      to: anySlug,
      meters: anyMeters,
      qualifier: keyOf(DISTANCE_QUALIFIER),
      source: fc.nat({ max: sources - 1 }),
    },
    { noNullPrototype: true },
  );

type WithoutSources = Omit<SightingProperties, 'sources' | 'reportedDistances'>;

const anyProperties: fc.Arbitrary<WithoutSources> = fc.record(
  {
    title: anyLine,
    system: anySlug,
    systemQualifier: fc.constant('likely' as const),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.maxSafeNat().filter((count) => count >= 1),
    ),
    eventDate: anyEventDate,
    verbatimLocality: anyLine,
    coordinateUncertaintyInMeters: anyMeters,
    georeferenceRemarks: anyText,
    confidence: keyOf(CONFIDENCE),
    confidenceBasis: anyText,
    status: keyOf(STATUS),
  },
  {
    requiredKeys: [
      ...(['title', 'eventDate', 'verbatimLocality', 'coordinateUncertaintyInMeters'] as const),
      ...(['confidence', 'confidenceBasis'] as const),
    ],
    noNullPrototype: true,
  },
);

/** Objects of JSON with names that are traps, for members that the contract does not know. */
const anyExtras: fc.Arbitrary<Record<string, unknown>> = fc
  .array(fc.tuple(fc.constantFrom('note', '__proto__', 'constructor', 'a,b', 'x y'), fc.jsonValue()), {
    maxLength: 2,
  })
  .map((entries) => Object.fromEntries(entries));

/** Whether the contract has no error to tell of a value. */
export function isValid(value: unknown): boolean {
  return new SightingValidator({}).checkFeature(value, 0).every(({ severity }) => severity !== 'error');
}

/**
 * Any sighting that the contract accepts, keys in its order.
 * @param hasExtras whether there may be members that the contract warns of, behind its own
 */
export function anySighting({ hasExtras = false } = {}): fc.Arbitrary<Sighting> {
  const extras = hasExtras ? fc.oneof(fc.constant({}), anyExtras) : fc.constant({});
  return fc
    .record({
      id: anySlug,
      geometry: anyGeometry,
      properties: anyProperties,
      sources: fc.array(anySource, { minLength: 1, maxLength: 4, size: 'max' }),
      repeat: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(9) }),
      ofFeature: extras,
      ofGeometry: extras,
      ofProperties: extras,
      ofSource: extras,
    })
    .chain(({ id, geometry, properties, sources, repeat, ofFeature, ofGeometry, ofProperties, ofSource }) => {
      const all = Array.from({ length: repeat }, () => sources).flat();
      return fc.array(anyDistance(all.length), { maxLength: 3 }).map((distances): Sighting => ({
        type: 'Feature',
        id,
        geometry: geometry && joined(geometry, ofGeometry),
        properties: {
          ...properties,
          sources: all.map((source) => joined(source, ofSource)),
          ...(distances.length > 0
            ? { reportedDistances: Array.from({ length: repeat }, () => distances).flat() }
            : {}),
          ...joined({}, ofProperties),
        },
        ...joined({}, ofFeature),
      }));
    })
    .filter(isValid);
}

/** Two objects as one; a member "__proto__" is one like others. */
function joined<T extends object>(object: T, extras: object): T {
  return Object.fromEntries([...Object.entries(object), ...Object.entries(extras)]) as T;
}
