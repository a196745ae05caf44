import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { CONFIDENCE_COLORS } from '../../src/io/confidence-color';
import { writeKml } from '../../src/io/kml';
import { readKml } from '../../src/io/markup';
import { writeSimplestyle } from '../../src/io/simplestyle';
import { LIGHT } from '../../src/map/theme';
import { arbitrarySightings } from './arbitrary-sightings';
import { geoSystems, toBytes } from './fixtures';
import { sampleSighting } from './sample';

const systems = geoSystems();

function written(sightings: readonly Sighting[]): string {
  return [...writeKml(sightings, systems)].join('');
}

function readBack(sightings: readonly Sighting[]) {
  return readKml(toBytes(written(sightings)), () => undefined);
}

/** A property as extended data has it: text as it is, all else as JSON. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe('sightings as KML', () => {
  test('come back with their ids, geometries and fields', () => {
    fc.assert(
      fc.property(arbitrarySightings, (sightings) => {
        const { features, setAside } = readBack(sightings);
        const found = features.map(({ id, geometry = null, fields }, i) => ({
          id,
          geometry,
          properties: Object.keys(sightings[i]?.properties ?? {}).map((key) => [key, fields.get(key)]),
        }));
        const wanted = sightings.map(({ id, geometry, properties }) => ({
          id,
          geometry,
          properties: Object.entries(properties).map(([key, value]) => [key, asText(value)]),
        }));
        expect([found, setAside]).toEqual([wanted, []]);
      }),
      { numRuns: 50 },
    );
  });

  test('lists come back as JSON', () => {
    const sighting = sampleSighting();
    const [only] = readBack([sighting]).features;
    expect(JSON.parse(String(only?.fields.get('sources')))).toEqual(sighting.properties.sources);
  });

  test('have a span of days for a month', () => {
    expect(readBack([sampleSighting({ eventDate: '2023-02' })]).features[0]?.fields.get('timespan')).toBe(
      '2023-02-01/2023-02-28',
    );
  });

  test('drop what XML cannot have, and nothing else', () => {
    const basis = 'a\u0000b\u0007c\ufffed\ud800e 🗺️ <&>"\r\n';
    const [only] = readBack([sampleSighting({ confidenceBasis: basis })]).features;
    expect(only?.fields.get('confidenceBasis')).toBe('abcde 🗺️ <&>"\r\n');
  });

  test('properties that are not of the contract are kept', () => {
    const sighting = sampleSighting();
    Object.defineProperty(sighting.properties, '__proto__', { value: 'kept', enumerable: true });
    expect(readBack([sighting]).features[0]?.fields.get('__proto__')).toBe('kept');
  });

  test('an id that begins with a digit is no XML id, but comes back', () => {
    const sighting = sampleSighting({ id: '300-pmu' });
    expect(written([sighting])).not.toContain('<Placemark id=');
    expect(readBack([sighting]).features[0]?.id).toBe('300-pmu');
  });

  test('name the system in their description', () => {
    const text = written([sampleSighting({ system: 's-400', systemQualifier: 'likely' })]);
    expect(text).toContain('System: likely S-400\n');
  });

  test('none at all are a file that can be read', () => {
    expect(readBack([]).features).toEqual([]);
  });
});

describe('sightings as simplestyle', () => {
  test('are GeoJSON with the same ids and geometries', () => {
    fc.assert(
      fc.property(arbitrarySightings, (sightings) => {
        const { features } = JSON.parse([...writeSimplestyle(sightings)].join('')) as {
          features: Sighting[];
        };
        expect(features.map(({ id, geometry }) => ({ id, geometry }))).toEqual(
          JSON.parse(JSON.stringify(sightings.map(({ id, geometry }) => ({ id, geometry })))),
        );
      }),
    );
  });

  test('have their title, a description in plain text, and a colour', () => {
    const text = [...writeSimplestyle([sampleSighting({ confidence: 'high', title: '<b>' })])].join('');
    const { features } = JSON.parse(text) as { features: { properties: Record<string, unknown> }[] };
    expect(features[0]?.properties).toMatchObject({
      title: '<b>',
      'marker-color': CONFIDENCE_COLORS.high,
      description: expect.stringContaining('Confidence: high. One origin.\n') as unknown,
    });
  });
});

test('colours of confidence are those of the map', () => {
  expect(CONFIDENCE_COLORS).toEqual(LIGHT.confidence);
});
