import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlobWriter } from '../../src/ui/record/export/blob-writer';

test('gives what was written, whatever the sizes of the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_500_000), { maxLength: 5 }), async (lengths) => {
      const chunks = lengths.map((length, i) => new Uint8Array(length).map((_, at) => at * 7 + i));
      const writer = new BlobWriter();
      for (const chunk of chunks) writer.write(chunk);
      const expected = Buffer.concat(chunks);
      expect(writer.size).toBe(expected.length);
      const written = Buffer.from(await writer.finish().arrayBuffer());
      expect(written.equals(expected)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
