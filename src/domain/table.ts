import { coordAll, distance } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { parseEventDate } from './dates';
import { centerOf, placeOfSighting } from './distance';
import { weighEvidence } from './evidence';
import { CONFIDENCE, type Confidence, STATUS, type Sighting, type Status } from './sighting';
import { GIVEN_LAYER } from './work';

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

/**
 * All sightings of one or several files as columns, with the full record of a row parsed from its file's own bytes
 * when somebody asks for it.
 */
export class SightingTable {
  readonly length: number;
  readonly #rowById: Map<string, number>;
  readonly #areas = new Map<number, Polygon | MultiPolygon>();

  constructor(
    readonly columns: SightingColumns,
    readonly ids: readonly string[],
    /** ids of systems as they occur; element {@link NO_SYSTEM} stands for "not named" */
    readonly systemIds: readonly string[],
    /** publishers as they occur */
    readonly publishers: readonly string[],
    /** the whole files */
    readonly files: readonly Uint8Array[],
    /** ids of the data sets that rows are of, bottom first */
    readonly layers: readonly string[] = [GIVEN_LAYER],
  ) {
    this.length = ids.length;
    this.#rowById = new Map(ids.map((id, row) => [id, row]));
  }

  /** A table without rows. */
  static empty(): SightingTable {
    return new SightingTableBuilder(new Uint8Array()).build(new Set());
  }

  /**
   * The row of a sighting, or `undefined` when the table has none of that id. Where several layers have it, it is that
   * of the topmost, or of the layer that is named.
   */
  rowOf(id: string, layer?: string): number | undefined {
    const row = this.#rowById.get(id);
    if (row === undefined || layer === undefined || this.layerOf(row) === layer) return row;
    const other = this.ids.findIndex((one, at) => one === id && this.layerOf(at) === layer);
    return other < 0 ? undefined : other;
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
    const known = this.#areas.get(row);
    if (known) return known;
    const { geometry } = this.record(row);
    if (geometry === null || geometry.type === 'Point') return undefined;
    this.#areas.set(row, geometry);
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

/** Collects valid sightings of one file, row by row, into a {@link SightingTable}. */
export class SightingTableBuilder {
  readonly #rows: { sighting: Sighting; index: number; text: { start: number; end: number } }[] = [];

  /** @param bytes the whole file, which the table keeps for its records */
  constructor(private readonly bytes: Uint8Array) {}

  /** Adds a valid sighting: the feature at `index` of the file, its text at `text`. */
  add(sighting: Sighting, index: number, text: { start: number; end: number }): void {
    this.#rows.push({ sighting, index, text });
  }

  /** The table of all sightings added, without the features at the `rejected` indices. */
  build(rejected: ReadonlySet<number>): SightingTable {
    const rows = this.#rows.filter(({ index }) => !rejected.has(index));
    const systems = new Dictionary(['']);
    const publishers = new Dictionary();
    const publisherOfRows: number[] = [];
    const columns = emptyColumns(rows.length);
    for (const [row, { sighting, text }] of rows.entries()) {
      const { properties } = sighting;
      fillPlace(columns, row, sighting);
      const date = parseEventDate(properties.eventDate);
      if ('error' in date) throw new Error(`Sighting "${sighting.id}" was not validated: ${date.error}`);
      columns.firstDay[row] = date.span.firstDay;
      columns.lastDay[row] = date.span.lastDay;
      columns.confidence[row] = CONFIDENCES.indexOf(properties.confidence);
      columns.status[row] = STATUSES.indexOf(properties.status ?? 'reported');
      if (properties.system !== undefined) columns.system[row] = systems.indexOf(properties.system);
      columns.origins[row] = Math.min(255, weighEvidence(properties.sources).supportingOrigins.length);
      columns.reportedDistances[row] = Math.min(255, properties.reportedDistances?.length ?? 0);
      for (const publisher of new Set(properties.sources.map((source) => source.publisher))) {
        publisherOfRows.push(publishers.indexOf(publisher));
      }
      columns.publisherStart[row + 1] = publisherOfRows.length;
      columns.recordStart[row] = text.start;
      columns.recordEnd[row] = text.end;
    }
    columns.publisher = Uint32Array.from(publisherOfRows);
    const ids = rows.map(({ sighting }) => sighting.id);
    return new SightingTable(columns, ids, systems.values, publishers.values, [this.bytes]);
  }
}

/** Distinct texts by the order in which they first occur. */
export class Dictionary {
  readonly values: string[] = [];
  readonly #indices = new Map<string, number>();

  constructor(first: readonly string[] = []) {
    for (const value of first) this.indexOf(value);
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

function fillPlace(columns: SightingColumns, row: number, sighting: Sighting): void {
  const place = placeOfSighting(sighting);
  if (place === undefined) return;
  const center = centerOf(place);
  [columns.lng[row], columns.lat[row]] = center;
  columns.placeKind[row] = 'area' in place ? PLACE_KIND.area : PLACE_KIND.point;
  columns.uncertaintyMeters[row] =
    'area' in place
      ? coordAll(place.area).reduce(
          (most, corner) => Math.max(most, distance(center, corner, { units: 'meters' })),
          0,
        )
      : place.uncertaintyMeters;
}
