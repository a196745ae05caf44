import { SPHERE_ERROR, centerOf, hasDirection, type DistanceInterval } from './distance';
import { SPHERE_RADIUS_METERS } from './haversine';
import { radiusMeters } from './measure';
import {
  formatArea,
  formatBearing,
  formatDistance,
  formatUncertainty,
  noDirectionText,
} from './distance-text';
import type { Units } from './units';
import {
  type AreaInterval,
  type Leg,
  type Length,
  type Reading,
  SPHERE_AREA_ERROR,
  type Vertex,
} from './measurement';
import { formatModelDifference } from './model-difference';

/** How much farther the sphere's figure is than that of the ellipsoid: `sphere +43 m, +0.32 %`. */
export function differenceText(onSphere: Length, onEllipsoid: Length, units: Units): string {
  const { meters, share } = formatModelDifference(onSphere.meters, onEllipsoid.meters, units);
  return `sphere ${meters}, ${share}`;
}

/** A length in words: `13.4 km (10.3 to 16.5 km)`. */
function lengthText(length: Length, units: Units): string {
  const { distance, range } = formatDistance(length, units);
  return `${distance} (${range})`;
}

function areaText(area: AreaInterval, units: Units): string {
  const texts = formatArea(area, units);
  return `${texts.area} (${texts.range})`;
}

/** The direction out and back in words: `109° ESE ± 10° out, 289° WNW ± 10° back`. */
export function bearingText({ onSphere, back }: Pick<Leg, 'onSphere' | 'back'>): string {
  const words = (interval: DistanceInterval) =>
    hasDirection(interval) ? formatBearing(interval.bearing, interval.bearingUncertainty) : undefined;
  const [there, home] = [words(onSphere), words(back)];
  if (there === undefined && home === undefined) return `direction ${noDirectionText(onSphere)}`;
  return `${there ?? 'cannot be told'} out, ${home ?? 'cannot be told'} back`;
}

/** Where a vertex is, latitude first, and how far it may be off: `55.7517, 37.6178 ± 300 m`. */
export function positionText(vertex: Vertex, units: Units): string {
  const [lng, lat] = centerOf(vertex.place);
  const radius = radiusMeters(vertex.place);
  const position = `${Number(lat.toFixed(5))}, ${Number(lng.toFixed(5))}`;
  return radius > 0 ? `${position} ± ${formatUncertainty(radius, units)}` : position;
}

/** Why a closed shape has no area. */
export const CROSSED = 'since the outline crosses itself';

/** How the figures come about, for those who read them elsewhere. */
export const METHOD = `Distances are great-circle distances on a sphere of mean radius ${SPHERE_RADIUS_METERS.toLocaleString('en-GB')} m (Turf), beside them WGS 84 geodesics (GeographicLib). Ranges allow for the size of the places and, on the sphere, for ${(SPHERE_ERROR * 100).toFixed(2)} % that it can be off (areas: ${(SPHERE_AREA_ERROR * 100).toFixed(2)} %). Bearings are those of the sphere, in degrees clockwise from true north. Positions are latitude, longitude (WGS 84).`;

/**
 * A measurement as plain text: its points, its legs, the whole, and the method.
 * @param reading what `readMeasurement` says of the vertices
 */
export function measurementText(
  name: string,
  vertices: readonly Vertex[],
  { legs, total, area, isCrossed }: Reading,
  units: Units,
): string {
  const lines = [name === '' ? 'Measurement' : name, ''];
  for (const [i, vertex] of vertices.entries()) {
    const position = positionText(vertex, units);
    lines.push(`${i + 1}. ${position.startsWith(vertex.name) ? position : `${vertex.name}: ${position}`}`);
  }
  lines.push('');
  const figures = (onSphere: Length, onEllipsoid: Length) =>
    `${lengthText(onSphere, units)}; WGS 84: ${lengthText(onEllipsoid, units)}, ${differenceText(onSphere, onEllipsoid, units)}`;
  for (const [i, leg] of legs.entries()) {
    const end = i + 2 > vertices.length ? 1 : i + 2;
    lines.push(`${i + 1} to ${end}: ${figures(leg.onSphere, leg.onEllipsoid)}; ${bearingText(leg)}`);
  }
  if (total && legs.length > 1) {
    lines.push(`${area ? 'Around' : 'Total'}: ${figures(total.onSphere, total.onEllipsoid)}`);
  }
  if (isCrossed) lines.push(`Area: none, ${CROSSED}`);
  if (area) {
    lines.push(`Area: ${areaText(area.onSphere, units)}; WGS 84: ${areaText(area.onEllipsoid, units)}`);
  }
  return [...lines, '', METHOD].join('\n');
}
