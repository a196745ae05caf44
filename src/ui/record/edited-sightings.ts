import type { TablePart } from '../../domain/combine-tables';
import type { SightingTable } from '../../domain/table';
import { writeCollection } from '../../io/collection-file';
import { joinBytes } from '../../io/join-bytes';
import { readSightings } from '../../io/geojson';

/** Sightings that were read at once, and their texts by their ids. */
interface Batch {
  table: SightingTable;
  texts: ReadonlyMap<string, string>;
}

/** So many batches become one again: each is a file of the table, and a table has few. */
const MOST_BATCHES = 32;

const encoder = new TextEncoder();

/** The sightings of a layer that were added or changed: the text of each is parsed once, however many others change. */
export class EditedSightings {
  #batches: readonly Batch[] = [];

  /** Rows of these sightings, their texts given by their ids, as those of several tables. */
  rowsOf(texts: ReadonlyMap<string, string>): Omit<Required<TablePart>, 'layer'>[] {
    this.#read(texts);
    return this.#batches.flatMap((batch) => {
      const rows: number[] = [];
      for (const [id, text] of batch.texts) {
        const row = texts.get(id) === text ? batch.table.rowOf(id) : undefined;
        if (row !== undefined) rows.push(row);
      }
      return rows.length > 0 ? [{ table: batch.table, rows: Uint32Array.from(rows).sort() }] : [];
    });
  }

  #read(texts: ReadonlyMap<string, string>): void {
    const known = new Map<string, string>();
    for (const batch of this.#batches) for (const [id, text] of batch.texts) known.set(id, text);
    const fresh = [...texts].filter(([id, text]) => known.get(id) !== text);
    if (fresh.length === 0) return;
    // A text that was superseded and comes back, as by undo, is read again: its older row must not stand beside it.
    const isFull = this.#batches.length >= MOST_BATCHES;
    const isNew = new Set(fresh.map(([id]) => id));
    const older = this.#batches.map(({ table, texts: before }) => {
      return { table, texts: new Map([...before].filter(([id]) => !isNew.has(id))) };
    });
    this.#batches = isFull ? [this.#batchOf([...texts])] : [...older, this.#batchOf(fresh)];
  }

  #batchOf(texts: readonly (readonly [id: string, text: string])[]): Batch {
    const features = texts.map(([id, text]) => ({ id, bytes: encoder.encode(text) }));
    // What a sighting names was checked when it was put: a distance may be to one of the file, a system of an archive.
    const { table } = readSightings(joinBytes(writeCollection({}, features)), {});
    return { table, texts: new Map(texts) };
  }
}
