import { booleanClockwise, lineString } from '@turf/turf';
import type { Position } from 'geojson';
import { isObject } from '../domain/rules';

/** A geometry and what was changed of it, in words. */
export interface MendedGeometry {
  geometry: unknown;
  mends: readonly string[];
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Nesting of `coordinates` down to a position. */
const DEPTH: Readonly<Record<string, number>> = { Point: 0, Polygon: 2, MultiPolygon: 3 };

/** Lists of positions without their altitudes, in the order [lng, lat]; anything else as it is. */
function flattened(value: unknown, depth: number, isSwapped: boolean, mends: Set<string>): unknown {
  if (!Array.isArray(value)) return value;
  if (depth > 0) return value.map((item) => flattened(item, depth - 1, isSwapped, mends));
  const position = value as unknown[];
  const hasAltitude = position.length > 2 && position.every(isNumber);
  if (hasAltitude) mends.add('altitudes were left out');
  const flat = hasAltitude ? position.slice(0, 2) : position;
  return isSwapped && flat.length === 2 ? flat.toReversed() : flat;
}

function isRing(value: unknown): value is Position[] {
  return (
    Array.isArray(value) &&
    value.length >= 3 &&
    value.every((position) => Array.isArray(position) && position.length === 2 && position.every(isNumber))
  );
}

function mendedRing(ring: unknown, isOuter: boolean, mends: Set<string>): unknown {
  if (!isRing(ring)) return ring;
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  if (!isClosed) mends.add('the ring was closed');
  const closed = isClosed || first === undefined ? ring : [...ring, [...first]];
  if (closed.length < 4 || booleanClockwise(lineString(closed)) !== isOuter) return closed;
  mends.add('the ring was turned the way that RFC 7946 wants');
  return closed.toReversed();
}

/**
 * A geometry as the contract wants it, as far as that changes nothing of its place: without altitudes, with rings that
 * are closed and run the right way. What else may be wrong with it is left as it is.
 * @param isSwapped whether its positions are [lat, lng]
 */
export function mendGeometry(geometry: unknown, isSwapped = false): MendedGeometry {
  const type = isObject(geometry) ? geometry['type'] : undefined;
  const depth = typeof type === 'string' && Object.hasOwn(DEPTH, type) ? DEPTH[type] : undefined;
  if (!isObject(geometry) || depth === undefined) return { geometry, mends: [] };
  const mends = new Set<string>();
  const flat = flattened(geometry['coordinates'], depth, isSwapped, mends);
  const rings = (polygon: unknown) =>
    Array.isArray(polygon) ? polygon.map((ring, r) => mendedRing(ring, r === 0, mends)) : polygon;
  const coordinates =
    type === 'Polygon'
      ? rings(flat)
      : type === 'MultiPolygon' && Array.isArray(flat)
        ? flat.map(rings)
        : flat;
  if (isSwapped) mends.add('latitude and longitude were swapped');
  return { geometry: { type, coordinates }, mends: [...mends] };
}
