import { zipFiles } from '../../../io/archive';
import { writeCollection } from '../../../io/collection-file';
import { joinBytes } from '../../../io/join-bytes';
import { type ExportFormat, type ExportSet, exportChunks } from '../../../io/export';

/** So many sightings are written to tell how large the file of them all will be. */
const SAMPLE = 200;

/** The other files of an archive come to about so much. */
const ADDITIONS_BYTES = 8000;

/** How large a file will be. */
export interface FileSize {
  bytes: number;
  isExact: boolean;
}

function sampleOf(set: ExportSet): ExportSet {
  const step = set.rows.length / SAMPLE;
  if (step <= 1) return set;
  return {
    ...set,
    rows: Uint32Array.from({ length: SAMPLE }, (_, i) => set.rows[Math.floor(i * step)] ?? 0),
  };
}

function lengthOf(chunks: Iterable<Uint8Array>): number {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  return length;
}

/** The size of a file of sightings: exact for few, and for GeoJSON. */
export async function fileSize(format: ExportFormat, set: ExportSet): Promise<FileSize> {
  const { table, rows, collection } = set;
  const empty = lengthOf(writeCollection(collection, []));
  if (format === 'geojson') {
    const { recordStart, recordEnd } = table.columns;
    let bytes = empty + Math.max(0, 2 * rows.length - 1); // a comma and a line break between two
    for (const row of rows) bytes += (recordEnd[row] ?? 0) - (recordStart[row] ?? 0);
    return { bytes, isExact: true };
  }
  const sample = sampleOf(set);
  const share = rows.length / Math.max(1, sample.rows.length);
  if (format === 'zip') {
    const data = joinBytes(await exportChunks('geojson', sample));
    const packed = zipFiles([['sightings.geojson', data]]).length;
    return { bytes: packed * share + ADDITIONS_BYTES, isExact: false };
  }
  const bytes = lengthOf(await exportChunks(format, sample));
  return { bytes: bytes * share, isExact: share === 1 };
}
