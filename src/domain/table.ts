import type { MultiPolygon, Polygon } from 'geojson';
import { type PackedTexts, countOf, findText, indexTexts, isText, packTexts, textAt } from './packed-texts';
import { CONFIDENCE, type Confidence, STATUS, type Sighting, type Status } from './sighting';
import { GIVEN_LAYER } from './given-layer';

export const CONFIDENCES = Object.keys(CONFIDENCE) as readonly Confidence[];
export const STATUSES = Object.keys(STATUS) as readonly Status[];

/** What the place of a row is: none was reported, a point with uncertainty, or an area. */
export const PLACE_KIND = { none: 0, point: 1, area: 2 } as const;

/** `system` of a row whose report names none. */
export const NO_SYSTEM = 0;

/** The columns of a table: one element a row, rows in the order of the file. */
export interface SightingColumns {
  /** centre in degrees; NaN without a place */
  lng: Float64Array;
  lat: Float64Array;
  /** radius of the circle that contains the whole place; NaN without a place */
  uncertaintyMeters: Float64Array;
  /** event date as days since 1970-01-01 */
  firstDay: Int32Array;
  lastDay: Int32Array;
  /** index into `systemIds`; {@link NO_SYSTEM} when the report names none */
  system: Uint16Array;
  /** index into {@link CONFIDENCES} */
  confidence: Uint8Array;
  /** index into {@link STATUSES} */
  status: Uint8Array;
  /** a value of {@link PLACE_KIND} */
  placeKind: Uint8Array;
  /** distinct origins that support the sighting, see `weighEvidence`; 255 stands for more */
  origins: Uint8Array;
  /** how many distances the sources report; 255 stands for more */
  reportedDistances: Uint8Array;
  /** the distinct publishers of a row's sources: `publisher` from here to where the next row's start */
  publisherStart: Uint32Array;
  /** indices into `publishers` */
  publisher: Uint32Array;
  /** index into `files` of the file that has the row's record */
  recordFile: Uint16Array;
  /** where the text of the row's record stands in the bytes of its file, end excluded */
  recordStart: Uint32Array;
  recordEnd: Uint32Array;
  /** index into `layers` */
  layer: Uint8Array;
}

/** What a table is made of: nothing that a worker could not hand over. */
export interface TableParts {
  columns: SightingColumns;
  /** of the rows */
  ids: PackedTexts;
  /** hash index of the ids, see `indexTexts`; made when a row is first asked for by id where it is left out */
  idIndex?: Int32Array;
  /** ids of systems as they occur; element {@link NO_SYSTEM} stands for "not named" */
  systemIds: readonly string[];
  /** publishers as they occur */
  publishers: readonly string[];
  /** the bytes of the files, a large one in several pieces; no record stands in two */
  files: readonly Uint8Array[];
  /** ids of data sets that rows are of, bottom first */
  layers: readonly string[];
}

/** The buffers that go to another thread when the parts of a table are handed over, each once. */
export function transferOf({ columns, ids, idIndex, files }: TableParts): ArrayBuffer[] {
  const arrays = [...Object.values(columns), ids.bytes, ids.starts, ...(idIndex ? [idIndex] : []), ...files];
  const buffers = arrays.map(({ buffer }: { buffer: ArrayBufferLike }) => buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** Areas that were parsed, by the file and the place of their record: tables that share a file share them. */
const areasByFile = new WeakMap<Uint8Array, Map<number, Polygon | MultiPolygon>>();

/** Finds the row of an id, of the topmost layer that has it or of the one that is named. */
export type FindRow = (id: string, layer?: string) => number | undefined;

/**
 * All sightings of one or several files as columns, with the full record of a row parsed from its file's own bytes
 * when somebody asks for it.
 */
export class SightingTable {
  readonly length: number;
  readonly columns: SightingColumns;
  readonly systemIds: readonly string[];
  readonly publishers: readonly string[];
  readonly files: readonly Uint8Array[];
  readonly layers: readonly string[];
  readonly #parts: TableParts;
  #idIndex: Int32Array | undefined;

  /** @param find a quicker way to the row of an id than an index of all of them */
  constructor(
    parts: TableParts,
    private readonly find?: FindRow,
  ) {
    this.#parts = parts;
    this.#idIndex = parts.idIndex;
    this.length = countOf(parts.ids);
    this.columns = parts.columns;
    this.systemIds = parts.systemIds;
    this.publishers = parts.publishers;
    this.files = parts.files;
    this.layers = parts.layers;
  }

  /** A table without rows. */
  static empty(): SightingTable {
    const [systemIds, publishers, files] = [[''], [], []];
    const ids = packTexts([]);
    return new SightingTable({
      columns: emptyColumns(0),
      ids,
      systemIds,
      publishers,
      files,
      layers: [GIVEN_LAYER],
    });
  }

  /** Makes the index of the ids, if there is none yet, so that whoever gets the parts need not. */
  indexIds(): this {
    this.#idIndex ??= indexTexts(this.#parts.ids);
    return this;
  }

  /** What the table is made of, for another thread: `new SightingTable(parts)` is the same table. */
  get parts(): TableParts {
    return { ...this.#parts, ...(this.#idIndex ? { idIndex: this.#idIndex } : {}) };
  }

  /**
   * The row of a sighting, or `undefined` when the table has none of that id. Where several layers have it, it is that
   * of the topmost, or of the layer that is named.
   */
  rowOf(id: string, layer?: string): number | undefined {
    if (this.find) return this.find(id, layer);
    const { ids } = this.#parts;
    this.#idIndex ??= indexTexts(ids);
    const row = findText(ids, this.#idIndex, id);
    if (row < 0) return undefined;
    if (layer === undefined || this.layerOf(row) === layer) return row;
    const bytes = new TextEncoder().encode(id);
    for (let other = 0; other < this.length; other++) {
      if (isText(ids, other, bytes) && this.layerOf(other) === layer) return other;
    }
    return undefined;
  }

  /** The id of a row's sighting, '' for no row. */
  idOf(row: number): string {
    return textAt(this.#parts.ids, row);
  }

  /** The id of the layer that a row is of. */
  layerOf(row: number): string {
    return this.layers[this.columns.layer[row] ?? 0] ?? '';
  }

  /** The text of a row's record as its file has it, in UTF-8. */
  recordBytes(row: number): Uint8Array {
    const { recordFile, recordStart, recordEnd } = this.columns;
    const file = this.files[recordFile[row] ?? -1];
    if (file === undefined) throw new RangeError(`No row ${row}: the table has ${this.length}.`);
    return file.subarray(recordStart[row], recordEnd[row]);
  }

  /** The full record of a row. */
  record(row: number): Sighting {
    return JSON.parse(new TextDecoder().decode(this.recordBytes(row))) as Sighting; // validated before it became a row
  }

  /** The geometry of a row that is an area, parsed once; `undefined` for any other row. */
  area(row: number): Polygon | MultiPolygon | undefined {
    if (this.columns.placeKind[row] !== PLACE_KIND.area) return undefined;
    const { recordFile, recordStart } = this.columns;
    const file = this.files[recordFile[row] ?? -1];
    const start = recordStart[row] ?? 0;
    const known = file && areasByFile.get(file)?.get(start);
    if (known) return known;
    const { geometry } = this.record(row);
    if (file === undefined || geometry === null || geometry.type === 'Point') return undefined;
    const areas = areasByFile.get(file) ?? new Map<number, Polygon | MultiPolygon>();
    areasByFile.set(file, areas.set(start, geometry));
    return geometry;
  }

  confidenceOf(row: number): Confidence {
    return CONFIDENCES[this.columns.confidence[row] ?? 0] ?? 'low';
  }

  /** The system's id, or `undefined` when the report names none. */
  systemOf(row: number): string | undefined {
    const index = this.columns.system[row] ?? NO_SYSTEM;
    return index === NO_SYSTEM ? undefined : this.systemIds[index];
  }

  hasPlace(row: number): boolean {
    return this.columns.placeKind[row] !== PLACE_KIND.none;
  }
}

/** Distinct texts by the order in which they first occur. */
export class Dictionary {
  readonly values: string[] = [];
  readonly #indices = new Map<string, number>();

  constructor(first: readonly string[] = []) {
    for (const value of first) this.indexOf(value);
  }

  /** The index of a text, -1 when it has not occurred yet. */
  find(value: string): number {
    return this.#indices.get(value) ?? -1;
  }

  /** The index of a text, a new one when it has not occurred yet. */
  indexOf(value: string): number {
    const index = this.#indices.get(value) ?? this.values.push(value) - 1;
    this.#indices.set(value, index);
    return index;
  }
}

/** The columns of so many rows, none of them filled. */
export function emptyColumns(length: number): SightingColumns {
  return {
    lng: new Float64Array(length).fill(NaN),
    lat: new Float64Array(length).fill(NaN),
    uncertaintyMeters: new Float64Array(length).fill(NaN),
    firstDay: new Int32Array(length),
    lastDay: new Int32Array(length),
    system: new Uint16Array(length),
    confidence: new Uint8Array(length),
    status: new Uint8Array(length),
    placeKind: new Uint8Array(length),
    origins: new Uint8Array(length),
    reportedDistances: new Uint8Array(length),
    publisherStart: new Uint32Array(length + 1),
    publisher: new Uint32Array(),
    recordFile: new Uint16Array(length),
    recordStart: new Uint32Array(length),
    recordEnd: new Uint32Array(length),
    layer: new Uint8Array(length),
  };
}
