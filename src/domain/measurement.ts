import { edgesCross } from './crossing';
import { type DistanceInterval, type Place, centerOf } from './distance';
import { measure, radiusMeters } from './measure';
import { type EarthModel, type LngLat, geodesicLine, geodesicPolygon, measureOnEllipsoid } from './geodesic';

/** A corner of what is measured. */
export interface Vertex {
  name: string;
  place: Place;
}

/** What lies between two vertices that follow each other. */
export interface Leg {
  from: Vertex;
  to: Vertex;
  /** by Turf, with the bearing out */
  onSphere: DistanceInterval;
  /** by GeographicLib */
  onEllipsoid: DistanceInterval;
  /** by Turf, the way back: its bearing is that at the second vertex toward the first */
  back: DistanceInterval;
  /** the geodesic as it is drawn; its longitudes go on where those of the leg before end, across the antimeridian */
  line: readonly [lng: number, lat: number][];
}

/** An area that is not known exactly, in square metres. */
export interface AreaInterval {
  squareMeters: number;
  /** the true area on WGS 84 of the true places is never less... */
  minSquareMeters: number;
  /** ...and never more */
  maxSquareMeters: number;
}

/** What a measurement says. */
export interface Reading {
  legs: readonly Leg[];
  /** of all legs; left out without any */
  total?: { onSphere: Length; onEllipsoid: Length };
  /** of what a closed measurement goes around; left out when it crosses itself, since there are several then */
  area?: { onSphere: AreaInterval; onEllipsoid: AreaInterval };
  /** whether a closed measurement crosses itself */
  isCrossed?: true;
}

/** A length along several legs, which has no bearing. */
export type Length = Pick<DistanceInterval, 'meters' | 'minMeters' | 'maxMeters'>;

/**
 * How far an area on Turf's sphere can be from the one on WGS 84, as a share of it. A small area is off the most at the
 * poles, where the product of the radii of curvature is (a²/b)² = 4.0955e13 m² beside the sphere's 4.0590e13 m².
 */
export const SPHERE_AREA_ERROR = 0.0095;

function legBetween(from: Vertex, to: Vertex, startLng: number): Leg {
  const [a, b] = [centerOf(from.place), centerOf(to.place)];
  return {
    from,
    to,
    onSphere: measure(from.place, to.place),
    onEllipsoid: measureOnEllipsoid(from.place, to.place),
    back: measure(to.place, from.place),
    line: geodesicLine([startLng, a[1]], b),
  };
}

function sumOf(lengths: readonly Length[]): Length {
  const total = { meters: 0, minMeters: 0, maxMeters: 0 };
  for (const { meters, minMeters, maxMeters } of lengths) {
    total.meters += meters;
    total.minMeters += minMeters;
    total.maxMeters += maxMeters;
  }
  return total;
}

/**
 * How far the area can be off because its vertices may be elsewhere: each edge sweeps no more than its length times the
 * mean of how far its ends can move, and a corner's worth. A position is never known better than to a metre, to which
 * it is kept.
 */
function areaSlack(vertices: readonly Vertex[], legs: readonly Leg[]): number {
  const radii = vertices.map(({ place }) => Math.max(1, radiusMeters(place)));
  return legs.reduce((slack, { onEllipsoid }, i) => {
    const [a, b] = [radii[i] ?? 0, radii[(i + 1) % radii.length] ?? 0];
    return slack + (onEllipsoid.meters * (a + b)) / 2 + a * b;
  }, 0);
}

/**
 * The area on a model. The interval reaches to the area of the same vertices on the ellipsoid: the strips between great
 * circles and geodesics, along the edges of a thin shape, can weigh more than a share of the area.
 */
function areaOn(model: EarthModel, corners: readonly LngLat[], slack: number): AreaInterval {
  const { squareMeters } = geodesicPolygon(corners, model);
  const onEllipsoid = geodesicPolygon(corners, 'wgs84').squareMeters;
  const share = model === 'sphere' ? SPHERE_AREA_ERROR : 0;
  return {
    squareMeters,
    minSquareMeters: Math.max(0, Math.min(squareMeters * (1 - share), onEllipsoid) - slack),
    maxSquareMeters: Math.max(squareMeters * (1 + share), onEllipsoid) + slack,
  };
}

/**
 * Measures along vertices, and around them when the last is joined to the first.
 * An interval of the whole is the sum of the intervals of its legs, so that the truth lies inside.
 */
export function readMeasurement(vertices: readonly Vertex[], isClosed: boolean): Reading {
  const legs: Leg[] = [];
  const [first] = vertices;
  if (first === undefined) return { legs };
  const ends = isClosed ? [...vertices.slice(1), first] : vertices.slice(1);
  let [lng] = centerOf(first.place);
  for (const [i, end] of ends.entries()) {
    const leg = legBetween(vertices[i] ?? first, end, lng);
    lng = leg.line.at(-1)?.[0] ?? lng;
    legs.push(leg);
  }
  if (legs.length === 0) return { legs };
  const total = {
    onSphere: sumOf(legs.map(({ onSphere }) => onSphere)),
    onEllipsoid: sumOf(legs.map(({ onEllipsoid }) => onEllipsoid)),
  };
  if (!isClosed || vertices.length < 3) return { legs, total };
  const corners = vertices.map(({ place }) => centerOf(place));
  if (edgesCross(corners)) return { legs, total, isCrossed: true };
  const slack = areaSlack(vertices, legs);
  const area = { onSphere: areaOn('sphere', corners, slack), onEllipsoid: areaOn('wgs84', corners, slack) };
  return { legs, total, area };
}
