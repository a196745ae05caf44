import type { TablePart } from '../../domain/combine-tables';
import type { SightingTable } from '../../domain/table';
import { type Edits, GIVEN_LAYER } from '../../domain/work';
import { type FeatureText, joinBytes, writeCollection } from '../../io/collection-file';
import { readSightings } from '../../io/geojson';

/** The sightings of a layer as its file has them. */
export interface LayerData {
  table: SightingTable;
  /** foreign members of its FeatureCollection, such as `title` */
  collection: Readonly<Record<string, unknown>>;
}

/** The Features of a table by their very bytes. */
export function* featureTexts(table: SightingTable, rows?: Iterable<number>): Generator<FeatureText> {
  for (const row of rows ?? table.ids.keys()) {
    yield { id: table.ids[row] ?? '', bytes: table.recordBytes(row) };
  }
}

/** What the files behind the layers say, before any change. */
export class LayerFiles {
  readonly #data = new Map<string, LayerData>();
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  readonly #systemIds: ReadonlySet<string>;

  /** @param systemIds what sightings may name */
  constructor(given: LayerData, systemIds: readonly string[]) {
    this.#systemIds = new Set(systemIds);
    this.#data.set(GIVEN_LAYER, given);
  }

  has(layer: string): boolean {
    return this.#data.has(layer);
  }

  /** Reads the file of a layer: a GeoJSON file of sightings. */
  read(layer: string, bytes: Uint8Array): void {
    const { table, collection } = readSightings(bytes, { systemIds: this.#systemIds });
    this.#data.set(layer, { table, collection });
  }

  /** Members of the layer's FeatureCollection, such as `title`. */
  collection(layer: string): Readonly<Record<string, unknown>> {
    return this.#data.get(layer)?.collection ?? {};
  }

  /** The text of a sighting as the file has it, `null` when it has none of that id. */
  text(layer: string, id: string): string | null {
    const table = this.#data.get(layer)?.table;
    const row = table?.rowOf(id);
    return table && row !== undefined ? this.#decoder.decode(table.recordBytes(row)) : null;
  }

  /** The rows of a layer after its edits: those of its file that nobody changed, then those that are new or changed. */
  parts(layer: string, edits: Edits): TablePart[] {
    const data = this.#data.get(layer);
    if (!data) return [];
    const { table, collection } = data;
    if (edits.size === 0) return [{ table, layer }];
    const all = Uint32Array.from({ length: table.length }, (_, row) => row);
    const texts: FeatureText[] = [];
    for (const [id, { after }] of edits) {
      if (after !== null) texts.push({ id, bytes: this.#encoder.encode(after) });
    }
    // What a distance is measured to may stand in the file: that was checked when the sighting was put.
    const { table: changed } = readSightings(joinBytes(writeCollection(collection, texts)), {
      systemIds: this.#systemIds,
    });
    return [
      { table, rows: all.filter((row) => !edits.has(table.ids[row] ?? '')), layer },
      { table: changed, layer },
    ];
  }

  /** What the file of a layer has now of the sightings that were edited, where an edit began with another text. */
  changedUnder(layer: string, edits: Edits): (readonly [id: string, text: string | null])[] {
    if (!this.has(layer)) return [];
    const changed: (readonly [string, string | null])[] = [];
    for (const [id, { before }] of edits) {
      const text = this.text(layer, id);
      if (text !== before) changed.push([id, text]);
    }
    return changed;
  }
}
