import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { namesInZip, unzipWithin, zipFiles } from '../../src/io/archive';
import { FileFault } from '../../src/io/file-fault';
import { gunzipWithin } from '../../src/io/gunzip';
import { toBytes } from './fixtures';

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['sightings.geojson', toBytes('{"type":"FeatureCollection","features":[]}\n')],
  ['2', new Uint8Array()],
  ['1', toBytes('one')],
  ['__proto__', toBytes('a name')],
  ['constructor', toBytes('another')],
  ['../../etc/passwd', toBytes('only a name')],
  ['Лосиный остров.txt', toBytes('лес')],
];

/** A copy with a number of 2 or 4 bytes at an offset from the first header of the directory. */
function patched(zip: Uint8Array, offset: number, value: number, size: 2 | 4): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  const at = copy.findIndex((_, i) => i + 4 <= copy.length && view.getUint32(i, true) === 0x02014b50);
  if (size === 2) view.setUint16(at + offset, value, true);
  else view.setUint32(at + offset, value, true);
  return copy;
}

function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('zip archives', () => {
  test('come back as they were, in their order and by any names', () => {
    expect([...unzipWithin(zipFiles(FILES))]).toEqual(FILES);
  });

  test('any files come back', () => {
    const files = fc.uniqueArray(
      fc.tuple(
        fc
          .string({ unit: 'grapheme', minLength: 1 })
          .filter((name) => !name.endsWith('/') && !/\p{Cs}/u.test(name)),
        fc.uint8Array({ maxLength: 3000 }),
      ),
      { selector: ([name]) => name },
    );
    fc.assert(
      fc.property(files, (all) => {
        expect([...unzipWithin(zipFiles(all))]).toEqual(all);
      }),
    );
  });

  test('of the same files are the same bytes', () => {
    expect(zipFiles(FILES)).toEqual(zipFiles(FILES));
  });

  test('are of 1980-01-01 wherever they are made', () => {
    const [low, high] = zipFiles(FILES).subarray(12, 14);
    expect([low, high]).toEqual([0x21, 0]);
  });

  test('refuse two files of one name', () => {
    expect(() => zipFiles([...FILES, ['1', new Uint8Array()]])).toThrow(RangeError);
  });

  test('tell their names without being unpacked', () => {
    expect(namesInZip(zipFiles(FILES))).toEqual(FILES.map(([name]) => name));
  });

  test('that are repetitive, but small, are no bombs', () => {
    const packed = zipFiles([['a', new Uint8Array(900_000)]]);
    expect(unzipWithin(packed).get('a')?.length).toBe(900_000);
  });

  const zip = zipFiles([['a.txt', toBytes('a text '.repeat(500))]]);
  const bomb = zipFiles([['bomb.txt', new Uint8Array(2_000_000)]]);
  const noise = Uint8Array.from({ length: 700_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255);
  const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['a bomb', bomb, /“bomb\.txt” .* more than 100 times its size/],
    ['a bomb that says it is small', patched(bomb, 24, 3000, 4), /larger than the archive says/],
    ['one that says it is larger', patched(zip, 24, 9000, 4), /smaller than the archive says/],
    ['one that says it is huge', patched(zip, 24, 0xfffffff0, 4), /more than 100 times its size/],
    ['another checksum', patched(zip, 16, 7, 4), /checksum/],
    ['a password', patched(zip, 8, 1, 2), /password/],
    ['an unknown method', patched(zip, 10, 99, 2), /method 99/],
    ['zip64', patched(zip, 24, 0xffffffff, 4), /zip64/],
    ['a header elsewhere', patched(zip, 42, 5, 4), /breaks off or is damaged/],
    [
      '1,001 files',
      zipFiles(Array.from({ length: 1001 }, (_, i) => [`${i}`, new Uint8Array()] as const)),
      /at most 1000/,
    ],
    ['no archive', toBytes('PK\u0003\u0004 and nothing more'), /breaks off/],
  ];
  test.for(refused)('with %s are refused', ([, bytes, message]) => {
    expect(faultOf(() => unzipWithin(bytes))).toMatch(message);
  });

  test('whose files are too large together are refused', () => {
    const two = zipFiles([
      ['a', noise],
      ['b', noise],
    ]);
    expect(faultOf(() => unzipWithin(two, { bytes: 1_000_000 }))).toMatch(/unpacks to 1 MB; at most 1 MB/);
  });

  test('whose files lie over each other are refused', () => {
    const two = zipFiles([
      ['a', noise.subarray(0, 500)],
      ['b', noise.subarray(0, 500)],
    ]);
    expect(faultOf(() => unzipWithin(patched(two, 20, 900, 4)))).toMatch(/lies over what follows/);
  });

  test('that are cut anywhere are refused', () => {
    fc.assert(
      fc.property(fc.nat(zip.length - 1), (length) => {
        expect(faultOf(() => unzipWithin(zip.subarray(0, length)))).not.toBe('no fault');
      }),
    );
  });

  test('that are damaged are refused or read, and never throw anything else', () => {
    fc.assert(
      fc.property(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const copy = zip.slice();
        copy[at] = (copy[at] ?? 0) ^ bits;
        faultOf(() => unzipWithin(copy));
      }),
      { numRuns: 300 },
    );
  });
});

describe('gzip files', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(gunzipWithin(gzipSync(bytes))).toEqual(bytes);
      }),
    );
  });

  test('of several members are one file', () => {
    const two = new Uint8Array([...gzipSync(toBytes('one,')), ...gzipSync(toBytes('two'))]);
    expect(gunzipWithin(two)).toEqual(toBytes('one,two'));
  });

  test('that are bombs are refused', () => {
    expect(faultOf(() => gunzipWithin(gzipSync(new Uint8Array(11e6))))).toMatch(
      /more than 200 times its size/,
    );
  });

  test('that are bombs are refused by what was read of them, not at their end', () => {
    const member = gzipSync(new Uint8Array(20e6));
    const bomb = new Uint8Array(Buffer.concat(Array.from({ length: 40 }, () => member)));
    const told: number[] = [];
    expect(faultOf(() => gunzipWithin(bomb, {}, (done) => told.push(done)))).toMatch(/as a bomb does/);
    expect(told).toEqual([0]);
  });

  test('that unpack to more than the limit are refused, and the limit is named', () => {
    const packed = gzipSync(new Uint8Array(3_000_001));
    expect(faultOf(() => gunzipWithin(packed, { bytes: 3e6 }))).toMatch(/more than 3 MB/);
  });

  test('that are cut anywhere are refused', () => {
    const packed = gzipSync(toBytes('a text that is packed '.repeat(20)));
    for (let length = 0; length < packed.length; length++)
      expect(faultOf(() => gunzipWithin(packed.subarray(0, length)))).toMatch(/damaged or breaks off/);
  });
});
