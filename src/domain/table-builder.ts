import { parseEventDate } from './dates';
import { centerOf } from './distance';
import { countSupportingOrigins } from './evidence';
import { haversineMeters } from './haversine';
import { TextList, textAt } from './packed-texts';
import type { Sighting, SightingGeometry } from './sighting';
import {
  CONFIDENCES,
  PLACE_KIND,
  STATUSES,
  type SightingColumns,
  SightingTable,
  emptyColumns,
} from './table';
import { GIVEN_LAYER } from './given-layer';
import type { GoodRow } from './good-row';
import { TextIndex } from './text-index';

/** Where the text of a record stands: in which of the table's files, and at which of its bytes, the end excluded. */
export interface RecordText {
  file: number;
  start: number;
  end: number;
}

/** Indices into the systems of a table are of 16 bits. */
const MOST_SYSTEMS = 2 ** 16;

const CONFIDENCE_INDEX = new Map(CONFIDENCES.map((confidence, index) => [confidence, index]));
const STATUS_INDEX = new Map(STATUSES.map((status, index) => [status, index]));

/** Collects valid sightings, row by row, into a {@link SightingTable}; what it keeps of them is their columns. */
export class SightingTableBuilder {
  #length = 0;
  #columns = emptyColumns(1 << 6);
  /** for each row, the index of its feature */
  #features = new Uint32Array(1 << 6);
  #publisherCount = 0;
  #ids = new TextList();
  #systems = new TextIndex(['']);
  #publishers = new TextIndex();

  /**
   * Adds a valid sighting: the feature at `index` of the file.
   * @throws RangeError when the table cannot hold another system
   */
  add(sighting: Sighting, index: number, text: RecordText): void {
    const { properties } = sighting;
    const date = parseEventDate(properties.eventDate);
    if ('error' in date) throw new Error(`Sighting "${sighting.id}" was not validated: ${date.error}`);
    const system = properties.system === undefined ? 0 : this.#systems.indexOf(properties.system);
    if (system >= MOST_SYSTEMS)
      throw new RangeError(`A table holds at most ${MOST_SYSTEMS - 1} systems: split the file.`);
    const row = this.#newRow(index, text);
    const columns = this.#columns;
    fillPlace(columns, row, sighting.geometry, properties.coordinateUncertaintyInMeters);
    columns.firstDay[row] = date.span.firstDay;
    columns.lastDay[row] = date.span.lastDay;
    columns.confidence[row] = CONFIDENCE_INDEX.get(properties.confidence) ?? -1;
    columns.status[row] = STATUS_INDEX.get(properties.status ?? 'reported') ?? -1;
    columns.system[row] = system;
    columns.origins[row] = Math.min(255, countSupportingOrigins(properties.sources));
    columns.reportedDistances[row] = Math.min(255, properties.reportedDistances?.length ?? 0);
    this.#addPublishers(row, properties.sources);
    this.#ids.push(sighting.id);
  }

  /** The index of a system, given in UTF-8, that a sighting has which was added; -1 of any other. */
  systemOf = (bytes: Uint8Array, start: number, end: number): number =>
    this.#systems.findBytes(bytes, start, end);

  /** Adds what was read of a valid sighting, the same as if all of it were. */
  addGood(good: GoodRow, index: number, text: RecordText): void {
    const row = this.#newRow(index, text);
    const columns = this.#columns;
    columns.lng[row] = good.lng;
    columns.lat[row] = good.lat;
    columns.uncertaintyMeters[row] = good.uncertaintyMeters;
    columns.placeKind[row] = good.placeKind;
    columns.firstDay[row] = good.firstDay;
    columns.lastDay[row] = good.lastDay;
    columns.confidence[row] = good.confidence;
    columns.status[row] = good.status;
    columns.system[row] = good.system;
    columns.origins[row] = Math.min(255, good.origins);
    columns.reportedDistances[row] = 0;
    const { bytes, publishers } = good;
    const start = this.#startPublishers(good.sources);
    for (let i = 0; i < 2 * good.sources; i += 2)
      this.#addPublisher(start, this.#publishers.addBytes(bytes, publishers[i] ?? 0, publishers[i + 1] ?? 0));
    columns.publisherStart[row + 1] = this.#publisherCount;
    this.#ids.pushBytes(bytes, good.idStart, good.idEnd);
  }

  /**
   * The table of all sightings added, without the features at the `rejected` indices.
   * @param files what the places of the records are in
   */
  build(rejected: ReadonlySet<number>, files: readonly Uint8Array[]): SightingTable {
    // Most of them never became a row.
    const isAmongRows = rejected.size > 0 && this.features.some((feature) => rejected.has(feature));
    if (isAmongRows) this.#drop(rejected);
    return new SightingTable({
      columns: shortened(this.#columns, this.#length, this.#publisherCount),
      ids: this.#ids.packed(),
      systemIds: this.#systems.values,
      publishers: this.#publishers.values,
      files,
      layers: [GIVEN_LAYER],
    });
  }

  /** Leaves the rows of some features out, with the systems and publishers that no other row names. */
  #drop(rejected: ReadonlySet<number>): void {
    const ids = this.#ids.packed();
    const systems = this.#systems.values;
    const publishers = this.#publishers.values;
    const { publisher, publisherStart, ...plain } = this.#columns;
    const length = this.#length;
    this.#ids = new TextList();
    this.#systems = new TextIndex(['']);
    this.#publishers = new TextIndex();
    this.#length = this.#publisherCount = 0;
    // What is kept moves to the front, never past what is still to be read.
    for (let row = 0; row < length; row++) {
      const feature = this.#features[row] ?? 0;
      if (rejected.has(feature)) continue;
      const [start, end] = [publisherStart[row] ?? 0, publisherStart[row + 1] ?? 0];
      const to = this.#length++;
      for (const column of Object.values(plain)) column[to] = column[row] ?? 0;
      plain.system[to] = this.#systems.indexOf(systems[plain.system[to] ?? 0] ?? '');
      for (let k = start; k < end; k++) {
        const index = this.#publishers.indexOf(publishers[publisher[k] ?? 0] ?? '');
        publisher[this.#publisherCount++] = index;
      }
      publisherStart[to + 1] = this.#publisherCount;
      this.#features[to] = feature;
      this.#ids.push(textAt(ids, row));
    }
  }

  /** For each row, the index of its feature. */
  get features(): Uint32Array {
    return this.#features.slice(0, this.#length);
  }

  #newRow(index: number, text: RecordText): number {
    if (this.#length === this.#columns.lng.length) this.#grow();
    const row = this.#length++;
    const columns = this.#columns;
    columns.recordFile[row] = text.file;
    columns.recordStart[row] = text.start;
    columns.recordEnd[row] = text.end;
    this.#features[row] = index;
    return row;
  }

  #addPublishers(row: number, sources: readonly { publisher: string }[]): void {
    const start = this.#startPublishers(sources.length);
    for (const source of sources) this.#addPublisher(start, this.#publishers.indexOf(source.publisher));
    this.#columns.publisherStart[row + 1] = this.#publisherCount;
  }

  /** Where the publishers of a new row start; there is room for so many. */
  #startPublishers(most: number): number {
    if (this.#publisherCount + most > this.#columns.publisher.length) {
      const longer = new Uint32Array(2 * (this.#publisherCount + most));
      longer.set(this.#columns.publisher);
      this.#columns.publisher = longer;
    }
    return this.#publisherCount;
  }

  #addPublisher(start: number, index: number): void {
    const { publisher } = this.#columns;
    let at = start;
    while (at < this.#publisherCount && publisher[at] !== index) at++;
    if (at === this.#publisherCount) publisher[this.#publisherCount++] = index;
  }

  #grow(): void {
    const longer = emptyColumns(2 * this.#length);
    longer.publisher = this.#columns.publisher;
    for (const [name, column] of Object.entries(this.#columns)) {
      if (name !== 'publisher') longer[name as keyof SightingColumns].set(column);
    }
    this.#columns = longer;
    const features = new Uint32Array(2 * this.#length);
    features.set(this.#features);
    this.#features = features;
  }
}

/** Columns in arrays of just their length, one after the other, so that both are never there at once. */
function shortened(columns: SightingColumns, length: number, publishers: number): SightingColumns {
  const short = { ...columns };
  const entries = Object.entries(columns) as [keyof SightingColumns, Uint32Array][];
  for (const [name, column] of entries) {
    const wanted = name === 'publisher' ? publishers : name === 'publisherStart' ? length + 1 : length;
    Object.assign(short, { [name]: column.slice(0, wanted) });
    Object.assign(columns, { [name]: new Uint32Array() });
  }
  return short;
}

function fillPlace(
  columns: SightingColumns,
  row: number,
  geometry: SightingGeometry,
  uncertaintyMeters: number | undefined,
): void {
  if (geometry === null) return;
  if (geometry.type === 'Point') {
    const { coordinates } = geometry;
    columns.lng[row] = coordinates[0] ?? NaN;
    columns.lat[row] = coordinates[1] ?? NaN;
    columns.uncertaintyMeters[row] = uncertaintyMeters ?? 0;
    columns.placeKind[row] = PLACE_KIND.point;
    return;
  }
  const center = centerOf({ area: geometry });
  [columns.lng[row], columns.lat[row]] = center;
  columns.placeKind[row] = PLACE_KIND.area;
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  columns.uncertaintyMeters[row] = rings
    .flat()
    .reduce((most, [lng = NaN, lat = NaN]) => Math.max(most, haversineMeters(...center, lng, lat)), 0);
}
