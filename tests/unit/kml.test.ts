import fc from 'fast-check';
import type { BBox } from 'geojson';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { CONFIDENCE_COLORS } from '../../src/io/confidence-color';
import { readContractKml } from '../../src/io/contract-kml';
import { writeKml } from '../../src/io/kml';
import { readKml } from '../../src/io/markup';
import { openFile } from '../../src/io/open';
import { writeSimplestyle } from '../../src/io/simplestyle';
import { LIGHT } from '../../src/map/theme';
import { arbitrarySightings } from './arbitrary-sightings';
import { geoSystems, toBytes, toText } from './fixtures';
import { sampleSighting, sampleSource } from './sample';

const systems = geoSystems();

function written(sightings: readonly Sighting[]): string {
  return [...writeKml(sightings, systems)].join('');
}

function readBack(sightings: readonly Sighting[]) {
  return readKml(toBytes(written(sightings)), () => undefined);
}

async function opened(text: string) {
  const opened = await openFile(toBytes(text), 'ours.kml', {});
  if (opened.kind !== 'sightings') throw new Error('It waits for a mapping.');
  return opened;
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

  test('are opened as the very same, with no word about them', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySightings, async (sightings) => {
        if (sightings.length === 0) return;
        const { bytes, mended, incomplete, setAside } = (await opened(written(sightings))).result;
        const { features } = JSON.parse(toText(bytes)) as { features: Sighting[] };
        const sorted = sightings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect([mended, incomplete, setAside]).toEqual([[], [], []]);
        expect(features).toEqual(JSON.parse(JSON.stringify(sorted)));
        expect(JSON.stringify(features)).toBe(JSON.stringify(sorted));
      }),
      { numRuns: 50 },
    );
  });

  test('are opened with properties that the contract does not know, whatever they look like', async () => {
    const sighting = sampleSighting();
    const given = {
      count: 5,
      code: '5',
      word: 'five',
      list: [1, 'a'],
      none: null,
      empty: '',
      yes: 'true',
      id: 'x',
    };
    for (const [name, value] of Object.entries({ ...given, ['__proto__']: { a: 1 } }))
      Object.defineProperty(sighting.properties, name, { value, enumerable: true });
    const { result } = await opened(written([sighting]));
    expect(toText(result.bytes)).toContain(JSON.stringify(sighting));
  });

  test('that somebody changed in another program keep what was written there, set aside', async () => {
    const text = written([sampleSighting({ id: 'one' }), sampleSighting({ id: 'two' })])
      .replace('<name>A sample<', '<name>Renamed<')
      .replace('Confidence: low. One', 'Confidence: low. No')
      .replace('<begin>2023-01-19<', '<begin>2023-01-18<')
      .replace('<styleUrl>', '<address>Main Street</address><styleUrl>')
      .replace('</Document>', '<Placemark><name>Added</name></Placemark></Document>');
    const { accepted, incomplete, setAside } = (await opened(text)).result;
    expect([accepted, incomplete]).toEqual([2, []]);
    expect(setAside.map(({ place, text }) => [place.replace(/ \(.*/, ''), text])).toEqual([
      ['Placemark 1', 'Renamed'],
      ['Placemark 1', expect.stringContaining('Confidence: low. No origin.')],
      ['Placemark 1', '2023-01-18/2023-01-19'],
      ['Placemark 3', expect.stringContaining('Added')],
      ['field “address”', 'Main Street'],
    ]);
  });

  test('whose fields were broken by hand are incomplete, with the reason', async () => {
    const text = written([sampleSighting(), sampleSighting({ id: 'b' })]).replace(
      /(<Data name="sources"><value>)[^<]*/,
      '$1[{',
    );
    const { accepted, incomplete } = (await opened(text)).result;
    expect(accepted).toBe(1);
    expect(incomplete.map(({ reasons }) => reasons)).toEqual([
      ['$.properties.sources: is no JSON that can be read'],
    ]);
  });

  test('among more Placemarks of others wait for a mapping', async () => {
    const others = '<Placemark><name>Other</name></Placemark>'.repeat(2);
    const text = written([sampleSighting()]).replace('</Document>', `${others}</Document>`);
    expect((await openFile(toBytes(text), 'mixed.kml', {})).kind).toBe('foreign');
  });

  test('have a span of days for a month', () => {
    expect(readBack([sampleSighting({ eventDate: '2023-02' })]).features[0]?.fields.get('time')).toBe(
      '2023-02-01/2023-02-28',
    );
  });

  test('are the very same with characters that XML cannot have', async () => {
    const texts = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `a${text}\0\ud800\ufffe b`);
    await fc.assert(
      fc.asyncProperty(texts, texts, async (confidenceBasis, name) => {
        const sighting = sampleSighting({
          title: 'x\ufffe',
          confidenceBasis,
          sources: [{ ...sampleSource(), claim: confidenceBasis }],
        });
        for (const key of [name, 'tab\tline\n'])
          Object.defineProperty(sighting.properties, key, { value: `${key}\n`, enumerable: true });
        const { bytes, mended, incomplete, setAside } = (await opened(written([sighting]))).result;
        expect([mended, incomplete, setAside]).toEqual([[], [], []]);
        expect(toText(bytes)).toContain(JSON.stringify(sighting));
      }),
      { numRuns: 50 },
    );
  });

  test('have names and descriptions without what XML cannot have, and say where a text is JSON', () => {
    const text = written([sampleSighting({ title: 'x\ufffe', confidenceBasis: 'a\0b <&>"\r\n' })]);
    expect(text).toContain('<name>x</name>');
    expect(text).toContain('Confidence: low. ab &lt;');
    expect(text).toContain(
      '<Data name="confidenceBasis"><displayName>confidenceBasis (JSON)</displayName><value>&quot;a\\u0000b ',
    );
  });

  test('of others that are called JSON and are none are taken as they stand', () => {
    const data = (value: string) =>
      `<Data name="a"><displayName>a (JSON)</displayName><value>${value}</value></Data>`;
    for (const value of ['{"b":1}', '"b', 'c'])
      expect(
        readKml(
          toBytes(`<kml><Placemark><ExtendedData>${data(value)}</ExtendedData></Placemark></kml>`),
          () => undefined,
        ).features[0]?.fields.get('a'),
      ).toBe(value);
  });

  test('properties that are not of the contract are kept', () => {
    const sighting = sampleSighting();
    Object.defineProperty(sighting.properties, '__proto__', { value: 'kept', enumerable: true });
    expect(readBack([sighting]).features[0]?.fields.get('__proto__')).toBe('kept');
  });

  test('what a Feature has beside its properties comes back, whatever else is called so', () => {
    const whole = (sighting: Sighting) => readContractKml(readBack([sighting]), {}).bytes;
    for (const properties of [{}, { 'members of the feature': '{"editor":1}' }]) {
      const sighting = sampleSighting();
      const bbox: BBox = [37, 55, 38, 56];
      const members = { bbox, editor: { name: 'Ann\u0000' } };
      const given = { ...sighting, ...members, properties: { ...sighting.properties, ...properties } };
      const { features } = JSON.parse(new TextDecoder().decode(whole(given))) as { features: unknown[] };
      expect(features).toEqual([given]);
      expect(readContractKml(readBack([given]), {}).setAside).toEqual([]);
    }
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
