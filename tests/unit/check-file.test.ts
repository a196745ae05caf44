import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFile } from '../../src/cli/check-file';
import { partsOfPlace } from '../../src/io/file-issue';
import { inputOptions } from '../../src/cli/input-options';
import { readInput } from '../../src/cli/read-input';
import { issueLine, issueLines } from '../../src/cli/issue-lines';
import { geoContext } from './fixtures';
import { sampleSighting } from './sample';

const FOREIGN = [
  'Headline;When;Where;Lat;Lon;Radius',
  'A launcher;2023-01-19;a park;55.7;37.6;500',
  'No day;some day;a field;55.9;37.4;100',
].join('\n');
const FEATURE = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [37.6, 55.7] },
  properties: { Headline: 'A launcher', When: '2023-01-19', Where: 'a park', Radius: 500 },
};
const PLACEMARK = '<Placemark><name>A launcher</name><Point><coordinates>37.6,55.7</coordinates></Point>';
const FIELDS = [
  ...['title=Headline', 'eventDate=When', 'verbatimLocality=Where'],
  'coordinateUncertaintyInMeters=Radius',
];
const GIVEN = [
  ...['confidence=low', 'confidenceBasis=One origin.', 'source.publisher=A desk'],
  ...['source.publishedDate=2023-02-01', 'source.origin=A desk', 'source.claim=It was seen.'],
];
const MEANT = inputOptions({ map: FIELDS, set: GIVEN });

let folder = '';
const at = (name: string) => join(folder, name);
const check = (name: string, options = inputOptions({})) => checkFile(at(name), geoContext(), options);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'));
  const foreign = { type: 'FeatureCollection', features: [FEATURE] };
  const sighting = JSON.stringify(sampleSighting({ id: 'good' }));
  const untitled = JSON.stringify(sampleSighting({ id: 'untitled', title: '' }));
  const wpt = '<wpt lat="55.7" lon="37.6"><name>A</name></wpt><wpt lat="x" lon="37.6"/>';
  await Promise.all([
    writeFile(at('foreign.csv'), FOREIGN),
    writeFile(at('bars.txt'), FOREIGN.replaceAll(';', '!')),
    writeFile(at('foreign.geojson'), JSON.stringify(foreign)),
    writeFile(at('foreign.kml'), `<kml><Document>${PLACEMARK}</Placemark></Document></kml>`),
    writeFile(at('point.json'), JSON.stringify(FEATURE.geometry)),
    writeFile(at('good.geojson'), `{"type":"FeatureCollection","features":[\n${sighting}\n]}\n`),
    writeFile(at('lines.ndjson'), `${sighting}\n{"type":\n${untitled}\n{"type":"Feature"}\n`),
    ...['picture.csv', 'picture.geojson', 'picture'].map((name) =>
      writeFile(at(name), Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${'\0\x01\x02;'.repeat(100)}`, 'latin1')),
    ),
    writeFile(
      at('commented.geojson'),
      `// exported\n{"type":"FeatureCollection","features":[\n${sighting}\n]}\n`,
    ),
    writeFile(
      at('twice.geojson'),
      `{"type":"FeatureCollection","features":[\n${sighting},\n{"type":,\n${JSON.stringify(sampleSighting({ id: 'second' })).replace('"properties":{', '"properties":{"title":"First",')}\n]}\n`,
    ),
    writeFile(at('points.gpx'), `<gpx>\n${wpt}</gpx>`),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('foreign data, checked with a mapping', () => {
  test('CSV is read as it is meant, and what is wrong has its line', async () => {
    const { map, set } = { map: [...FIELDS, 'lng=Lon', 'lat=Lat'], set: GIVEN };
    const { report, exit, read } = await check('foreign.csv', inputOptions({ map, set }));
    expect([report.accepted, report.rejected, exit]).toEqual([1, 1, 1]);
    expect(report.issues).toEqual([
      {
        index: null,
        id: 'no-day-some-day',
        path: '$.properties.eventDate',
        message: expect.stringMatching(/^"some day" is not a date: [^()]*$/) as string,
        severity: 'error',
        line: 3,
        place: 'line 3',
      },
    ]);
    expect(read).toEqual({ file: at('foreign.csv'), format: 'csv', isForeign: true });
  });

  test('GeoJSON too, and KML', async () => {
    const geojson = await check('foreign.geojson', MEANT);
    expect([geojson.report.accepted, geojson.report.issues, geojson.exit]).toEqual([1, [], 0]);
    const set = [...GIVEN, 'eventDate=2023-01-19', 'verbatimLocality=a park'];
    const radius = 'coordinateUncertaintyInMeters=50';
    const kml = await check('foreign.kml', inputOptions({ map: ['title=name'], set: [...set, radius] }));
    expect([kml.report.accepted, kml.report.issues, kml.exit]).toEqual([1, [], 0]);
  });

  test('a delimiter that no guess would find', async () => {
    const { map, set } = { map: [...FIELDS, 'lng=Lon', 'lat=Lat'], set: GIVEN };
    const said = inputOptions({ from: 'csv', delimiter: '!', map, set });
    expect((await check('bars.txt', said)).report.accepted).toBe(1);
  });

  test('fields from nowhere are a note beside the issues of the rows', async () => {
    const { report, exit } = await check('foreign.csv', inputOptions({ map: ['title=Headline'] }));
    expect(exit).toBe(1);
    expect(report.issues).toContainEqual(expect.objectContaining({ path: '$.properties.confidence' }));
    expect(report.notes.join(' ')).toMatch(
      /Some fields that every sighting needs come from nowhere: confidence, .*source\.claim\. Say where each/,
    );
  });

  test('a header row behind all rows is no fault of the file either', async () => {
    await expect(check('foreign.csv', inputOptions({ 'header-row': '9' }))).rejects.toThrow(
      /foreign\.csv: --header-row cannot be 9: there is no row from there on/,
    );
    expect((await check('foreign.csv', inputOptions({ 'header-row': '0' }))).report.rejected).toBe(3);
  });

  test('sightings are read as they are, whatever is said of others', async () => {
    const { report, read } = await check('good.geojson', MEANT);
    expect([report.accepted, report.notes, read?.isForeign]).toEqual([1, [], false]);
  });

  test('GeoJSON of others is checked as it is when nothing is said, with a note on what can be said', async () => {
    const { report } = await check('foreign.geojson');
    expect(report.issues[0]).toMatchObject({ index: 0, path: '$.id' });
    expect(report.notes.join(' ')).toMatch(/none of sightings: --map FIELD=COLUMN and --set FIELD=VALUE/);
  });

  test.for([
    [
      'foreign.csv',
      'title=Heading',
      /foreign\.csv: has no column "Heading"\. Its columns are Headline, When/,
    ],
    [
      'point.json',
      'title=name',
      /has no column "name"\. It has no columns at all, .*: say what holds for all of it with --set title=VALUE\.$/,
    ],
    ['point.json', 'lng=x', /has no column "x"\. .*: its places are those of its geometries\.$/],
    ['foreign.csv', 'title=Headline,title=When', /^"title" is said twice by --map and --set: say once/],
    ['foreign.csv', 'title', /^--map "title" must be FIELD=COLUMN\.$/],
  ] as const)('%s with --map %s is no fault of the file', async ([name, map, message]) => {
    await expect(check(name, inputOptions({ map: map.split(',') }))).rejects.toThrow(message);
  });
});

describe('a picture', () => {
  test.for(['picture.csv', 'picture.geojson', 'picture'])(
    'called %s cannot be read, and why',
    async (name) => {
      const { report, exit } = await check(name);
      expect(exit).toBe(2);
      expect(report.issues.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^cannot be read: The file is a PNG picture.*: open the data itself, for example a CSV/,
        ),
      ]);
    },
  );
});

test('a member that stands twice is a warning with its place', async () => {
  const { report } = await check('twice.geojson');
  expect(report.accepted).toBe(2);
  const { issues } = report;
  const ofIndex = issues.findIndex(({ id }) => id === 'second');
  expect(issues[ofIndex]).toEqual({
    index: 2,
    id: 'second',
    path: '$.properties.title',
    message: 'stands twice: the last one is taken, remove the others',
    severity: 'warning',
    line: 4,
    byte: expect.any(Number) as number,
  });
});

test('a comment before the GeoJSON keeps it from being read, as everywhere', async () => {
  const { report, exit } = await check('commented.geojson');
  expect(exit).toBe(2);
  expect(report.issues.map(({ message }) => message)).toEqual([
    'cannot be read: On line 1 stands "// exported" before the GeoJSON, which begins on line 2: remove what is before it, as JSON has no comments.',
  ]);
  await expect(
    readInput('commented.geojson', await readFile(at('commented.geojson')), geoContext()),
  ).rejects.toThrow(/^On line 1 stands "\/\/ exported" before the GeoJSON/);
});

describe('where an issue is', () => {
  test('is in members of its own, of lines of GeoJSON', async () => {
    const { report } = await check('lines.ndjson');
    const found = report.issues.map(({ id, index, line, byte, place, path }) => {
      return [id, index, line, byte, place, path];
    });
    const text = await readFile(at('lines.ndjson'), 'utf8');
    const [second, third] = [text.indexOf('{"type":\n'), text.indexOf('{"type":\n') + '{"type":\n'.length];
    expect(found).toContainEqual([null, null, 2, second, `line 2, byte ${second}`, '$']);
    const untitled = ['untitled', null, 3, third, `line 3, byte ${third}`, '$.properties.title'];
    expect(found).toContainEqual(untitled);
    expect(report.issues.map(({ byte }) => byte)).toEqual(
      report.issues.map(({ byte = -1 }) => byte).toSorted((one, other) => one - other),
    );
    expect(report.issues.filter(({ message }) => /\(line|line \d/.test(message))).toEqual([]);
  });

  test('and of GPX, with the index among the elements of that name', async () => {
    const { report } = await check('points.gpx');
    expect(report.issues.at(-1)).toEqual({
      index: 1,
      id: null,
      path: '$',
      message: 'its lat cannot be read: “x”',
      severity: 'error',
      line: 2,
      place: 'wpt 2 (line 2)',
    });
  });

  test.for([
    ['line 3', { index: null, line: 3 }],
    ['row 4', { index: null, row: 4 }],
    ['feature 2 (line 7)', { index: 1, line: 7 }],
    ['feature 2 (line 7, byte 345)', { index: 1, line: 7, byte: 345 }],
    ['line 7, byte 345', { index: null, line: 7, byte: 345 }],
    ['geometry 2 of feature 1 (line 7, byte 345)', { index: null, line: 7, byte: 345 }],
    ['Placemark 12', { index: 11 }],
    ['column “Notes 3”', { index: null }],
    ['file', { index: null }],
  ] as const)('%s', ([place, parts]) => {
    expect(partsOfPlace(place)).toEqual({ ...parts, place });
  });

  const issue = { path: '$', message: 'is odd', severity: 'error' as const };
  test.for([
    [{ id: 'a', ...partsOfPlace('line 3') }, 'f:a:$: is odd (line 3)'],
    [{ id: null, ...partsOfPlace('line 3') }, 'f:"line 3":$: is odd'],
    [{ id: null, ...partsOfPlace('wpt 2 (line 1)') }, 'f:2:$: is odd (wpt 2 (line 1))'],
    [{ id: 'a', index: 0, line: 2, byte: 9 }, 'f:a:$: is odd (line 2, byte 9)'],
    [{ id: 'a', ...partsOfPlace('line 3, byte 9') }, 'f:a:$: is odd (line 3, byte 9)'],
    [{ id: null, index: null }, 'f:collection:$: is odd'],
    [{ id: null, index: null, line: 2, byte: 9 }, 'f:collection:$: is odd'],
  ] as const)('is said once on a line of text: %#', ([where, line]) => {
    expect(issueLine('f', { ...issue, ...where })).toBe(line);
  });

  test('keeps no warnings apart that are alike', () => {
    const warnings = [2, 3, 4, 5].map((line) => ({
      ...issue,
      severity: 'warning' as const,
      id: `row-${line}`,
      ...partsOfPlace(`line ${line}`),
    }));
    expect(issueLines('f', warnings)).toEqual([
      'f:row-2:$: warning: is odd (line 2) (and 3 more like it: line 3, line 4, line 5)',
    ]);
  });
});
