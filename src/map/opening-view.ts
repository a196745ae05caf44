import { unwrapLng } from '../domain/distance';
import { SPHERE_RADIUS_METERS } from '../domain/haversine';
import { PLACE_KIND, type SightingTable } from '../domain/table';
import { MAX_LAT, latToY, lngToX } from './mercator';

/** Share of the sightings that the first view shows: a few far away do not push the rest together. */
const SHARE = 0.8;

export type Bounds = [west: number, south: number, east: number, north: number];

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const METERS_PER_DEGREE = (Math.PI * SPHERE_RADIUS_METERS) / 180;

/** The bounds of a disc, in degrees, as far as the map goes. */
export function boundsOfDisc(lng: number, lat: number, radiusMeters: number): Bounds {
  const reachLat = radiusMeters / METERS_PER_DEGREE;
  const reachLng = Math.min(180, reachLat / Math.cos((Math.min(85, Math.abs(lat)) * Math.PI) / 180));
  return [
    lng - reachLng,
    Math.max(-MAX_LAT, lat - reachLat),
    lng + reachLng,
    Math.min(MAX_LAT, lat + reachLat),
  ];
}

/** A circle on the ground. */
export interface Circle {
  lng: number;
  lat: number;
  radiusMeters: number;
}

/** The bounds of some circles, in degrees, of the whole map at most; `undefined` when there is none. */
export function boundsOfCircles(circles: Iterable<Circle>): Bounds | undefined {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  let near: number | undefined;
  for (const { lng: ownLng, lat, radiusMeters } of circles) {
    // Circles on both sides of the antimeridian are neighbours.
    near ??= ownLng;
    const [west, south, east, north] = boundsOfDisc(unwrapLng(ownLng, near), lat, radiusMeters);
    bounds[0] = Math.min(bounds[0], west);
    bounds[1] = Math.min(bounds[1], south);
    bounds[2] = Math.max(bounds[2], east);
    bounds[3] = Math.max(bounds[3], north);
  }
  const [west, south, east, north] = bounds;
  if (west > east) return undefined;
  return east - west > 360 ? [-180, south, 180, north] : bounds;
}

function* circlesOfRows({ columns }: SightingTable, rows: Iterable<number>) {
  for (const row of rows) {
    const [lng, lat, radiusMeters = 0] = [
      columns.lng[row] ?? NaN,
      columns.lat[row] ?? NaN,
      columns.uncertaintyMeters[row],
    ];
    if (!Number.isNaN(lng)) yield { lng, lat, radiusMeters };
  }
}

/** The bounds of some rows with their uncertainty, in degrees; `undefined` when none of them has a place. */
export function boundsOfRows(table: SightingTable, rows: Iterable<number>): Bounds | undefined {
  return boundsOfCircles(circlesOfRows(table, rows));
}

/** So many sightings tell where most are: of more, only some all over the file are looked at. */
const MOST_LOOKED_AT = 5_000;

/** What to show first: the sightings nearest to the median place, as long as they are most of them. */
export function openingBounds(table: SightingTable): Bounds | undefined {
  const { lng, lat, placeKind } = table.columns;
  const step = Math.max(1, Math.ceil(table.length / MOST_LOOKED_AT));
  const placed: number[] = [];
  for (let row = 0; row < table.length; row += step) if (placeKind[row] !== PLACE_KIND.none) placed.push(row);
  const near = lng[placed[0] ?? 0] ?? 0;
  const x = Float64Array.from(placed, (row) => lngToX(unwrapLng(lng[row] ?? 0, near)));
  const y = Float64Array.from(placed, (row) => latToY(lat[row] ?? 0));
  const [middleX, middleY] = [median(x), median(y)];
  const away = x.map((ownX, i) => Math.hypot(ownX - middleX, (y[i] ?? 0) - middleY));
  const order = Array.from(placed.keys()).sort((a, b) => (away[a] ?? 0) - (away[b] ?? 0));
  const nearest = order.slice(0, Math.ceil(placed.length * SHARE)).map((i) => placed[i] ?? 0);
  return boundsOfRows(table, nearest);
}
