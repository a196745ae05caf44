import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unzipWithin } from '../../src/io/archive';
import { readSightings } from '../../src/io/geojson';
import { type CommandRun, sightings } from './command-line';
import { geoBytes, geoContext, toText } from './fixtures';
import { idsOf, sampleSighting } from './sample';

const GEO = 'geo/sightings.geojson';

/** What a stranger's table is like: five of the nine fields that are needed are not in it. */
const FOREIGN = [
  'Headline;When;Where;Lat;Lon;Radius',
  'A launcher;2023-01-19;a park;55.7;37.6;500',
  '=1+1;2023-01-20;a roof;55.8;37.5;100',
  'No day;some day;a field;55.9;37.4;100',
].join('\n');
const MEANT = [
  ...['title=Headline', 'eventDate=When', 'verbatimLocality=Where', 'lng=Lon', 'lat=Lat'],
  'coordinateUncertaintyInMeters=Radius',
].flatMap((text) => ['--map', text]);
const GIVEN = [
  ...['confidence=low', 'confidenceBasis=One origin.', 'source.publisher=A desk'],
  ...['source.publishedDate=2023-02-01', 'source.origin=A desk', 'source.claim=It was seen.'],
].flatMap((text) => ['--set', text]);
const SWAPPED = [
  'eventDate=2023-01-19',
  'verbatimLocality=a park',
  'coordinateUncertaintyInMeters=500',
].flatMap((text) => ['--set', text]);

let folder = '';
const at = (name: string) => join(folder, name);
const text = async (name: string) => toText(await readFile(at(name)));
const run: Record<string, CommandRun> = {};

/** A process takes a while to start, so that several tests look at one. */
async function runAll(commands: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await Promise.all(
    Object.entries(commands).map(async ([name, args]) => {
      run[name] = await sightings(args, name === 'piped' ? await readFile(GEO) : '');
    }),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
  const half = [sampleSighting({ id: 'good' }), { ...sampleSighting({ id: 'bad' }), geometry: 5 }];
  const ours = [sampleSighting({ geometry: { type: 'Point', coordinates: [55.7, 37.6] } })];
  const swapped = 'title,lat,lon\na,137.6,55.7\nb,137.5,55.8';
  await Promise.all([
    writeFile(at('foreign.csv'), FOREIGN),
    writeFile(at('half.geojson'), JSON.stringify({ type: 'FeatureCollection', features: half })),
    writeFile(at('there.csv'), 'precious'),
    writeFile(at('cut.kml'), '<kml><Document><Placemark>'),
    writeFile(at('swapped.csv'), swapped),
    writeFile(at('one-swapped.csv'), 'title,lat,lon\nFirst,55.7,37.6\nSecond,55.8,37.7\nThird,37.8,55.8\n'),
    writeFile(at('in-place.csv'), 'title,lat,lon\nc,55.7,37.6\nd,55.8,37.5'),
    writeFile(at('swapped-ours.geojson'), JSON.stringify({ type: 'FeatureCollection', features: ours })),
    writeFile(at('nameless.csv'), 'One;37.6123;55.7512;2023-01-19\nTwo;37.7001;55.8012;2023-01-20\n'),
    symlink(join(process.cwd(), GEO), at('link.geojson')),
  ]);
  const far = [sampleSighting({ geometry: { type: 'Point', coordinates: [53, 158.6] } })];
  const place = { type: 'Point', coordinates: [37.6, 55.7] };
  const others = ['One', 'Two'].map((headline, i) => ({
    type: 'Feature',
    id: `other-${i}`,
    geometry: place,
    properties: { headline },
  }));
  const mixed = [...['a', 'b', 'c'].map((id) => sampleSighting({ id })), ...others];
  await writeFile(at('mixed.geojson'), JSON.stringify({ type: 'FeatureCollection', features: mixed }));
  await writeFile(at('far-ours.geojson'), JSON.stringify({ type: 'FeatureCollection', features: far }));
  const sixteen = Buffer.from(`\uFEFF${toText(geoBytes('sightings.geojson'))}`, 'utf16le');
  await writeFile(at('sixteen.geojson'), sixteen);
  const pretty = JSON.stringify(JSON.parse(toText(geoBytes('sightings.geojson'))), null, 2);
  await writeFile(at('pretty.geojson'), pretty);
  await writeFile(at('two-files.geojson'), geoBytes('sightings.geojson'));
  await appendFile(at('two-files.geojson'), geoBytes('sightings.geojson'));
  const alone = ['one', 'two'].map((id) => ({
    type: 'FeatureCollection',
    features: [sampleSighting({ id })],
  }));
  await writeFile(at('collections.ndjson'), alone.map((one) => `${JSON.stringify(one)}\n`).join(''));
  await writeFile(at('grid.csv'), 'title,date,Easting,Northing\nOne,2023-01-19,413000,6178000\n');
  await mkdir(at('faulty'));
  await writeFile(at('faulty/systems.json'), '{');
  await writeFile(at('faulty/half.geojson'), '{"type":"FeatureCollection","features":[]}');
  await runAll({
    csv: ['convert', GEO, at('a.csv')],
    zip: ['convert', GEO, at('a.zip')],
    kml: ['convert', GEO, at('a.kml')],
    missing: ['convert', at('foreign.csv'), at('missing.geojson')],
    foreign: [
      'convert',
      at('foreign.csv'),
      at('foreign.geojson'),
      ...MEANT,
      ...GIVEN,
      '--report',
      at('report.json'),
    ],
    half: ['convert', at('half.geojson'), at('half.csv')],
    oneLine: ['convert', at('pretty.geojson'), at('lines.geojson'), '--one-line'],
    oneLineOfCsv: ['convert', GEO, at('lines.csv'), '--one-line'],
  });
  await runAll({
    back: ['convert', at('a.csv'), at('back.geojson')],
    piped: ['convert', '-', '-', '--to-format', 'csv'],
    there: ['convert', GEO, at('there.csv')],
    itself: ['convert', at('link.geojson'), GEO, '--force'],
    cut: ['convert', at('cut.kml'), at('cut.csv')],
    nowhere: ['convert', at('nowhere.csv'), at('nowhere.geojson')],
  });
  await runAll({
    unknown: ['convert', GEO, at('a.xls')],
    column: ['convert', at('foreign.csv'), at('column.geojson'), '--map', 'title=Heading'],
    field: ['convert', at('foreign.csv'), at('field.geojson'), '--set', 'constructor=x'],
    swapped: ['convert', at('swapped.csv'), at('swapped.geojson'), ...GIVEN, ...SWAPPED, '--swap-axes'],
    unswapped: ['convert', at('swapped.csv'), at('unswapped.geojson'), ...GIVEN, ...SWAPPED],
    exchanged: [
      ...['convert', at('one-swapped.csv'), at('exchanged.geojson'), ...GIVEN, ...SWAPPED],
      ...['--exchange', 'line 4', '--exchange', 'line 9'],
    ],
    swappedOurs: [...['convert', at('swapped-ours.geojson'), at('mended-ours.geojson'), '--swap-axes']],
    swappedInVain: ['convert', GEO, at('in-vain.geojson'), '--swap-axes'],
    mixed: ['convert', at('mixed.geojson'), at('mixed.csv'), '--report', at('mixed-report.json')],
    mapped: [
      ...['convert', at('mixed.geojson'), at('mapped.geojson'), '--map', 'title=headline', ...GIVEN],
      ...['--set', 'eventDate=2023-01-20', '--set', 'verbatimLocality=A park'],
      ...['--set', 'coordinateUncertaintyInMeters=500'],
    ],
    mergedTables: [
      ...['merge', at('in-place.csv'), at('swapped.csv'), '-o', at('merged-tables.geojson')],
      ...[...GIVEN, ...SWAPPED, '--swap-axes'],
    ],
    checkedOurs: ['validate', at('swapped-ours.geojson')],
    checkedFar: ['validate', at('far-ours.geojson')],
    checkedSixteen: ['validate', at('sixteen.geojson')],
    checkedBesideFaults: ['validate', at('faulty/half.geojson'), '--json'],
    mergedSwapped: ['merge', GEO, at('swapped-ours.geojson'), '-o', at('merged.geojson'), '--swap-axes'],
    nameless: [
      ...['convert', at('nameless.csv'), at('nameless.geojson'), ...GIVEN, ...SWAPPED],
      ...['--map', 'title=Column 1'],
    ],
    twoFiles: ['convert', at('two-files.geojson'), at('of-two.geojson')],
    collections: ['convert', at('collections.ndjson'), at('of-collections.geojson')],
    grid: ['convert', at('grid.csv'), at('grid.geojson'), ...GIVEN, '--set', 'verbatimLocality=a park'],
    force: ['convert', GEO, at('there.csv'), '--force'],
    twice: ['convert', GEO, at('twice.csv'), '--report', `${folder}/./twice.csv`],
    noFolder: ['convert', GEO, at('no-folder/a.csv')],
    throughFile: ['convert', GEO, at('there.csv/a.csv')],
    validate: ['validate', at('a.csv'), at('a.zip'), at('half.csv'), at('foreign.csv'), at('cut.kml')],
  });
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

const exitOf = (name: string) => run[name]?.exit;
const errOf = (name: string) => run[name]?.err ?? '';

describe('convert', () => {
  test('GeoJSON to CSV and back gives the same features, equal to the byte', async () => {
    const features = toText(geoBytes('sightings.geojson')).split('\n').slice(1);
    expect([exitOf('csv'), exitOf('back')]).toEqual([0, 0]);
    expect((await text('back.geojson')).split('\n').slice(1)).toEqual(features);
  });

  test('GeoJSON to an archive that has it, equal to the byte', async () => {
    const files = unzipWithin(await readFile(at('a.zip')));
    expect(files.get('sightings.geojson')).toEqual(geoBytes('sightings.geojson'));
    expect(files.get('systems.json')).toEqual(geoBytes('systems.json'));
  });

  test('GeoJSON to KML', async () => {
    expect((await text('a.kml')).match(/<Placemark/g)).toHaveLength(8);
  });

  test('standard input to standard output, with nothing else on it', async () => {
    expect([exitOf('piped'), run['piped']?.out]).toEqual([0, await text('a.csv')]);
  });
});

describe('convert, of other people’s data', () => {
  test('says exactly which fields come from nowhere, and how to say it; exit 2, nothing written', async () => {
    const listed = [...errOf('missing').matchAll(/^ {2}(\S+)/gm)].map(([, field]) => field);
    expect(listed).toEqual([
      'confidence',
      'confidenceBasis',
      'source.publisher',
      'source.publishedDate',
      'source.origin',
      'source.claim',
    ]);
    expect(errOf('missing')).toContain('--map FIELD=COLUMN');
    expect(errOf('missing')).toContain('Headline, When, Where, Lat, Lon, Radius');
    expect(exitOf('missing')).toBe(2);
    expect(await readdir(folder)).not.toContain('missing.geojson');
  });

  test('makes sightings of what can be one, and says of the rest where and why; exit 1', async () => {
    const { table } = readSightings(await readFile(at('foreign.geojson')), geoContext());
    const records = idsOf(table).map((_, row) => table.record(row));
    expect(records.map(({ properties }) => properties.title).toSorted()).toEqual(['=1+1', 'A launcher']);
    expect(errOf('foreign')).toMatch(/foreign\.csv:line 4: incomplete: .*eventDate/);
    expect(exitOf('foreign')).toBe(1);
  });

  test('keeps all that was left out in the report', async () => {
    const report = JSON.parse(await text('report.json')) as {
      accepted: number;
      incomplete: { place: string; feature: { properties: { title: string } } }[];
    };
    expect(report.accepted).toBe(2);
    expect(report.incomplete.map(({ place, feature }) => [place, feature.properties.title])).toEqual([
      ['line 4', 'No day'],
    ]);
  });

  test('notices that latitude and longitude are swapped, and swaps them when it is told to', async () => {
    expect([exitOf('unswapped'), errOf('unswapped')]).toEqual([
      1,
      expect.stringContaining('try --swap-axes'),
    ]);
    expect(await readdir(folder)).not.toContain('unswapped.geojson');
    const { table } = readSightings(await readFile(at('swapped.geojson')), geoContext());
    expect(table.record(0).geometry).toEqual({ type: 'Point', coordinates: [137.6, 55.7] });
  });

  test('exchanges the two of single rows, and says which rows there are not', async () => {
    expect(errOf('exchanged')).toContain(
      'line 4: third-2023-01-19: mended: latitude and longitude were swapped',
    );
    expect(errOf('exchanged')).toContain('warning: --exchange "line 9": nothing in it is called so.');
    expect(errOf('exchanged')).toContain('3 converted, 1 of them mended, 0 left out');
    const { table } = readSightings(await readFile(at('exchanged.geojson')), geoContext());
    expect([...table.columns.lng]).toEqual([37.6, 37.7, 37.8]);
  });

  test('notices that in a file of sightings, too, and swaps them there', async () => {
    expect(exitOf('checkedOurs')).toBe(0);
    expect(errOf('checkedOurs')).toMatch(
      /warning: Its only place lies far from the reference points\. .* To swap them, try --swap-axes\./,
    );
    expect(errOf('checkedFar')).toMatch(/Its only place lies outside of the Earth.*try --swap-axes/);
    expect([exitOf('swappedOurs'), errOf('swappedOurs')]).toEqual([
      0,
      expect.stringContaining('sample: mended: latitude and longitude were swapped'),
    ]);
    const { table } = readSightings(await readFile(at('mended-ours.geojson')), geoContext());
    expect([table.columns.lng[0], table.columns.lat[0]]).toEqual([37.6, 55.7]);
  });

  test('warns where what is right is swapped', () => {
    expect(errOf('swappedInVain')).toMatch(
      /warning: None of 7 places lies near .* They lie so by --swap-axes: leave it out\./,
    );
  });

  test('swaps of two files that are merged the one that seems to need it', async () => {
    expect(exitOf('mergedSwapped')).toBe(0);
    const { table } = readSightings(await readFile(at('merged.geojson')), geoContext());
    const given = readSightings(geoBytes('sightings.geojson'), geoContext()).table;
    const row = table.rowOf('sample') ?? NaN;
    expect([table.columns.lng[row], table.columns.lat[row]]).toEqual([37.6, 55.7]);
    const placesOf = (of: typeof table) => idsOf(given).map((id) => of.columns.lng[of.rowOf(id) ?? NaN]);
    expect(placesOf(table)).toEqual(placesOf(given));
  });

  test('of two tables that are merged leaves one alone whose places lie where they should', async () => {
    expect([exitOf('mergedTables'), errOf('mergedTables')]).toEqual([
      0,
      expect.stringMatching(/in-place\.csv: Its places lie near .*: --swap-axes does not swap them\./),
    ]);
    const { table } = readSightings(await readFile(at('merged-tables.geojson')), geoContext());
    expect(Array.from(table.columns.lng)).toEqual([137.6, 137.5, 37.6, 37.5]);
  });

  test('features of something else among sightings are mapped where their fields are said', async () => {
    expect(exitOf('mixed')).toBe(1);
    expect(errOf('mixed')).toMatch(/2 of its features are of something else than sightings: --map FIELD/);
    expect([exitOf('mapped'), errOf('mapped')]).toEqual([
      0,
      expect.stringContaining('3 of its 5 features are sightings already'),
    ]);
    const { table } = readSightings(await readFile(at('mapped.geojson')), geoContext());
    expect(idsOf(table)).toEqual(['a', 'b', 'c', 'other-0', 'other-1']);
    expect(table.record(0)).toEqual(sampleSighting({ id: 'a' }));
    expect(table.record(3).properties.title).toBe('One');
  });

  test('GeoJSON in UTF-16 cannot be read, and what to do is said', () => {
    expect([exitOf('checkedSixteen'), errOf('checkedSixteen')]).toEqual([
      2,
      expect.stringContaining('is UTF-16LE text, and GeoJSON is UTF-8: save it as UTF-8.'),
    ]);
  });

  test('a file beside a faulty list of systems is not said to be valid', () => {
    expect(exitOf('checkedBesideFaults')).toBe(1);
    const { files } = JSON.parse(run['checkedBesideFaults']?.out ?? '') as {
      files: { issues: { message: string }[] }[];
    };
    expect(files[0]?.issues.map(({ message }) => message)).toEqual([
      'is not checked against systems.json beside it, which has errors: mend these first',
    ]);
  });

  test('guesses the place of a table without names, and converts what seems swapped with a warning', async () => {
    expect(exitOf('nameless')).toBe(0);
    expect(errOf('nameless')).toContain(
      '“Column 2” was taken for the latitude and “Column 3” for the longitude: --map lat=COLUMN and --map lng=COLUMN say otherwise.',
    );
    expect(errOf('nameless')).toMatch(/nameless\.csv: warning: None of 2 places .* try --swap-axes/);
    const { table } = readSightings(await readFile(at('nameless.geojson')), geoContext());
    expect(table.record(0).geometry).toEqual({ type: 'Point', coordinates: [55.7512, 37.6123] });
  });

  test('two files put together into one lose nothing unsaid, and the first keeps its title', async () => {
    expect([run['twoFiles']?.exit, run['twoFiles']?.err]).toEqual([
      1,
      expect.stringMatching(
        /stands behind the end of the collection[\s\S]*8 converted, 0 of them mended, 8 left out/,
      ),
    ]);
    expect(await text('of-two.geojson')).toContain('"license"');
  });

  test('collections of sightings, each on a line, ask for no field', () => {
    expect([run['collections']?.exit, run['collections']?.err]).toEqual([
      0,
      expect.stringContaining('2 converted'),
    ]);
  });

  test('a table whose place nobody recognises is said to be without one', () => {
    expect(run['grid']?.err).toContain('warning: No column was taken for the place');
  });

  test('names a column that is not there, and the ones that are', () => {
    expect(exitOf('column')).toBe(2);
    expect(errOf('column')).toContain('has no column "Heading". Its columns are Headline, When');
  });

  test('names a field that is not there', () => {
    expect(exitOf('field')).toBe(2);
    expect(errOf('field')).toContain('There is no field "constructor"');
  });
});

describe('convert, when something is wrong', () => {
  test('writes the good sightings of a file that has bad ones too, and exits with 1', async () => {
    expect(exitOf('half')).toBe(1);
    expect(errOf('half')).toContain('1 converted, 0 of them mended, 1 left out (--report FILE keeps them)');
    expect((await text('half.csv')).split('\r\n')).toHaveLength(3);
  });

  test('replaces no file that is there', () => {
    expect(exitOf('there')).toBe(2);
    expect(errOf('there')).toContain(
      'there.csv: is there already: name another file, or replace it with --force.',
    );
  });

  test('replaces it when it is told to', async () => {
    expect([exitOf('force'), await text('there.csv')]).toEqual([0, await text('a.csv')]);
  });

  test('never writes to the file that it reads, by whatever name', () => {
    expect(exitOf('itself')).toBe(2);
    expect(errOf('itself')).toContain('is the file that is read');
    expect(readSightings(geoBytes('sightings.geojson'), geoContext()).accepted).toBe(8);
  });

  test.for([
    ['cut', /cut\.kml: cannot be read: /],
    ['twice', /twice\.csv: cannot have both the sightings and the report\.\n$/],
    ['nowhere', /nowhere\.csv: cannot be read: /],
    ['unknown', /a\.xls: is not written by its name, which ends in none of \.geojson, \.csv, \.zip, \.kml/],
    [
      'noFolder',
      /no-folder\/a\.csv: cannot be written: there is no folder ".*no-folder": make it first\.\n$/,
    ],
    [
      'throughFile',
      /there\.csv\/a\.csv: cannot be used: its path leads through a file as if .*: check the path\n$/,
    ],
  ] as const)('%s: exit 2, and the reason', ([name, reason]) => {
    expect([exitOf(name), errOf(name)]).toEqual([2, expect.stringMatching(reason)]);
  });

  test('leaves nothing half behind', async () => {
    const files = await readdir(folder);
    expect(files.filter((name) => /tmp|cut\.csv|nowhere|xls|column|field/.test(name))).toEqual([]);
  });
});

describe('validate', () => {
  test('reads other formats, and prints the same lines', () => {
    const lines = (run['validate']?.out ?? '').trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith(at('a.csv')))).toEqual([]);
    expect(errOf('validate')).toContain(`${at('a.csv')}: 8 accepted, 0 rejected`);
    expect(errOf('validate')).toContain(`${at('a.zip')}: 8 accepted, 0 rejected`);
    expect(lines).toContainEqual(
      expect.stringMatching(/foreign\.csv:[\w-]+:\$\.properties\.confidence: is missing.* \(line 2\)$/),
    );
    expect(errOf('validate')).toMatch(/cut\.kml:collection:\$: cannot be read: /);
    expect(exitOf('validate')).toBe(2);
  });

  test('tells by its first bytes what comes on standard input', async () => {
    const [table, broken] = await Promise.all([
      sightings(['validate', '-'], await readFile(at('a.csv'))),
      sightings(['validate', '-'], '\ufeff {"type":"FeatureCollection"}'),
    ]);
    expect([table.exit, table.err]).toEqual([0, expect.stringContaining('-: 8 accepted, 0 rejected')]);
    expect([broken.exit, broken.out]).toEqual([1, expect.stringMatching(/^-:collection:\$/)]);
  });
});

test('a file of one feature a line can be made of any', async () => {
  expect(run['oneLine']?.exit).toBe(0);
  expect(await text('lines.geojson')).toBe(toText(geoBytes('sightings.geojson')));
  expect(run['oneLineOfCsv']?.exit).toBe(2);
  expect(run['oneLineOfCsv']?.err).toContain('--one-line is for GeoJSON and archives: leave it out for ');
});
