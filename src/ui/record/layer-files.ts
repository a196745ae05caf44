import { type TablePart, combineTables } from '../../domain/combine-tables';
import type { SightingTable } from '../../domain/table';
import { GIVEN_LAYER } from '../../domain/given-layer';
import type { Edits } from '../../domain/work';
import type { FeatureText } from '../../io/collection-file';
import { EditedSightings } from './edited-sightings';
import type { SetAsideContent } from './set-aside-content';

/** The sightings of a layer as its file has them. */
export interface LayerData {
  table: SightingTable;
  /** foreign members of its FeatureCollection, such as `title` */
  collection: Readonly<Record<string, unknown>>;
  /** how many features of the file are not among these sightings, since they are none by the contract */
  leftOut?: number;
  /** whether the file is not there, so that nobody knows what it has */
  isMissing?: boolean;
  /** these, and whatever else could not be used, where they are at hand */
  setAside?: SetAsideContent | undefined;
}

/** The Features of a table by their very bytes. */
export function* featureTexts(table: SightingTable, rows?: Iterable<number>): Generator<FeatureText> {
  for (const row of rows ?? table.columns.layer.keys()) {
    yield { id: table.idOf(row), bytes: table.recordBytes(row) };
  }
}

type Afters = ReadonlyMap<string, string | null>;

/** A layer, and what it last added up to. */
interface Known {
  data: LayerData;
  edited: EditedSightings;
  /** the texts that its edits left, when it was last added up */
  afters: Afters;
  parts: readonly TablePart[];
  table: SightingTable | undefined;
}

/** What the files behind the layers say, before any change, and what they are after edits. */
export class LayerFiles {
  readonly #known = new Map<string, Known>();
  readonly #decoder = new TextDecoder();

  constructor(given: LayerData) {
    this.put(GIVEN_LAYER, given);
  }

  /** Whether the file of a layer is there. */
  has(layer: string): boolean {
    const data = this.#known.get(layer)?.data;
    return data !== undefined && data.isMissing !== true;
  }

  /** Takes in what the file of a layer has. */
  put(layer: string, data: LayerData): void {
    const edited = new EditedSightings();
    const parts = [{ table: data.table, layer }];
    this.#known.set(layer, { data, edited, afters: new Map(), parts, table: undefined });
  }

  /** The systems that the file of a layer names. */
  systemIds(layer: string): readonly string[] {
    return (this.#known.get(layer)?.data.table.systemIds ?? []).filter((id) => id !== '');
  }

  /** Members of the layer's FeatureCollection, such as `title`. */
  collection(layer: string): Readonly<Record<string, unknown>> {
    return this.#known.get(layer)?.data.collection ?? {};
  }

  /** How many features of the layer's file are not in the layer, as far as it was told. */
  leftOut(layer: string): number {
    return this.#known.get(layer)?.data.leftOut ?? 0;
  }

  /** The text of a sighting as the file has it, `null` when it has none of that id. */
  text(layer: string, id: string): string | null {
    const table = this.#known.get(layer)?.data.table;
    const row = table?.rowOf(id);
    return table && row !== undefined ? this.#decoder.decode(table.recordBytes(row)) : null;
  }

  /**
   * The rows of a layer after its edits: those of its file that nobody changed, then those that are new or changed. The
   * same list as long as the edits are the same.
   */
  parts(layer: string, edits: Edits): readonly TablePart[] {
    return this.#addUp(layer, edits)?.parts ?? [];
  }

  /** All sightings of a layer after its edits; the same table as long as these are the same. */
  table(layer: string, edits: Edits): SightingTable {
    const known = this.#addUp(layer, edits);
    if (!known) return combineTables([]);
    known.table ??= combineTables(known.parts);
    return known.table;
  }

  #addUp(layer: string, edits: Edits): Known | undefined {
    const known = this.#known.get(layer);
    if (!known || isSame(known.afters, edits)) return known;
    const { table } = known.data;
    const texts = new Map<string, string>();
    const changed: number[] = [];
    for (const [id, { after }] of edits) {
      if (after !== null) texts.set(id, after);
      const row = table.rowOf(id);
      if (row !== undefined) changed.push(row);
    }
    const rest =
      changed.length === 0 ? { table, layer } : { table, layer, rows: rowsWithout(table, changed) };
    known.parts = [rest, ...known.edited.rowsOf(texts).map((part) => ({ ...part, layer }))];
    known.afters = new Map([...edits].map(([id, { after }]) => [id, after]));
    known.table = undefined;
    return known;
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

function isSame(afters: Afters, edits: Edits): boolean {
  if (afters.size !== edits.size) return false;
  for (const [id, { after }] of edits) if (afters.get(id) !== after) return false;
  return true;
}

/** All rows of a table but some. */
function rowsWithout({ length }: SightingTable, without: readonly number[]): Uint32Array {
  const isLeft = new Uint8Array(length).fill(1);
  for (const row of without) isLeft[row] = 0;
  const rows = new Uint32Array(length - new Set(without).size);
  let count = 0;
  for (let row = 0; row < length; row++) if (isLeft[row] === 1) rows[count++] = row;
  return rows;
}
