/**
 * Plane geometry on longitude/latitude rings and lines.
 *
 * Shapes: a `Position` is [longitude, latitude] in degrees, a `Line` an open
 * list of positions, a `Ring` a closed one (first and last position equal).
 */
import type { Position } from 'geojson';

export type Line = Position[];
export type Ring = Position[];
/** west, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** Kilometres in one degree of latitude. */
const KM_PER_DEGREE = 111.2;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Whether a position lies in a box (edges included). */
export function inBox([lng, lat]: Position, [west, south, east, north]: Box): boolean {
  return lng! >= west && lng! <= east && lat! >= south && lat! <= north;
}

/** The smallest box around some positions. */
export function boxOf(positions: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng!);
    east = Math.max(east, lng!);
    south = Math.min(south, lat!);
    north = Math.max(north, lat!);
  }
  return [west, south, east, north];
}

/** Whether two boxes share at least a point. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Area of a ring in km², on a sphere flattened at the ring's middle latitude. */
export function ringAreaKm2(ring: Ring): number {
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    doubled += x0! * y1! - x1! * y0!;
  }
  const [, south, , north] = boxOf(ring);
  return (Math.abs(doubled) / 2) * KM_PER_DEGREE ** 2 * Math.cos(radians((south + north) / 2));
}

/** Distance in km between two positions; good to 1 % below some 500 km. */
export function distanceKm(a: Position, b: Position): number {
  const dx = (a[0]! - b[0]!) * Math.cos(radians((a[1]! + b[1]!) / 2));
  return Math.hypot(dx, a[1]! - b[1]!) * KM_PER_DEGREE;
}

/** Length of a line in km. */
export function lineLengthKm(line: Line): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distanceKm(line[i - 1]!, line[i]!);
  return sum;
}

/** Whether a position lies inside a ring, by counting crossings. */
export function inRing([lng, lat]: Position, ring: Ring): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    if (y0! > lat! !== y1! > lat! && lng! < x0! + ((lat! - y0!) / (y1! - y0!)) * (x1! - x0!))
      inside = !inside;
  }
  return inside;
}

/** Drops points nearer than `spacing(point)` degrees to the one kept before; keeps both ends. */
export function thin(line: Line, spacing: (position: Position) => number): Line {
  const kept = [line[0]!];
  for (let i = 1; i < line.length - 1; i++) {
    const [point, before] = [line[i]!, kept.at(-1)!];
    const least = spacing(point);
    if (Math.abs(point[0]! - before[0]!) + Math.abs(point[1]! - before[1]!) >= least) kept.push(point);
  }
  kept.push(line.at(-1)!);
  return kept;
}

/** The part of a ring on one side of a meridian: Sutherland and Hodgman's clip. */
function clipAtMeridian(ring: Ring, meridian: number, keepWest: boolean): Ring {
  const isIn = (position: Position): boolean =>
    keepWest ? position[0]! <= meridian : position[0]! >= meridian;
  const out: Ring = [];
  for (let i = 1; i < ring.length; i++) {
    const [from, to] = [ring[i - 1]!, ring[i]!];
    if (isIn(from)) out.push(from);
    if (isIn(from) !== isIn(to)) {
      const share = (meridian - from[0]!) / (to[0]! - from[0]!);
      out.push([meridian, from[1]! + share * (to[1]! - from[1]!)]);
    }
  }
  if (out.length > 0) out.push(out[0]!);
  return out;
}

/**
 * Cuts a ring that crosses the antimeridian (its longitudes leap from 180 to
 * -180) into rings within -180..180. A ring around the South Pole is closed
 * along the pole.
 */
export function cutAtAntimeridian(ring: Ring): Ring[] {
  const unwrapped: Ring = [ring[0]!];
  for (let i = 1; i < ring.length; i++) {
    const before = unwrapped[i - 1]![0]!;
    const [lng, lat] = ring[i]!;
    unwrapped.push([lng! + 360 * Math.round((before - lng!) / 360), lat!]);
  }
  const turn = unwrapped.at(-1)![0]! - unwrapped[0]![0]!;
  if (Math.abs(turn) > 180)
    unwrapped.push([unwrapped.at(-1)![0]!, -90], [unwrapped[0]![0]!, -90], unwrapped[0]!);
  const [west, , east] = boxOf(unwrapped);
  if (west >= -180 && east <= 180) return [unwrapped];
  const parts: Ring[] = [];
  for (const shift of [-360, 0, 360]) {
    const moved = unwrapped.map(([lng, lat]): Position => [lng! + shift, lat!]);
    const part = clipAtMeridian(clipAtMeridian(moved, -180, false), 180, true);
    if (part.length > 3) parts.push(part);
  }
  return parts;
}

/**
 * Chaikin's corner cutting: replaces each corner of a ring by two points.
 * The sources draw small lakes with five or six corners, which read as shards
 * of glass when enlarged; rounded, they read as lakes.
 */
export function roundCorners(ring: Ring, times: number): Ring {
  let current = ring;
  for (let round = 0; round < times; round++) {
    const next: Ring = [];
    for (let i = 1; i < current.length; i++) {
      const [x0, y0] = current[i - 1]!;
      const [x1, y1] = current[i]!;
      next.push([0.75 * x0! + 0.25 * x1!, 0.75 * y0! + 0.25 * y1!]);
      next.push([0.25 * x0! + 0.75 * x1!, 0.25 * y0! + 0.75 * y1!]);
    }
    next.push(next[0]!);
    current = next;
  }
  return current;
}

/** The key of a position, equal for positions that agree to about 10 m. */
const endKey = ([lng, lat]: Position): string => `${lng!.toFixed(4)},${lat!.toFixed(4)}`;

/**
 * Joins lines that meet end to end, two by two, into longer ones.
 * Where three or more meet (a confluence) they stay apart, so that a river
 * keeps its own course. Result order follows the input order.
 */
export function joinLines(lines: readonly Line[]): Line[] {
  const endsAt = new Map<string, number[]>();
  lines.forEach((line, index) => {
    for (const end of [line[0]!, line.at(-1)!]) {
      const key = endKey(end);
      const list = endsAt.get(key);
      if (list) list.push(index);
      else endsAt.set(key, [index]);
    }
  });
  const used = new Uint8Array(lines.length);
  const extend = (start: Line): Line => {
    const out = [...start];
    for (;;) {
      const key = endKey(out.at(-1)!);
      const meeting = endsAt.get(key)!;
      const next = meeting.length === 2 ? meeting.find((index) => !used[index]) : undefined;
      if (next === undefined) return out;
      used[next] = 1;
      const line = lines[next]!;
      const onward = endKey(line[0]!) === key ? line : line.toReversed();
      for (let i = 1; i < onward.length; i++) out.push(onward[i]!);
    }
  };
  const joined: Line[] = [];
  lines.forEach((line, index) => {
    if (used[index]) return;
    used[index] = 1;
    joined.push(extend(extend(line).reverse()));
  });
  return joined;
}
