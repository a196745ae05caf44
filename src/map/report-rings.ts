import { type Place, centerOf, reportedRange } from '../domain/distance';
import { formatDistance } from '../domain/distance-text';
import { formatMeters } from '../domain/units';
import type { Units } from '../domain/units';
import type { ReportedDistanceCheck } from '../domain/report';
import { DISTANCE_QUALIFIER } from '../domain/sighting';
import type { Ring } from './ring-layers';

/** Great circles need two ends: nearer than this, in metres, there is no line to draw. */
const MIN_REACH_METERS = 1;

/**
 * A reported distance as the map draws it: its circle around what it was reported to, with the edges of what "about"
 * is read as, and a line to the sighting that says what was measured.
 * @param from what the distance was reported to
 * @param sighting where the sighting is
 */
export function reportRings(
  { reported, measured }: ReportedDistanceCheck,
  from: Place,
  sighting: Place,
  units: Units,
): Ring[] {
  const [lng, lat] = centerOf(from);
  const [toLng, toLat] = centerOf(sighting);
  const { meters, qualifier } = reported;
  const ring: Ring = {
    lng,
    lat,
    meters,
    label: `reported: ${DISTANCE_QUALIFIER[qualifier]} ${formatMeters(meters, units)}`,
    kind: 'ring',
  };
  if (measured && measured.meters > MIN_REACH_METERS) {
    ring.reach = {
      lng: toLng,
      lat: toLat,
      label: `measured: ${formatDistance(measured, units).distance}`,
    };
  }
  if (qualifier !== 'about') return [ring];
  const { minMeters, maxMeters } = reportedRange(reported);
  return [
    ring,
    ...[minMeters, maxMeters].map((m): Ring => ({ lng, lat, meters: m, label: '', kind: 'band' })),
  ];
}
