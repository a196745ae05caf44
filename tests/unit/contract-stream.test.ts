import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArriving } from '../../src/io/arriving-sightings';
import { BrokenOff } from '../../src/io/broken-off';
import { readContract } from '../../src/io/contract-geojson';
import { sortContract } from '../../src/io/contract-stream';
import type { ImportOutcome } from '../../src/io/foreign';
import { readSightingsStream } from '../../src/io/feature-stream';
import { readSightings } from '../../src/io/geojson';
import type { SightingTable } from '../../src/domain/table';
import { sampleSighting } from './sample';

const CONTEXT = { systemIds: new Set(['s-400']), referencePointIds: new Set(['kremlin']) };

async function* inChunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.slice(at, at + length));
}

/** The same file by the streamed way. */
async function streamed(bytes: Uint8Array, length = 100) {
  const read = await readSightingsStream(inChunks(bytes, length), CONTEXT);
  return await sortContract(read, () => inChunks(bytes, length), CONTEXT);
}

const id = (index: number) => `sample-${index}`;
const distanceTo = (to: string) => ({
  reportedDistances: [{ to, meters: 1000, qualifier: 'about' as const, source: 0 }],
});
const area = (...ring: [number, number][]) => ({ type: 'Polygon' as const, coordinates: [ring] });

const openRing = (index: number) =>
  JSON.stringify(sampleSighting({ id: id(index), geometry: area([37, 55], [38, 55], [38, 56]) }));

/** What can be the matter with the feature of some place in a file, as its text. */
const CASES: Readonly<Record<string, (index: number, other: number) => string>> = {
  good: (index) => JSON.stringify(sampleSighting({ id: id(index) })),
  'measured to a point': (index) =>
    JSON.stringify(sampleSighting({ id: id(index), ...distanceTo('kremlin') })),
  'measured to another': (index, other) =>
    JSON.stringify(sampleSighting({ id: id(index), ...distanceTo(id(other)) })),
  'measured to nothing': (index) =>
    JSON.stringify(sampleSighting({ id: id(index), ...distanceTo('nothing') })),
  'an open ring': openRing,
  'an open ring of no confidence': (index) => openRing(index).replace('"low"', '"certain"'),
  'at 0, 0': (index) =>
    JSON.stringify(sampleSighting({ id: id(index), geometry: { type: 'Point', coordinates: [0, 0] } })),
  'another system': (index) => JSON.stringify(sampleSighting({ id: id(index), system: 'none' })),
  'no confidence': (index) => JSON.stringify(sampleSighting({ id: id(index) })).replace('"low"', '"certain"'),
  'a coordinate system': (index) =>
    JSON.stringify({
      ...sampleSighting({ id: id(index) }),
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } },
    }),
  'no properties': (index) => JSON.stringify({ type: 'Feature', id: id(index), geometry: null }),
  'no JSON': () => '{"type":"Feature","id":}',
};

const recordsOf = (table: SightingTable) =>
  Array.from({ length: table.length }, (_, row) => JSON.stringify(table.record(row))).sort();

/** What is said of a file, without the places, which one way knows better than the other. */
function saidOf({ mended, warnings, incomplete, setAside, accepted }: ImportOutcome) {
  const plain = (text: string) => text.replace(/ \((?:line|byte)[^)]*\)/g, '');
  return {
    accepted,
    mended: mended.map((one) => [one.id, one.what]).sort(),
    warnings: warnings.map((one) => [one.id, plain(one.message)]).sort(),
    incomplete: incomplete
      .map(({ feature, reasons }) => JSON.stringify([feature, reasons.map(plain)]))
      .sort(),
    setAside: setAside.map(({ reason, text }) => [plain(reason), text]).sort(),
  };
}

const names = Object.keys(CASES);
const contents = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 8 })), {
  minLength: 1,
  maxLength: 9,
  size: 'max',
});

function fileOf(features: readonly string[], members = ''): Uint8Array {
  return new TextEncoder().encode(
    `{"type":"FeatureCollection","title":"Some"${members},"features":[\n${features.join(',\n')}\n]}\n`,
  );
}

describe('the places of a file of sightings', () => {
  const doubtful = JSON.stringify(sampleSighting({ id: 'doubtful', confidence: 'high' }));
  const bad = ['no confidence', 'an open ring', 'no JSON', 'no properties'].map(
    (name, i) => CASES[name]?.(i, 0) ?? '',
  );
  const file = fileOf([doubtful, ...bad]);
  const text = new TextDecoder().decode(file);
  const placeOf = (feature: string, i: number) =>
    `feature ${i + 1} (line ${i + 2}, byte ${text.indexOf(feature)})`;
  const expected = [doubtful, ...bad].map((feature, i) => placeOf(feature, i)).sort();

  const placesOf = ({ mended, warnings, incomplete, setAside }: ImportOutcome) =>
    [...mended, ...warnings, ...incomplete, ...setAside].map(({ place }) => place).sort();

  test('are the line and the byte at which each begins, said once', async () => {
    const whole = readContract(file, CONTEXT, () => undefined).result;
    const { outcome, rejected } = await streamed(file);
    expect([placesOf(whole), placesOf(outcome)]).toEqual([expected, expected]);
    const reasons = [...outcome.setAside, ...rejected].map(({ reason }) => reason);
    expect(reasons.filter((reason) => /\(line/.test(reason))).toEqual([]);
  });
});

describe('a file of sightings that streams by', () => {
  test('is sorted as one that is read as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 20, max: 3000 }), async (cases, length) => {
        const file = fileOf(cases.map(([name, other], index) => CASES[name]?.(index, other) ?? ''));
        const whole = readContract(file, CONTEXT, () => undefined).result;
        const read = await streamed(file, length);
        expect(saidOf(read.outcome)).toEqual(saidOf(whole));
        expect(recordsOf(read.table)).toEqual(recordsOf(readSightings(whole.bytes, {}).table));
        expect(read.isWhole).toBe(
          cases.every(([name, other], index) => isGood(name, index, other, cases.length)),
        );
      }),
      { numRuns: 300 },
    );
  });

  /** Whether a feature of a file of so many others is good, if the others are. */
  const isGood = (name: string, index: number, other: number, count: number) =>
    ['good', 'at 0, 0', 'measured to a point'].includes(name) ||
    (name === 'measured to another' && other !== index && other < count);

  test('has the place of a draft mended like that of any other, and says so', () => {
    const bytes = fileOf([CASES['an open ring of no confidence']?.(0, 0) ?? '']);
    const [draft] = readContract(bytes, CONTEXT, () => undefined).result.incomplete;
    expect(draft?.reasons).toEqual([expect.stringContaining('"certain"'), 'mended: the ring was closed']);
    expect(draft?.feature).toMatchObject({ geometry: area([37, 55], [38, 55], [38, 56], [37, 55]) });
  });

  test('says that its extent is left out of what is saved', async () => {
    const bytes = fileOf([CASES['good']?.(0, 0) ?? ''], ',"bbox":[37,55,38,56]');
    const said = ['Its “bbox” is left out of what is saved, which may reach elsewhere.'];
    expect((await streamed(bytes)).notes).toEqual(said);
    const { notes, result } = readContract(bytes, CONTEXT, () => undefined);
    expect(notes).toEqual(said);
    expect(new TextDecoder().decode(result.bytes)).not.toContain('bbox');
  });

  test('keeps its title, and no coordinate system', async () => {
    const crs = ',"crs":{"type":"name","properties":{"name":"EPSG:4326"}}';
    const read = await streamed(fileOf([CASES['good']?.(0, 0) ?? ''], crs));
    expect([read.collection, read.notes, read.isWhole]).toEqual([
      { type: 'FeatureCollection', title: 'Some', features: [] },
      ['Its “crs” names WGS 84.'],
      false,
    ]);
  });

  test('of another coordinate system gives nothing', async () => {
    const crs = ',"crs":{"type":"name","properties":{"name":"EPSG:3857"}}';
    const { table, outcome } = await streamed(fileOf([CASES['good']?.(0, 0) ?? ''], crs));
    expect([table.length, outcome.accepted, outcome.setAside[0]?.reason]).toEqual([
      0,
      0,
      expect.stringContaining('EPSG:3857'),
    ]);
  });

  test.each([
    ['a second collection', (file: string) => file + file, 1],
    ['a text behind its end', (file: string) => `${file}and so on\n`, 1],
    [
      'a second list of features',
      (file: string) => file.replace('"features":', '"features":[],"features":'),
      1,
    ],
  ])('with %s counts what is not read, and is not as it was', async (_, spoil, count) => {
    const file = new TextEncoder().encode(
      spoil(new TextDecoder().decode(fileOf([CASES['good']?.(0, 0) ?? '']))),
    );
    const { result, rejected } = readContract(file, CONTEXT, () => undefined);
    const { outcome, isWhole } = await streamed(file);
    expect([result.setAside.length, outcome.setAside.length, isWhole]).toEqual([count, count, false]);
    const [unread] = rejected;
    expect(new TextDecoder().decode(file)).toContain(new TextDecoder().decode(unread?.bytes));
    expect(new TextDecoder().decode(result.bytes)).toContain('"title":"Some"');
  });

  test('of very many collections one behind the other is read in no time to speak of', () => {
    const many = '{"type":"FeatureCollection","features":[]}'.repeat(20_000);
    const { result } = readContract(new TextEncoder().encode(many), CONTEXT, () => undefined);
    expect(result.setAside.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('stands behind the end of the collection'),
    ]);
  });

  test('that breaks off says so, and keeps what came before', async () => {
    const good = fileOf([CASES['good']?.(0, 0) ?? '', CASES['good']?.(1, 0) ?? '']);
    const { table, notes, isWhole } = await streamed(good.subarray(0, good.length - 100));
    expect([table.length, notes, isWhole]).toEqual([
      1,
      [expect.stringMatching(/^The file breaks off/)],
      false,
    ]);
  });
});

describe('a file that arrives', () => {
  const ours = fileOf([CASES['good']?.(0, 0) ?? '', CASES['good']?.(1, 0) ?? '']);
  const foreign = new TextEncoder().encode(
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A pin"},"geometry":null}]}',
  );
  const lines = new TextEncoder().encode([0, 1, 2].map((index) => CASES['good']?.(index, 0)).join('\n'));

  test.for([
    ['a collection', ours, 2],
    ['a packed one', gzipSync(ours), 2],
    ['features on lines', lines, 3],
  ] as const)('is read when it is of ours: %s', async ([, bytes, count]) => {
    const told: number[] = [];
    const arrived = await readArriving(
      inChunks(bytes, 64),
      {},
      {
        totalBytes: bytes.length,
        progress: (done) => told.push(done),
      },
    );
    expect([arrived.kind, arrived.kind === 'sightings' && arrived.sightings.table.length]).toEqual([
      'sightings',
      count,
    ]);
    expect(told.length).toBeGreaterThan(0);
  });

  test.for([
    ['plain', foreign],
    ['packed', gzipSync(foreign)],
    ['a table', new TextEncoder().encode('title,lat,lng\nA,1,2\n')],
    ['empty', new Uint8Array()],
  ] as const)('comes back as it is when it is of others: %s', async ([, bytes]) => {
    const arrived = await readArriving(inChunks(bytes, 16), {});
    expect(arrived.kind === 'other' && Buffer.concat(arrived.chunks).equals(bytes)).toBe(true);
  });

  test.for([
    ['plain', ours, ours.length - 5],
    ['packed', gzipSync(ours), gzipSync(ours).length - 9],
    ['features on lines', lines, lines.length - 5],
  ] as const)('is read as far as it came before it broke off: %s', async ([, bytes, came]) => {
    async function* breaking() {
      yield* inChunks(bytes.slice(0, came), 64);
      throw new BrokenOff('no more came', true);
    }
    const arrived = await readArriving(breaking(), {});
    if (arrived.kind !== 'sightings') throw new Error('it was taken for a file of others');
    const { table, brokenOff, issues } = arrived.sightings;
    expect(table.length).toBeGreaterThan(0);
    expect([brokenOff, issues]).toEqual(['no more came', []]);
  });

  test.for([
    ['before its first feature', ours.slice(0, 30), true],
    ['that is of others', foreign, true],
    ['that is too large', ours.slice(0, -5), false],
  ] as const)('is not there when it broke off %s', async ([, bytes, isInterrupted]) => {
    async function* breaking() {
      yield* inChunks(bytes, 64);
      throw new BrokenOff('no more came', isInterrupted);
    }
    await expect(readArriving(breaking(), {})).rejects.toThrow('no more came');
  });

  test('is left when nobody wants it any more', async () => {
    const leaving = new AbortController();
    let isLetGo = false;
    async function* endless() {
      try {
        yield ours.slice(0, ours.length - 5);
        for (;;) {
          leaving.abort(new Error('left'));
          yield await Promise.resolve(new Uint8Array([0x20]));
        }
      } finally {
        isLetGo = true;
      }
    }
    await expect(readArriving(endless(), {}, { signal: leaving.signal })).rejects.toThrow('left');
    expect(isLetGo).toBe(true);
  });
});
