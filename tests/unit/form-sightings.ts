import fc from 'fast-check';
import {
  CONFIDENCE,
  CREDIBILITY,
  DISTANCE_QUALIFIER,
  RELIABILITY,
  SOURCE_TYPE,
  STANCE,
  STATUS,
} from '../../src/domain/sighting';

const oneOf = (vocabulary: object) => fc.constantFrom(...Object.keys(vocabulary));
const oneLine = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text))
  .map((text) => `x${text}x`);
const someLines = fc.array(oneLine, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const link = fc.webUrl();
const meters = fc.double({ min: 1e-9, max: 2e7, noNaN: true });
const slug = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6})?$/);
/** what the contract does not know, `__proto__` among it as JSON.parse gives it */
const foreign = fc.dictionary(
  fc.constantFrom('note', 'constructor', '__proto__', 'x y'),
  fc.jsonValue({ maxDepth: 1 }),
  { noNullPrototype: true, maxKeys: 2 },
);

/** The members that are there, those of one record after those of another. */
function joined(...records: object[]): Record<string, unknown> {
  return Object.fromEntries(
    records.flatMap((record) => Object.entries(record).filter(([, value]) => value !== undefined)),
  );
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const source = fc
  .tuple(
    fc.record({
      publisher: oneLine,
      title: optional(oneLine),
      url: optional(link),
      publishedDate: day,
      retrievedDate: optional(day),
      archivedUrl: optional(link),
      origin: oneLine,
      type: optional(oneOf(SOURCE_TYPE)),
      reliability: optional(oneOf(RELIABILITY)),
      credibility: optional(oneOf(CREDIBILITY)),
      stance: optional(oneOf(STANCE)),
      claim: someLines,
    }),
    foreign,
  )
  .map(([fields, others]) => joined(fields, others));

const lng = fc.double({ min: -170, max: 170, noNaN: true });
const lat = fc.double({ min: -80, max: 80, noNaN: true });

/** A rectangle with its corners counter-clockwise, and as a hole clockwise. */
const rectangle = fc.tuple(lng, lat, fc.double({ min: 0.01, max: 5, noNaN: true })).map(([x, y, size]) => ({
  outer: [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ],
  hole: [
    [x + size / 4, y + size / 4],
    [x + size / 4, y + size / 2],
    [x + size / 2, y + size / 2],
    [x + size / 2, y + size / 4],
    [x + size / 4, y + size / 4],
  ],
}));
const polygon = fc
  .tuple(rectangle, fc.boolean())
  .map(([{ outer, hole }, hasHole]) => (hasHole ? [outer, hole] : [outer]));
const ofGeometry = fc.constantFrom({}, { note: 'of the geometry' });

const geometry = fc.oneof(
  fc.constant(null),
  fc.record({ type: fc.constant('Point'), coordinates: fc.tuple(lng, lat) }),
  fc
    .tuple(fc.record({ type: fc.constant('Polygon'), coordinates: polygon }), ofGeometry)
    .map(([own, others]) => joined(own, others)),
  fc.record({
    type: fc.constant('MultiPolygon'),
    coordinates: fc.array(polygon, { minLength: 1, maxLength: 2 }),
  }),
);

const distance = fc
  .tuple(
    fc.record({
      to: fc.constant('kremlin'),
      meters,
      qualifier: oneOf(DISTANCE_QUALIFIER),
      source: fc.nat(2),
    }),
    foreign,
  )
  .map(([fields, others]) => joined(fields, others));

/** Features that obey the contract, with each optional field there or not, and with what the contract does not know. */
export const validFeatures: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    slug,
    geometry,
    fc.record({
      title: oneLine,
      system: optional(fc.constantFrom('s-400', 'pantsir-s1')),
      systemQualifier: optional(fc.constant('likely')),
      quantity: optional(fc.integer({ min: 1, max: 40 })),
      eventDate: fc.oneof(
        day,
        day.map((date) => date.slice(0, 7)),
        fc.tuple(day, day).map((ends) => ends.toSorted().join('/')),
      ),
      verbatimLocality: oneLine,
      coordinateUncertaintyInMeters: meters,
      georeferenceRemarks: optional(someLines),
      confidence: oneOf(CONFIDENCE),
      confidenceBasis: someLines,
      status: optional(oneOf(STATUS)),
      sources: fc.array(source, { minLength: 3, maxLength: 4 }),
      reportedDistances: optional(fc.array(distance, { minLength: 1, maxLength: 2 })),
    }),
    foreign,
    foreign,
    fc.boolean(),
  )
  .map(([id, place, fields, ofProperties, ofFeature, isInOrder]) => {
    const properties = joined(fields, ofProperties);
    const own = { type: 'Feature', id, geometry: place, properties };
    const feature = joined(own, ofFeature);
    return isInOrder ? feature : joined(ofFeature, { properties, geometry: place, id, type: 'Feature' });
  });
