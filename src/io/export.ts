import type { Sighting, System } from '../domain/sighting';
import type { SightingTable } from '../domain/table';
import { type FeatureText, writeCollection } from './collection-file';
import { FORMATS, type Format, type FormatName } from './formats';
import { parseRecord } from './long-numbers';

/** Sightings that go into a file. */
export interface ExportSet {
  table: SightingTable;
  /** rows of the table, no two of the same id */
  rows: Uint32Array;
  /** members of the FeatureCollection that they are of, such as `title` */
  collection: Readonly<Record<string, unknown>>;
  /** systems that they name */
  systems: readonly System[];
}

/** What can be written, in the order of menus, and by which of the file formats. */
export const EXPORT_FORMATS = {
  geojson: { format: 'geojson', suffix: '', label: 'GeoJSON' },
  csv: { format: 'csv', suffix: '', label: 'CSV table' },
  zip: { format: 'zip', suffix: '', label: 'Zip archive' },
  kml: { format: 'kml', suffix: '', label: 'KML' },
  simplestyle: { format: 'geojson', suffix: '-styled', label: 'Styled GeoJSON' },
} as const satisfies Readonly<Record<string, { format: FormatName; suffix: string; label: string }>>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Formats whose text follows from the sightings alone; an archive has more in it. */
export type TextFormat = Exclude<ExportFormat, 'zip'>;

/** The end of a file's name, with the dot. */
export function extensionOf(format: ExportFormat): string {
  return FORMATS[EXPORT_FORMATS[format].format].extensions[0];
}

export function mediaTypeOf(format: ExportFormat): string {
  return FORMATS[EXPORT_FORMATS[format].format].mediaTypes[0];
}

/**
 * Rows of a table as sightings, each read when it is asked for; can be gone through again. See `parseRecord` for
 * numbers of many digits.
 */
function sightingsOf({ table, rows }: ExportSet, progress: (row: number) => void): Iterable<Sighting> {
  return {
    *[Symbol.iterator]() {
      for (const [i, row] of rows.entries()) {
        progress(i);
        yield parseRecord(table.recordBytes(row)) as Sighting; // validated before it became a row
      }
    },
  };
}

function* encoded(texts: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}

/** The Features of a set by their very bytes. */
export function featuresOf({ table, rows }: ExportSet): FeatureText[] {
  return Array.from(rows, (row) => ({ id: table.idOf(row), bytes: table.recordBytes(row) }));
}

/**
 * The bytes of a file of sightings, in chunks of one sighting or less, made as they are asked for. The same set gives
 * the same bytes.
 * @param progress told each sighting that is begun, by its number from 0; some formats go through them twice
 */
export async function exportChunks(
  format: TextFormat,
  set: ExportSet,
  progress: (count: number) => void = () => undefined,
): Promise<Iterable<Uint8Array>> {
  if (format === 'geojson') return writeCollection(set.collection, featuresOf(set));
  return await textChunks(format, sightingsOf(set, progress), set.systems);
}

/**
 * The same of sightings that are not in a table; GeoJSON needs the bytes of a table's records.
 * @param sightings some formats go through them twice
 */
export async function textChunks(
  format: Exclude<TextFormat, 'geojson'>,
  sightings: Iterable<Sighting>,
  systems: readonly System[],
): Promise<Iterable<Uint8Array<ArrayBuffer>>> {
  if (format === 'simplestyle') {
    const { writeSimplestyle } = await import('./simplestyle');
    return encoded(writeSimplestyle(sightings));
  }
  const { write }: Format = FORMATS[format];
  if (write === undefined) throw new Error(`Files of the format ${format} cannot be written.`);
  return encoded(await write(sightings, { systems }));
}

/** The ids that several rows of a set have: a file cannot. */
export function sharedIds({ table, rows }: Pick<ExportSet, 'table' | 'rows'>): string[] {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const row of rows) {
    const id = table.idOf(row);
    if (seen.has(id)) shared.add(id);
    seen.add(id);
  }
  return [...shared];
}
