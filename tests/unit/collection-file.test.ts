import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FeatureText, writeCollection } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { readSightings } from '../../src/io/geojson';
import { arbitrarySightings } from './arbitrary-sightings';
import { geoBytes, geoContext, toBytes, toText } from './fixtures';
import { idsOf, sampleSighting } from './sample';

/** The Features of a file as they stand in it. */
function textsOf(file: Uint8Array): FeatureText[] {
  const { table } = readSightings(file, {});
  return idsOf(table).map((id, row) => ({ id, bytes: table.recordBytes(row) }));
}

function saved(file: Uint8Array): Uint8Array {
  return joinBytes(writeCollection(readSightings(file, {}).collection, textsOf(file)));
}

function fileOf(features: readonly string[], members = ''): Uint8Array {
  return toBytes(`{"type":"FeatureCollection"${members},"features":[${features.join(',')}]}`);
}

/** Ways to write the same JSON. */
const LAYOUTS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
  (value) =>
    JSON.stringify(value).replace(
      /[^\0-\x7f]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
];

describe('a file of sightings', { timeout: 60_000 }, () => {
  test('of geo/ is written as it is', () => {
    const bytes = geoBytes('sightings.geojson');
    expect(toText(saved(bytes))).toBe(toText(bytes));
    expect(readSightings(bytes, geoContext()).accepted).toBe(8);
  });

  test('written twice is the same, whatever the order and the layout it came in', () => {
    const layout = fc.constantFrom(...LAYOUTS);
    fc.assert(
      fc.property(arbitrarySightings, fc.infiniteStream(layout), fc.json(), (sightings, layouts, title) => {
        const texts = sightings.map((sighting) => {
          const write = layouts.next().value as (value: unknown) => string;
          return write(sighting);
        });
        const once = saved(fileOf(texts, `,"title":${title}`));
        expect(toText(saved(once))).toBe(toText(once));
        expect(toText(saved(fileOf(texts.toReversed(), `,"title":${title}`)))).toBe(toText(once));
        expect(textsOf(once).map(({ bytes }) => toText(bytes))).toEqual(
          sightings
            .map(({ id }, i) => ({ id, text: texts[i] }))
            .toSorted((a, b) => (a.id < b.id ? -1 : 1))
            .map(({ text }) => text),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the very bytes of a feature, odd as they are', () => {
    const plain = JSON.stringify(sampleSighting({ title: 'Café' }));
    const odd = plain
      .replace('"Café"', '"Caf\\u00e9\\/"')
      .replace('"type":"Feature"', '\t"type" :\r\n"Feature" ')
      .replace('[37.6,55.7]', '[3.76e1, 55.700]');
    expect(odd).not.toBe(plain);
    expect(toText(saved(fileOf([odd])))).toContain(`[\n${odd}\n]}\n`);
  });

  test('keeps the members of its collection, whatever they are called, and not its bbox', () => {
    const members = ',"__proto__":{"a":1},"bbox":[1,2,3,4],"constructor":"x","license":"CC BY 4.0"';
    expect(toText(saved(fileOf([], members)))).toBe(
      '{"type":"FeatureCollection","__proto__":{"a":1},"constructor":"x","license":"CC BY 4.0","features":[\n]}\n',
    );
  });
});
