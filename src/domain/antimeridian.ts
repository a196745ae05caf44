import geographiclib from 'geographiclib-geodesic';
import type { LineString, MultiLineString } from 'geojson';
import { unwrapLng } from './distance';

type LngLat = [lng: number, lat: number];

const { Geodesic } = geographiclib;

/** Halvings until a place on a geodesic is found: what is left of half the Earth's girth is below a nanometre. */
const HALVINGS = 55;

/**
 * The latitude at which the WGS 84 geodesic between two points is at a longitude in between; over a pole, where it
 * has any longitude, that of the pole.
 */
function latAtLng([lngA, latA]: LngLat, [lngB, latB]: LngLat, lng: number): number {
  const line = Geodesic.WGS84.InverseLine(latA, lngA, latB, lngB);
  const at = (meters: number) => {
    const { lat2 = NaN, lon2 = NaN } = line.Position(meters, Geodesic.STANDARD | Geodesic.LONG_UNROLL);
    return { lat: lat2, turned: Math.abs(lon2 - lngA) };
  };
  let [before, after] = [0, line.s13];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (before + after) / 2;
    if (at(middle).turned < Math.abs(lng - lngA)) before = middle;
    else after = middle;
  }
  return at((before + after) / 2).lat;
}

/**
 * A line for GeoJSON, cut where it crosses the antimeridian (RFC 7946, section 3.1.9), at the latitude where the WGS 84
 * geodesic between two of its positions does. From each position to the next it goes the shorter way round.
 * @param positions in degrees; longitudes may run on beyond 180
 */
export function cutAtAntimeridian(positions: readonly LngLat[]): LineString | MultiLineString {
  const parts: LngLat[][] = [];
  let part: LngLat[] = [];
  /** what the longitudes of the running line and those of the part differ by, a whole number of turns */
  let turns = startTurns(positions);
  let previous: LngLat | undefined;
  for (const [lng, lat] of positions) {
    const next: LngLat = [previous === undefined ? lng : unwrapLng(lng, previous[0]), lat];
    while (previous !== undefined && Math.abs(next[0] - turns) > 180) {
      const side = next[0] > turns ? 1 : -1;
      const seam = turns + 180 * side;
      const isOnSeam = previous[0] === seam;
      const seamLat = isOnSeam ? previous[1] : latAtLng(previous, next, seam);
      if (!isOnSeam) part.push([180 * side, seamLat]);
      parts.push(part);
      part = [[-180 * side, seamLat]];
      turns += 360 * side;
    }
    part.push([next[0] - turns, lat]);
    previous = next;
  }
  const coordinates = [...parts, part].filter(({ length }) => length > 1);
  const [only = part] = coordinates;
  return coordinates.length > 1
    ? { type: 'MultiLineString', coordinates }
    : { type: 'LineString', coordinates: only };
}

/** The turns to take from the first longitude, so that it is from -180 to 180. */
function startTurns([first]: readonly LngLat[]): number {
  const lng = first?.[0] ?? 0;
  return Math.abs(lng) <= 180 ? 0 : 360 * Math.round(lng / 360);
}
