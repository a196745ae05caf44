import { SPHERE_ERROR } from '../domain/distance';
import { SPHERE_RADIUS_METERS } from '../domain/haversine';

/** A place on Earth with the radius of the circle around it that holds all that a text can stand for. */
export interface CircledPosition {
  lng: number;
  lat: number;
  uncertaintyMeters: number;
}

/** The rectangle of all positions that a text can stand for, as its centre and half its sides in degrees. */
export interface Cell {
  lng: number;
  lat: number;
  halfLngDegrees: number;
  halfLatDegrees: number;
}

/** A text in a problem, cut where it is too long to be read there. */
export function quote(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 59)}…"` : `"${text}"`;
}

/** A radius in metres that holds on the sphere, made to hold on the WGS 84 ellipsoid too. */
export function safeMeters(meters: number): number {
  return meters * (1 + SPHERE_ERROR);
}

/** The centre of a cell; its circle has half the diagonal, taken on the side nearer to the equator, where it is longer. */
export function positionOfCell({ lng, lat, halfLngDegrees, halfLatDegrees }: Cell): CircledPosition {
  const metersPerDegree = (SPHERE_RADIUS_METERS * Math.PI) / 180;
  const widestLat = Math.max(0, Math.abs(lat) - halfLatDegrees);
  const halfWidth = halfLngDegrees * Math.cos((widestLat * Math.PI) / 180);
  return { lng, lat, uncertaintyMeters: safeMeters(Math.hypot(halfWidth, halfLatDegrees) * metersPerDegree) };
}
