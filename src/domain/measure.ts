import {
  bearing,
  booleanIntersects,
  coordAll,
  distance,
  pointToPolygonDistance,
  segmentReduce,
} from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { outlineOf } from './area-outline';
import { type DistanceInterval, type Place, SPHERE_ERROR, centerOf } from './distance';
import { SPHERE_RADIUS_METERS } from './haversine';

const meters = { units: 'meters' } as const;

/** Turf's great-circle distance. Between antipodes its haversine can round to above 1, and its distance is NaN then. */
function sphereMeters(from: Position, to: Position): number {
  const apart = distance(from, to, meters);
  const isAntipode = Number.isNaN(apart) && [...from, ...to].every(Number.isFinite);
  return isAntipode ? Math.PI * SPHERE_RADIUS_METERS : apart;
}

/**
 * GeoJSON edges are straight in longitude and latitude, Turf's are great circles. This bounds how far the
 * two part along the longest edge of an area, in metres: L² tan|lat| / 8R.
 */
export function edgeBowMeters(area: Polygon | MultiPolygon): number {
  return segmentReduce(
    area,
    (bow: number | undefined, segment) => {
      const [a = [0, 0], b = [0, 0]] = segment?.geometry.coordinates ?? [];
      const latitude = Math.min(89, Math.max(Math.abs(a[1] ?? 0), Math.abs(b[1] ?? 0)));
      const length = sphereMeters(a, b);
      const own = (length ** 2 * Math.tan((latitude * Math.PI) / 180)) / (8 * SPHERE_RADIUS_METERS);
      return Math.max(bow ?? 0, own);
    },
    0,
  );
}

function nearestMeters(from: Position[], to: Polygon | MultiPolygon): number {
  return from.reduce(
    (least, position) => Math.min(least, Math.max(0, pointToPolygonDistance(position, to, meters))),
    Infinity,
  );
}

function farthestMeters(from: Position[], to: Position[]): number {
  let most = 0;
  for (const a of from) for (const b of to) most = Math.max(most, sphereMeters(a, b));
  return most;
}

/** The farthest point of an area is the one nearest to the antipode. */
function farthestFrom(from: Position[], to: Polygon | MultiPolygon): number {
  const antipodes = from.map(([lng = 0, lat = 0]) => [lng > 0 ? lng - 180 : lng + 180, -lat]);
  return Math.PI * SPHERE_RADIUS_METERS - nearestMeters(antipodes, to);
}

/** Least and greatest angle from a point to an area that it is outside of. */
function anglesBetween(point: Place, place: Place): { min: number; max: number } | undefined {
  if ('area' in point || !('area' in place)) return undefined;
  return outlineOf(place.area).range(point.lng, point.lat);
}

/** Least and greatest distance on the sphere between the outlines of two places, discs as their centres. */
function outlineRange(a: Place, b: Place): { min: number; max: number; slack: number } {
  const positionsOf = (place: Place) => ('area' in place ? coordAll(place.area) : [centerOf(place)]);
  const verticesA = positionsOf(a);
  const verticesB = positionsOf(b);
  const max = farthestMeters(verticesA, verticesB);
  let slack = 0;
  for (const place of [a, b]) slack += 'area' in place ? edgeBowMeters(place.area) : place.uncertaintyMeters;
  if ('area' in a && 'area' in b) {
    const min = booleanIntersects(a.area, b.area)
      ? 0
      : Math.min(nearestMeters(verticesA, b.area), nearestMeters(verticesB, a.area));
    return { min, max, slack };
  }
  const angles = anglesBetween(a, b) ?? anglesBetween(b, a);
  if (angles) {
    return { min: angles.min * SPHERE_RADIUS_METERS, max: angles.max * SPHERE_RADIUS_METERS, slack };
  }
  if ('area' in b)
    return { min: nearestMeters(verticesA, b.area), max: farthestFrom(verticesA, b.area), slack };
  if ('area' in a)
    return { min: nearestMeters(verticesB, a.area), max: farthestFrom(verticesB, a.area), slack };
  return { min: max, max, slack };
}

/** How far a place reaches from its centre at most, in metres on the ground. */
export function radiusMeters(place: Place): number {
  if (!('area' in place)) return place.uncertaintyMeters;
  const farthest = farthestMeters([centerOf(place)], coordAll(place.area));
  return (farthest + edgeBowMeters(place.area)) * (1 + SPHERE_ERROR);
}

/** Points nearer than this are the same: a bearing between them is of the last bits of doubles. */
const MILLIMETER = 0.001;

/** Bearings on the sphere and on the ellipsoid part by less than this up to a quarter around the Earth, in degrees. */
const SPHERE_BEARING_ERROR = 0.2;

/** Nearer to the antipode than this, in radians, the shortest way on the ellipsoid may start in any direction. */
const ANTIPODE_RADIANS = 0.012;

/** The same for any distance, in radians: beyond a quarter, an error aside weighs the more the nearer the antipode. */
function sphereBearingError(radians: number): number {
  if (radians <= Math.PI / 2) return SPHERE_BEARING_ERROR;
  return Math.PI - radians < ANTIPODE_RADIANS ? 180 : (2 * SPHERE_BEARING_ERROR) / Math.sin(radians);
}

/**
 * How far the true direction can be off, in degrees: by what lies aside of the line, by the turn of north between
 * the true first place and its centre, and by the spherical model.
 */
function bearingUncertainty(fromLat: number, centersMeters: number, spread: number, slack: number): number {
  const radians = centersMeters / SPHERE_RADIUS_METERS;
  const across = radians > Math.PI / 2 ? Math.sin(radians) * SPHERE_RADIUS_METERS : centersMeters;
  if (spread >= across || centersMeters < MILLIMETER) return 180;
  const toDegrees = 180 / Math.PI;
  const aside = Math.asin(spread / across) * toDegrees;
  const turnOfNorth =
    (slack / SPHERE_RADIUS_METERS) * Math.tan(Math.min(89.9, Math.abs(fromLat)) / toDegrees) * toDegrees;
  return Math.min(180, aside + turnOfNorth + sphereBearingError(radians));
}

/**
 * Measures between two places with Turf, on a sphere of mean radius. The interval
 * `[max(0, d - r1 - r2), d + r1 + r2]` is widened by {@link SPHERE_ERROR}, so that the WGS 84 distance of
 * the true places lies inside it. An area counts from its nearest to its farthest point.
 */
export function measure(from: Place, to: Place): DistanceInterval {
  const fromCenter = centerOf(from);
  const toCenter = centerOf(to);
  const { min, max, slack } = outlineRange(from, to);
  const centers = sphereMeters(fromCenter, toCenter);
  const spread = Math.max(slack, max - centers + slack);
  return {
    meters: centers,
    minMeters: Math.max(0, min * (1 - SPHERE_ERROR) - slack),
    maxMeters: max * (1 + SPHERE_ERROR) + slack,
    bearing: (bearing(fromCenter, toCenter) + 360) % 360,
    bearingUncertainty: bearingUncertainty(fromCenter[1], centers, spread, slack),
  };
}
