import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { applyMapping } from '../../src/io/apply-mapping';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { suggestMapping } from '../../src/io/column-guess';
import { FileFault } from '../../src/io/file-fault';
import type { ImportResult, Progress } from '../../src/io/foreign';
import { writeCsv } from '../../src/io/flat-csv';
import { ACCEPT, FORMAT_LIST, formatOfName } from '../../src/io/formats';
import { readSightings } from '../../src/io/geojson';
import { writeKml } from '../../src/io/kml';
import { quickReading } from '../../src/io/quick-reader';
import { membersTwice } from '../../src/io/twice-members';
import { MAX_FOREIGN_BYTES, type Opened, openFile } from '../../src/io/open';
import { arbitrarySightings } from './arbitrary-sightings';
import { ROOT, fixtures, geoBytes, geoContext, geoSystems, toBytes, toText } from './fixtures';
import { sampleSighting, sampleSource } from './sample';

const context = geoContext();
const FOLDER = join(ROOT, 'tests/fixtures/formats');

/** What becomes of the files: how many features each has that are used, incomplete and set aside, or the fault. */
const GOOD: Readonly<Record<string, readonly [used: number, setAside: number]>> = {
  'archive.zip': [3, 0],
  'feature.json': [1, 0],
  'geometries.json': [2, 0],
  'geometry.json': [1, 0],
  'links.kml': [5, 2],
  'list.json': [3, 0],
  'one-file.zip': [3, 0],
  'other-members.geojson': [1, 0],
  'places.kml': [5, 0],
  'places.kmz': [5, 0],
  'points-windows-lines.jsonl': [3, 0],
  'points-with-mark.geojson': [3, 0],
  'points.geojson': [3, 0],
  'points.geojsons': [3, 0],
  'points.gpx': [4, 0],
  'points.ndjson': [3, 0],
  'prefixed.kml': [1, 0],
  'pretty-sequence.geojsons': [3, 0],
  'proto.kml': [1, 0],
  'sightings.geojson': [3, 0],
  'sightings.geojson.gz': [3, 0],
  'sightings.ndjson': [3, 0],
  'text-of-2008.geojson': [3, 0],
  'utf-16-without-mark.kml': [1, 0],
  'utf-16.kml': [1, 0],
  'windows-1251.kml': [1, 0],
  'without-namespace.kml': [1, 0],
};

const BAD: Readonly<Record<string, readonly [used: number, setAside: number] | RegExp>> = {
  'archive-in-archive.zip': /“inner\.csv” in the archive is an archive itself/,
  'archive-of-many.zip': /“a\.geojson”, “b\.geojson”: unpack it/,
  'archive-of-nothing.zip': /no file that can be opened/,
  'archive-of-others.zip': /no file that can be opened/,
  'blank.geojson': /blank space/,
  'blank.kml': /blank space/,
  'bomb.xlsx': /“xl\/comments1\.xml” in the archive unpacks to more than 100 times its size, as a bomb does/,
  'broken-first-line.ndjson': [2, 1],
  'broken-middle.geojson': [2, 1],
  'called.kmz': /called kmz, but does not begin as one/,
  'coordinates-missing-number.kml': [1, 1],
  'coordinates-none.kml': [1, 1],
  'coordinates-short-ring.kml': [1, 1],
  'coordinates-with-comma.gpx': [1, 1],
  'coordinates-words.kml': [1, 1],
  'course-of-one.gpx': [0, 1],
  'damaged.geojson.gz': /checksum/,
  'damaged.kmz': /damaged/,
  'damaged.xlsx':
    /no spreadsheet that can be read: “_rels\/\.rels” in the archive is damaged: .* Get a new copy/,
  'deep-in-placemark.kml': /deeper than 64 levels/,
  'deep.geojson': [2, 1],
  'deep.kml': /deeper than 64 levels/,
  'document.pdf': /PDF/,
  'document.xlsx': /a Word document \(\.docx\), although its name ends in \.xlsx: save its table as CSV/,
  'empty.geojson': /empty/,
  'empty.gpx': /empty/,
  'empty.kml': /empty/,
  'empty.kmz': /empty/,
  'empty.ndjson': /empty/,
  'empty.xlsx': /empty/,
  'empty.zip': /empty/,
  'entity-bomb-utf-16.kml': /document type or entities on line 2/,
  'entity-bomb.gpx': /document type or entities on line 2/,
  'entity-bomb.kml': /document type or entities on line 2/,
  'entity-bomb.kmz': /document type or entities on line 2/,
  'entity-bomb.xlsx': /document type or entities on line 2 of “xl\/worksheets\/sheet1\.xml”/,
  'esri.json': [0, 1],
  'external-entity.kml': /document type or entities on line 1/,
  'html.kml': /web page/,
  'mismatched.kml': /On line 1 stands <\/nme>/,
  'mixed-line-ends.gpx': [2, 1],
  'mixed-line-ends.kml': [2, 1],
  'mixed.ndjson': [4, 3],
  'noise.bin': /cannot be told/,
  'old-workbook.xls': /save it as \.xlsx/,
  'other-crs-sightings.geojson': [0, 3],
  'other-crs.geojson': [0, 3],
  'other-root.kml': /<svg>/,
  'other.json': /no GeoJSON/,
  'proto.geojson': [1, 1],
  'second-root.kml': /second root/,
  'sightings-with-faults.geojson': [6, 2],
  'text.xlsx': /called xlsx, but does not begin as one/,
  'topology.json': /TopoJSON/,
  'truncated-checksum.geojson.gz': /breaks off/,
  'truncated-in-tag.kml': /breaks off/,
  'truncated.geojson': [2, 1],
  'truncated.geojson.gz': /breaks off/,
  'truncated.gpx': [1, 1],
  'truncated.kml': [1, 1],
  'truncated.kmz': /breaks off/,
  'truncated.ndjson': [2, 1],
  'truncated.xlsx': /breaks off or is damaged: get a complete copy/,
  'unclosed-name.kml': /<\/Placemark> where <\/name> belongs/,
  'unknown-encoding.kml': /“utf-7”/,
  'unknown-entity.kml': [0, 1],
  'unquoted.kml': [0, 1],
  'utf-16.geojson': /UTF-16LE text.*save it as UTF-8/,
  'without-features.geojson': /without a list of features/,
  'without-kml.kmz': /no KML file/,
  'without-placemarks.kml': [0, 0],
  'without-sheet.xlsx': /its part “xl\/worksheets\/sheet1\.xml” is missing\. Save it anew/,
  'without-workbook.xlsx': /its part “xl\/_rels\/workbook\.xml\.rels” is missing\. Save it anew/,
  'wrong-encoding.geojson': [2, 1],
  'wrong-encoding.kml': /not UTF-8 text/,
};

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, name)));
}

async function open(file: string | Uint8Array, name = '', progress?: Progress): Promise<Opened> {
  return await openFile(typeof file === 'string' ? toBytes(file) : file, name, context, {}, progress);
}

async function resultOf(file: string | Uint8Array, name = ''): Promise<ImportResult> {
  const opened = await open(file, name);
  if (opened.kind !== 'sightings') throw new Error('is foreign');
  return opened.result;
}

/** What became of the features of a file, or its fault. */
async function fateOf(bytes: Uint8Array | string, name: string): Promise<readonly [number, number] | string> {
  try {
    const opened = await open(bytes, name);
    if (opened.kind === 'foreign') return [opened.data.features.length, opened.data.setAside.length];
    const { accepted, incomplete, setAside } = opened.result;
    return [accepted + incomplete.length, setAside.length];
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
}

describe('every file', () => {
  test.for([
    ['good', GOOD],
    ['bad', BAD],
  ] as const)('in %s/ is in the list', ([folder, list]) => {
    expect(readdirSync(join(FOLDER, folder)).toSorted()).toEqual(Object.keys(list).toSorted());
  });

  test.for(Object.entries(GOOD))('good/%s is read, and nothing of it lost', async ([name, fate]) => {
    expect(await fateOf(fixture(`good/${name}`), name)).toEqual(fate);
  });

  test.for(Object.entries(BAD))(
    'bad/%s has a clear fault, and nothing of it is lost',
    async ([name, fate]) => {
      const found = await fateOf(fixture(`bad/${name}`), name);
      expect(found).toEqual(fate instanceof RegExp ? expect.stringMatching(fate) : fate);
    },
  );

  test.for(Object.keys(GOOD))('good/%s is known by its content under any name', async (name) => {
    expect(await fateOf(fixture(`good/${name}`), 'data')).toEqual(GOOD[name]);
  });

  test.for(Object.keys(GOOD))('good/%s is read when it is packed by gzip', async (name) => {
    const bytes = fixture(`good/${name}`);
    if (name.endsWith('.gz')) expect(await fateOf(gzipSync(bytes), name)).toMatch(/packed by gzip twice/);
    else expect(await fateOf(gzipSync(bytes), `${name}.gz`)).toEqual(GOOD[name]);
  });

  test('cut anywhere or of other bytes throws nothing but a fault of the file', async () => {
    const files = Object.keys(GOOD).map((name) => ({ name, bytes: fixture(`good/${name}`) }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.nat(255),
        fc.boolean(),
        async (file, at, byte, isCut) => {
          const where = at % file.bytes.length;
          const changed = isCut
            ? file.bytes.slice(0, where)
            : file.bytes.map((b, i) => (i === where ? byte : b));
          await fateOf(changed, file.name);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('of any bytes throws nothing but a fault of the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.constantFrom('', '{', '[', '<kml>', '<gpx>', 'PK\u0003\u0004', '\u001f'),
        async (bytes, head) => {
          await fateOf(new Uint8Array([...toBytes(head), ...bytes]), 'data.geojson');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('larger than the limit for its format is refused, and the limit is named', async () => {
    const bytes = new Uint8Array(MAX_FOREIGN_BYTES + 1).fill(0x20);
    bytes.set(toBytes('<kml/>'));
    await expect(open(bytes, 'a.kml')).rejects.toThrow(/format KML are held .* With more than 50 MB/);
  });
});

describe('a field of a million letters', () => {
  const huge = 'я'.repeat(1e6);
  const feature = (name: string) =>
    JSON.stringify({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [37, 55] },
      properties: { name },
    });
  const placemark = (name: string) =>
    `<Placemark><name>${name}</name><Point><coordinates>37,55</coordinates></Point></Placemark>`;
  const waypoint = (name: string) => `<wpt lat="55" lon="37"><name>${name}</name></wpt>`;
  const cell = (address: string, text: string) =>
    `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const workbook = () => {
    const rows = [
      ['name', 'lat'],
      [huge, '1'],
      ['next', '2'],
    ];
    const texts = rows.map(
      ([a = '', b = ''], i) => `<row r="${i + 1}">${cell(`A${i + 1}`, a)}${cell(`B${i + 1}`, b)}</row>`,
    );
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const sheet = toBytes(`<worksheet xmlns="${main}"><sheetData>${texts.join('')}</sheetData></worksheet>`);
    const parts = [...unzipWithin(new Uint8Array(readFileSync(join(FOLDER, '../open/places.xlsx'))))];
    const own = parts.map(([name, part]) => [name, name.includes('sheet1') ? sheet : part] as const);
    return zipSync(Object.fromEntries(own), { level: 0 }); // what packs so well is taken for a bomb
  };
  test.for<readonly [name: string, bytes: () => Uint8Array]>([
    [
      'a.geojson',
      () => toBytes(`{"type":"FeatureCollection","features":[${feature(huge)},\n${feature('next')}]}`),
    ],
    ['a.ndjson', () => toBytes(`${feature(huge)}\n${feature('next')}\n`)],
    ['a.kml', () => toBytes(`<kml><Document>${placemark(huge)}${placemark('next')}</Document></kml>`)],
    ['a.gpx', () => toBytes(`<gpx>${waypoint(huge)}\n${waypoint('next')}</gpx>`)],
    ['a.csv', () => toBytes(`name,lat\n${huge},1\nnext,2\n`)],
    ['a.xlsx', workbook],
  ])('of %s is whole, and takes nothing else with it', async ([name, bytes]) => {
    const opened = await open(bytes(), name);
    if (opened.kind !== 'foreign') throw new Error('is ours');
    const { features, setAside } = opened.data;
    expect(features.map(({ fields }) => fields.get('name') === huge)).toEqual([true, false]);
    expect([features[1]?.fields.get('name'), setAside]).toEqual(['next', []]);
    expect(features.map(({ text }) => text.includes(huge))).toEqual([true, false]);
  });
});

/** Bytes as they are in packed or compiled files: a ninth of them are none of a text. */
function noiseAfter(begin: string, length = 5000): Uint8Array {
  let state = 7;
  const noise = Array.from({ length }, () => (state = (state * 1103515245 + 12345) % 2 ** 31) >> 16);
  return Uint8Array.from([...Buffer.from(begin, 'latin1'), ...noise.map((one) => one & 0xff)]);
}

describe('a file that is no text', () => {
  const words = zipFiles([
    ['[Content_Types].xml', toBytes('<Types/>')],
    ['word/document.xml', toBytes('<w/>')],
  ]);
  const calc = zipFiles([
    ['mimetype', toBytes('application/vnd.oasis.opendocument.spreadsheet')],
    ['content.xml', toBytes('<office/>')],
  ]);
  test.for<readonly [what: string, bytes: Uint8Array, said: RegExp]>([
    ['a picture', noiseAfter('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), /^The file is a PNG picture.*: open the data/],
    ['a picture of a camera', noiseAfter('\xff\xd8\xff\xe0\0\x10JFIF\0'), /a JPEG picture/],
    ['a PDF', toBytes('%PDF-1.7\n1 0 obj\n'), /a PDF.*: open the data it was made of/],
    ['a database', noiseAfter('SQLite format 3\0'), /a database.*: export its layer/],
    ['a program', noiseAfter('\x7fELF\x02\x01\x01'), /a program.*: look whether/],
    ['a text document', words, /a Word document \(\.docx\).*: save its table as CSV/],
    ['a spreadsheet of LibreOffice', calc, /an OpenDocument file .*: save its table as \.xlsx or CSV/],
    [
      'anything else',
      noiseAfter('\x01\x02'),
      /no text, and begins with the bytes 01 02\. Open the data as a text/,
    ],
  ])('%s called a table or GeoJSON is said to be that, with the remedy', async ([, bytes, said]) => {
    for (const name of [
      'data.csv',
      'data.tsv',
      'data.geojson',
      'data.ndjson',
      'data.kml',
      'data.gpx',
      'data',
    ]) {
      const fate = await fateOf(bytes, name);
      expect(fate).toMatch(said);
      if (/^The file is (?:a|an) /.test(String(fate)))
        expect(String(fate).includes(`, although its name ends in ${name.slice(4)}:`)).toBe(name !== 'data');
      expect(await fateOf(gzipSync(bytes), `${name}.gz`)).toMatch(said);
    }
  });

  test('is not read as one because somebody says so', async () => {
    const asCsv = (bytes: Uint8Array) => openFile(bytes, 'data', context, { format: 'csv' });
    await expect(asCsv(noiseAfter('\x89PNG\r\n'))).rejects.toThrow(/a PNG picture: open the data itself/);
    await expect(asCsv(words)).rejects.toThrow(/a zip archive, and no CSV table/);
  });

  test('is not thought of a text in any encoding, or with some slips', async () => {
    const text = 'title;lat\nБрянск\u0001;55.7\n'.repeat(30);
    const utf16 = Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Buffer.from(text, 'utf16le'))]);
    expect(await fateOf(text, 'a.csv')).toEqual([59, 0]);
    expect(await fateOf(utf16, 'a.csv')).toEqual([59, 0]);
  });
});

test('of features on lines a bare return between two takes neither along', async () => {
  const lines = ['a', 'b', 'c'].map((id) => JSON.stringify(sampleSighting({ id })));
  const text = `${lines[0]}\r${lines[1]}\r\n\r${lines[2]}\r{"type":\n${lines[0]?.replace('"a"', '"d"')}`;
  const { accepted, setAside } = await resultOf(text, 'a.ndjson');
  expect([accepted, setAside.map(({ place }) => place)]).toEqual([
    4,
    [expect.stringMatching(/^line 2, byte /)],
  ]);
  const { table, rejected, issues } = readSightings(toBytes(text), context, quickReading);
  expect([table.length, rejected, issues.filter(({ severity }) => severity === 'error').length]).toEqual([
    4, 1, 1,
  ]);
});

describe('a member that stands twice', () => {
  const said = 'stands twice: the last one is taken, remove the others';

  test('in a sighting is a warning of it, and a reason where it is incomplete', async () => {
    const text = JSON.stringify(sampleSighting({ id: 'a', title: 'Last' }));
    const good = text
      .replace('"properties":{', '"properties":{"title":"First",')
      .replace('"geometry":', '"geometry":null,"geometry":');
    const bad = good.replace('"id":"a"', '"id":"b"').replace(/"eventDate":"[^"]*"/, '"eventDate":"x"');
    const { accepted, warnings, incomplete, bytes } = await resultOf(`${good}\n${bad}\n`, 'a.ndjson');
    expect([accepted, warnings.map(({ id, message }) => [id, message])]).toEqual([
      1,
      [
        ['a', `$.geometry: ${said}`],
        ['a', `$.properties.title: ${said}`],
      ],
    ]);
    expect(incomplete[0]?.reasons.slice(1)).toEqual([`$.geometry: ${said}`, `$.properties.title: ${said}`]);
    expect(toText(bytes)).toContain('"title":"First","title":"Last"');
  });

  test('in data of others is told with its places', async () => {
    const feature = (properties: string) => `{"type":"Feature","geometry":null,"properties":{${properties}}}`;
    const lines = [
      '"name":"a","na\\u006de":"b"',
      '"x":[{"y y":1,"y y":2}]',
      '"a":"\\"b\\":","b":{"a":1}',
    ].map(feature);
    const opened = await open(lines.join('\n'), 'a.ndjson');
    expect(opened.kind === 'foreign' && opened.data.notes[1]).toBe(
      'Members that stand twice, the last of which is taken: $.properties.name of line 1, byte 0, $.properties.x[0]["y y"] of line 2, byte 77. Remove the others.',
    );
  });

  test('is told of any value as JSON.parse would drop it, and of no other', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        // What is written by JSON.stringify has no member twice.
        const value: unknown = JSON.parse(text);
        expect(membersTwice(JSON.stringify(value, null, 1))).toEqual([]);
        expect(membersTwice(`{"a":${text},"b":{"c c":1,"d":${text},"c c":2},"a":0}`).slice(-2)).toEqual(
          expect.arrayContaining(['$.a']),
        );
      }),
    );
  });
});

describe('text before GeoJSON', () => {
  const collection = '{"name":"x","type":"FeatureCollection","features":[]}';
  test.for([
    ['// exported by a tool', '\n', 1, 2],
    ['# exported by a tool', '\r\n', 1, 2],
    ['/* {exported} by a tool', '\n*/\n', 1, 3],
    ['\ufeff\n// exported', '\n\n', 2, 4],
    ['var sightings =', ' ', 1, 1],
    ['callback(', '', 1, 1],
    ['A list of launchers', '\n[', 1, 2],
  ] as const)(
    'is named with its line, and where the data begin: %j',
    async ([text, between, line, begin]) => {
      const said = `On line ${line} stands "${text.trim()}" before the GeoJSON, which begins on line ${begin}: remove what is before it, as JSON has no comments.`;
      for (const name of ['a.geojson', 'a.json', 'data', 'a.csv'])
        expect(await fateOf(`${text}${between}${collection}`, name)).toBe(said);
    },
  );

  test('is not seen in a table that has features in its cells', async () => {
    const rows = 'name\tshape\nA\t{"type":"Feature","geometry":null,"properties":{}}\n';
    expect(await fateOf(rows, 'a.tsv')).toEqual([1, 0]);
    expect(await fateOf(rows, 'data')).toEqual([1, 0]);
  });

  test('is a line that is set aside among features on lines of their own', async () => {
    const line = '{"type":"Feature","geometry":null,"properties":{"name":"a"}}\n';
    expect(await fateOf(`#\n${line}${line}`, 'a.ndjson')).toEqual([2, 1]);
  });
});

describe('files of sightings', () => {
  test('the data of the project come back to the byte', async () => {
    const { bytes, accepted, mended, incomplete, setAside } = await resultOf(geoBytes('sightings.geojson'));
    expect([toText(bytes), accepted, mended, incomplete, setAside]).toEqual([
      toText(geoBytes('sightings.geojson')),
      8,
      [],
      [],
      [],
    ]);
  });

  test.for(fixtures('good'))('good/$name is accepted as by the validator', async ({ bytes, name }) => {
    const result = await resultOf(bytes, name);
    expect([result.accepted, result.incomplete, result.setAside]).toEqual([
      readSightings(bytes, context).accepted,
      [],
      [],
    ]);
  });

  test.for(fixtures('bad'))(
    'bad/$name: what is accepted obeys the contract, nothing is lost',
    async ({ bytes, name }) => {
      const opened = await open(bytes, name);
      if (opened.kind === 'foreign') return;
      const { result } = opened;
      const before = readSightings(bytes, context);
      const after = readSightings(result.bytes, context);
      const errors = after.issues.filter(({ severity }) => severity === 'error');
      expect([errors, after.accepted]).toEqual([[], result.accepted]);
      const found = result.accepted + result.incomplete.length + result.setAside.length;
      expect(found).toBe(before.accepted + before.rejected);
    },
  );

  test('any sightings come back by their very bytes, sorted by id', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySightings, async (sightings) => {
        fc.pre(sightings.length > 0);
        const texts = sightings.map((sighting) => JSON.stringify(sighting, null, sighting.id.length % 3));
        const result = await resultOf(`{"features": [${texts.join(' , ')}], "type": "FeatureCollection"}`);
        const byId = sightings
          .map(({ id }, i) => [id, texts[i] ?? ''] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect(toText(result.bytes)).toBe(
          `{"type":"FeatureCollection","features":[\n${byId.map(([, text]) => text).join(',\n')}\n]}\n`,
        );
      }),
    );
  });

  const fileOf = (sightings: readonly unknown[], head = '') =>
    `{"type":"FeatureCollection",${head}"features":[\n${sightings.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
  const [a, b, c] = ['a', 'b', 'c'].map((id) => sampleSighting({ id })) as [Sighting, Sighting, Sighting];
  const second = `feature 2 (line 3, byte ${fileOf([a]).length - '\n]}\n'.length + ',\n'.length})`;
  const third = `feature 3 (line 4, byte ${fileOf([a, b]).length - '\n]}\n'.length + ',\n'.length})`;

  test('members of the collection are kept', async () => {
    const head = '"title":"T","__proto__":{"x":1},"license":null,';
    expect(toText((await resultOf(fileOf([a], head))).bytes)).toBe(fileOf([a], head));
  });

  test('what is wrong with the file itself is said', async () => {
    const text = fileOf([a, b]).replace('},\n', '}\n').replace('"FeatureCollection"', '"Collection"');
    const opened = await open(text);
    expect(opened).toMatchObject({
      kind: 'sightings',
      result: { accepted: 2 },
      notes: [
        `A comma is missing or too many before line 3, byte ${text.indexOf('{"type":"Feature","id":"b"')}: the file is not JSON.`,
        'Its type should be "FeatureCollection", not "Collection".',
      ],
    });
  });

  test('a comma that a list lacks is at its place in the file', async () => {
    const text = `[${JSON.stringify(a)}\n${JSON.stringify(b)}]`;
    const byte = text.indexOf('\n') + 1;
    expect(await open(text)).toMatchObject({
      notes: [`A comma is missing or too many before line 2, byte ${byte}: the file is not JSON.`],
    });
  });

  test('a list of them, or one a line, is a file of them too', async () => {
    const lines = [a, b].map((sighting) => JSON.stringify(sighting));
    for (const text of [`[${lines.join()}]`, lines.join('\n')])
      expect(toText((await resultOf(text)).bytes)).toBe(fileOf([a, b]));
  });

  test('what only their geometry lacks is mended and told', async () => {
    const ring = [
      [37, 55],
      [37, 56],
      [38, 56],
    ];
    const clockwise = { ...b, geometry: { type: 'Polygon', coordinates: [ring] } };
    const { accepted, mended } = await resultOf(fileOf([a, clockwise, c]));
    expect([accepted, mended]).toEqual([
      3,
      [
        { place: second, id: 'b', what: 'the ring was closed' },
        { place: second, id: 'b', what: 'the ring was turned counter-clockwise' },
      ],
    ]);
  });

  test('a second one of an id is incomplete, with the place of the first', async () => {
    const { accepted, incomplete } = await resultOf(fileOf([a, b, { ...a }]));
    expect([accepted, incomplete]).toEqual([
      2,
      [
        {
          place: third,
          feature: a,
          reasons: ['$.id: "a" is the id of feature 1 (line 2, byte 41) already: give each sighting its own'],
        },
      ],
    ]);
  });

  test('a line is incomplete, keeps its geometry, and says why', async () => {
    const line = {
      ...b,
      geometry: {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
    };
    const { incomplete } = await resultOf(fileOf([a, line]));
    expect(incomplete).toEqual([
      {
        place: second,
        feature: line,
        reasons: [expect.stringMatching(/^\$\.geometry: must be a Point/)],
      },
    ]);
  });

  test('one that measures to nothing is incomplete', async () => {
    const distances = [{ to: 'nowhere', meters: 5, qualifier: 'about' as const, source: 0 }];
    const { incomplete } = await resultOf(
      fileOf([a, sampleSighting({ id: 'b', reportedDistances: distances })]),
    );
    expect(incomplete.map(({ reasons }) => reasons)).toEqual([
      [
        '$.properties.reportedDistances[0].to: "nowhere" is neither a reference point nor a sighting of this file',
      ],
    ]);
  });

  test('those that measure to an incomplete one, and those that measure to them, are incomplete', async () => {
    const to = (id: string, other: string) =>
      sampleSighting({ id, reportedDistances: [{ to: other, meters: 5, qualifier: 'about', source: 0 }] });
    const broken = { ...a, properties: { ...a.properties, quantity: 0 } };
    const { accepted, incomplete } = await resultOf(
      fileOf([broken, to('b', 'a'), to('c', 'b'), to('d', 'e'), to('e', 'd')]),
    );
    expect([accepted, incomplete.map(({ reasons }) => reasons[0])]).toEqual([
      2,
      [
        '$.properties.quantity: must be a whole number of at least 1, not 0',
        '$.properties.reportedDistances[0].to: "a" is a sighting of this file that is not accepted itself',
        '$.properties.reportedDistances[0].to: "b" is a sighting of this file that is not accepted itself',
      ],
    ]);
  });

  test('what is wrong has the same path in every format', async () => {
    const measuring = (id: string, ...others: string[]) =>
      sampleSighting({
        id,
        reportedDistances: ['kremlin', ...others].map((to) => ({
          ...{ to, meters: 5, qualifier: 'about' as const, source: 0 },
        })),
      });
    const sightings = [
      sampleSighting({ id: 'a', quantity: 0 }),
      measuring('b', 'nowhere'),
      measuring('c', 'kremlin', 'a'),
      sampleSighting({ id: 'd', confidence: 'high' }),
    ];
    const texts = {
      'a.geojson': fileOf(sightings),
      'a.ndjson': sightings.map((sighting) => JSON.stringify(sighting)).join('\n'),
      'a.csv': [...writeCsv(sightings)].join(''),
      'a.kml': [...writeKml(sightings, geoSystems())].join(''),
    };
    for (const [name, text] of Object.entries(texts)) {
      const { incomplete, warnings } = await resultOf(text, name);
      expect([name, ...incomplete.map(({ reasons }) => reasons)]).toEqual([
        name,
        ['$.properties.quantity: must be a whole number of at least 1, not 0'],
        [
          '$.properties.reportedDistances[1].to: "nowhere" is neither a reference point nor a sighting of this file',
        ],
        ['$.properties.reportedDistances[2].to: "a" is a sighting of this file that is not accepted itself'],
      ]);
      expect(warnings).toEqual([
        expect.objectContaining({
          message: expect.stringMatching(/^\$\.properties\.confidence: /) as unknown,
        }),
      ]);
    }
  });

  test('warnings come with place and id, but none about an order that was mended', async () => {
    const doubtful = sampleSighting({ id: 'a', confidence: 'high' });
    const { warnings } = await resultOf(fileOf([b, doubtful]));
    expect(warnings).toEqual([
      { place: second, id: 'a', message: expect.stringMatching(/^\$\.properties\.confidence: /) as unknown },
    ]);
  });

  test('are found behind many blanks', async () => {
    const blanks = ' '.repeat(200_000);
    expect((await resultOf(`${blanks}${fileOf([a, b])}`, 'a.txt')).accepted).toBe(2);
    const zip = zipFiles([['sightings.geojson', toBytes(`${blanks}${fileOf([a])}`)]]);
    expect((await resultOf(zip, 'data.zip')).accepted).toBe(1);
    await expect(openFile(toBytes(blanks), 'a.csv', context)).rejects.toThrow('nothing but blank space');
  });

  test('most of a file decide whose it is', async () => {
    const foreign = { type: 'Feature', geometry: null, properties: { name: 'x' } };
    expect([
      (await open(fileOf([a, b, foreign]))).kind,
      (await open(fileOf([a, foreign, foreign]))).kind,
    ]).toEqual(['sightings', 'foreign']);
  });

  test('bad ones among good ones take none of those along', async () => {
    const without = (sighting: Sighting, ...names: string[]) => ({
      ...sighting,
      properties: Object.fromEntries(
        Object.entries(sighting.properties).filter(([name]) => !names.includes(name)),
      ),
    });
    const bad = [b, c].map((sighting) => without(sighting, 'confidence'));
    const half = await resultOf(fileOf([a, ...bad]));
    expect([half.accepted, half.incomplete.length, half.setAside]).toEqual([1, 2, []]);
    const rubbish = await resultOf(fileOf([a, null, 3, 'x', [[]]]));
    expect([rubbish.accepted, rubbish.incomplete.length, rubbish.setAside.length]).toEqual([1, 0, 4]);
    // What all of them lack is asked for once.
    expect((await open(fileOf(bad))).kind).toBe('foreign');
  });

  test('others among good ones wait for a mapping where that is wanted, and the good and bad ones stay', async () => {
    const other = (name: string) => ({ type: 'Feature', geometry: null, properties: { name } });
    const { title, eventDate, sources } = b.properties;
    const lacking = { title, eventDate, sources };
    const bad = { ...b, properties: lacking };
    const bytes = fileOf([a, c, bad, other('One'), other('Two')]);
    expect((await open(bytes)).kind).toBe('sightings');
    const opened = await openFile(toBytes(bytes), 'a.geojson', context, { mapsOthers: true });
    if (opened.kind !== 'foreign') throw new Error('nothing of it waits for a mapping');
    expect(opened.data.columns).toEqual(['name']);
    const result = applyMapping(opened.data, suggestMapping(opened.data), context, new Set());
    expect(result.accepted).toBe(2);
    expect(result.incomplete.map(({ feature }) => (feature as Sighting).properties)).toEqual([
      lacking,
      { title: 'One' },
      { title: 'Two' },
    ]);
  });

  test('are not passed over for KML that an archive has beside them, and that is said not to be read', async () => {
    const kml = toBytes('<kml><Placemark><name>A pin</name></Placemark></kml>');
    const ours = zipFiles([
      ['sightings.geojson', toBytes(fileOf([a, b]))],
      ['systems.json', geoBytes('systems.json')],
      ['map.kml', kml],
    ]);
    const opened = await openFile(ours, 'both.zip', context);
    expect(opened).toMatchObject({ kind: 'sightings', result: { accepted: 2 } });
    expect('notes' in opened && opened.notes).toContain('Other data of the archive was not read: “map.kml”.');
    const others = zipFiles([
      ['places.csv', toBytes('title,lat,lon\nA,55.7,37.6')],
      ['map.kml', kml],
    ]);
    await expect(openFile(others, 'two.zip', context)).rejects.toThrow(
      'The archive has several files that can be opened, “places.csv”, “map.kml”',
    );
    const alone = zipFiles([
      ['map.kml', kml],
      ['README.txt', toBytes('A map.')],
    ]);
    expect(await openFile(alone, 'a.zip', context)).toMatchObject({ format: 'kmz' });
  });

  test('are found in an archive of ours', async () => {
    const zip = zipFiles([
      ['data/README.md', toBytes('# x')],
      ['data/sightings.geojson', toBytes(fileOf([a, b]))],
      ['data/reference-points.geojson', toBytes(fileOf([]))],
    ]);
    expect(toText((await resultOf(zip, 'data.zip')).bytes)).toBe(fileOf([a, b]));
  });
});

describe('foreign GeoJSON', () => {
  test('sightings among other features stay as they are, whatever the columns of the others mean', async () => {
    const sources = [sampleSource(), sampleSource({ origin: 'Another' })];
    const good = sampleSighting({ id: 'good', sources });
    const bad = { ...sampleSighting({ id: 'bad' }), properties: { ...good.properties, confidence: 'sure' } };
    const other = { type: 'Feature', id: 'good', geometry: good.geometry, properties: { name: 'Other' } };
    const features = [other, good, other, bad, other];
    const opened = await open(JSON.stringify({ type: 'FeatureCollection', features }));
    if (opened.kind !== 'foreign') throw new Error('it is taken for a file of sightings');
    const { data } = opened;
    expect(data.columns).toEqual(['name']);
    expect(data.notes).toContain('2 of its 5 features are sightings already: no column is asked for these.');
    const { bytes, incomplete, setAside } = applyMapping(data, suggestMapping(data), context, new Set());
    expect((JSON.parse(toText(bytes)) as { features: unknown[] }).features).toEqual([good]);
    expect(incomplete.map(({ feature }) => (feature as Sighting).id)).toEqual([
      ...['good-2', 'good-3', 'bad', 'good-4'],
    ]);
    expect(incomplete[2]).toMatchObject({ feature: { properties: { sources, confidence: 'sure' } } });
    expect(setAside).toEqual([]);
  });

  async function featuresOf(name: string) {
    const opened = await open(fixture(name), name);
    if (opened.kind !== 'foreign') throw new Error('is ours');
    return opened.data;
  }

  test('has places, ids, geometries, fields and columns', async () => {
    const { features, columns } = await featuresOf('good/points.geojson');
    expect(columns).toEqual(['name', 'seen', 'note']);
    expect(features[1]).toEqual({
      place: 'feature 2 (line 18, byte 295)',
      text: expect.stringContaining('"Браво"') as unknown,
      geometry: { type: 'Point', coordinates: [37.7, 55.8] },
      fields: new Map([
        ['name', 'Браво'],
        ['seen', '2023-01-20'],
        ['note', 'x'],
      ]),
    });
  });

  test('one feature a line stands on its line', async () => {
    const { features } = await featuresOf('good/points-windows-lines.jsonl');
    expect(features.map(({ place }) => place)).toEqual([
      'line 1, byte 0',
      'line 2, byte 136',
      'line 3, byte 290',
    ]);
  });

  test('members of a feature beside its properties are fields', async () => {
    const { features } = await featuresOf('good/other-members.geojson');
    expect([features[0]?.id, ...(features[0]?.fields.keys() ?? [])]).toEqual([
      'a',
      'name',
      'seen',
      'title',
      'tippecanoe',
    ]);
  });

  test('names such as __proto__ are data', async () => {
    const { features } = await featuresOf('bad/proto.geojson');
    expect([features[0]?.id, ...(features[0]?.fields ?? [])]).toEqual([
      '__proto__',
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('that breaks off has that set aside, once, wherever it does', async () => {
    const feature = '{"type":"Feature","geometry":null,"properties":{"name":"x"}}';
    for (const [end, place] of [
      [',\n', 'line 4'],
      [',\n{"type":"Feat', 'feature 3 (line 4, byte 165)'],
    ] as const) {
      const opened = await open(`{"type":"FeatureCollection","features":[\n${feature},\n${feature}${end}`);
      if (opened.kind !== 'foreign') throw new Error('is ours');
      const { features, setAside } = opened.data;
      expect([features.length, setAside.map((one) => one.place)]).toEqual([2, [place]]);
    }
  });

  test('what is set aside has its place, text and reason', async () => {
    const { setAside } = await featuresOf('bad/mixed.ndjson');
    expect(setAside).toEqual([
      {
        place: 'line 2, byte 135',
        text: 'not json',
        reason: expect.stringMatching(/^is not JSON/) as unknown,
      },
      { place: 'line 3, byte 144', text: '[1]', reason: 'is no GeoJSON Feature, but [1]' },
      { place: 'line 4, byte 148', text: '7', reason: 'is no GeoJSON Feature, but 7' },
    ]);
  });
});

describe('progress', () => {
  test.for(Object.keys(GOOD))('good/%s: what it throws comes out, whenever it does', async (name) => {
    // How often it is called depends on the time that it takes; before and in the work it always is.
    for (const last of [1, 2]) {
      let count = 0;
      const cancel = () => {
        if (++count === last) throw new Error('cancelled');
      };
      await expect(open(fixture(`good/${name}`), name, cancel)).rejects.toThrow('cancelled');
    }
  });

  test('runs from 0 to at most 1', async () => {
    const shares: number[] = [];
    await open(fixture('good/sightings.geojson.gz'), 'a.gz', (done) => shares.push(done));
    expect([shares[0], shares.every((share, i) => share <= 1 && share >= (shares[i - 1] ?? 0))]).toEqual([
      0,
      true,
    ]);
  });
});

describe('the table of formats', () => {
  test('has each extension once', () => {
    const all = FORMAT_LIST.flatMap(([, { extensions }]) => extensions);
    expect(all).toEqual([...new Set(all)]);
  });

  test.for(FORMAT_LIST)('%s is known by each of its extensions, packed or not', ([name, { extensions }]) => {
    const found = extensions.flatMap((extension) =>
      [`A.b${extension.toUpperCase()}`, `a${extension}.gz`].map(formatOfName),
    );
    expect(found).toEqual(found.map(() => name));
  });

  test('gives file pickers all there is', () => {
    expect(ACCEPT).toMatch(/(?:^|,)\.geojson,.*\.gz,.*application\/geo\+json,/);
  });
});

test('a point of our own data beyond the antimeridian is left to be corrected by hand', async () => {
  const feature = sampleSighting({ geometry: { type: 'Point', coordinates: [200, 55.7] } });
  const bytes = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
  const opened = await openFile(bytes, 'ours.geojson', {});
  expect(opened.kind === 'sightings' && opened.result).toMatchObject({
    accepted: 0,
    mended: [],
    incomplete: [{ feature: { geometry: { coordinates: [200, 55.7] } } }],
  });
});

test.for(['a.txt', 'a.csv', ''])('prose in a file “%s” is said to be no table', async (name) => {
  const prose = 'Several systems were seen on roofs, in Moscow.\nNobody has said why.\nNo more is known.\n';
  await expect(openFile(toBytes(prose), name, context)).rejects.toThrow(
    /^The file has no table in it, but text in sentences: put each sighting on a line/,
  );
});
