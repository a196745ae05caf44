import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReadSightings } from '../../src/io/geojson';
import { toBytes } from './fixtures';
import { idsOf, sampleSighting } from './sample';

export const IDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo'];
export const SIGHTINGS = IDS.map((id) =>
  sampleSighting({ id, title: id === 'bravo' ? 'Панцирь “на \\ крыше” 🚀' : id }),
);
const LINES = SIGHTINGS.map((sighting) => JSON.stringify(sighting));

/** The same sightings in files of several layouts. */
export const LAYOUTS: Readonly<Record<string, string>> = {
  'one feature per line': `{"type":"FeatureCollection","title":"Т","features":[\n${LINES.join(',\n')}\n]}\n`,
  'one line': `{"type":"FeatureCollection","features":[${LINES.join(',')}],"license":"CC0"}`,
  'pretty-printed': JSON.stringify({ type: 'FeatureCollection', features: SIGHTINGS }, null, 2),
  'carriage returns': `{"type":"FeatureCollection",\r\n"features":[\r\n${LINES.join(',\r\n')}\r\n]}\r\n`,
  'a byte order mark': `\ufeff{"type":"FeatureCollection","features":[${LINES.join(',')}]}`,
  lines: `${LINES.join('\n')}\n`,
  'lines without an end': LINES.join('\n\n'),
  'a sequence': LINES.map((line) => `\u001e${line}\n`).join(''),
};

/** All that was read, with nothing that depends on how the bytes are kept. */
export function shownOf({ table, issues, accepted, rejected, collection }: ReadSightings) {
  const { recordFile, recordStart, recordEnd, ...columns } = table.columns;
  expect([recordFile.length, recordStart.length, recordEnd.length]).toEqual(Array(3).fill(table.length));
  const records = Array.from({ length: table.length }, (_, row) =>
    Buffer.from(table.recordBytes(row)).toString(),
  );
  const { systemIds, publishers } = table;
  return {
    columns,
    ids: idsOf(table),
    records,
    systemIds,
    publishers,
    issues,
    accepted,
    rejected,
    collection,
  };
}

/** Bytes in pieces of some sizes, by turns. */
export function inChunks(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const damage = fc.oneof(
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(), size: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    text: fc.constantFrom(...'{}[]",:\\\nx\u001e'),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    text: fc.constantFrom(
      ...LINES,
      ...LINES.map((line) => line.slice(0, -1)),
      '{"type":"Feature",',
      '\n{"a":',
    ),
  }),
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, change: Damage): Uint8Array {
  const at = change.at % (bytes.length + 1);
  switch (change.kind) {
    case 'delete':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.size)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), toBytes(change.text), bytes.subarray(at)]);
    case 'flip':
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << change.bit) : byte));
    case 'cut':
      return bytes.subarray(0, at);
  }
}

/** A file that is damaged in some places, or in none. */
export const damagedFile: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...Object.values(LAYOUTS)), fc.array(damage, { maxLength: 4 }))
  .map(([text, damages]) => damages.reduce(damaged, toBytes(text)));
