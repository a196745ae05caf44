import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBlock, transferOfBlock, transferOfRead } from '../../src/io/block-reader';
import { BlockScan } from '../../src/io/feature-blocks';
import { type ReadSightings, readSightings } from '../../src/io/geojson';
import { type BlockHelper, SharedReader } from '../../src/io/shared-reader';
import { LAYOUTS, damagedFile, inChunks, shownOf } from './damaged-files';
import { geoBytes, geoContext, toBytes } from './fixtures';
import { sampleSighting } from './sample';

const context = geoContext();

/** Reads blocks later, and has of them what can be moved to another thread and back. */
const helper: BlockHelper = async (block) => {
  const moved = structuredClone(block, { transfer: transferOfBlock(block) });
  await new Promise((resolve) => setTimeout(resolve));
  const read = readBlock(moved, context);
  return structuredClone(read, { transfer: transferOfRead(read) });
};

async function readWith(
  ready: readonly BlockHelper[],
  bytes: Uint8Array,
  sizes: readonly number[],
  blockBytes: number,
): Promise<ReadSightings> {
  const reader = new SharedReader(context, { ready, call: () => undefined }, { blockBytes });
  for (const chunk of inChunks(bytes, sizes)) await reader.push(chunk);
  return reader.finish();
}

const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 });
const helpers = fc
  .integer({ min: 0, max: 2 })
  .map((count) => Array.from({ length: count }, () => helper.bind(null)));

describe.each(Object.entries(LAYOUTS))('%s', (_, text) => {
  test('in blocks of any size it reads as the whole does', async () => {
    const wanted = shownOf(readSightings(toBytes(text), context));
    for (const blockBytes of [1, 300, 700, 1500, 1e6])
      expect(shownOf(await readWith([helper], toBytes(text), [97], blockBytes))).toEqual(wanted);
  });
});

test('the blocks of a file are the file, cut between its features', () => {
  const bytes = geoBytes('sightings.geojson');
  const scan = new BlockScan(3000);
  const blocks = [...inChunks(bytes, [1000])].flatMap((chunk) => [...scan.push(chunk)]);
  const { block: last } = scan.finish();
  expect(blocks.length).toBeGreaterThan(2);
  expect(Buffer.concat([...blocks, last].map((block) => block.bytes))).toEqual(Buffer.from(bytes));
});

test('a file that is damaged anyhow reads as the whole does', async () => {
  await fc.assert(
    fc.asyncProperty(
      damagedFile,
      sizes,
      fc.integer({ min: 1, max: 3000 }),
      helpers,
      async (bytes, chunkSizes, blockBytes, crew) => {
        const read = await readWith(crew, bytes, chunkSizes, blockBytes);
        expect(shownOf(read)).toEqual(shownOf(readSightings(bytes, context)));
      },
    ),
    { numRuns: 300 },
  );
});

test('a file of lines whose first feature goes over two of them reads as the whole does', async () => {
  const [first = '', ...others] = ['alpha', 'bravo', 'bravo'].map((id) =>
    JSON.stringify(sampleSighting({ id })),
  );
  const bytes = toBytes(`${[first.replace('"Feature",', '"Feature"\n,'), ...others].join('\n')}\n`);
  const wanted = readSightings(bytes, context);
  expect([wanted.accepted, wanted.rejected]).toEqual([1, 3]);
  expect(shownOf(await readWith([], bytes, [1], 1))).toEqual(shownOf(wanted));
});

/** What may stand for a feature in a file of lines: most are good, and have their line for themselves. */
const line = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom(
    '{"type":"Feature","properties":{},"geometry":null,"id":"bare"}',
    '{"type":"Feature","list":[{"a":1},\n{"type":"Feature"}],"geometry":null}',
    '{"type":"Feature",\n"geometry":null,"properties":{}}',
    '{"type":"Feature","properties":{"title":"never ends}}',
    '{"type":"Feature","properties":[}}',
    '{"type":"Feature"}}',
    '{"type":"Feature","properties":{"inside":{"type":"Feature"}]}',
    '[1,{"a":2}]',
    'null',
  ),
);
const separator = fc.oneof(
  { weight: 8, arbitrary: fc.constant(',\n') },
  fc.constantFrom(',', '\n,', ' ,\r\n\t', '\n', ',,\n', ',\n\n'),
);

test('lines that are taken for features are read as they are, whatever else is among them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(line, separator), { maxLength: 14 }),
      sizes,
      fc.integer({ min: 1, max: 3000 }),
      helpers,
      async (lines, chunkSizes, blockBytes, crew) => {
        const features = lines.map(([text, after], i) => {
          const good = JSON.stringify(sampleSighting({ id: `s-${String(i).padStart(2, '0')}` }));
          return (text || good) + (i === lines.length - 1 ? '' : after);
        });
        const bytes = toBytes(`{"type":"FeatureCollection","features":[\n${features.join('')}\n]}`);
        const read = await readWith(crew, bytes, chunkSizes, blockBytes);
        expect(shownOf(read)).toEqual(shownOf(readSightings(bytes, context)));
      },
    ),
    { numRuns: 400 },
  );
});

/** Sightings that hang on each other: ids that come again or are out of order, distances to others, bad ones between. */
const related = fc
  .record({
    id: fc.constantFrom('alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf'),
    to: fc.constantFrom(undefined, 'alpha', 'bravo', 'charlie', 'nowhere'),
    isBad: fc.boolean(),
    system: fc.constantFrom(undefined, 's-400', 'pantsir-s1'),
    publisher: fc.constantFrom('A paper', 'Another', '__proto__'),
  })
  .map(({ id, to, isBad, system, publisher }) => {
    const sighting = sampleSighting({
      id,
      ...(system === undefined ? {} : { system }),
      sources: [{ publisher, publishedDate: '2023-01-20', origin: 'Us', claim: 'Seen.' }],
      ...(to === undefined
        ? {}
        : { reportedDistances: [{ to, meters: 1000, qualifier: 'about' as const, source: 0 }] }),
    });
    return isBad ? { ...sighting, type: 'Thing' } : sighting;
  });

test('sightings that hang on each other are told apart by one reading, and by several', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(related, { maxLength: 12 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 1, max: 2000 }),
      helpers,
      async (features, indent, blockBytes, crew) => {
        const bytes = toBytes(JSON.stringify({ type: 'FeatureCollection', features }, null, indent));
        const read = await readWith(crew, bytes, [500], blockBytes);
        expect(shownOf(read)).toEqual(shownOf(readSightings(bytes, context)));
      },
    ),
    { numRuns: 300 },
  );
});

test('what a helper fails with comes out', async () => {
  const broken: BlockHelper = () => Promise.reject(new Error('out of memory'));
  await expect(readWith([broken], geoBytes('sightings.geojson'), [1000], 1000)).rejects.toThrow(
    'out of memory',
  );
});
