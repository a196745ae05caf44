import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/io/join-bytes';
import { gunzipChunks, gunzipWithin } from '../../src/io/gunzip';
import { type GzipLimits } from '../../src/io/gzip';

/** Bytes in chunks of some length. */
async function* inChunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.slice(at, at + length));
}

async function unpack(bytes: Uint8Array, length: number, limits?: Partial<GzipLimits>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzipChunks(inChunks(bytes, length), limits)) chunks.push(chunk);
  return joinBytes(chunks);
}

/** What becomes of bytes, or what is said of them. */
async function outcome(run: () => Uint8Array | Promise<Uint8Array>): Promise<string> {
  try {
    return Buffer.from(await run()).toString('hex');
  } catch (error) {
    return String(error);
  }
}

describe('a gzip file that arrives in chunks', () => {
  test('unpacks to what it was, of however many members, in whatever chunks', async () => {
    const members = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(members, fc.integer({ min: 1, max: 90 }), async (parts, length) => {
        const packed = joinBytes(parts.map((part) => gzipSync(part)));
        expect(Buffer.from(await unpack(packed, length)).equals(joinBytes(parts))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  const packed = gzipSync(Buffer.from('A sighting, and another one, and another one.'));
  const changed = (at: number) => packed.map((byte, i) => (i === at ? byte ^ 0x55 : byte));

  test.for([
    ['cut', packed.subarray(0, -9)],
    ['cut in its sum', packed.subarray(0, -3)],
    ['with another checksum', changed(packed.length - 6)],
    ['with another length', changed(packed.length - 2)],
    ['with a broken body', changed(12)],
    ['shorter than any', packed.subarray(0, 11)],
  ] as const)('that is %s says what one that is whole says', async ([, bytes]) => {
    const whole = await outcome(() => gunzipWithin(bytes));
    expect(whole).toMatch(/FileFault: The gzip file is damaged or breaks off/);
    expect(await outcome(() => unpack(bytes, 7))).toMatch(/^FileFault: The gzip file is damaged/);
  });

  test('that unpacks to too much is stopped', async () => {
    const bomb = gzipSync(Buffer.alloc(20e6));
    await expect(unpack(bomb, 4096)).rejects.toThrow('more than 200 times its size');
    await expect(unpack(bomb, 4096, { bytes: 1e6 })).rejects.toThrow('more than 1 MB');
  });
});
