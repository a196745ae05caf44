import { readFileSync } from 'node:fs';
import { readSightingsStream } from '../../src/io/feature-stream';
import { quickReaderOf } from '../../src/io/quick-reader';
import { type Row, compare } from './row';
import { seededPath } from './seeded-path';

const CHUNK_BYTES = 1 << 20;

/** Where a feature of the seeded files has its id, and one that has none, in as many bytes. */
const GOOD = ',"id":"s-';
const BAD = ',"iD":"s-';

/** A seeded file in which the first features, so many, have no id. */
export function spoiled(path: string, most: number): Buffer {
  const bytes = readFileSync(path);
  let at = bytes.indexOf(GOOD);
  for (let done = 0; at >= 0 && done < most; done++) {
    bytes.write(BAD, at, 'latin1');
    at = bytes.indexOf(GOOD, at + GOOD.length);
  }
  return bytes;
}

function* chunksOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** Reading a file in which some features are none, or all, against reading the same file when all are good, in turns. */
export async function benchBadFeatures(count: number, bad: 'one' | 'all', runs = 3): Promise<Row> {
  const path = seededPath(count);
  const badCount = bad === 'one' ? 1 : count;
  const files = { ours: spoiled(path, badCount), peer: readFileSync(path) };
  const times: Record<keyof typeof files, number[]> = { ours: [], peer: [] };
  for (let run = 0; run < runs; run++) {
    for (const which of ['ours', 'peer'] as const) {
      const start = performance.now();
      const options = { totalBytes: files[which].length, readerOf: quickReaderOf };
      const { accepted, rejected } = await readSightingsStream(chunksOf(files[which]), {}, options);
      times[which].push(performance.now() - start);
      if (rejected !== (which === 'ours' ? badCount : 0) || accepted + rejected !== count)
        throw new Error(`${accepted} of ${count} were read, and ${rejected} were not.`);
    }
  }
  return compare(
    { name: `${bad}-bad-${count}-good`, unit: 'ms', against: 'all good' },
    times.ours,
    times.peer,
  );
}
