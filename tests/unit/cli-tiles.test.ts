import { VectorTile } from '@mapbox/vector-tile';
import { copyFile, link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tiles } from '../../src/cli/tiles';
import { limitsOf } from '../../src/domain/publication';
import { NO_FILTER, findMatches, withFacet } from '../../src/domain/query';
import type { SightingTable } from '../../src/domain/table';
import { FORMATS } from '../../src/io/formats';
import { readSightings } from '../../src/io/geojson';
import { type PublishedSightings, openPublished } from '../../src/io/published-sightings';
import { PublishedTiles } from '../../src/map/published-tiles';
import { SightingTiles } from '../../src/map/tiles';
import { seededSightings, seededSystems } from '../bench/seeded';
import { type CommandRun, sightings } from './command-line';
import { ROOT, toText } from './fixtures';
import { type RangeServer, serveFolder } from './range-server';

/** So many that the file is read in several pieces. */
const COUNT = 3000;
/** A sighting a line, not sorted. */
const lines = [...seededSightings(3, 6)].map((sighting) => JSON.stringify(sighting)).toReversed();
const FILES = ['counts.pmtiles', 'geojson', 'index', 'pmtiles'] as const;

let folder = '';
let server: RangeServer;
let run: CommandRun;
let table: SightingTable;
let published: PublishedSightings;

/** How many sightings the marks of a tile count. */
function countOf(bytes: Uint8Array): number {
  const { marks } = new VectorTile(new PbfReader(bytes)).layers;
  let count = 0;
  for (let i = 0; i < (marks?.length ?? 0); i++) count += Number(marks?.feature(i).properties['count']);
  return count;
}

const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'published-'));
  // Not sorted, and with one that is no sighting.
  const features = [...seededSightings(COUNT, 5)].map((sighting, i) =>
    JSON.stringify(i === 7 ? { ...sighting, properties: {} } : sighting),
  );
  const shuffled = features.map((line, i) => [(i * 7919) % COUNT, line] as const).sort(([a], [b]) => a - b);
  const text = `{"type":"FeatureCollection","title":"Made up","license":"a<b","features":[\n${shuffled.map(([, line]) => line).join(',\n')}\n]}\n`;
  await Promise.all([
    writeFile(at('in.geojson'), text),
    writeFile(at('in.ndjson'), lines.join('\n')).then(() => link(at('in.ndjson'), at('linked.geojson'))),
    ...['packed.geojson', 'packed.ndjson.gz'].map((name) => writeFile(at(name), gzipSync(lines.join('\n')))),
    writeFile(at('systems.json'), seededSystems()),
  ]);
  server = await serveFolder(folder);
  run = await sightings(['tiles', at('in.geojson'), at('out.pmtiles')]);
  table = readSightings(new Uint8Array(await readFile(at('out.geojson'))), {}).table;
  published = await openPublished(`${server.url}out.pmtiles`);
}, 120_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('tiles', () => {
  test('says what it leaves out as validate does, and that it did', async () => {
    expect(run.exit).toBe(1);
    const checked = await sightings(['validate', at('in.geojson')]);
    expect(run.out).toBe(checked.out);
    expect(run.err).toContain('2,999 published, 1 left out');
  }, 60_000);

  test('writes the sightings sorted by id, each by its very bytes', async () => {
    const text = toText(new Uint8Array(await readFile(at('out.geojson'))));
    const given = toText(new Uint8Array(await readFile(at('in.geojson'))));
    const features = (file: string) =>
      file
        .split('\n')
        .filter((line) => line.startsWith('{"type":"Feature",'))
        .map((line) => line.replace(/,$/, ''));
    const good = features(given).filter((line) => !line.includes('"properties":{}'));
    expect(features(text)).toEqual(good.toSorted());
    expect(text).toMatch(/^\{"type":"FeatureCollection","title":"Made up","license":"a<b","features":\[\n/);
    expect(JSON.parse(text)).toMatchObject({ features: { length: COUNT - 1 } });
  });

  test('replaces none of its files that are there', async () => {
    for (const extension of FILES) {
      const name = at(`there-${extension}`);
      await writeFile(`${name}.${extension}`, '');
      await expect(tiles(at('in.geojson'), `${name}.pmtiles`, false)).rejects.toThrow(
        `${name}.${extension}: is there already`,
      );
    }
  });

  test.for([
    ['in.geojson', 'out.mbtiles', 'ends in .pmtiles'],
    ['in.geojson', 'in.pmtiles', 'in.geojson: is the file that is read'],
    ['in.ndjson', 'linked.pmtiles', 'linked.geojson: is the file that is read'],
    ['in.csv', 'other.pmtiles', 'is no GeoJSON by its name: convert it'],
    ['in.kml.gz', 'other.pmtiles', 'is no GeoJSON by its name: convert it'],
    [
      'packed.geojson',
      'other.pmtiles',
      'packed.geojson: cannot be read: it is packed by gzip: unpack it first',
    ],
    ['packed.ndjson.gz', 'other.pmtiles', 'packed.ndjson.gz: cannot be read: it is packed by gzip'],
    ['-', 'other.pmtiles', 'name one to read'],
    ['none.geojson', 'other.pmtiles', 'none.geojson: cannot be read'],
  ] as const)('refuses %s to %s', async ([input, output, why]) => {
    await expect(tiles(input === '-' ? input : at(input), at(output), true)).rejects.toThrow(why);
  });

  test.for(FORMATS.geojsonLines.extensions)(
    'publishes one sighting a line of a file named %s',
    async (name) => {
      const [input, output] = [at(`lines${name}`), at(`lines${name}.pmtiles`)];
      await writeFile(input, lines.join('\n'));
      expect(await tiles(input, output, false)).toBe(0);
      const { title, count, records } = (await openPublished(`${server.url}lines${name}.pmtiles`))
        .publication;
      expect([title, count, records.name]).toEqual([`lines${name}`, lines.length, `lines${name}.geojson`]);
      const written = toText(
        new Uint8Array(await readFile(`${output.slice(0, -'.pmtiles'.length)}.geojson`)),
      );
      expect(written).toBe(`{"type":"FeatureCollection","features":[\n${lines.toSorted().join(',\n')}\n]}\n`);
      expect(await readFile(input, 'utf8')).toBe(lines.join('\n'));
    },
  );
});

describe('a publication', () => {
  test('says what it has', () => {
    const { publication } = published;
    expect(publication).toMatchObject({ title: 'Made up', count: COUNT - 1 });
    const { counts } = findMatches(table, { facets: {} });
    for (const name of ['confidence', 'system', 'status', 'origins', 'place'] as const) {
      const some = [...counts[name]].filter(([, count]) => count > 0);
      expect(new Map(publication.facets[name])).toEqual(new Map(some));
    }
  });

  test('has the tiles of its table', async () => {
    const publishedTiles = new PublishedTiles(published);
    const filter = withFacet(NO_FILTER, 'confidence', ['high']);
    const expected = new SightingTiles(table);
    expected.show(findMatches(table, { facets: filter.facets }).rows);
    const whole = new SightingTiles(table);
    for (const [z, x, y] of [
      [0, 0, 0],
      [4, 9, 5],
      [9, 309, 160],
    ] as const) {
      expect(limitsOf(published.publication, filter, z)).toEqual([]);
      const ours = await publishedTiles.tile(z, x, y, filter);
      expect(countOf(ours)).toBe(countOf(expected.tile(z, x, y)));
      const all = await publishedTiles.tile(z, x, y, NO_FILTER);
      expect(countOf(all)).toBe(countOf(whole.tile(z, x, y)));
      if (z < 8) expect(all).toEqual(whole.tile(z, x, y));
    }
  });

  test('counts what a filter lets through', async () => {
    const filter = withFacet(withFacet(NO_FILTER, 'confidence', ['low']), 'place', ['no']);
    const { rows, counts } = findMatches(table, { facets: filter.facets });
    const matches = await published.matches(filter);
    expect([matches?.count, matches?.placedCount]).toEqual([rows.length, 0]);
    const some = (map: ReadonlyMap<string, number> | undefined) =>
      [...(map ?? [])].filter(([, count]) => count > 0).sort();
    expect(some(matches?.counts.system)).toEqual(some(counts.system));
    expect(await published.matches({ ...NO_FILTER, text: 'roof' })).toBeUndefined();
  });

  test.for([0, 1, 15, 16, 1234, COUNT - 2])('has the record of row %i by its bytes', async (row) => {
    server.requests.length = 0;
    expect(await published.recordBytes(row)).toEqual(table.recordBytes(row));
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  test('finds a record by its id, and none that is not there', async () => {
    for (const row of [0, 15, 16, 777, COUNT - 2]) {
      const id = table.idOf(row);
      expect(await published.recordById(id)).toEqual({ row, record: table.record(row) });
    }
    for (const id of ['', 'aaa', 'seeded-0000007', 'zzz']) {
      expect(await published.recordById(id)).toBeUndefined();
    }
  });

  test('has no row beyond its last', async () => {
    await expect(published.record(COUNT - 1)).rejects.toThrow(RangeError);
  });
});

describe('what is no publication, or no longer one', () => {
  /** The publication again, under another name, with one of its files changed. */
  async function changed(extension: string, change: (bytes: Buffer) => Buffer): Promise<string> {
    const other = await mkdtemp(join(tmpdir(), 'changed-'));
    for (const each of FILES) await copyFile(at(`out.${each}`), join(other, `out.${each}`));
    const path = join(other, `out.${extension}`);
    await writeFile(path, change(await readFile(path)));
    return other;
  }

  async function withFolder<T>(other: string, use: (url: string) => Promise<T>): Promise<T> {
    const own = await serveFolder(other);
    try {
      return await use(`${own.url}out.pmtiles`);
    } finally {
      await own.close();
      await rm(other, { recursive: true });
    }
  }

  test('an archive of other tiles', async () => {
    await copyFile(join(ROOT, 'geo/basemap/atlas.pmtiles'), at('atlas.pmtiles'));
    await expect(openPublished(`${server.url}atlas.pmtiles`)).rejects.toThrow('was not written by');
  });

  test('no archive, and no file', async () => {
    await expect(openPublished(`${server.url}out.geojson`)).rejects.toThrow('is no PMTiles archive');
    await expect(openPublished(`${server.url}nothing.pmtiles`)).rejects.toThrow('404');
  });

  test('a server without ranges', async () => {
    server.hasRanges = false;
    try {
      await expect(openPublished(`${server.url}out.pmtiles`)).rejects.toThrow('has no HTTP ranges');
      await expect(published.record(2000)).rejects.toThrow('has no HTTP ranges');
    } finally {
      server.hasRanges = true;
    }
  });

  test('records of another length', async () => {
    const other = await changed('geojson', (bytes) => Buffer.concat([bytes, Buffer.from(' ')]));
    await withFolder(other, async (url) => {
      await expect((await openPublished(url)).record(5)).rejects.toThrow(
        'out.geojson is not the file that was published with these tiles',
      );
    });
  });

  test('records of the same length that are others', async () => {
    const other = await changed('geojson', (bytes) =>
      Buffer.from(bytes.toString().replaceAll('Made up.', 'Made on.')),
    );
    await withFolder(other, async (url) => {
      await expect((await openPublished(url)).record(5)).rejects.toThrow(
        'is not the file that was published',
      );
    });
  });

  test('an index that is another', async () => {
    const other = await changed('index', (bytes) => Buffer.from(bytes.toString().replace('\t', ' ')));
    await withFolder(other, async (url) => {
      await expect((await openPublished(url)).record(5)).rejects.toThrow(
        'is not the file that was published',
      );
    });
  });

  test('records that are cut off', async () => {
    const other = await changed('geojson', (bytes) => bytes.subarray(0, 100));
    await withFolder(other, async (url) => {
      const { publication } = await openPublished(url);
      await expect((await openPublished(url)).record(publication.count - 1)).rejects.toThrow(
        'out.geojson is not the file that was published with these tiles',
      );
    });
  });

  test('counts that are not there: it says which file, and what to do', async () => {
    const folder = await changed('counts.pmtiles', (bytes) => bytes);
    await rm(join(folder, 'out.counts.pmtiles'));
    await withFolder(folder, async (url) => {
      const filter = withFacet(NO_FILTER, 'confidence', ['high']);
      await expect((await openPublished(url)).matches(filter)).rejects.toThrow(
        `${new URL('out.counts.pmtiles', url).href}: the server answers "404 Not Found": put all files of the publication in one folder.`,
      );
    });
  });

  test('counts of another publication', async () => {
    const own = await sightings(['tiles', 'geo/sightings.geojson', at('eight.pmtiles')]);
    expect(own.exit).toBe(0);
    const eight = await readFile(at('eight.counts.pmtiles'));
    const other = await changed('counts.pmtiles', () => eight);
    await withFolder(other, async (url) => {
      const filter = withFacet(NO_FILTER, 'confidence', ['high']);
      await expect((await openPublished(url)).matches(filter)).rejects.toThrow('of another publication');
    });
  }, 60_000);
});
