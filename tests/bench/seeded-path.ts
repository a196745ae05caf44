import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sighting } from '../../src/domain/sighting';
import { atEnd } from './cleanup';
import { seededSightings } from './seeded';

/** So much text is written at a time, in characters. */
const CHUNK_CHARACTERS = 1 << 20;

/** So many sightings are compared to tell whether a file is what the generator makes today. */
const COMPARED_SIGHTINGS = 200;

const END = '\n]}\n';

/**
 * The same sighting in fewer words and with two sources at most. A million of them in full are longer than a text can
 * be in V8 (2 ** 29 characters), which `JSON.parse` and with it MapLibre's own source need.
 */
function inFewWords({ id, properties, ...rest }: Sighting): Sighting {
  const sources = properties.sources.slice(0, 2).map((source) => ({ ...source, claim: 'Seen.' }));
  const isTold = new Set(sources.map(({ origin }) => origin)).size > 1;
  const confidence = isTold ? properties.confidence : 'low';
  return { ...rest, id: id.replace('seeded-', 's-'), properties: { ...properties, confidence, sources } };
}

function* textOf(count: number, seed: number): Generator<string> {
  yield `{"type":"FeatureCollection","title":"${count} seeded sightings","features":[\n`;
  let isFirst = true;
  for (const sighting of seededSightings(count, seed)) {
    yield (isFirst ? '' : ',\n') + JSON.stringify(inFewWords(sighting));
    isFirst = false;
  }
  yield END;
}

/** Whether a file begins and ends as the one that would be written now. */
function isAsMade(path: string, count: number, seed: number): boolean {
  if (!existsSync(path)) return false;
  let text = '';
  let compared = 0;
  for (const part of textOf(count, seed)) {
    if (compared++ > COMPARED_SIGHTINGS) break;
    text += part;
  }
  const start = Buffer.from(text);
  const file = openSync(path, 'r');
  try {
    const [head, tail] = [Buffer.alloc(start.length), Buffer.alloc(END.length)];
    readSync(file, head, 0, head.length, 0);
    readSync(file, tail, 0, tail.length, Math.max(0, statSync(path).size - tail.length));
    return head.equals(start) && tail.toString() === END;
  } finally {
    closeSync(file);
  }
}

/**
 * Path of a GeoJSON file of seeded sightings in few words, one feature a line, in the system's folder for temporary files. It is
 * written once, in chunks and under another name until it is whole, and kept for the next run.
 */
export function seededPath(count: number, seed = 1): string {
  const path = join(tmpdir(), `sightings-${count}-seed${seed}-short.geojson`);
  if (isAsMade(path, count, seed)) return path;
  console.error(`Writing ${path} …`);
  const partial = `${path}.${process.pid}.partial`;
  const remove = atEnd(() => rmSync(partial, { force: true }));
  const file = openSync(partial, 'w');
  try {
    let chunk = '';
    for (const part of textOf(count, seed)) {
      chunk += part;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      writeSync(file, chunk);
      chunk = '';
    }
    writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  void remove();
  return path;
}
