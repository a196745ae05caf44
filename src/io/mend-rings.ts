import { booleanClockwise, lineString } from '@turf/turf';
import { polygonsInRange, ringsOnBeyond } from '../domain/polygons-in-range';

/** Changes one position; it has two numbers or more. */
export type MendPosition = (position: readonly number[]) => number[];

type Ring = number[][];

function isRing(value: unknown): value is Ring {
  return (
    Array.isArray(value) &&
    value.every(
      (position) =>
        Array.isArray(position) &&
        position.length === 2 &&
        position.every((number) => typeof number === 'number' && Number.isFinite(number)),
    )
  );
}

function isPolygon(value: unknown): value is Ring[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRing);
}

/** The longitude from -180 to 180 that means the same; one that is in range stays, 180 too. */
export function lngInRange(lng: number): number {
  if (Math.abs(lng) <= 180) return lng;
  // Digit by digit as the file has it: 190.1 - 360 is -169.9, not -169.89999999999998.
  const turned = Number((lng - 360 * Math.round(lng / 360)).toFixed(10));
  return turned === 0 ? 0 : turned;
}

const WRAPPED = 'longitudes beyond ±180 were brought into range';

/** The coordinates of a point with its longitude in range. */
export function wrappedPoint(coordinates: unknown, mends: string[]): unknown {
  if (!isRing([coordinates])) return coordinates;
  const [lng = NaN, lat = NaN] = coordinates as number[];
  if (Math.abs(lng) <= 180) return coordinates;
  mends.push(WRAPPED);
  return [lngInRange(lng), lat];
}

function isSame(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}

function closedRing(ring: Ring, say: (what: string) => void): Ring {
  const once = ring.filter((position, i) => i === 0 || !isSame(position, ring[i - 1]));
  if (once.length < ring.length && once.length >= 3)
    say('positions that repeat the one before were left out');
  const kept = once.length >= 3 ? once : ring;
  const first = kept[0];
  if (first === undefined || kept.length < 3 || isSame(first, kept.at(-1))) return kept;
  say('the ring was closed');
  return [...kept, [...first]];
}

function turnedRing(ring: Ring, isOuter: boolean, say: (what: string) => void): Ring {
  if (ring.length < 4 || booleanClockwise(lineString(ring)) !== isOuter) return ring;
  const turned = ring.toReversed();
  // A ring without an area runs neither way: it stays.
  if (booleanClockwise(lineString(turned)) === isOuter) return ring;
  say(isOuter ? 'the ring was turned counter-clockwise' : 'the ring of a hole was turned clockwise');
  return turned;
}

/**
 * The rings of an area across the antimeridian that is written as if it were not, on beyond ±180. Such an outer ring has
 * sides of more than 180° and runs clockwise, which no area of the contract does, and counter-clockwise where these
 * sides go the short way around the Earth. `undefined` for any other.
 */
function acrossAntimeridian(rings: Ring[]): Ring[] | undefined {
  const [outer = []] = rings;
  const beyond = ringsOnBeyond(rings);
  const [on] = beyond ?? [];
  if (on === undefined || outer.length < 4) return undefined;
  const isTurned = booleanClockwise(lineString(outer)) && booleanClockwise(lineString(on.toReversed()));
  return isTurned && !booleanClockwise(lineString(on)) ? beyond : undefined;
}

/**
 * The type and coordinates of a polygon, or several, after their rings were closed, turned, and brought into range.
 * @param mends where it is said what was done
 */
export function mendRings(
  type: string,
  coordinates: unknown,
  mends: string[],
): { type: string; coordinates: unknown } {
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || !polygons.every(isPolygon)) return { type, coordinates };
  const said = new Set<string>();
  const say = (what: string) => said.add(what);
  let cuts = 0;
  const mended = polygons.flatMap((rings) => {
    const closed = rings.map((ring) => closedRing(ring, say));
    const isBeyond = closed.some((ring) => ring.some(([lng = 0]) => Math.abs(lng) > 180));
    const across = isBeyond ? undefined : acrossAntimeridian(closed);
    const inRange = isBeyond || across ? polygonsInRange(across ?? closed) : undefined;
    // Turned, it would be a band around the Earth: it is left to be corrected by hand.
    if (across && inRange === undefined) return [closed];
    if (inRange !== undefined && isBeyond) say(WRAPPED);
    if (inRange !== undefined && inRange.length > 1) {
      cuts++;
      say('the area was cut at the antimeridian');
    }
    return (inRange ?? [closed]).map((part) => part.map((ring, i) => turnedRing(ring, i === 0, say)));
  });
  mends.push(...said);
  return type === 'Polygon' && cuts === 0
    ? { type, coordinates: mended[0] }
    : { type: 'MultiPolygon', coordinates: mended };
}
