import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { readReferencePoints, readSystems } from '../../src/domain/reference-data';
import { writeCsv } from '../../src/io/flat-csv';
import { readSightings } from '../../src/io/geojson';
import { writeKml } from '../../src/io/kml';
import { formatReferencePoints } from '../../src/io/reference-points';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { seededFile } from '../bench/seeded';

/** What is tortured, each with files of its own. */
export const FORMATS = [
  'sightings',
  'geojson',
  'ndjson',
  'gzip',
  'csv',
  'tsv',
  'kml',
  'kmz',
  'gpx',
  'xlsx',
  'zip',
  'points',
  'validator',
] as const;
export type TortureFormat = (typeof FORMATS)[number];

/** A file that is changed. */
export interface Seedling {
  format: TortureFormat;
  /** as the file is called, with its extension */
  name: string;
  bytes: Uint8Array;
}

export const ROOT = join(import.meta.dirname, '../..');

/** Where those are that broke something once. */
export const CRASHERS = join(ROOT, 'tests/fixtures/crashers');

const BY_EXTENSION: Readonly<Record<string, TortureFormat>> = {
  geojson: 'geojson',
  json: 'geojson',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  geojsons: 'ndjson',
  gz: 'gzip',
  csv: 'csv',
  tsv: 'tsv',
  kml: 'kml',
  kmz: 'kmz',
  gpx: 'gpx',
  xlsx: 'xlsx',
  zip: 'zip',
};

function formatOf(folder: string, name: string): TortureFormat | undefined {
  const format = BY_EXTENSION[name.slice(name.lastIndexOf('.') + 1)];
  const isOurs =
    format === 'geojson' && (/(?:^|\/)(?:good|bad)$/.test(folder) || /sightings|ours/.test(name));
  return isOurs && !folder.startsWith('formats/bad') ? 'sightings' : format;
}

function filesIn(folder: string): Seedling[] {
  const path = join(ROOT, 'tests/fixtures', folder);
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.txt'))
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name): Seedling[] => {
      const format = formatOf(folder, name);
      return format === undefined
        ? []
        : [{ format, name, bytes: new Uint8Array(readFileSync(join(path, name))) }];
    });
}

function textBytes(parts: Iterable<string>): Uint8Array {
  return new TextEncoder().encode([...parts].join(''));
}

/** Files as the app writes them. */
function exported(): Seedling[] {
  const bytes = new Uint8Array(readFileSync(join(ROOT, 'geo/sightings.geojson')));
  const { systems } = readSystems(JSON.parse(readFileSync(join(ROOT, 'geo/systems.json'), 'utf8')));
  const { table } = readSightings(bytes, {});
  const sightings = Array.from({ length: table.length }, (_, row) => table.record(row));
  const many = seededFile(40, 7);
  const given = new Uint8Array(readFileSync(join(ROOT, 'geo/reference-points.geojson')));
  const { referencePoints: points } = readReferencePoints(JSON.parse(new TextDecoder().decode(given)));
  return [
    { format: 'sightings', name: 'exported.geojson', bytes },
    { format: 'sightings', name: 'seeded.geojson', bytes: many },
    { format: 'gzip', name: 'seeded.geojson.gz', bytes: gzipSync(many, { mtime: 0 }) },
    {
      format: 'ndjson',
      name: 'exported.ndjson',
      bytes: textBytes(sightings.map((one) => `${JSON.stringify(one)}\n`)),
    },
    { format: 'csv', name: 'exported.csv', bytes: textBytes(writeCsv(sightings)) },
    { format: 'kml', name: 'exported.kml', bytes: textBytes(writeKml(sightings, systems)) },
    { format: 'zip', name: 'exported.zip', bytes: zipFiles([['sightings.geojson', bytes]]) },
    { format: 'points', name: 'given.geojson', bytes: given },
    { format: 'points', name: 'exported-points.geojson', bytes: textBytes([formatReferencePoints(points)]) },
    ...sightings.map((one, i): Seedling => ({
      format: 'validator',
      name: `sighting-${String(i)}.json`,
      bytes: textBytes([JSON.stringify(one)]),
    })),
  ];
}

/** Small files in which much is the same, so that something large may be made of them. */
function repetitive(): Seedling[] {
  const folders = Array.from({ length: 8 }, (_, i) => `<Folder><name>${`${i}`.repeat(2000)}</name>`).join('');
  const prefixes = Array.from({ length: 300 }, (_, i) => ` xmlns:n${i}="u"`).join('');
  const placemarks = '<Placemark n7:a="1"><Point><coordinates>37,55</coordinates></Point></Placemark>'.repeat(
    40,
  );
  const kml = `<kml${prefixes}>${folders}${placemarks}${'</Folder>'.repeat(8)}</kml>`;
  const workbook = readFileSync(join(ROOT, 'tests/fixtures/open/places.xlsx'));
  const row = (r: number, text: number) =>
    `<row r="${r}">${[...'ABC'].map((c) => `<c r="${c}${r}" t="s"><v>${text}</v></c>`).join('')}</row>`;
  const sheet = `<worksheet><sheetData>${row(1, 0)}${Array.from({ length: 200 }, (_, i) => row(i + 2, 1)).join('')}</sheetData></worksheet>`;
  const parts = new Map<string, Uint8Array>(unzipWithin(workbook))
    .set('xl/worksheets/sheet1.xml', textBytes([sheet]))
    .set(
      'xl/sharedStrings.xml',
      textBytes([`<sst><si><t>title</t></si><si><t>${'a'.repeat(30_000)}</t></si></sst>`]),
    );
  return [
    { format: 'kml', name: 'folders.kml', bytes: textBytes([kml]) },
    { format: 'xlsx', name: 'shared-text.xlsx', bytes: zipFiles(parts) },
  ];
}

/** The files that are changed: the fixtures of all importers, and what the app writes. */
export function readCorpus(): readonly Seedling[] {
  const folders = ['good', 'bad', 'formats/good', 'formats/bad', 'open', 'tables/good', 'tables/bad'];
  return [...folders.flatMap(filesIn), ...exported(), ...repetitive()];
}
