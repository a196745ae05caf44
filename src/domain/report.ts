import {
  type DistanceInterval,
  type DistanceVerdict,
  type Place,
  checkReportedDistance,
  placeOfReferencePoint,
  placeOfSighting,
} from './distance';
import { measure } from './measure';
import type { ReferencePoint, ReportedDistance, Sighting, Source } from './sighting';
import type { SightingTable } from './table';

/** How far a sighting is from a reference point. */
export interface ReferenceDistance {
  referencePoint: ReferencePoint;
  /** from the reference point to the sighting: its bearing says on which side of the point the sighting lies */
  interval: DistanceInterval;
}

/** The distances of a place to all reference points, nearest first. */
export function referenceDistances(place: Place, points: readonly ReferencePoint[]): ReferenceDistance[] {
  return points
    .map((referencePoint) => ({
      referencePoint,
      interval: measure(placeOfReferencePoint(referencePoint), place),
    }))
    .sort((a, b) => a.interval.meters - b.interval.meters);
}

/** A reported distance beside the measured one. */
export interface ReportedDistanceCheck {
  reported: ReportedDistance;
  source: Source | undefined;
  /** name or title of what the distance was reported to */
  target: string;
  /** left out when one of the two has no place */
  measured?: DistanceInterval;
  verdict: DistanceVerdict;
}

/** Gives the name and place of a reference point or sighting by its id, if there is one. */
export type FindTarget = (id: string) => { name: string; place: Place | undefined } | undefined;

/** Checks every distance that a sighting's sources report. */
export function checkReportedDistances(sighting: Sighting, findTarget: FindTarget): ReportedDistanceCheck[] {
  const from = placeOfSighting(sighting);
  const { reportedDistances = [], sources } = sighting.properties;
  return reportedDistances.map((reported) => {
    const target = findTarget(reported.to);
    const common = { reported, source: sources[reported.source], target: target?.name ?? reported.to };
    if (from === undefined || target?.place === undefined) return { ...common, verdict: 'cannot be told' };
    const measured = measure(target.place, from);
    return { ...common, measured, verdict: checkReportedDistance(reported, measured) };
  });
}

/** A reported distance of a table, beside the measured one. */
export interface ListedCheck extends ReportedDistanceCheck {
  row: number;
  /** of the sighting in the row */
  id: string;
  title: string;
  /** of the distance among those of its sighting, from 0 */
  index: number;
}

/** The checks of a table's reported distances. Only records that report some are parsed, each once. */
export class ReportedDistanceIndex {
  readonly #checks = new Map<number, readonly ListedCheck[]>();

  /** @param findTarget has to answer alike as long as the index is in use */
  constructor(
    private readonly table: SightingTable,
    private readonly findTarget: FindTarget,
  ) {}

  /** The checks of some rows, in the order of the rows. */
  of(rows: Uint32Array): ListedCheck[] {
    const { reportedDistances } = this.table.columns;
    const found: ListedCheck[] = [];
    for (const row of rows) if (reportedDistances[row] !== 0) found.push(...this.#ofRow(row));
    return found;
  }

  #ofRow(row: number): readonly ListedCheck[] {
    const known = this.#checks.get(row);
    if (known) return known;
    const sighting = this.table.record(row);
    const { id } = sighting;
    const { title } = sighting.properties;
    const checks = checkReportedDistances(sighting, this.findTarget).map((check, index) => ({
      ...check,
      row,
      id,
      title,
      index,
    }));
    this.#checks.set(row, checks);
    return checks;
  }
}
