import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileFault } from '../../src/io/file-fault';
import type { ForeignData, ForeignFeature } from '../../src/io/foreign';
import { readGpx, readKml, readKmz } from '../../src/io/markup';
import { ROOT, toBytes } from './fixtures';

const quiet = () => undefined;

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, 'tests/fixtures/formats', name)));
}

function kml(text: string): ForeignData {
  return readKml(toBytes(text), quiet);
}

function placemark(inside: string): ForeignData {
  return kml(`<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>${inside}</Placemark></kml>`);
}

function fieldsOf(feature: ForeignFeature | undefined): Record<string, unknown> {
  return Object.fromEntries(feature?.fields ?? []);
}

describe('KML', () => {
  const { features, columns } = readKml(fixture('good/places.kml'), quiet);
  const [alpha, bravo, placeless, areas, track] = features;

  test('says where each Placemark stands', () => {
    expect(features.map(({ place }) => place)).toEqual([
      'Placemark 1 (line 6)',
      'Placemark 2 (line 11)',
      'Placemark 3 (line 16)',
      'Placemark 4 (line 17)',
      'Placemark 5 (line 21)',
    ]);
  });

  test('gives names, times, descriptions, folders and extended data as they are', () => {
    expect(fieldsOf(alpha)).toEqual({
      name: 'Alpha',
      description: '<b>bold</b> <!DOCTYPE x> & more',
      timestamp: '2023-01-19',
      count: '2',
      'name (2)': 'Other',
      folder: 'S-400 & others',
    });
  });

  test('keeps typed data as the text that the file has', () => {
    expect(fieldsOf(bravo)).toEqual({
      name: 'Браво',
      timespan: '2023-01-06/2023-01-20',
      sure: 'false',
      code: '007',
      folder: 'S-400 & others / Inner',
    });
  });

  test('gives time spans with an open end', () => {
    expect(placeless?.fields.get('timespan')).toBe('2023-01/..');
  });

  test('gives the id of a Placemark', () => {
    expect([alpha?.id, bravo?.id]).toEqual(['one', undefined]);
  });

  test('gives points, areas with holes, several areas, and lines', () => {
    expect(features.map(({ geometry }) => (geometry as { type: string } | undefined)?.type)).toEqual([
      'Point',
      'Polygon',
      undefined,
      'MultiPolygon',
      'LineString',
    ]);
    expect(bravo?.geometry).toMatchObject({ coordinates: [{ length: 5 }, { length: 4 }] });
    expect(areas?.geometry).toMatchObject({ coordinates: [{ length: 1 }, { length: 1 }] });
    expect(track?.fields.has('name')).toBe(true);
  });

  test('a Placemark without a place has no geometry', () => {
    expect(placeless && 'geometry' in placeless).toBe(false);
  });

  test('lists columns as they occur', () => {
    expect(columns).toEqual([
      'name',
      'description',
      'timestamp',
      'count',
      'name (2)',
      'folder',
      'timespan',
      'sure',
      'code',
    ]);
  });

  test.for([
    'utf-16.kml',
    'utf-16-without-mark.kml',
    'windows-1251.kml',
    'prefixed.kml',
    'without-namespace.kml',
  ])('%s is read', (name) => {
    const [only] = readKml(fixture(`good/${name}`), quiet).features;
    expect([only?.fields.get('name'), only?.geometry]).toEqual([
      'Лосиный остров',
      { type: 'Point', coordinates: [37.6, 55.7] },
    ]);
  });

  test('names such as __proto__ are data', () => {
    const [only] = readKml(fixture('good/proto.kml'), quiet).features;
    expect([only?.id, ...(only?.fields ?? [])]).toEqual([
      '__proto__',
      ['name', 'x'],
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('fetches nothing, and says so', () => {
    const { setAside, notes } = readKml(fixture('good/links.kml'), quiet);
    expect([setAside.map(({ place }) => place), notes]).toEqual([
      ['NetworkLink 1 (line 22)', 'GroundOverlay 1 (line 23)'],
      ['It links to other data (1), which is never fetched.'],
    ]);
  });

  test.for([
    ['a missing number', '<Point><coordinates>37.6,,0</coordinates></Point>', /“37\.6,,0”/],
    ['words', '<Point><coordinates>here</coordinates></Point>', /“here”/],
    ['decimal commas', '<Point><coordinates>37,6,55,7</coordinates></Point>', /cannot be read/],
    [
      'two shapes',
      '<Point><coordinates>1,2</coordinates></Point><Point><coordinates>3,4</coordinates></Point>',
      /MultiGeometry/,
    ],
    ['no coordinates', '<Polygon/>', /no coordinates/],
    [
      'a hole first',
      '<Polygon><innerBoundaryIs/><outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,7</coordinates></LinearRing></outerBoundaryIs></Polygon>',
      /hole of it stands before/,
    ],
    ['an unknown entity', '<name>&c;</name>', /broken on line 1: entity not found/],
    ['a double attribute', '<name a="1" a="2"/>', /broken on line 1/],
  ] as const)('with %s is set aside, not guessed', ([, inside, reason]) => {
    const { features, setAside } = placemark(inside);
    expect([features.length, setAside.length, setAside[0]?.reason]).toEqual([
      0,
      1,
      expect.stringMatching(reason),
    ]);
  });

  test('the line of a fault inside of a Placemark is that of the file', () => {
    expect(placemark('\n\n<name>&c;</name>\n').setAside[0]?.reason).toMatch(/broken on line 3/);
  });

  test('texts keep line breaks, and separators that XML 1.1 would change', () => {
    const [only] = placemark(
      '<ExtendedData><Data name="a"><value> x\r\ny\u2028z\u0085&#13; </value></Data></ExtendedData>',
    ).features;
    expect(only?.fields.get('a')).toBe(' x\ny\u2028z\u0085\r ');
  });
});

describe('KML that is broken', () => {
  test.for([
    ['truncated.kml', /breaks off or is damaged on line 12, in <\w+>, which begins on line 12/],
    ['truncated-in-tag.kml', /on line 7, in <Placemark>, which begins on line 6/],
    ['mismatched.kml', /On line 1 stands <\/nme> where <\/name> belongs/],
    ['second-root.kml', /second root, <kml>, on line 1/],
    ['wrong-encoding.kml', /not UTF-8 text/],
    ['unknown-encoding.kml', /“utf-7”, which is not known/],
    ['entity-bomb.kml', /declares a document type or entities on line 2/],
    ['entity-bomb-utf-16.kml', /declares a document type or entities on line 2/],
    ['external-entity.kml', /declares a document type/],
    ['deep.kml', /nested deeper than 64 levels/],
    ['deep-in-placemark.kml', /nested deeper than 64 levels/],
    ['other-root.kml', /root is <svg>, not <kml>/],
    ['blank.kml', /no markup in it/],
  ] as const)('%s is refused with line and reason', ([name, message]) => {
    expect(() => readKml(fixture(`bad/${name}`), quiet)).toThrow(FileFault);
    expect(() => readKml(fixture(`bad/${name}`), quiet)).toThrow(message);
  });

  test('a document type behind a processing instruction is refused too', () => {
    expect(() => kml('<?a <b> ?><!-- -- > --><!DOCTYPE x><kml/>')).toThrow(/document type/);
  });

  test('cut anywhere is never read as whole', () => {
    const whole = fixture('good/places.kml');
    fc.assert(
      fc.property(fc.nat(whole.length - 10), (length) => {
        expect(() => readKml(whole.subarray(0, length), quiet)).toThrow(FileFault);
      }),
    );
  });

  test('any change of a letter throws nothing but a fault of the file', () => {
    const whole = fixture('good/links.kml');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom(...'<>&"\'/=!x-]\0'), (at, letter) => {
        const changed = whole.map((byte, i) => (i === at ? letter.charCodeAt(0) : byte));
        try {
          readKml(changed, quiet);
        } catch (error) {
          expect(error).toBeInstanceOf(FileFault);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('KMZ', () => {
  test('is read by its doc.kml; that there are others is said', () => {
    const { features, notes } = readKmz(fixture('good/places.kmz'), quiet);
    expect([features.length, notes]).toEqual([
      5,
      ['It has other KML files, which were not read: “other.kml”.'],
    ]);
  });

  test.for([
    ['truncated.kmz', /breaks off or is damaged/],
    ['damaged.kmz', /“doc\.kml” in the archive is damaged/],
    ['without-kml.kmz', /no KML file/],
    ['entity-bomb.kmz', /document type/],
  ] as const)('%s is refused', ([name, message]) => {
    expect(() => readKmz(fixture(`bad/${name}`), quiet)).toThrow(message);
  });
});

describe('GPX', () => {
  const { features } = readGpx(fixture('good/points.gpx'), quiet);

  test('says where each point, route and track stands', () => {
    expect(features.map(({ place }) => place)).toEqual([
      'wpt 1 (line 3)',
      'wpt 2 (line 4)',
      'rte 1 (line 5)',
      'trk 1 (line 6)',
    ]);
  });

  test('gives what it says of a point', () => {
    expect(fieldsOf(features[0])).toEqual({
      ele: '140',
      time: '2023-01-19T10:00:00Z',
      name: 'Alpha',
      desc: 'Seen & told',
      link: 'https://example.org/a',
    });
  });

  test('gives extensions by the names of what is innermost', () => {
    expect(fieldsOf(features[1])).toEqual({ name: 'Браво', b: 'deep' });
  });

  test('gives geometry', () => {
    expect(features.map(({ geometry }) => geometry)).toEqual([
      { type: 'Point', coordinates: [37.6, 55.7, 140] },
      { type: 'Point', coordinates: [37.7, 55.8] },
      {
        type: 'LineString',
        coordinates: [
          [37, 55],
          [38, 56],
        ],
      },
      {
        type: 'LineString',
        coordinates: [
          [37, 55],
          [38, 56],
        ],
      },
    ]);
  });

  test('a decimal comma is set aside, not guessed, and takes no other with it', () => {
    const { features, setAside } = readGpx(fixture('bad/coordinates-with-comma.gpx'), quiet);
    expect([features.length, setAside.map(({ reason }) => reason)]).toEqual([
      1,
      ['its lat cannot be read: “55,7”'],
    ]);
  });

  test('an entity bomb is refused', () => {
    expect(() => readGpx(fixture('bad/entity-bomb.gpx'), quiet)).toThrow(/document type/);
  });
});
