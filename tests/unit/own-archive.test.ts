import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkFile } from '../../src/cli/check-file';
import { convert } from '../../src/cli/convert';
import { merge } from '../../src/cli/merge';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { writeArchive } from '../../src/io/data-archive';
import { openFile } from '../../src/io/open';
import { LayerFiles } from '../../src/ui/record/layer-files';
import { readSightings } from '../../src/io/geojson';
import { geoBytes, geoContext, toBytes, toText } from './fixtures';
import { sampleSighting } from './sample';

const encode = (value: unknown) => toBytes(`${JSON.stringify(value)}\n`);

const system = { name: 'Own', otherNames: [], description: 'A system of a newsroom.', markShape: 'circle' };
const pointNamed = (id: string) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [37, 55] },
  properties: { name: 'A place', coordinateUncertaintyInMeters: 100, georeferenceRemarks: 'Its middle.' },
});
const collection = (features: unknown[]) => ({ type: 'FeatureCollection', features });
const distance = { meters: 1000, qualifier: 'about', source: 0 } as const;
const sightings = [
  sampleSighting({ id: 'a', system: 'own-system', reportedDistances: [{ to: 'own-point', ...distance }] }),
  sampleSighting({ id: 'b', system: 'own-system', reportedDistances: [{ to: 'added', ...distance }] }),
];

async function archive(systems: Uint8Array = encode({ 'own-system': system })) {
  const parts = {
    sightings: encode(collection(sightings)),
    referencePoints: encode(collection([pointNamed('own-point')])),
    ownPoints: encode(collection([pointNamed('added')])),
    systems,
    schema: geoBytes('sighting.schema.json'),
  };
  return await writeArchive(parts, {
    title: 'T',
    date: '2026-01-01',
    from: 'x',
    count: 2,
    total: 2,
    filters: [],
    license: undefined,
  });
}

async function opened(bytes: Uint8Array, context = geoContext()) {
  const file = await openFile(bytes, 'own.zip', context);
  if (file.kind !== 'sightings') throw new Error('it is foreign');
  return { ...file.result, notes: file.notes };
}

/** The archive with other files in it. */
function changed(bytes: Uint8Array, change: (files: Map<string, Uint8Array>) => void): Uint8Array {
  const files = new Map<string, Uint8Array>(unzipWithin(bytes));
  change(files);
  return zipFiles(files);
}

describe('an archive with systems and points of its own', () => {
  test('is checked against these', async () => {
    const { accepted, incomplete, notes } = await opened(await archive());
    expect({ accepted, incomplete, notes }).toEqual({
      accepted: 2,
      incomplete: [],
      notes: [
        'It is “sightings.geojson” of the archive.',
        'Systems that only the archive describes: own-system.',
      ],
    });
  });

  test('may not name systems of the app that it does not have', async () => {
    const { accepted, incomplete } = await opened(await archive(encode({ other: system })), {
      systemIds: new Set(['own-system']),
      referencePointIds: new Set(),
    });
    expect([accepted, incomplete[0]?.reasons]).toEqual([
      0,
      ['$.properties.system: "own-system" is not in systems.json, which has "other"'],
    ]);
  });

  test('is checked against what is known where its own cannot be used', async () => {
    const { accepted, notes } = await opened(await archive(toBytes('{')), {
      systemIds: new Set(['own-system']),
      referencePointIds: new Set(),
    });
    expect(accepted).toBe(2);
    expect(notes[1]).toMatch(
      /^“systems\.json” of the archive has faults, so nothing was checked against it: /,
    );
  });

  test.for([
    [
      'nested deeply',
      toBytes(`{"own-system":${'['.repeat(100)}${']'.repeat(100)}}`),
      /it is nested 101 levels deep, and at most 64 are read\.$/,
    ],
    [
      'of another encoding',
      Uint8Array.of(0x7b, 0x0a, 0x22, 0xff),
      /it is not UTF-8 text on line 2, at byte 3: save it as UTF-8/,
    ],
  ] as const)('says of systems that are %s why they are not used', async ([, systems, says]) => {
    const { notes } = await opened(await archive(systems), { systemIds: new Set(['own-system']) });
    expect(notes[1]).toMatch(/^“systems\.json” of the archive has faults/);
    expect(notes[1]).toMatch(says);
  });

  test('says which file is not as it was packed', async () => {
    const bytes = changed(await archive(), (files) => {
      files.set('reference-points.geojson', encode(collection([pointNamed('own-point')])));
      files.set('sightings.geojson', encode(collection(sightings.slice(1))));
      files.delete('README.txt');
    });
    const { accepted, notes } = await opened(bytes);
    expect(accepted).toBe(1);
    expect(notes.slice(1, 3)).toEqual([
      '“README.txt” is missing in the archive, and its checksum is there: get a complete copy.',
      '“sightings.geojson” of the archive is not as it was packed: its checksum differs. Somebody changed it, or it is damaged.',
    ]);
  });

  test('keeps its sightings in a layer, when one was edited too', async () => {
    const { bytes } = await opened(await archive());
    const files = new LayerFiles(readSightings(bytes, {}));
    const [a] = sightings;
    const after = JSON.stringify({ ...a, properties: { ...a?.properties, title: 'New' } });
    const table = files.table('given', new Map([['a', { before: files.text('given', 'a'), after }]]));
    expect(table.length).toBe(2);
    expect(files.systemIds('given')).toEqual(['own-system']);
  });
});

describe('the command line', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-archive-'));
    await writeFile(at('own.zip'), await archive());
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });
  const systemsOf = async (name: string) =>
    Object.keys(
      JSON.parse(
        toText(unzipWithin(await readFile(at(name))).get('systems.json') ?? new Uint8Array()),
      ) as object,
    );

  test('validates it', async () => {
    const { report, exit } = await checkFile(at('own.zip'));
    expect([report.accepted, report.issues, exit]).toEqual([2, [], 0]);
  });

  test('converts it, and brings its systems along', async () => {
    const options = { input: {}, to: undefined, isOneLine: false, report: undefined, force: false };
    expect(await convert(at('own.zip'), at('again.zip'), options)).toBe(0);
    expect((await opened(await readFile(at('again.zip')))).accepted).toBe(2);
    expect(await systemsOf('again.zip')).toEqual(['own-system']);
  });

  test('merges it', async () => {
    const options = { output: at('merged.zip'), prefer: undefined, to: undefined, input: {}, force: false };
    expect(await merge(at('own.zip'), at('own.zip'), options)).toBe(0);
    expect(await systemsOf('merged.zip')).toEqual(['own-system']);
  });
});
