import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type Issue, IssueList, quoteValue } from '../../src/domain/issue';
import { skeletonOf } from '../../src/domain/fold';
import { checkGeometry } from '../../src/domain/geometry-rules';
import { SightingValidator } from '../../src/domain/validate';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { SoftLimit } from '../../src/io/file-fault';
import { readFlatCsv } from '../../src/io/flat-csv-read';
import { writeCsv } from '../../src/io/flat-csv';
import { SIGHTING_READERS } from '../../src/io/field-text';
import { readDate } from '../../src/io/date-text';
import { crsFault } from '../../src/io/crs';
import { readSightings } from '../../src/io/geojson';
import { withoutTarget } from '../../src/io/lost-targets';
import { readKml } from '../../src/io/markup';
import { MAX_FOREIGN_BYTES, openFile } from '../../src/io/open';
import { parseCoordinates } from '../../src/io/coordinates';
import { looksLikePlace } from '../../src/io/place-guess';
import { readPointFile } from '../../src/io/point-file';
import { jsonDepth, parseShallowJson } from '../../src/io/shallow-json';
import { readSpreadsheet } from '../../src/io/spreadsheet';
import { columnNames } from '../../src/io/table-columns';
import { readTable } from '../../src/io/table-file';
import { decodeText } from '../../src/io/text-encoding';
import { parseWkt } from '../../src/io/wkt';
import { outlineXml } from '../../src/io/xml-outline';
import { toBytes } from './fixtures';
import { sampleSighting } from './sample';

/** As large as this, what takes the square of its length would not end while a test waits. */
const MANY = 100_000;

function issuesOf(geometry: unknown): Issue[] {
  const report = new IssueList(0, null);
  checkGeometry({ type: 'Feature', properties: {}, geometry }, report);
  return report.issues;
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('depth', () => {
  test.for([
    ['1', 0],
    ['[]', 1],
    ['{"a":[{}]}', 3],
    ['"[[["', 0],
    ['["\\"[[", {}]', 2],
    ['[],[]', 1],
    ['[[["', 3],
  ] as const)('of %s is %i', ([text, depth]) => {
    expect(jsonDepth(text)).toBe(depth);
  });

  test('of 64 is read, of 65 is not', () => {
    expect(parseShallowJson(nested(64))).toBeInstanceOf(Array);
    expect(() => parseShallowJson(nested(65))).toThrow(/65 levels deep, and at most 64/);
  });

  test.for(['members', 'reference points', 'a cell of JSON', 'a cell of GeoJSON'] as const)(
    'of 200,000 is no end of %s',
    async (where) => {
      const deep = nested(200_000);
      const context = {};
      if (where === 'members') {
        const file = `{"type":"FeatureCollection","title":${deep},"features":[${JSON.stringify(sampleSighting())}]}`;
        expect(readSightings(toBytes(file), context)).toMatchObject({ accepted: 1, collection: {} });
        const opened = await openFile(toBytes(file), 'deep.geojson', context);
        expect(opened).toMatchObject({
          result: { accepted: 1 },
          notes: [expect.stringMatching(/nested 200001 levels/)],
        });
      } else if (where === 'reference points') {
        const { setAside } = await readPointFile(new Blob([deep]), [], 1);
        expect(setAside.map(({ reason }) => reason)).toEqual([
          expect.stringMatching(/nested \d+ levels deep; at most 64/),
        ]);
      } else if (where === 'a cell of JSON') {
        const [head = '', row = ''] = [...writeCsv([sampleSighting()])];
        const table = `${head}${row.trimEnd()}${deep}\r\n`;
        const result = readFlatCsv(readTable(toBytes(table)), context);
        expect(result.incomplete[0]?.reasons[0]).toMatch(/nested 200000 levels deep/);
      } else {
        expect(parseWkt(`POINT ${'('.repeat(200_000)}`)).toBeUndefined();
      }
    },
  );
});

describe('a geometry of many faults', () => {
  test.for(['Point', 'Polygon', 'MultiPolygon'])('of a %s has the first of them listed', (type) => {
    const coordinates = Array.from({ length: MANY }, () => ['x', 999]);
    expect(issuesOf({ type, coordinates }).length).toBeLessThan(15);
  });

  test('of a MultiPoint is refused as one', () => {
    const coordinates = Array.from({ length: MANY }, () => [999, 'x']);
    expect(issuesOf({ type: 'MultiPoint', coordinates })).toHaveLength(1);
  });

  test.for([[[]], [[[]]], [[[[]]]], 7, null, 'x', {}])(
    '%j in the place of coordinates is an issue',
    (coordinates) => {
      for (const type of ['Point', 'Polygon', 'MultiPolygon'])
        expect(issuesOf({ type, coordinates }).map(({ severity }) => severity)).toContain('error');
    },
  );

  test('that is nested deeply is an issue', () => {
    expect(issuesOf({ type: 'Polygon', coordinates: JSON.parse(nested(100_000)) as unknown })).not.toEqual(
      [],
    );
  });

  test('crosses itself exactly when two of its edges do', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 8 }));
    const turn = ([ax, ay]: number[], [bx, by]: number[], [cx, cy]: number[]) =>
      Math.sign(
        ((bx ?? 0) - (ax ?? 0)) * ((cy ?? 0) - (ay ?? 0)) - ((by ?? 0) - (ay ?? 0)) * ((cx ?? 0) - (ax ?? 0)),
      );
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 9 }), (corners) => {
        const ring: number[][] = [...corners, corners[0] ?? []];
        const edges = ring.slice(1).map((end, i) => [ring[i] ?? [], end] as const);
        const isCrossed = edges.some(([a, b], i) =>
          edges.some(
            ([c, d], j) => j > i && turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0,
          ),
        );
        const said = issuesOf({ type: 'Polygon', coordinates: [ring] }).map(({ message }) => message);
        expect(said.some((message) => message.includes('crosses itself'))).toBe(isCrossed);
      }),
    );
  });

  test('whose edges lie all over each other is said to be tangled', () => {
    const zigzag = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? [80, i / 1e3] : [-80, i / 1e3 - 80]));
    const ring = [...zigzag, [-80, 89], [-85, 89], [-85, -85], [-80, -80]];
    expect(issuesOf({ type: 'Polygon', coordinates: [ring] })).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/too tangled to be checked.*simplify/) as string,
      }),
    ]);
  });

  test('that has a corner twenty thousand times is not tangled', () => {
    const corner = Array.from({ length: 20_000 }, () => [1, 1]);
    expect(issuesOf({ type: 'Polygon', coordinates: [[[0, 0], ...corner, [0, 1], [0, 0]]] })).toEqual([]);
  });

  test('type is an own property', () => {
    const geometry = Object.create({ type: 'Point' }) as { coordinates?: unknown };
    geometry.coordinates = [0, 0];
    expect(issuesOf(geometry)).toHaveLength(1);
    const feature = Object.create({ type: 'Feature' }) as object;
    const issues = new SightingValidator({}).checkFeature(feature, 0);
    expect(issues.map(({ path }) => path)).toContain('$.type');
  });
});

test('a value that is not there is called so', () => {
  expect(quoteValue(undefined)).toBe('nothing');
});

describe('what takes the square of its length', () => {
  const spaces = ' '.repeat(10 * MANY);

  test('no text of a field does', () => {
    expect(SIGHTING_READERS.title(`a${spaces}b`, { dayFirst: undefined }).value).toBe(`a${spaces}b`);
    expect(SIGHTING_READERS.title('a \n\u2028 b', { dayFirst: undefined }).value).toBe('a b');
    expect(readDate('T'.repeat(10 * MANY), undefined)).toBeUndefined();
    expect(
      SIGHTING_READERS.coordinateUncertaintyInMeters('1'.repeat(MANY), { dayFirst: undefined }).value,
    ).toHaveLength(MANY);
  });

  test('no text of a place does', () => {
    expect(looksLikePlace(`55.75${spaces}x`)).toBe(false);
    expect(parseCoordinates(`55.75${spaces}x`)).toHaveProperty('problem');
    expect(parseWkt(`POINT(${spaces},${spaces})`)).toBeUndefined();
    expect(parseWkt(`POINT (${spaces}1${spaces}2${spaces})`)).toEqual({ type: 'Point', coordinates: [1, 2] });
  });

  test('no row of a table does', () => {
    const data = readTable(toBytes(`a,b\n1,"${'\n'.repeat(5 * MANY)}x"\n`));
    expect(data.features).toHaveLength(1);
    expect(new Set(columnNames(Array.from({ length: MANY }, () => 'same'))).size).toBe(MANY);
  });

  test('no sheet of a workbook does', async () => {
    const sheet = `<worksheet><sheetData>${'<c '.repeat(MANY)}</sheetData></worksheet>`;
    const parts = {
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': sheet,
    };
    const zip = zipSync(
      Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, toBytes(text)])),
      { level: 0 },
    );
    expect((await readSpreadsheet(zip)).setAside).toHaveLength(1);
  });

  test('no XML on one line does', () => {
    const text = `<kml>${'<Placemark/>'.repeat(MANY)}</kml>`;
    expect(outlineXml(text, new Set(['Placemark']), () => undefined).units).toHaveLength(MANY);
  });

  test('no XML with a prefix, in whose values comments seem to begin, does', () => {
    const inside = '<k:b a="<!--"/>'.repeat(4 * MANY);
    const text = `<k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Placemark>${inside}</k:Placemark></k:kml>`;
    const { setAside } = readKml(toBytes(text), () => undefined);
    expect(setAside.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^is broken on line 1/)]);
  });

  test('no name of a reference system does', () => {
    const name = `OGC${'/'.repeat(10 * MANY)}x`;
    expect(crsFault({ type: 'name', properties: { name } })).toMatch(/of another system/);
  });

  test('no word does, of which the encoding is to be guessed', () => {
    const bytes = toBytes(`${'a'.repeat(10 * MANY)} , ,`);
    bytes.set([0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0], 10 * MANY - 4); // Москва
    expect(decodeText(bytes).text).toHaveLength(bytes.length);
  });

  test('no word does, of which other spellings are looked for', () => {
    expect(skeletonOf(`${'i'.repeat(10 * MANY)}x`)).toBe('iks');
  });

  test('no list of what are no features does', () => {
    const list = `[${'[null,1000000000],'.repeat(4 * MANY)}null]`;
    const read = readSightings(toBytes(`{"type":"FeatureCollection","features":${list}}`), {});
    expect([read.accepted, read.rejected]).toEqual([0, 4 * MANY + 1]);
  });

  test('no chain of sightings that measure to each other does', () => {
    const chain = Array.from({ length: MANY }, (_, i) => ({
      index: i,
      id: `s-${i}`,
      refersTo: [`s-${i + 1}`],
    }));
    expect(withoutTarget(chain, () => false).size).toBe(MANY);
    expect(withoutTarget(chain, (id) => id === `s-${MANY}`).size).toBe(0);
  });
});

test('a sighting that measures to one that is lost is lost, and no other', () => {
  const sightings = [
    { index: 3, id: 'a', refersTo: ['kremlin', 'b'] },
    { index: 4, id: 'b', refersTo: ['c'] },
    { index: 5, id: 'd', refersTo: ['e'] },
    { index: 6, id: 'e', refersTo: ['d'] },
    { index: 7, id: 'f', refersTo: [] },
  ];
  const lost = withoutTarget(sightings, (id) => id === 'kremlin');
  expect([...lost].toSorted(([a], [b]) => a - b)).toEqual([
    [3, { to: 'b', at: 1 }],
    [4, { to: 'c', at: 0 }],
  ]);
});

describe('size', () => {
  test('of 50 MB is the most of a foreign format, with what to do', async () => {
    const large = new Uint8Array(MAX_FOREIGN_BYTES + 1).fill(0x20);
    large.set(toBytes('a,b\n'));
    await expect(openFile(large, 'large.csv', {})).rejects.toThrow(/has 50 MB.*split it/);
    await expect(openFile(large, 'large.csv', {})).rejects.toBeInstanceOf(SoftLimit);
  });

  test('is no bar to who wants it read anyway', async () => {
    const large = new Uint8Array(MAX_FOREIGN_BYTES + 10).fill(0x20);
    large.set(toBytes('a,b\n1,2\n3,'));
    const opened = await openFile(large, 'large.csv', {}, { acceptsLarge: true });
    expect(opened.kind === 'foreign' && opened.data.features.length).toBe(2);
    expect(opened.kind === 'foreign' && opened.data.notes.at(-1)).toMatch(/50 MB, all of which were held/);
  });

  test('names in an archive are names, and no paths', () => {
    const names = ['../../etc/passwd', '/abs', 'C:\\x', '__proto__', 'constructor'];
    const zip = zipFiles(new Map(names.map((name) => [name, toBytes(name)])));
    expect([...unzipWithin(zip).keys()].toSorted()).toEqual(names.toSorted());
  });
});
