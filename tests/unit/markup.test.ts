import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileFault } from '../../src/io/file-fault';
import type { ForeignData, ForeignFeature } from '../../src/io/foreign';
import { readGpx, readKml, readKmz } from '../../src/io/markup';
import { outlineXml } from '../../src/io/xml-outline';
import { rootOf } from '../../src/io/xml-root';
import { ROOT, toBytes, toText } from './fixtures';

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
      time: '2023-01-19',
      count: '2',
      'name (2)': 'Other',
      folder: 'S-400 & others',
    });
  });

  test('keeps typed data as the text that the file has', () => {
    expect(fieldsOf(bravo)).toEqual({
      name: 'Браво',
      time: '2023-01-06/2023-01-20',
      sure: 'false',
      code: '007',
      folder: 'S-400 & others / Inner',
    });
  });

  test('gives time spans with an open end', () => {
    expect(placeless?.fields.get('time')).toBe('2023-01/..');
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

  test('gives of two times the one with both ends as the time, else the moment, and the other by its name', () => {
    const stamp = '<TimeStamp><when>2023-01-08</when></TimeStamp>';
    const span = (end: string) => `<TimeSpan><begin>2023-01-06</begin>${end}</TimeSpan>`;
    const { features } = kml(
      `<kml><Placemark>${stamp}${span('<end>2023-01-20</end>')}</Placemark><Placemark>${span('')}${stamp}</Placemark></kml>`,
    );
    expect(features.map(fieldsOf)).toEqual([
      { timestamp: '2023-01-08', time: '2023-01-06/2023-01-20' },
      { timespan: '2023-01-06/..', time: '2023-01-08' },
    ]);
  });

  test('a Placemark without a place has no geometry', () => {
    expect(placeless && 'geometry' in placeless).toBe(false);
  });

  test('lists columns as they occur', () => {
    expect(columns).toEqual(['name', 'description', 'time', 'count', 'name (2)', 'folder', 'sure', 'code']);
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

  test('a Placemark can be the root, and an area can have 300,000 corners', () => {
    const corners = Array.from({ length: 300_000 }, (_, i) => `${i / 1e6},1`).join(' ');
    const area = `<outerBoundaryIs><LinearRing><coordinates>${corners} 0,2 0,1</coordinates></LinearRing></outerBoundaryIs>`;
    const [only] = kml(`<Placemark><Polygon>${area}</Polygon></Placemark>`).features;
    expect(only?.geometry).toMatchObject({ type: 'Polygon', coordinates: [{ length: 300_002 }] });
  });

  test('texts keep line breaks, and separators that XML 1.1 would change', () => {
    const [only] = placemark(
      '<ExtendedData><Data name="a"><value> x\r\ny\u2028z\u0085&#13; </value></Data></ExtendedData>',
    ).features;
    expect(only?.fields.get('a')).toBe(' x\ny\u2028z\u0085\r ');
  });
});

describe('the folders of KML', () => {
  const inFolders = (...names: string[]) =>
    kml(
      `<kml>${names.map((name) => `<Folder>${name}`).join('')}<Placemark/><Placemark/>${'</Folder>'.repeat(names.length)}</kml>`,
    );
  const foldersOf = ({ features }: ForeignData) => features.map(({ fields }) => fields.get('folder'));

  test('without a name are left out', () => {
    const data = inFolders('<name>A</name>', '', '<name> </name>', '<name>B &amp; C</name>');
    expect([foldersOf(data), data.notes]).toEqual([['A / B & C', 'A / B & C'], []]);
  });

  test('with very long names are cut, which is said', () => {
    const one = inFolders(`<name>${'😀'.repeat(500)}</name>`, `<name>${'b'.repeat(1000)}</name>`);
    expect(foldersOf(one)).toEqual(Array.from({ length: 2 }, () => `${'😀'.repeat(500)}…`));
    expect(one.notes).toEqual([
      'A folder has a name of more than 1,000 characters, with those around it: it was cut.',
    ]);
    const two = inFolders(`<name>a${'😀'.repeat(500)}</name>`, '<name>b</name>');
    expect(foldersOf(two)).toEqual(Array.from({ length: 2 }, () => `a${'😀'.repeat(499)}…`));
    expect(two.notes).toEqual([
      '2 folders have names of more than 1,000 characters, with those around them: they were cut.',
    ]);
  });

  test('are the same for all that lies in them, so that none is read twice', () => {
    const text =
      '<kml><Folder><name>A</name><Placemark/><Folder><Placemark/><Placemark/></Folder></Folder></kml>';
    const [outer, inner, next] = outlineXml(text, new Set(['Placemark']), quiet).units;
    expect(outer?.folder).toEqual({ name: 'A', parent: undefined });
    expect(next?.folder).toBe(inner?.folder);
    expect(inner?.folder?.parent).toBe(outer?.folder);
  });
});

describe('namespaces', () => {
  test('can be so many that they must not be gone through for each Placemark', () => {
    const declared = Array.from({ length: 60_000 }, (_, i) => `xmlns:n${i}="u${i}"`).join(' ');
    const data = `<ExtendedData><n7:code>1</n7:code></ExtendedData>`;
    const { features, setAside } = kml(
      `<kml ${declared}>${`<Placemark n59999:a="">${data}</Placemark>`.repeat(3000)}</kml>`,
    );
    expect([features.length, setAside]).toEqual([3000, []]);
    expect(fieldsOf(features.at(-1))).toEqual({ code: '1' });
  });

  test('have prefixes in any script', () => {
    const { features, setAside } = kml(
      '<kml xmlns:сведения="u"><Placemark><ExtendedData><сведения:код>1</сведения:код></ExtendedData></Placemark></kml>',
    );
    expect([features.map(fieldsOf), setAside]).toEqual([[{ код: '1' }], []]);
  });

  test('that are used and not declared are a fault', () => {
    expect(kml('<kml xmlns:a="u"><Placemark><b:x/></Placemark></kml>').setAside).toHaveLength(1);
  });

  test('leave alone what only looks like markup in values, comments and CDATA', () => {
    const text = '<k:b a="/k:c" d=\'&lt;k:d\'/><!-- <k:e> --><k:name><![CDATA[<k:f> ]]>&lt;k:g></k:name>';
    const { features, setAside } = kml(
      `<k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Placemark>${text}</k:Placemark></k:kml>`,
    );
    expect([features.map(fieldsOf), setAside]).toEqual([[{ name: '<k:f> <k:g>' }], []]);
  });

  test('have prefixes that are no patterns', () => {
    for (const prefix of ['(a', '(a+)+', '*', `${'a'.repeat(1000)}`])
      expect(() => kml(`<${prefix}:kml><Placemark/></${prefix}:kml>`)).toThrow(
        /^The file is no KML: its root is <.{1,70}>, not <kml>/,
      );
    expect(kml('<a.b:kml xmlns:a.b="u"><a.b:Placemark/></a.b:kml>').features).toHaveLength(1);
  });
});

describe('KML that is broken', () => {
  test.for([
    ['truncated-in-tag.kml', /on line 7, in <Placemark>, which begins on line 6/],
    ['mismatched.kml', /On line 1 stands <\/nme> where <\/name> belongs/],
    ['second-root.kml', /second root, <kml>, on line 1/],
    ['wrong-encoding.kml', /not UTF-8 text, as its beginning says, on line \d+:/],
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

  test('gives what is whole before it breaks off, and sets the rest aside', () => {
    const { features, setAside, notes } = readKml(fixture('bad/truncated.kml'), quiet);
    const where = /breaks off or is damaged on line 12, in <\w+>, which begins on line 12/;
    expect(features.map(({ place }) => place)).toEqual(['Placemark 1 (line 6)']);
    expect(setAside).toEqual([
      {
        place: 'Placemark 2 (line 11)',
        reason: expect.stringMatching(where) as unknown,
        text: expect.stringMatching(/^<Placemark><name>Браво<[^]*name="code"$/) as unknown,
      },
    ]);
    expect(notes).toEqual([expect.stringMatching(/^The file breaks off .* line 12: get a complete copy\.$/)]);
  });

  test.for([
    ['in a character', '<Placemark><name>и', '<Placemark><name>\ufffd'],
    ['in a start tag', '\n<Placem', '<Placem'],
    ['in a comment', '<!-- a > ', '<!-- a > '],
    ['in the mark of a comment', '<!-', '<!-'],
    ['in the mark of a CDATA section', '<Placemark><![CDA', '<Placemark><![CDA'],
    ['between Placemarks', '\n', ''],
    ['in an end tag', '</Docu', '</Docu'],
  ] as const)('keeps whole Placemarks when it breaks off %s', ([, end, rest]) => {
    const whole = '<kml><Document><Placemark><name>a</name></Placemark><Placemark><name>b</name></Placemark>';
    const bytes = toBytes(whole + end);
    const { features, setAside, notes } = readKml(end.endsWith('и') ? bytes.subarray(0, -1) : bytes, quiet);
    expect(features.map((one) => one.fields.get('name'))).toEqual(['a', 'b']);
    expect(setAside.map(({ text }) => text)).toEqual([rest]);
    expect(notes).toEqual([expect.stringContaining('The file breaks off')]);
  });

  test('a tag within a tag is damage, and nothing is read', () => {
    expect(() => kml('<kml><Placemark/><Placemark <Placemark/></kml>')).toThrow(/breaks off or is damaged/);
  });

  test('a document type before the break is refused', () => {
    expect(() => kml('<!DOCTYPE kml><kml><Placemark/><Placemark>')).toThrow(/document type/);
  });

  test('cut anywhere is never read as whole, and gives what is whole', () => {
    const whole = fixture('good/places.kml');
    const all = readKml(whole, quiet).features;
    const ends = [...toText(whole).matchAll(/<\/Placemark>/g)].map(
      ({ index }) => toBytes(toText(whole).slice(0, index)).length + '</Placemark>'.length,
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 10), (length) => {
        const count = ends.filter((end) => end <= length).length;
        const cut = whole.subarray(0, length);
        if (count === 0) {
          expect(() => readKml(cut, quiet)).toThrow(/breaks off|no markup/);
          return;
        }
        const { features, notes } = readKml(cut, quiet);
        expect(features).toEqual(all.slice(0, count));
        expect(notes[0]).toMatch(/^The file breaks off or is damaged on line \d+/);
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

  test('that breaks off gives what is whole', () => {
    const { features, setAside } = readGpx(fixture('bad/truncated.gpx'), quiet);
    expect([features.length, setAside.map(({ place }) => place)]).toEqual([1, ['line 4']]);
  });

  test('an entity bomb is refused', () => {
    expect(() => readGpx(fixture('bad/entity-bomb.gpx'), quiet)).toThrow(/document type/);
  });
});

describe('the root of a text', () => {
  test.for([
    ['<kml>', 'kml'],
    ['\n<?xml version="1.0"?><!-- <gpx> --><k:KML xmlns:k="x">', 'kml'],
    ['<!DOCTYPE kml [<!ENTITY a "<x>">]><kml/>', 'kml'],
    ['<!DOCTYPE kml><gpx/>', 'gpx'],
    [`${'<!-- a -->'.repeat(2000)}<svg>`, 'svg'],
    ['<!-- not closed <kml>', undefined],
    ['name,lat,lng', undefined],
  ] as const)('%s is found', ([text, root]) => {
    expect(rootOf(text)).toBe(root);
  });
});
