import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSightingsStream } from '../../src/io/feature-stream';
import { quickReaderOf } from '../../src/io/quick-reader';
import { type ReadSightings, readSightings } from '../../src/io/geojson';
import { IDS, LAYOUTS, SIGHTINGS, damagedFile, inChunks, shownOf } from './damaged-files';
import { geoBytes, geoContext, toBytes } from './fixtures';
import { idsOf } from './sample';

const context = geoContext();

function readIn(bytes: Uint8Array, sizes: readonly number[], segmentBytes?: number): ReadSightings {
  const reader = quickReaderOf(context, { segmentBytes });
  for (const chunk of inChunks(bytes, sizes)) reader.push(chunk);
  return reader.finish();
}

describe.each(Object.entries(LAYOUTS))('%s', (_, text) => {
  const bytes = toBytes(text);
  const whole = readSightings(bytes, context);

  test('all sightings are read', () => {
    expect([idsOf(whole.table), whole.issues]).toEqual([IDS, []]);
  });

  test('cut in two anywhere it reads the same', () => {
    const wanted = JSON.stringify(shownOf(whole));
    for (let at = 0; at <= bytes.length; at += 11) {
      expect(JSON.stringify(shownOf(readIn(bytes, [at, bytes.length])))).toBe(wanted);
    }
  });

  test.for([1, 7, 64])('in pieces of %i bytes it reads the same', (size) => {
    expect(shownOf(readIn(bytes, [size], 100))).toEqual(shownOf(whole));
  });

  test('a record is what the file has', () => {
    const { table } = readIn(bytes, [100], 1000);
    expect(SIGHTINGS.map((_, row) => table.record(row))).toEqual(SIGHTINGS);
  });

  test('packed it reads the same', async () => {
    const packed = gzipSync(bytes);
    expect(shownOf(await readSightingsStream(inChunks(packed, [1, 100]), context))).toEqual(shownOf(whole));
  });
});

describe('however the bytes come in', () => {
  test('a file that is damaged anyhow reads as the whole does', () => {
    fc.assert(
      fc.property(
        damagedFile,
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 2000 }),
        (bytes, sizes, segmentBytes) => {
          expect(shownOf(readIn(bytes, sizes, segmentBytes))).toEqual(shownOf(readSightings(bytes, context)));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the built-in data reads the same', async () => {
    const bytes = geoBytes('sightings.geojson');
    const streamed = await readSightingsStream(inChunks(bytes, [1000]), context, { segmentBytes: 5000 });
    expect(shownOf(streamed)).toEqual(shownOf(readSightings(bytes, context)));
  });
});
