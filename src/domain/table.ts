import { coordAll, distance } from '@turf/turf';
import { parseEventDate } from './dates';
import { centerOf, placeOfSighting } from './distance';
import { CONFIDENCE, type Confidence, STATUS, type Sighting, type Status } from './sighting';

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
}

/** Where the text of a row's record stands in the bytes of its file. */
interface RecordText {
  start: number;
  end: number;
}

/**
 * All sightings of a file as columns, with the full record of a row parsed from the file's own bytes when
 * somebody asks for it.
 */
export class SightingTable {
  readonly length: number;
  readonly #rowById: Map<string, number>;

  constructor(
    readonly columns: SightingColumns,
    readonly ids: readonly string[],
    /** ids of systems as they occur; element {@link NO_SYSTEM} stands for "not named" */
    readonly systemIds: readonly string[],
    private readonly bytes: Uint8Array,
    private readonly recordTexts: readonly RecordText[],
  ) {
    this.length = ids.length;
    this.#rowById = new Map(ids.map((id, row) => [id, row]));
  }

  /** A table without rows. */
  static empty(): SightingTable {
    return new SightingTableBuilder(new Uint8Array()).build(new Set());
  }

  /** The row of a sighting, or `undefined` when the table has none of that id. */
  rowOf(id: string): number | undefined {
    return this.#rowById.get(id);
  }

  /** The full record of a row. */
  record(row: number): Sighting {
    const recordText = this.recordTexts[row];
    if (!recordText) throw new RangeError(`No row ${row}: the table has ${this.length}.`);
    const text = new TextDecoder().decode(this.bytes.subarray(recordText.start, recordText.end));
    return JSON.parse(text) as Sighting; // it was validated before it became a row
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
  readonly #rows: { sighting: Sighting; index: number; text: RecordText }[] = [];

  /** @param bytes the whole file, which the table keeps for its records */
  constructor(private readonly bytes: Uint8Array) {}

  /** Adds a valid sighting: the feature at `index` of the file, its text at `text`. */
  add(sighting: Sighting, index: number, text: RecordText): void {
    this.#rows.push({ sighting, index, text });
  }

  /** The table of all sightings added, without the features at the `rejected` indices. */
  build(rejected: ReadonlySet<number>): SightingTable {
    const rows = this.#rows.filter(({ index }) => !rejected.has(index));
    const systemIds: string[] = [''];
    const systemIndex = new Map<string, number>();
    const columns: SightingColumns = {
      lng: new Float64Array(rows.length).fill(NaN),
      lat: new Float64Array(rows.length).fill(NaN),
      uncertaintyMeters: new Float64Array(rows.length).fill(NaN),
      firstDay: new Int32Array(rows.length),
      lastDay: new Int32Array(rows.length),
      system: new Uint16Array(rows.length),
      confidence: new Uint8Array(rows.length),
      status: new Uint8Array(rows.length),
      placeKind: new Uint8Array(rows.length),
    };
    for (const [row, { sighting }] of rows.entries()) {
      const { properties } = sighting;
      fillPlace(columns, row, sighting);
      const date = parseEventDate(properties.eventDate);
      if ('error' in date) throw new Error(`Sighting "${sighting.id}" was not validated: ${date.error}`);
      columns.firstDay[row] = date.span.firstDay;
      columns.lastDay[row] = date.span.lastDay;
      columns.confidence[row] = CONFIDENCES.indexOf(properties.confidence);
      columns.status[row] = STATUSES.indexOf(properties.status ?? 'reported');
      const { system } = properties;
      if (system !== undefined) {
        const known = systemIndex.get(system) ?? systemIds.push(system) - 1;
        systemIndex.set(system, known);
        columns.system[row] = known;
      }
    }
    const ids = rows.map(({ sighting }) => sighting.id);
    return new SightingTable(
      columns,
      ids,
      systemIds,
      this.bytes,
      rows.map(({ text }) => text),
    );
  }
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
