import geographiclib from 'geographiclib-geodesic';
import { type DistanceInterval, type Place, centerOf } from './distance';
import { SPHERE_RADIUS_METERS } from './haversine';
import { measure } from './measure';

/** The two figures of the Earth that distances are computed on, by the names that the interface gives them. */
export const EARTH_MODELS = {
  sphere: 'Sphere of mean radius (Turf)',
  wgs84: 'WGS 84 ellipsoid (GeographicLib)',
} as const;
export type EarthModel = keyof typeof EARTH_MODELS;

export type LngLat = readonly [lng: number, lat: number];

/**
 * Karney's algorithms (C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013), good to 15 nanometres. On a
 * sphere, which is an ellipsoid that is not flattened, the same code gives great circles.
 */
const EARTH = {
  sphere: new geographiclib.Geodesic.Geodesic(SPHERE_RADIUS_METERS, 0),
  wgs84: geographiclib.Geodesic.WGS84,
};

/** The shortest line between two points on the ground. */
export interface Geodesic {
  meters: number;
  /** degrees clockwise from north, 0 to 360: at the first point, toward the second... */
  bearing: number;
  /** ...and at the second point, back toward the first */
  backBearing: number;
}

/** Measures between two points, in degrees. */
export function geodesicBetween([lngA, latA]: LngLat, [lngB, latB]: LngLat, model: EarthModel): Geodesic {
  const { s12 = NaN, azi1 = NaN, azi2 = NaN } = EARTH[model].Inverse(latA, lngA, latB, lngB);
  return { meters: s12, bearing: (azi1 + 360) % 360, backBearing: (azi2 + 180 + 360) % 360 };
}

/**
 * Measures between two places on the WGS 84 ellipsoid. Between discs the interval is `[max(0, d - r1 - r2), d + r1 + r2]`
 * exactly; that of an area is the one of {@link measure}, which holds the ellipsoidal distance of all its points.
 */
export function measureOnEllipsoid(from: Place, to: Place): DistanceInterval {
  const onSphere = measure(from, to);
  const { meters, bearing } = geodesicBetween(centerOf(from), centerOf(to), 'wgs84');
  if ('area' in from || 'area' in to) return { ...onSphere, meters, bearing };
  const slack = from.uncertaintyMeters + to.uncertaintyMeters;
  return {
    ...onSphere,
    meters,
    minMeters: Math.max(0, meters - slack),
    maxMeters: meters + slack,
    bearing,
  };
}

/** Measures between two places on a model of the Earth. */
export function measureOn(model: EarthModel, from: Place, to: Place): DistanceInterval {
  return model === 'sphere' ? measure(from, to) : measureOnEllipsoid(from, to);
}

/** Pieces that a line is drawn in are no longer than this, in metres, so that each looks straight on a map. */
const PIECE_METERS = 25_000;

const MAX_PIECES = 512;

/**
 * The line to draw for the WGS 84 geodesic between two points: longitudes run on across the antimeridian, so that the
 * line is in one piece.
 */
export function geodesicLine([lngA, latA]: LngLat, [lngB, latB]: LngLat): [lng: number, lat: number][] {
  const { Geodesic } = geographiclib;
  const line = EARTH.wgs84.InverseLine(latA, lngA, latB, lngB);
  const pieces = Math.min(MAX_PIECES, Math.max(1, Math.ceil(line.s13 / PIECE_METERS)));
  return Array.from({ length: pieces + 1 }, (_, i) => {
    if (i === 0) return [lngA, latA];
    const { lon2 = NaN, lat2 = NaN } = line.Position(
      (line.s13 * i) / pieces,
      Geodesic.STANDARD | Geodesic.LONG_UNROLL,
    );
    return [lon2, lat2];
  });
}

/** Area and outline of the polygon that geodesics make around some vertices, the smaller side of it. */
export function geodesicPolygon(
  vertices: readonly LngLat[],
  model: EarthModel,
): { squareMeters: number; perimeterMeters: number } {
  const polygon = EARTH[model].Polygon(false);
  for (const [lng, lat] of vertices) polygon.AddPoint(lat, lng);
  const { area = NaN, perimeter } = polygon.Compute(false, true);
  return { squareMeters: Math.abs(area), perimeterMeters: perimeter };
}
