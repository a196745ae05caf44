import { type DistanceInterval, type Place, placeOfReferencePoint } from './distance';
import { measure } from './measure';
import { type DistanceColumns, type MeasuredTable, distancesFrom } from './distance-columns';
import { geodesicBetween, measureOnEllipsoid } from './geodesic';
import { type Nearness, nearnessOf } from './nearness';
import type { ReferencePoint } from './sighting';
import { PLACE_KIND, type SightingTable } from './table';

/** A sighting and a reference point. */
export interface DistancePair {
  /** of the table */
  row: number;
  referencePoint: ReferencePoint;
}

/**
 * How far sightings are from reference points: a pair for each of both, in the order of the sightings, then of the
 * points. Sightings without a place have none. A list keeps no figure: each is computed when it is asked for.
 */
export class DistanceList<Table extends MeasuredTable = SightingTable> {
  /** how many pairs there are */
  readonly length: number;
  /** the sightings that have a place, by their rows in the table */
  readonly rows: Uint32Array;
  /** how many sightings are left out because they have no place */
  readonly unplacedCount: number;
  readonly #places: readonly Place[];

  /** @param rows the sightings to measure, in the order of the table */
  constructor(
    readonly table: Table,
    rows: Uint32Array,
    readonly referencePoints: readonly ReferencePoint[],
  ) {
    const { placeKind } = table.columns;
    this.rows = rows.filter((row) => placeKind[row] !== PLACE_KIND.none);
    this.unplacedCount = rows.length - this.rows.length;
    this.length = this.rows.length * referencePoints.length;
    this.#places = referencePoints.map(placeOfReferencePoint);
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

  /** Metres between the centres on the WGS 84 ellipsoid. */
  metersOnEllipsoid(index: number): number {
    const { referencePoint } = this.pair(index);
    return geodesicBetween([referencePoint.lng, referencePoint.lat], this.center(index), 'wgs84').meters;
  }

  /**
   * Metres on the sphere, without the bearings that take longer: for each of {@link referencePoints} the columns of the
   * `from`th of {@link rows} to the one before the `to`th.
   * @param columns what is written to, for each of the points; left out: new ones
   */
  columnsOf(from: number, to: number, columns?: readonly DistanceColumns[]): readonly DistanceColumns[] {
    const rows = this.rows.subarray(from, to);
    return this.#places.map((place, point) => distancesFrom(place, this.table, rows, columns?.[point]));
  }

  /** [lng, lat] of the sighting's centre. */
  center(index: number): [lng: number, lat: number] {
    const { lng, lat } = this.table.columns;
    const { row } = this.pair(index);
    return [lng[row] ?? NaN, lat[row] ?? NaN];
  }

  /** Whether the reference point is the sighting's nearest, by the intervals on the sphere. */
  nearness(index: number): Nearness {
    const { i, point } = this.#at(index);
    return nearnessIn(this.columnsOf(i, i + 1), 0)[point] ?? 'no';
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
}

/** Which of the places is the nearest to what stands at an index of the columns, of which there are some for each. */
export function nearnessIn(columns: readonly DistanceColumns[], i: number): Nearness[] {
  return nearnessOf(
    columns.map(({ minMeters }) => minMeters[i] ?? NaN),
    columns.map(({ maxMeters }) => maxMeters[i] ?? NaN),
  );
}
