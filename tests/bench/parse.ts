import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readSightingsStream } from '../../src/io/feature-stream';
import { quickReaderOf } from '../../src/io/quick-reader';
import { type Row, compare, countName } from './row';
import { seededPath } from './seeded-path';

const CHUNK_BYTES = 1 << 20;
function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

async function readOurs(path: string): Promise<number> {
  const file = openSync(path, 'r');
  const totalBytes = fstatSync(file).size;
  closeSync(file);
  const { accepted } = await readSightingsStream(chunksOf(path), {}, { totalBytes, readerOf: quickReaderOf });
  return accepted;
}

/** Plain `JSON.parse` of the decoded file; all features are there at its end. */
function readPeer(path: string): number {
  const text = new TextDecoder().decode(readFileSync(path));
  return (JSON.parse(text) as { features: unknown[] }).features.length;
}

/** Scan, parse, validation and columns of made-up sightings, against plain `JSON.parse`, in turns. */
export async function benchParse(count: number, runs = 3): Promise<Row> {
  const path = seededPath(count);
  const [ours, peer]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const found = await readOurs(path);
    const between = performance.now();
    const expected = readPeer(path);
    ours.push(between - start);
    peer.push(performance.now() - between);
    if (found !== count || expected !== count)
      throw new Error(`${found} and ${expected} of ${count} were read.`);
  }
  const name = `parse-${countName(count)}-jsonparse`;
  return compare({ name, unit: 'ms', against: 'JSON.parse' }, ours, peer);
}

// `npx tsx tests/bench/parse.ts [sightings]`
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await benchParse(Number(process.argv[2] ?? 1_000_000)));
}
