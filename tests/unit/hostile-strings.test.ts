import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { joinBytes } from '../../src/io/join-bytes';
import { writeArchive } from '../../src/io/data-archive';
import { type TextFormat, exportChunks } from '../../src/io/export';
import { readSightings } from '../../src/io/geojson';
import { openFile } from '../../src/io/open';
import { TEST_SEED } from '../test-seed';
import { hostileSightings } from '../torture/hostile-strings';
import { toBytes, toText } from './fixtures';
import { sampleSighting, sampleSource, sampleTable } from './sample';

const SEEDS = [8, 1000 + TEST_SEED];
const COUNT = 200;

async function written(format: TextFormat, sightings: readonly Sighting[]): Promise<Uint8Array<ArrayBuffer>> {
  const table = sampleTable(sightings);
  const rows = Uint32Array.from(sightings, (_, row) => row);
  return joinBytes(await exportChunks(format, { table, rows, collection: {}, systems: [] }));
}

function recordsOf(bytes: Uint8Array): Sighting[] {
  const { table, issues } = readSightings(bytes, {});
  // Each has a field that the contract does not know.
  expect(issues.filter(({ message }) => message !== 'is not a field of the contract')).toEqual([]);
  return Array.from({ length: table.length }, (_, row) => table.record(row));
}

/** The sightings of a file that is opened as a person opens it. */
async function opened(bytes: Uint8Array, name: string): Promise<Sighting[]> {
  const file = await openFile(bytes, name, {});
  if (file.kind !== 'sightings') throw new Error(`${name} was taken for a file of others`);
  expect([file.result.mended, file.result.incomplete, file.result.setAside]).toEqual([[], [], []]);
  return recordsOf(file.result.bytes);
}

describe.for(SEEDS)('hostile strings of seed %i', (seed) => {
  const sightings = hostileSightings(COUNT, seed);

  test('obey the contract', () => {
    const lines = sightings.map((sighting) => JSON.stringify(sighting)).join(',\n');
    const file = toBytes(`{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
    expect(recordsOf(file)).toEqual(sightings);
  });

  test('come through GeoJSON as they are', async () => {
    expect(await opened(await written('geojson', sightings), 'hostile.geojson')).toEqual(sightings);
  });

  test('come through CSV as they are', async () => {
    expect(await opened(await written('csv', sightings), 'hostile.csv')).toEqual(sightings);
  });

  test('begin no cell of CSV with what a spreadsheet runs', async () => {
    const { data } = Papa.parse<string[]>(toText(await written('csv', sightings)).trimEnd());
    expect(data).toHaveLength(COUNT + 1);
    expect(data.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
  });

  test('come through a zip archive as they are', async () => {
    const none = toBytes('{}');
    const parts = {
      sightings: await written('geojson', sightings),
      referencePoints: none,
      systems: none,
      schema: none,
    };
    const { title, verbatimLocality: from } = sightings[0]?.properties ?? { title: '', verbatimLocality: '' };
    const about = {
      title,
      from,
      date: '2023-01-19',
      count: COUNT,
      total: COUNT,
      filters: [title],
      license: title,
    };
    expect(await opened(await writeArchive(parts, about), 'hostile.zip')).toEqual(sightings);
  });

  test('come through KML as they are', async () => {
    expect(await opened(await written('kml', sightings), 'hostile.kml')).toEqual(sightings);
  });

  test('come into styled GeoJSON as they are', async () => {
    const { features } = JSON.parse(toText(await written('simplestyle', sightings))) as {
      features: { id: string; properties: { title: string } }[];
    };
    expect(features.map(({ id, properties: { title } }) => [id, title])).toEqual(
      sightings.map(({ id, properties: { title } }) => [id, title]),
    );
  });
});

test('a text of 10 MB comes through GeoJSON and CSV', async () => {
  const claim = `=<b>${'"\u202e,\n'.repeat(2_500_000)}.`;
  const sighting = sampleSighting({ sources: [sampleSource({ claim })] });
  for (const format of ['geojson', 'csv'] as const) {
    const [record] = await opened(await written(format, [sighting]), `long.${format}`);
    expect(record?.properties.sources[0]?.claim === claim).toBe(true);
  }
});
