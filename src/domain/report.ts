import {
  type DistanceInterval,
  type DistanceVerdict,
  type Place,
  checkReportedDistance,
  measure,
  placeOfReferencePoint,
  placeOfSighting,
} from './distance';
import type { ReferencePoint, ReportedDistance, Sighting, Source } from './sighting';

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

/**
 * Checks every distance that a sighting's sources report.
 * @param findTarget the name and place of a reference point or sighting by its id, if there is one
 */
export function checkReportedDistances(
  sighting: Sighting,
  findTarget: (id: string) => { name: string; place: Place | undefined } | undefined,
): ReportedDistanceCheck[] {
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
