import type { MultiPolygon, Position } from 'geojson';
import { haversineMeters } from './haversine';

/** Whether a point lies inside of one of the polygons, holes left out: a ray from it to the east crosses it an odd number of times. */
function isInside(lng: number, lat: number, { coordinates }: MultiPolygon): boolean {
  return coordinates.some((rings) => {
    let isOdd = false;
    for (const ring of rings) {
      let [x0 = NaN, y0 = NaN] = ring.at(-1) ?? [];
      for (const [x1 = NaN, y1 = NaN] of ring) {
        const crosses = y0 > lat !== y1 > lat && lng < x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0);
        if (crosses) isOdd = !isOdd;
        [x0, y0] = [x1, y1];
      }
    }
    return isOdd;
  });
}

/**
 * [lng, lat] of the centre of an area in one piece: the mean of its vertices; where that lies outside, the middle of its
 * bounds, and where that does too, the vertex nearest to it. The same as `centroid` and `pointOnFeature` of Turf give,
 * which are much code for the first screen.
 */
export function centerOfArea(area: MultiPolygon): [lng: number, lat: number] {
  const vertices: Position[] = area.coordinates.flatMap((rings) =>
    rings.flatMap((ring) => ring.slice(0, -1)),
  );
  let [lngs, lats] = [0, 0];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng = NaN, lat = NaN] of vertices) {
    lngs += lng;
    lats += lat;
    [west, south] = [Math.min(west, lng), Math.min(south, lat)];
    [east, north] = [Math.max(east, lng), Math.max(north, lat)];
  }
  const mean: [number, number] = [lngs / vertices.length, lats / vertices.length];
  if (isInside(...mean, area)) return mean;
  const middle: [number, number] = [(west + east) / 2, (south + north) / 2];
  if (isInside(...middle, area)) return middle;
  let nearest = middle;
  let leastMeters = Infinity;
  for (const [lng = NaN, lat = NaN] of vertices) {
    const meters = haversineMeters(...middle, lng, lat);
    if (meters >= leastMeters) continue;
    leastMeters = meters;
    nearest = [lng, lat];
  }
  return nearest;
}
