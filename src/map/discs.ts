import type { Polygon } from 'geojson';
import { SPHERE_RADIUS_METERS } from '../domain/haversine';
import { MAX_TILE_ZOOM } from './tile-scheme';
import { latToY, lngToX, pixelsPerMeter, sinLatToY, xToLng, yToLat, yToSinLat } from './mercator';

/** Straight edges of a disc part from its circle by at most this, less where its tiles are drawn larger than they are... */
const ERROR_PIXELS = 0.15;
const MAX_ZOOM_ERROR_PIXELS = 0.05;
/** ...but for discs so large that they would have more corners than this. */
const MAX_CORNERS = 20_000;
const MIN_CORNERS = 24;
/** Corners come in multiples of this, so that few tables of sines are needed. */
const CORNER_STEP = 8;

/** The ground within a radius of a centre, on Turf's sphere. */
export interface Disc {
  /** of the centre, on whichever copy of the world is meant */
  x: number;
  /** of the centre, in degrees */
  lat: number;
  radiusMeters: number;
}

function arcOf({ radiusMeters }: Disc): number {
  return radiusMeters / SPHERE_RADIUS_METERS;
}

/** Whether a disc holds a pole; it then runs around the whole map. */
function isPolar(disc: Disc): boolean {
  return (Math.abs(disc.lat) * Math.PI) / 180 + arcOf(disc) >= Math.PI / 2;
}

/** The band from the lowest latitude of a disc around a pole to that pole contains it. */
function polarCap(disc: Disc): number[] {
  const lowestLat = Math.abs(disc.lat) - (arcOf(disc) * 180) / Math.PI;
  const [lowY, poleY] = [latToY(Math.sign(disc.lat) * lowestLat), latToY(Math.sign(disc.lat) * 90)];
  const [west, east] = [disc.x - 0.5, disc.x + 0.5];
  return [west, lowY, east, lowY, east, poleY, west, poleY];
}

/** Sines and cosines of the bearings of the corners from north to south, by how many corners a disc has. */
const bearings = new Map<number, { sin: Float64Array; cos: Float64Array }>();

function bearingsOf(corners: number): { sin: Float64Array; cos: Float64Array } {
  const known = bearings.get(corners);
  if (known) return known;
  const angles = Float64Array.from({ length: corners / 2 + 1 }, (_, i) => (2 * Math.PI * i) / corners);
  const made = { sin: angles.map(Math.sin), cos: angles.map(Math.cos) };
  bearings.set(corners, made);
  return made;
}

/** How many corners a disc needs at a zoom. */
function cornersOf({ lat, radiusMeters }: Disc, z: number): number {
  const radiusPixels = radiusMeters * pixelsPerMeter(lat, z);
  const error = z < MAX_TILE_ZOOM ? ERROR_PIXELS : MAX_ZOOM_ERROR_PIXELS;
  const step = 2 * Math.acos(1 - Math.min(1, error / radiusPixels));
  const wanted = Math.ceil((2 * Math.PI) / step / CORNER_STEP) * CORNER_STEP;
  return Math.min(MAX_CORNERS, Math.max(MIN_CORNERS, wanted));
}

/**
 * Outline of a disc on the unit square, x and y by turns, not closed, counter-clockwise on the map: points of the
 * true circle, close enough for the zoom. The great-circle destination of each bearing, as in Turf's `destination`,
 * without an object for each; the western half mirrors the eastern one.
 *
 * A `circle` layer would be simpler, but MapLibre drops a circle whose centre lies outside of the tile, so the disc
 * would go as soon as its centre leaves the screen.
 */
export function discRing(disc: Disc, z: number): number[] {
  if (isPolar(disc)) return polarCap(disc);
  const { x, lat } = disc;
  const corners = cornersOf(disc, z);
  const { sin, cos } = bearingsOf(corners);
  const [sinArc, cosArc] = [Math.sin(arcOf(disc)), Math.cos(arcOf(disc))];
  const [sinLat, cosLat] = [Math.sin((lat * Math.PI) / 180), Math.cos((lat * Math.PI) / 180)];
  const ring = new Array<number>(2 * corners).fill(0.5); // not 0, for an array of whole numbers is made over
  for (let i = 0; i <= corners / 2; i++) {
    const pointSin = sinLat * cosArc + cosLat * sinArc * (cos[i] ?? 0);
    const eastward = Math.atan2((sin[i] ?? 0) * sinArc * cosLat, cosArc - sinLat * pointSin) / (2 * Math.PI);
    const y = sinLatToY(pointSin);
    const mirrored = (corners - i) % corners;
    ring[2 * i] = x - eastward;
    ring[2 * i + 1] = y;
    ring[2 * mirrored] = x + eastward;
    ring[2 * mirrored + 1] = y;
  }
  return ring;
}

/** Zoom for which the outline of a disc on its own is made; its corners are still right to a pixel at the closest. */
const OUTLINE_ZOOM = 14;

/** Outline of a disc in degrees; it runs on beyond 180° rather than break. */
export function discPolygon(disc: Omit<Disc, 'x'> & { lng: number }): Polygon {
  const ring = discRing({ ...disc, x: lngToX(disc.lng) }, OUTLINE_ZOOM);
  const outline = Array.from({ length: ring.length / 2 }, (_, i) => [
    xToLng(ring[2 * i] ?? 0),
    yToLat(ring[2 * i + 1] ?? 0),
  ]);
  return { type: 'Polygon', coordinates: [[...outline, ...outline.slice(0, 1)]] };
}

/** A place as the disc test takes it. */
interface Corner {
  x: number;
  sinLat: number;
  cosLat: number;
}

/** The four corners of a rectangle on the unit square. */
export function cornersOfBox(minX: number, minY: number, maxX: number, maxY: number): Corner[] {
  return [minY, maxY].flatMap((y) => {
    const sinLat = yToSinLat(y);
    const cosLat = Math.sqrt(1 - sinLat * sinLat);
    return [minX, maxX].map((x) => ({ x, sinLat, cosLat }));
  });
}

/**
 * Whether a disc holds a whole rectangle, given its corners. A disc that holds no pole is convex on the map: its
 * outline is cos(Δlng) = (cos(arc) cosh(v) - sin(lat) sinh(v)) / cos(lat), v being Mercator's northing, and the
 * right side is convex in v. May say no where it is a hair's breadth; around a pole it always says no.
 */
export function coversBox(disc: Disc, corners: readonly Corner[]): boolean {
  if (isPolar(disc)) return false;
  // Haversines, for small discs are lost in a cosine's rounding.
  const most = Math.sin(arcOf(disc) / 2) ** 2 * (1 - 1e-6);
  const lat = (disc.lat * Math.PI) / 180;
  const [sinLat, cosLat] = [Math.sin(lat), Math.cos(lat)];
  return corners.every((corner) => {
    const halfLng = Math.PI * (corner.x - disc.x);
    // 1 - cos(a - b), of the latitudes; their sine is exact enough where the difference is small
    const sinDifference = corner.sinLat * cosLat - corner.cosLat * sinLat;
    const cosDifference = corner.cosLat * cosLat + corner.sinLat * sinLat;
    const havLat = (sinDifference * sinDifference) / (2 * (1 + Math.max(0, cosDifference)));
    if (cosDifference <= 0) return false; // more than a quarter of the Earth away
    return havLat + corner.cosLat * cosLat * Math.sin(halfLng) ** 2 <= most;
  });
}
