import { positionsOf } from './mend-geometry';

/** West, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Of so many positions nearly all must fit, since a file may have a stray one. */
const NEARLY_ALL = 0.9;

function isOnEarth(lng: number, lat: number): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
}

/**
 * Why positions seem to be [lat, lng] where [lng, lat] belongs, as a sentence; `undefined` when they do not. They do
 * when latitudes lie beyond the poles and would fit the other way round, or when nothing lies within the known bounds
 * and nearly everything would.
 * @param knownBounds where the sightings that one knows already are
 */
export function swapsAxes(geometries: Iterable<unknown>, knownBounds?: Bounds): string | undefined {
  let [count, beyond, beyondSwapped, inside, insideSwapped] = [0, 0, 0, 0, 0];
  const isInside = (lng: number, lat: number) => {
    if (knownBounds === undefined) return false;
    const [west, south, east, north] = knownBounds;
    return lng >= west && lng <= east && lat >= south && lat <= north;
  };
  for (const geometry of geometries) {
    for (const [lng = NaN, lat = NaN] of positionsOf(geometry)) {
      count++;
      if (Math.abs(lat) > 90) beyond++;
      if (!isOnEarth(lat, lng)) beyondSwapped++;
      if (isInside(lng, lat)) inside++;
      if (isInside(lat, lng)) insideSwapped++;
    }
  }
  if (count === 0) return undefined;
  if (beyond > 0 && beyondSwapped <= beyond * (1 - NEARLY_ALL))
    return `${beyond} of ${count} latitudes lie beyond the poles, and all fit with latitude and longitude swapped.`;
  if (inside <= count * (1 - NEARLY_ALL) && insideSwapped >= count * NEARLY_ALL && insideSwapped > inside)
    return `${inside} of ${count} positions lie where the known sightings are, and ${insideSwapped} with latitude and longitude swapped.`;
  return undefined;
}
