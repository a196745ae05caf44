import type { MultiPolygon, Polygon } from 'geojson';
import { centerOfArea } from './area-center';
import type { DistanceQualifier, ReferencePoint, Sighting } from './sighting';

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
  const [lng, lat] = centerOfArea(unwrapped(place.area));
  return [wrapLng(lng), lat];
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
