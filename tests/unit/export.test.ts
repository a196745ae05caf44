import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { unzipWithin } from '../../src/io/archive';
import { joinBytes } from '../../src/io/join-bytes';
import { type ArchiveDescription, CHECKSUM_FILE, writeArchive } from '../../src/io/data-archive';
import { type ExportSet, type TextFormat, exportChunks, sharedIds } from '../../src/io/export';
import { readSightings } from '../../src/io/geojson';
import { openFile } from '../../src/io/open';
import { arbitrarySightings } from './arbitrary-sightings';
import { anySighting } from './any-sighting';
import { geoBytes, geoContext, geoSystems, toBytes, toText } from './fixtures';
import { allRows, idsOf, sampleSighting, sampleTable } from './sample';

function setOf(sightings: readonly Sighting[], collection: Record<string, unknown> = {}): ExportSet {
  const table = sampleTable(sightings);
  return { table, rows: allRows(table), collection, systems: geoSystems() };
}

async function written(format: TextFormat, set: ExportSet): Promise<Uint8Array<ArrayBuffer>> {
  return joinBytes(await exportChunks(format, set));
}

/** The set that a GeoJSON file holds. */
function reread(bytes: Uint8Array): ExportSet {
  const { table, collection } = readSightings(bytes, {});
  return { table, rows: allRows(table), collection, systems: [] };
}

const unique = fc.uniqueArray(anySighting(), { selector: ({ id }) => id, minLength: 1, maxLength: 4 });

describe('GeoJSON', { timeout: 60_000 }, () => {
  test('opens as it was written, equal to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySightings, fc.jsonValue(), async (sightings, title) => {
        const bytes = await written('geojson', setOf(sightings, { title, license: 'CC BY 4.0' }));
        const opened = await openFile(bytes, 'a.geojson', {});
        expect(opened.kind).toBe('sightings');
        if (opened.kind !== 'sightings') return;
        expect(opened.result.accepted).toBe(sightings.length);
        expect(toText(opened.result.bytes)).toBe(toText(bytes));
        expect(toText(await written('geojson', reread(opened.result.bytes)))).toBe(toText(bytes));
      }),
      { numRuns: 60 },
    );
  });

  test('has the chosen rows and no others', async () => {
    const set = setOf(['a', 'b', 'c'].map((id) => sampleSighting({ id })));
    const bytes = await written('geojson', { ...set, rows: Uint32Array.of(0, 2) });
    expect(idsOf(readSightings(bytes, {}).table)).toEqual(['a', 'c']);
  });
});

describe('CSV', { timeout: 60_000 }, () => {
  test('gives back the GeoJSON of any sightings, equal to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(unique, async (sightings) => {
        const geojson = await written('geojson', setOf(sightings));
        const csv = await written('csv', reread(geojson));
        const opened = await openFile(csv, 'a.csv', {});
        const bytes = opened.kind === 'sightings' ? opened.result.bytes : new Uint8Array();
        expect(toText(await written('geojson', reread(bytes)))).toBe(toText(geojson));
      }),
      { numRuns: 100 },
    );
  });

  test.for(['=HYPERLINK("http://x")', '+1', '-33.5', '@SUM(A1)', '\u0009=1'])(
    'has no cell that a spreadsheet runs: %j',
    async (text) => {
      const set = setOf([sampleSighting({ title: text.trim(), confidenceBasis: text.trim() })]);
      const csv = toText(await written('csv', set));
      expect(csv).not.toMatch(/(?:^|[,\n])"?[=+@\t-](?!\d+(?:\.\d+)?(?:,|\r))/);
      expect(csv).toContain(`'${text.trim()[0]}`);
    },
  );
});

describe('KML and simplestyle', { timeout: 60_000 }, () => {
  test('have every sighting, whatever its texts are', async () => {
    await fc.assert(
      fc.asyncProperty(unique, async (sightings) => {
        const set = setOf(sightings);
        const opened = await openFile(await written('kml', set), 'a.kml', {});
        const { bytes, incomplete } =
          opened.kind === 'sightings' ? opened.result : { bytes: new Uint8Array(), incomplete: [] };
        // What XML cannot have is dropped: a text of nothing else is missing then.
        const ids = [
          ...idsOf(readSightings(bytes, {}).table),
          ...incomplete.map(({ feature }) => (feature as Sighting).id),
        ];
        expect(ids.toSorted()).toEqual(sightings.map(({ id }) => id).toSorted());
        const styled = JSON.parse(toText(await written('simplestyle', set))) as { features: Sighting[] };
        expect(styled.features.map(({ id, geometry }) => [id, geometry])).toEqual(
          JSON.parse(JSON.stringify(sightings.map(({ id, geometry }) => [id, geometry]))),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('an archive', { timeout: 60_000 }, () => {
  const sightings = geoBytes('sightings.geojson');
  const parts = {
    sightings,
    referencePoints: geoBytes('reference-points.geojson'),
    systems: geoBytes('systems.json'),
    schema: geoBytes('sighting.schema.json'),
  };
  const about: ArchiveDescription = {
    title: 'Systems near Moscow',
    date: '2026-11-26',
    from: 'https://example.org/?confidence=high',
    count: 8,
    total: 12,
    filters: ['High confidence', 'Dates 1 to 5'],
    license: 'CC BY 4.0',
  };

  test('gives back every file, equal to the byte, and opens as its sightings', async () => {
    const zip = await writeArchive({ ...parts, ownPoints: toBytes('{}') }, about);
    const files = unzipWithin(zip);
    expect([...files.keys()]).toEqual([
      'README.txt',
      'sightings.geojson',
      'reference-points.geojson',
      'own-reference-points.geojson',
      'systems.json',
      'sighting.schema.json',
      'SHA256SUMS',
    ]);
    expect(files.get('sightings.geojson')).toEqual(sightings);
    expect(files.get('sighting.schema.json')).toEqual(parts.schema);
    const opened = await openFile(zip, 'a.zip', geoContext());
    expect(opened.kind === 'sightings' && toText(opened.result.bytes)).toBe(toText(sightings));
  });

  test('says what it is, from where, how many and under which licence', async () => {
    const text = toText(unzipWithin(await writeArchive(parts, about)).get('README.txt') ?? new Uint8Array());
    for (const said of [
      'Systems near Moscow',
      '8 of 12',
      'High confidence; Dates 1 to 5',
      '2026-11-26',
      'https://example.org/?confidence=high',
      '1.0.0',
      'CC BY 4.0',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('own-reference-points');
  });

  test('is the same for the same input and date, and another for another', async () => {
    const zip = await writeArchive(parts, about);
    expect(await writeArchive(parts, about)).toEqual(zip);
    expect(await writeArchive(parts, { ...about, date: '2026-11-27' })).not.toEqual(zip);
  });

  const hasTool = spawnSync('sha256sum', ['--version']).status === 0;
  test.skipIf(!hasTool)('has checksums that sha256sum accepts, and that tell damage', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    try {
      for (const [name, bytes] of unzipWithin(await writeArchive(parts, about)))
        writeFileSync(join(folder, name), bytes);
      const check = () => spawnSync('sha256sum', ['-c', '--strict', CHECKSUM_FILE], { cwd: folder });
      const { status, stdout } = check();
      expect([status, stdout.toString().match(/: OK$/gm)?.length]).toEqual([0, 5]);
      writeFileSync(join(folder, 'systems.json'), '{}');
      expect(check().status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('ids that several rows have are told', () => {
  const { table } = setOf(['a', 'b', 'a', 'c', 'a'].map((id) => sampleSighting({ id })));
  expect(sharedIds({ table, rows: allRows(table) })).toEqual(['a']);
  expect(sharedIds({ table, rows: Uint32Array.of(0, 1, 3) })).toEqual([]);
});
