import { type DistanceInterval, type Place, placeOfReferencePoint } from './distance';
import { measure } from './measure';
import { type DistanceColumns, distancesFrom } from './distance-columns';
import { geodesicBetween, measureOnEllipsoid } from './geodesic';
import { type Nearness, nearnessOf } from './nearness';
import type { ReferencePoint } from './sighting';
import type { SightingTable } from './table';

/** A sighting and a reference point. */
export interface DistancePair {
  /** of the table */
  row: number;
  referencePoint: ReferencePoint;
}

const NEARNESS = ['no', 'maybe', 'yes'] as const satisfies readonly Nearness[];

/**
 * How far sightings are from reference points: a pair for each of both, in the order of the sightings, then of the
 * points. Sightings without a place have none.
 */
export class DistanceList {
  /** how many pairs there are */
  readonly length: number;
  /** the sightings that have a place, by their rows in the table */
  readonly rows: Uint32Array;
  /** how many sightings are left out because they have no place */
  readonly unplacedCount: number;
  /** by reference point: on the sphere, one element for each of {@link rows} */
  readonly #columns: readonly DistanceColumns[];
  readonly #places: readonly Place[];
  #nearness: Uint8Array | undefined;

  /** @param rows the sightings to measure, in the order of the table */
  constructor(
    readonly table: SightingTable,
    rows: Uint32Array,
    readonly referencePoints: readonly ReferencePoint[],
  ) {
    this.rows = rows.filter((row) => table.hasPlace(row));
    this.unplacedCount = rows.length - this.rows.length;
    this.length = this.rows.length * referencePoints.length;
    this.#places = referencePoints.map(placeOfReferencePoint);
    this.#columns = this.#places.map((place) => distancesFrom(place, table, this.rows));
  }

  /** The index of a pair: of the `i`th of {@link rows} and the `point`th of {@link referencePoints}. */
  indexOf(i: number, point: number): number {
    return i * this.referencePoints.length + point;
  }

  /** @throws RangeError for an index that is beyond the list */
  pair(index: number): DistancePair {
    const { i, point } = this.#at(index);
    const row = this.rows[i];
    const referencePoint = this.referencePoints[point];
    if (row === undefined || referencePoint === undefined)
      throw new RangeError(`No pair ${index}: the list has ${this.length}.`);
    return { row, referencePoint };
  }

  /** From the reference point to the sighting on Turf's sphere, as `measure` gives it. */
  onSphere(index: number): DistanceInterval {
    return measure(...this.#placesOf(index));
  }

  /** From the reference point to the sighting on the WGS 84 ellipsoid, as `measureOnEllipsoid` gives it. */
  onEllipsoid(index: number): DistanceInterval {
    return measureOnEllipsoid(...this.#placesOf(index));
  }

  /** Metres on the sphere, without the bearing that takes longer: between the centres, the least, or the most. */
  metersOnSphere(index: number, which: keyof DistanceColumns = 'meters'): number {
    const { i, point } = this.#at(index);
    return this.#columns[point]?.[which][i] ?? NaN;
  }

  /** Metres between the centres on the WGS 84 ellipsoid. */
  metersOnEllipsoid(index: number): number {
    const { referencePoint } = this.pair(index);
    return geodesicBetween([referencePoint.lng, referencePoint.lat], this.center(index), 'wgs84').meters;
  }

  /** [lng, lat] of the sighting's centre. */
  center(index: number): [lng: number, lat: number] {
    const { lng, lat } = this.table.columns;
    const { row } = this.pair(index);
    return [lng[row] ?? NaN, lat[row] ?? NaN];
  }

  /** Whether the reference point is the sighting's nearest, by the intervals on the sphere. */
  nearness(index: number): Nearness {
    this.#nearness ??= this.#findNearest();
    return NEARNESS[this.#nearness[index] ?? 0] ?? 'no';
  }

  #at(index: number): { i: number; point: number } {
    const points = this.referencePoints.length;
    return { i: Math.floor(index / points), point: index % points };
  }

  #placesOf(index: number): [from: Place, to: Place] {
    const { row } = this.pair(index);
    const { lng, lat, uncertaintyMeters } = this.table.columns;
    const area = this.table.area(row);
    const from = this.#places[this.#at(index).point] ?? { lng: NaN, lat: NaN, uncertaintyMeters: NaN };
    if (area) return [from, { area }];
    return [
      from,
      { lng: lng[row] ?? NaN, lat: lat[row] ?? NaN, uncertaintyMeters: uncertaintyMeters[row] ?? NaN },
    ];
  }

  #findNearest(): Uint8Array {
    const found = new Uint8Array(this.length);
    for (let i = 0; i < this.rows.length; i++) {
      const nearness = nearnessOf(
        this.#columns.map(({ minMeters }) => minMeters[i] ?? NaN),
        this.#columns.map(({ maxMeters }) => maxMeters[i] ?? NaN),
      );
      for (const [point, value] of nearness.entries()) {
        found[this.indexOf(i, point)] = NEARNESS.indexOf(value);
      }
    }
    return found;
  }
}
