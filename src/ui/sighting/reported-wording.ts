import { reportedRange } from '../../domain/distance';
import { formatDistance } from '../../domain/distance-text';
import { formatMeters } from '../../domain/units';
import type { Units } from '../../domain/units';
import type { ReportedDistanceCheck } from '../../domain/report';
import { DISTANCE_QUALIFIER } from '../../domain/sighting';

/** `about 10 km from Moscow Kremlin` */
export function reportedText({ reported, target }: ReportedDistanceCheck, units: Units): string {
  return `${DISTANCE_QUALIFIER[reported.qualifier]} ${formatMeters(reported.meters, units)} from ${target}`;
}

/** What "about" is read as: ` (read as 8 km to 12 km)`; '' for what says its own bound. */
export function readingText({ reported }: ReportedDistanceCheck, units: Units): string {
  if (reported.qualifier !== 'about') return '';
  const { minMeters, maxMeters } = reportedRange(reported);
  const [least, most] = [minMeters, maxMeters].map((meters) => formatMeters(Math.round(meters), units));
  return ` (read as ${least} to ${most})`;
}

/** What was measured, and its interval; no interval when one of the two has no place. */
export function measuredText(
  { measured }: ReportedDistanceCheck,
  units: Units,
): { distance: string; range: string } {
  return measured ? formatDistance(measured, units) : { distance: 'no place to measure to', range: '' };
}
