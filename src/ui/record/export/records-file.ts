import type { Sighting } from '../../../domain/sighting';
import { parseRecord } from '../../../io/long-numbers';

/** A GeoJSON file of sightings, and where in it the text of each record is. */
export interface RecordsFile {
  blob: Blob;
  /** the first byte of each record and that after its last, in turns */
  bounds: Float64Array;
}

/** So much of the file is read at a time. */
const READ_BYTES = 4 << 20;

/** What only workers have. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/**
 * The sightings of a file, each parsed when it is asked for; can be gone through again. In a worker alone.
 * @param progress told each sighting that is begun
 */
export function sightingsIn({ blob, bounds }: RecordsFile, progress: () => void): Iterable<Sighting> {
  return {
    *[Symbol.iterator]() {
      let [bytes, from] = [new Uint8Array(), 0];
      for (let i = 0; i < bounds.length; i += 2) {
        const [start = 0, end = 0] = bounds.subarray(i, i + 2);
        progress();
        if (end > from + bytes.length) {
          from = start;
          const read = blob.slice(start, Math.max(end, start + READ_BYTES));
          bytes = new Uint8Array(new FileReaderSync().readAsArrayBuffer(read));
        }
        yield parseRecord(bytes.subarray(start - from, end - from)) as Sighting; // valid in its table
      }
    },
  };
}
