import {
  bearing,
  booleanIntersects,
  booleanPointInPolygon,
  centroid,
  coordAll,
  distance,
  pointOnFeature,
  pointToPolygonDistance,
  segmentReduce,
} from '@turf/turf';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { DistanceQualifier, ReferencePoint, Sighting } from './sighting';

/** Radius of Turf's sphere, the mean radius R1 of the WGS 84 ellipsoid (IUGG), in metres. */
export const SPHERE_RADIUS_METERS = 6_371_008.8;

/**
 * How far the spherical distance can be from the WGS 84 geodesic, as a share of it. The worst case runs
 * along a meridian at the equator, where the ellipsoid's radius of curvature is b²/a = 6,335,439 m.
 */
export const SPHERE_ERROR = 0.0056;

/** A centre and the radius of the circle that contains the whole place, or an area. */
export type Place =
  { lng: number; lat: number; uncertaintyMeters: number } | { area: Polygon | MultiPolygon };

/** A distance between two places that are not known exactly. */
export interface DistanceInterval {
  /** between the centres, on Turf's sphere */
  meters: number;
  /** the true WGS 84 distance of the true places is never less */
  minMeters: number;
  /** the true WGS 84 distance of the true places is never more */
  maxMeters: number;
  /** degrees clockwise from north, 0 to 360, at the first centre */
  bearing: number;
  /** how far the true direction can be off; 180 when the places may coincide */
  bearingUncertainty: number;
}

/** The place of a sighting, or `undefined` when it was reported without one. */
export function placeOfSighting(sighting: Sighting): Place | undefined {
  const { geometry, properties } = sighting;
  if (geometry === null) return undefined;
  if (geometry.type !== 'Point') return { area: geometry };
  const [lng = NaN, lat = NaN] = geometry.coordinates;
  return { lng, lat, uncertaintyMeters: properties.coordinateUncertaintyInMeters ?? 0 };
}

/** The place of a reference point. */
export function placeOfReferencePoint({ lng, lat, uncertaintyMeters }: ReferencePoint): Place {
  return { lng, lat, uncertaintyMeters };
}

/** A longitude in the half-open range from -180 to 180. */
export function wrapLng(lng: number): number {
  return lng >= -180 && lng < 180 ? lng : ((((lng + 180) % 360) + 360) % 360) - 180;
}

/** A longitude moved by whole turns to within 180 degrees of another. */
export function unwrapLng(lng: number, near: number): number {
  return near + wrapLng(lng - near);
}

/** An area in one piece: RFC 7946 cuts what crosses the antimeridian, here its longitudes run on beyond 180. */
function unwrapped(area: Polygon | MultiPolygon): MultiPolygon {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const near = polygons[0]?.[0]?.[0]?.[0] ?? 0;
  // By polygon, not by vertex: a polygon that reaches 180 from the west must not be torn there.
  const coordinates = polygons.map((rings) => {
    const first = rings[0]?.[0]?.[0] ?? 0;
    const shift = unwrapLng(first, near) - first;
    return rings.map((ring) => ring.map(([lng = 0, lat = 0]) => [lng + shift, lat]));
  });
  return { type: 'MultiPolygon', coordinates };
}

/** [lng, lat] of the centre: of an area, the mean of its vertices, or a point inside when that lies outside. */
export function centerOf(place: Place): [lng: number, lat: number] {
  if (!('area' in place)) return [place.lng, place.lat];
  const area = unwrapped(place.area);
  const mean = centroid(area);
  const inside = booleanPointInPolygon(mean, area) ? mean : pointOnFeature(area);
  const [lng = NaN, lat = NaN] = inside.geometry.coordinates;
  return [wrapLng(lng), lat];
}

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
function edgeBowMeters(area: Polygon | MultiPolygon): number {
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

/** What the map says of a reported distance. */
export const DISTANCE_VERDICTS = ['consistent', 'not consistent', 'cannot be told'] as const;
export type DistanceVerdict = (typeof DISTANCE_VERDICTS)[number];

/** "About" a number is read as within 20 % of it. */
const ABOUT_SHARE = 0.2;

/** The range of metres that a reported distance stands for. */
export function reportedRange(reported: { meters: number; qualifier: DistanceQualifier }): {
  minMeters: number;
  maxMeters: number;
} {
  switch (reported.qualifier) {
    case 'about':
      return {
        minMeters: reported.meters * (1 - ABOUT_SHARE),
        maxMeters: reported.meters * (1 + ABOUT_SHARE),
      };
    case 'at-most':
      return { minMeters: 0, maxMeters: reported.meters };
    case 'at-least':
      return { minMeters: reported.meters, maxMeters: Infinity };
  }
}

/**
 * Checks a reported distance against the measured one: consistent when its range contains the whole
 * interval, not consistent when the two do not meet, else it cannot be told.
 */
export function checkReportedDistance(
  reported: { meters: number; qualifier: DistanceQualifier },
  measured: Pick<DistanceInterval, 'minMeters' | 'maxMeters'>,
): DistanceVerdict {
  const range = reportedRange(reported);
  if (range.minMeters <= measured.minMeters && measured.maxMeters <= range.maxMeters) return 'consistent';
  if (range.maxMeters < measured.minMeters || measured.maxMeters < range.minMeters) return 'not consistent';
  return 'cannot be told';
}

/** Beyond this uncertainty of a bearing, in degrees, two places are too near to say on which side one lies. */
const MAX_BEARING_UNCERTAINTY = 45;

/** Whether the direction from one place to another can be told. */
export function hasDirection({ bearingUncertainty }: Pick<DistanceInterval, 'bearingUncertainty'>): boolean {
  return bearingUncertainty <= MAX_BEARING_UNCERTAINTY;
}
