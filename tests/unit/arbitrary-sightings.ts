import fc from 'fast-check';
import type { Position } from 'geojson';
import { formatIsoDays } from '../../src/domain/dates';
import {
  CONFIDENCE,
  type Confidence,
  type Sighting,
  type SightingGeometry,
  type SightingProperties,
  type Source,
} from '../../src/domain/sighting';
import { sampleSighting, sampleSource } from './sample';

/** Text of one line as the contract has it: nothing around it, no control characters. */
const oneLine = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, '').trim())
  .filter((text) => text !== '');

/** Text of several lines, with markup in it at times. */
const prose = fc
  .array(
    fc.oneof(oneLine, fc.constantFrom('<b>&amp;', ']]>', '"', "'", '\n', '\r\n', '\t', '\u2028', '\u0085')),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');

const lng = fc.double({ min: -179, max: 178, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const lat = fc.double({ min: -89, max: 88, noNaN: true, noDefaultInfinity: true }).map((y) => y + 0);

/** A counter-clockwise triangle with sides that can be told from nothing. */
const ring = fc
  .tuple(lng, lat, fc.double({ min: 0.01, max: 1, noNaN: true }))
  .map(([x, y, size]): Position[] => [
    [x, y],
    [x + size, y],
    [x, y + size],
    [x, y],
  ]);

const geometry: fc.Arbitrary<SightingGeometry> = fc.oneof(
  fc.constant(null),
  fc.tuple(lng, lat).map(([x, y]) => ({ type: 'Point' as const, coordinates: [x, y] })),
  ring.map((outer) => ({ type: 'Polygon' as const, coordinates: [outer] })),
  fc
    .array(ring, { minLength: 1, maxLength: 3 })
    .map((rings) => ({ type: 'MultiPolygon' as const, coordinates: rings.map((outer) => [outer]) })),
);

const day = fc.integer({ min: -20_000, max: 40_000 });
const eventDate = fc.oneof(
  day.map((only) => formatIsoDays({ firstDay: only, lastDay: only })),
  fc
    .tuple(day, fc.nat(500))
    .map(([first, length]) => formatIsoDays({ firstDay: first, lastDay: first + length })),
  day.map((only) => formatIsoDays({ firstDay: only, lastDay: only }).slice(0, 7)),
);

const source: fc.Arbitrary<Source> = fc
  .record(
    { publisher: oneLine, origin: oneLine, claim: prose, title: oneLine, url: fc.webUrl() },
    { requiredKeys: ['publisher', 'origin', 'claim'] },
  )
  .map((changes) => {
    const { publisher, title, url, ...rest } = { ...sampleSource(), ...changes };
    const { publishedDate, origin, claim } = rest;
    return {
      publisher,
      ...(title === undefined ? {} : { title }),
      ...(url === undefined ? {} : { url }),
      publishedDate,
      origin,
      claim,
    };
  });

const properties: fc.Arbitrary<Partial<SightingProperties>> = fc.record(
  {
    title: oneLine,
    systemQualifier: fc.constant('likely' as const),
    quantity: fc.integer({ min: 1, max: 1000 }),
    eventDate,
    verbatimLocality: oneLine,
    georeferenceRemarks: prose,
    confidence: fc.constantFrom(...(Object.keys(CONFIDENCE) as Confidence[])),
    confidenceBasis: prose,
    status: fc.constantFrom('reported' as const, 'disputed' as const),
    sources: fc.array(source, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['title', 'eventDate'] },
);

const slug = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 3 })
  .map((words) => words.join('-'));

/** A sighting without errors. */
export const arbitrarySighting: fc.Arbitrary<Sighting> = fc
  .tuple(slug, geometry, properties)
  .map(([id, place, changes]) => sampleSighting({ id, geometry: place, ...changes }));

/** Sightings without errors, each with its own id. */
export const arbitrarySightings: fc.Arbitrary<Sighting[]> = fc.uniqueArray(arbitrarySighting, {
  selector: ({ id }) => id,
  maxLength: 4,
});
