import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import { distancesCsv } from '../../src/domain/distance-export';
import { DistanceList } from '../../src/domain/distance-list';
import { measureOnEllipsoid } from '../../src/domain/geodesic';
import { readSightings } from '../../src/io/geojson';
import { ROOT, geoBytes, geoContext, geoReferencePoints } from './fixtures';
import { allRows, idsOf, sampleSighting } from './sample';

interface Run {
  exit: number;
  out: string[];
  /** all that was printed, as it was */
  text: string;
  err: string;
}

/** Runs the command line as its users do. */
function sightings(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      join(ROOT, 'node_modules/.bin/tsx'),
      ['src/cli.ts', ...args],
      { cwd: ROOT },
      (_, stdout, stderr) => {
        const out = stdout.trimEnd().split('\n');
        resolve({ exit: child.exitCode ?? -1, out, text: stdout, err: stderr });
      },
    );
  });
}

const GOOD = 'tests/fixtures/good/every-field.geojson';
const WARNED = 'tests/fixtures/bad/key-unknown.geojson';
const BAD = 'tests/fixtures/bad/title-number.geojson';
const NAMELESS = 'tests/fixtures/bad/id-missing.geojson';
const HEADLESS = 'tests/fixtures/bad/collection-type.geojson';
const UNCLOSED = 'tests/fixtures/bad/ring-unclosed.geojson';

let folder = '';
let blank = '';
let twoLines = '';
let unquoted = '';
let ownSystems = '';
const NOT_RUN: Run = { exit: -1, out: [], text: '', err: '' };
const runs: Record<'valid' | 'wrong' | 'unreadable' | 'json', Run> = {
  valid: NOT_RUN,
  wrong: NOT_RUN,
  unreadable: NOT_RUN,
  json: NOT_RUN,
};

function linesOf({ out }: Run, file: string): string[] {
  return out.filter((line) => line.startsWith(`${file}:`));
}

// A process takes a while to start, so that several tests look at one.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightings-'));
  const own = await mkdtemp(join(folder, 'own-'));
  blank = join(folder, 'blank.geojson');
  twoLines = join(folder, 'two-lines.geojson');
  unquoted = join(folder, 'unquoted.geojson');
  ownSystems = join(own, 'sightings.geojson');
  const collection = (feature: object) => JSON.stringify({ type: 'FeatureCollection', features: [feature] });
  const tor = { name: 'Tor', otherNames: [], description: 'A system.', markShape: 'square' };
  await Promise.all([
    writeFile(blank, ' \n'),
    writeFile(twoLines, collection(sampleSighting({ id: 'first\nsecond' }))),
    writeFile(unquoted, '{"type":"FeatureCollection","features":[\n{"type":"Feature",id:1}\n]}\n'),
    writeFile(ownSystems, collection(sampleSighting({ system: 'tor' }))),
    writeFile(join(own, 'systems.json'), JSON.stringify({ tor })),
  ]);
  [runs.valid, runs.wrong, runs.unreadable, runs.json] = await Promise.all([
    sightings('validate', GOOD, WARNED, ownSystems, 'geo/sightings.geojson'),
    sightings('validate', BAD, NAMELESS, HEADLESS, UNCLOSED, twoLines, unquoted, 'README.md', GOOD),
    sightings('validate', 'nowhere.geojson', 'geo', blank, BAD),
    sightings('validate', '--json', GOOD, BAD),
  ]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('validate, when all files are valid', () => {
  test('exits with 0, warnings or not', () => {
    expect(runs.valid.exit).toBe(0);
  });

  test('says how many sightings it accepted', () => {
    expect(runs.valid.err).toContain('geo/sightings.geojson: 8 accepted, 0 rejected');
  });

  test('calls a warning one', () => {
    expect(linesOf(runs.valid, WARNED)[0]).toBe(
      `${WARNED}:sample:$.properties.altitude: warning: is not a field of the contract (line 2, byte 154)`,
    );
  });

  test('takes the systems beside a file before those of the project', () => {
    expect([linesOf(runs.valid, ownSystems), runs.valid.err.includes(`${ownSystems}: 1 accepted`)]).toEqual([
      [],
      true,
    ]);
  });
});

describe('validate, when a file has an error', () => {
  test('exits with 1', () => {
    expect(runs.wrong.exit).toBe(1);
  });

  test('writes a line FILE:id:path: message, and where the feature begins', () => {
    expect(linesOf(runs.wrong, BAD)[0]).toBe(
      `${BAD}:sample:$.properties.title: must be text, not 5 (line 2, byte 134)`,
    );
  });

  test('says once where a feature begins that is not JSON', () => {
    expect(linesOf(runs.wrong, unquoted)[0]).toMatch(/is not JSON: .* \(line 2, byte 41\)$/);
    expect(linesOf(runs.wrong, unquoted)[0]?.match(/\(line /g)).toHaveLength(1);
  });

  test('names a feature without an id by its index', () => {
    expect(linesOf(runs.wrong, NAMELESS)[0]).toMatch(`${NAMELESS}:1:$.id: is missing`);
  });

  test('names the collection so', () => {
    expect(linesOf(runs.wrong, HEADLESS)[0]).toMatch(`${HEADLESS}:collection:$.type: `);
  });

  test('writes one line for an issue, whatever the id', () => {
    const files = [BAD, NAMELESS, HEADLESS, UNCLOSED, twoLines, unquoted, 'README.md', GOOD];
    const stray = runs.wrong.out.filter((line) => !files.some((file) => line.startsWith(`${file}:`)));
    expect(stray).toEqual([]);
  });

  test('says that a file is not JSON', () => {
    expect(linesOf(runs.wrong, 'README.md')[0]).toContain(
      'the file is not JSON: a value is missing. It should be a GeoJSON FeatureCollection.',
    );
    expect(runs.unreadable.err).toContain('blank.geojson:collection:$: cannot be read: The file has nothing');
  });

  test('says how much of it can be mended, and by what', () => {
    expect(runs.wrong.err).toContain(
      `${UNCLOSED}: 0 accepted, 1 rejected\n${UNCLOSED}: 1 of the rejected can be mended: npm run sightings -- convert IN OUT does it\n`,
    );
    expect(runs.wrong.err.match(/can be mended/g)).toHaveLength(1);
  });

  test('goes on to the other files', () => {
    expect(runs.wrong.err).toContain(`${GOOD}: 1 accepted, 0 rejected`);
  });
});

describe('validate, when a file cannot be read', () => {
  test('exits with 2, whatever the others are', () => {
    expect(runs.unreadable.exit).toBe(2);
  });

  test('names a file that is not there, and a folder', () => {
    expect(runs.unreadable.err.match(/^(nowhere\.geojson|geo):collection:\$: cannot be read/gm)).toHaveLength(
      2,
    );
  });

  test('says so in plain words, and what to do', () => {
    expect(runs.unreadable.err).toContain(
      'nowhere.geojson:collection:$: cannot be read: there is no such file: check its name and its folder\n',
    );
    expect(runs.unreadable.err).toContain(
      'geo:collection:$: cannot be read: it is a folder: name a file in it\n',
    );
  });

  test('goes on to the other files', () => {
    expect(linesOf(runs.unreadable, BAD)).toHaveLength(1);
  });
});

describe('validate --json', () => {
  test('writes one report for each file', () => {
    expect(JSON.parse(runs.json.out.join('\n'))).toEqual({
      files: [
        { file: GOOD, accepted: 1, rejected: 0, issues: [], notes: [] },
        {
          file: BAD,
          accepted: 0,
          rejected: 1,
          issues: [
            {
              index: 0,
              id: 'sample',
              path: '$.properties.title',
              message: 'must be text, not 5',
              severity: 'error',
              byte: 134,
              line: 2,
            },
          ],
          notes: [],
        },
      ],
    });
  });

  test('has the same exit status', () => {
    expect(runs.json.exit).toBe(1);
  });
});

describe('distances', { timeout: 60_000 }, () => {
  const GEO = 'geo/sightings.geojson';
  const { table } = readSightings(geoBytes('sightings.geojson'), geoContext());
  const list = new DistanceList(table, allRows(table), geoReferencePoints());

  /** A file of reference points: the first is good, the second has no size. */
  const POINTS = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: 'own-point',
        geometry: { type: 'Point', coordinates: [37.6, 55.7] },
        properties: { name: 'Own point', coordinateUncertaintyInMeters: 10, georeferenceRemarks: 'Made up.' },
      },
      {
        type: 'Feature',
        id: 'bad-point',
        geometry: { type: 'Point', coordinates: [37.6, 55.7] },
        properties: { name: 'Bad point', georeferenceRemarks: 'Made up.' },
      },
    ],
  };

  const done: Record<
    'table' | 'csv' | 'csvWgs84' | 'json' | 'jsonWgs84' | 'to' | 'bad' | 'beside' | 'noPoints' | 'noFile',
    Run
  > = {
    table: NOT_RUN,
    csv: NOT_RUN,
    csvWgs84: NOT_RUN,
    json: NOT_RUN,
    jsonWgs84: NOT_RUN,
    to: NOT_RUN,
    bad: NOT_RUN,
    beside: NOT_RUN,
    noPoints: NOT_RUN,
    noFile: NOT_RUN,
  };
  let pointsFile = '';
  let mixedFile = '';

  beforeAll(async () => {
    const beside = await mkdtemp(join(folder, 'beside-'));
    pointsFile = join(folder, 'points.json');
    mixedFile = join(folder, 'mixed.geojson');
    const mixed = [sampleSighting({ id: 'bad', title: '' }), sampleSighting({ id: 'good' })];
    const sightingsText = JSON.stringify({ type: 'FeatureCollection', features: mixed });
    const [own] = POINTS.features;
    await Promise.all([
      writeFile(pointsFile, JSON.stringify(POINTS)),
      writeFile(mixedFile, sightingsText),
      writeFile(join(beside, 'sightings.geojson'), sightingsText),
      writeFile(
        join(beside, 'reference-points.geojson'),
        JSON.stringify({ type: 'FeatureCollection', features: [own] }),
      ),
    ]);
    [done.table, done.csv, done.csvWgs84, done.json, done.jsonWgs84] = await Promise.all([
      sightings('distances', GEO),
      sightings('distances', GEO, '--format', 'csv'),
      sightings('distances', '--format=csv', '--model=wgs84', GEO),
      sightings('distances', GEO, '--format', 'json'),
      sightings('distances', GEO, '--format', 'json', '--model', 'wgs84'),
    ]);
    [done.to, done.bad, done.beside, done.noPoints, done.noFile] = await Promise.all([
      sightings('distances', GEO, '--to', pointsFile, '--format', 'json'),
      sightings('distances', mixedFile, '--format', 'json'),
      sightings('distances', join(beside, 'sightings.geojson'), '--format', 'json'),
      sightings('distances', GEO, '--to', 'README.md'),
      sightings('distances', 'nowhere.geojson'),
    ]);
  }, 60_000);

  const parse = (run: Run) => JSON.parse(run.text) as Record<string, unknown>[];

  test('prints the bytes of the app’s CSV', () => {
    expect([done.csv.exit, done.csv.text]).toEqual([0, [...distancesCsv(list, 'sphere')].join('')]);
  });

  test('prints them on the ellipsoid too', () => {
    expect(done.csvWgs84.text).toBe([...distancesCsv(list, 'wgs84')].join(''));
  });

  test.for([
    ['json', measure, 'sphere'],
    ['jsonWgs84', measureOnEllipsoid, 'wgs84'],
  ] as const)('prints the very numbers as JSON, %s', ([run, measureThem, model]) => {
    const expected = idsOf(table)
      .map((_, row) => table.record(row))
      .flatMap((sighting) => {
        const place = placeOfSighting(sighting);
        if (place === undefined) return [];
        return geoReferencePoints().map((point) => {
          const { meters, minMeters, maxMeters, bearing } = measureThem(placeOfReferencePoint(point), place);
          return { sighting: sighting.id, reference: point.id, meters, minMeters, maxMeters, bearing, model };
        });
      });
    expect(parse(done[run])).toEqual(expected);
    expect(Object.keys(parse(done[run])[0] ?? {})).toEqual(Object.keys(expected[0] ?? {}));
  });

  test('prints a table for a person when nothing else is asked for', () => {
    expect(done.table.out[0]).toMatch(/^Sighting +Reference point +Distance +Range +Direction +Nearest$/);
    expect(done.table.text).toMatch(
      /Moscow Kremlin +2\.20 km {2}1\.84 to 2\.57 km {2}ESE 109° ± 10° +nearest\n/,
    );
    expect(done.table.exit).toBe(0);
  });

  test('says beside the output how many sightings have no place', () => {
    expect(done.table.err).toBe(`${GEO}: left out as reported without a place: 1\n`);
  });

  test('measures from the points of another file, says what is wrong with it, and exits with 1', () => {
    expect(parse(done.to).map(({ reference }) => reference)).toEqual(Array(7).fill('own-point'));
    expect(done.to.err).toContain(`${pointsFile}:bad-point:$.properties.coordinateUncertaintyInMeters: `);
    expect(done.to.exit).toBe(1);
  });

  test('measures the good sightings of a file that has bad ones too, and exits with 1', () => {
    expect(parse(done.bad).map(({ sighting }) => sighting)).toEqual(Array(5).fill('good'));
    expect(done.bad.err).toContain(`${mixedFile}:bad:$.properties.title: `);
    expect(done.bad.err).toContain(`${mixedFile}: 1 accepted, 1 rejected`);
    expect(done.bad.exit).toBe(1);
  });

  test('takes the points beside a file before those of the project', () => {
    expect(parse(done.beside).map(({ reference }) => reference)).toEqual(['own-point']);
  });

  test('exits with 2 when a file cannot be read, and names it', () => {
    expect([done.noPoints.exit, done.noPoints.text]).toEqual([2, '']);
    expect(done.noPoints.err).toContain('README.md: cannot be read: ');
    expect([done.noFile.exit, done.noFile.text]).toEqual([2, '']);
    expect(done.noFile.err).toContain('nowhere.geojson:collection:$: cannot be read: ');
  });

  test.for([
    ['--model', 'flat', 'sphere, wgs84'],
    ['--model', 'toString', 'sphere, wgs84'],
    ['--format', 'xml', 'table, csv, json'],
  ] as const)('%s %s: exit 2, and what there is', async ([option, value, known]) => {
    const { exit, err, text } = await sightings('distances', GEO, option, value);
    expect([exit, text]).toEqual([2, '']);
    expect(err).toContain(`${option} cannot be "${value}": choose one of ${known}.`);
  });
});

describe.concurrent('usage', { timeout: 30_000 }, () => {
  test.for([
    ['no command', [], 'Say what to do: validate, convert, merge, tiles, distances.', 'validate'],
    ['an unknown command', ['fly', GOOD], 'There is no command "fly": validate, convert, ', 'validate'],
    ['no file', ['validate'], 'validate wants at least one FILE; no file was given.', 'validate'],
    ['an unknown option', ['validate', '--loud', GOOD], 'validate has no option --loud.', 'validate'],
    [
      'an option of another command',
      ['validate', '--model', 'wgs84', GOOD],
      'validate has no option --model.',
      'validate',
    ],
    [
      'distances in two files',
      ['distances', GOOD, GOOD],
      `distances wants FILE; given was ${GOOD}, ${GOOD}.`,
      'distances',
    ],
    ['a file without a name', ['validate', GOOD, ''], 'The name of a file is empty.', 'validate'],
    ['an option without a value', ['convert', GOOD, '--map'], '--map wants a value behind it.', 'convert'],
  ] as const)('%s: exit 2, what is wrong, and how to use it', async ([, args, sentence, command]) => {
    const { exit, err } = await sightings(...args);
    expect([exit, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(err).toContain(`\n\nUsage: npm run sightings -- ${command} `);
  });

  test('--help: exit 0, and how to use it', async () => {
    const { exit, out } = await sightings('--help');
    expect([exit, out[0]]).toEqual([0, expect.stringContaining('Usage:')]);
  });
});
