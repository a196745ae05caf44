import { bboxClip, polygon } from '@turf/turf';
import type { Position } from 'geojson';

type Ring = Position[];

/** How often a closed ring crosses a meridian; one that only touches it crosses it not. */
function crossings(ring: Ring, meridian: number): number {
  const sides = ring.map(([lng = 0]) => Math.sign(lng - meridian)).filter((side) => side !== 0);
  return sides.filter((side, i) => side !== sides.at(i - 1)).length;
}

/**
 * A polygon whose longitudes run beyond ±180, in range as RFC 7946 (section 3.1.9) wants it: shifted when all of it lies
 * beyond, cut in two at the antimeridian when its outer ring crosses it once there and back and no hole does; else
 * `undefined`.
 * @param rings closed, the outer one first
 */
export function polygonsInRange(rings: Ring[]): Ring[][] | undefined {
  const lngs = rings.flat().map(([lng = 0]) => lng);
  let [west, east] = [Infinity, -Infinity];
  for (const lng of lngs) [west, east] = [Math.min(west, lng), Math.max(east, lng)];
  if (east - west > 360) return undefined;
  const shift = (part: Ring[], by: number): Ring[] =>
    by === 0
      ? part
      : part.map((ring) => ring.map(([lng = 0, lat = 0]) => [Number((lng - by).toFixed(10)), lat]));
  // Its west is brought to -180 or more, below 180; what lies beyond 180 then belongs to the other side.
  const from = 360 * Math.floor((west + 180) / 360);
  const near = shift(rings, from);
  if (east - from <= 180) return [near];
  const isSimple = near.every((ring, i) => crossings(ring, 180) === (i === 0 ? 2 : 0));
  if (!isSimple) return undefined;
  const halves = [
    [[-180, -90, 180, 90], 0],
    [[180, -90, 540, 90], 360],
  ] as const;
  return halves.map(([[w, s, e, n], by]) => {
    const half = bboxClip(polygon(near), [w, s, e, n]).geometry.coordinates as Ring[];
    return shift(
      half.filter(({ length }) => length >= 4),
      by,
    );
  });
}

const lngsOf = (ring: Ring) => ring.map(([lng = NaN]) => lng);
const westOf = (ring: Ring) => Math.min(...lngsOf(ring));

/** A ring whose sides go the short way around the Earth, on beyond ±180; `undefined` when it goes around a pole. */
function onBeyond(ring: Ring): Ring | undefined {
  let turns = 0;
  const on = ring.map(([lng = NaN, lat = NaN], i) => {
    const [before = lng] = ring[i - 1] ?? [];
    if (Math.abs(lng - before) > 180) turns += lng < before ? 1 : -1;
    return [lng + 360 * turns, lat];
  });
  return turns === 0 ? on : undefined;
}

/**
 * The rings of a polygon on beyond ±180, where sides of its outer ring have more than 180° and others are meant, which
 * go the short way around the Earth; `undefined` where there are no such sides, or they go all the way around.
 * @param rings closed, the outer one first, longitudes from -180 to 180
 */
export function ringsOnBeyond(rings: Ring[]): Ring[] | undefined {
  const [outer = [], ...holes] = rings;
  const on = onBeyond(outer);
  if (on === undefined || on.every(([lng], i) => lng === outer[i]?.[0])) return undefined;
  const west = westOf(on);
  if (west === Math.max(...lngsOf(on))) return undefined; // all the way around
  const inside = holes.map((hole) => {
    const whole = onBeyond(hole) ?? hole;
    const by = 360 * Math.ceil((west - westOf(whole)) / 360);
    return whole.map(([lng = NaN, lat = NaN]) => [lng + by, lat]);
  });
  return [on, ...inside];
}
