import { booleanClockwise, lineString } from '@turf/turf';
import type { Position } from 'geojson';
import gjv from 'geojson-validation';
import { type IssueList, quoteValue } from './issue';
import { isObject } from './rules';

/** Nesting of `coordinates` for the geometry types that a sighting may have. */
const COORDINATE_DEPTH: Readonly<Record<string, number>> = { Point: 0, Polygon: 2, MultiPolygon: 3 };

/** After this many faults in one geometry the rest is not listed: the first ones tell. */
const MAX_FAULTS = 10;

function checkPosition(value: unknown, path: string, report: IssueList): void {
  if (!Array.isArray(value) || value.length !== 2) {
    return report.error(path, `must be a position [lng, lat], not ${quoteValue(value)}`);
  }
  const [lng, lat] = value as [unknown, unknown];
  for (const [name, number, limit] of [
    ['longitude', lng, 180],
    ['latitude', lat, 90],
  ] as const) {
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      report.error(path, `${name} must be a finite number, not ${quoteValue(number)}`);
    } else if (Math.abs(number) > limit) {
      report.error(path, `${name} ${number} is outside -${limit} to ${limit}: positions are [lng, lat]`);
    }
  }
}

function checkPositions(value: unknown, depth: number, path: string, report: IssueList, limit: number): void {
  if (depth === 0) return checkPosition(value, path, report);
  if (!Array.isArray(value) || value.length === 0) {
    return report.error(path, `must be a list with something in it, not ${quoteValue(value)}`);
  }
  for (const [i, item] of value.entries()) {
    if (report.issues.length >= limit) return;
    checkPositions(item, depth - 1, `${path}[${i}]`, report, limit);
  }
}

/** Signed area in square degrees. */
function planarArea(ring: Position[]): number {
  return ring.reduce((sum, [x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = ring[i + 1] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** The positions of a ring along both axes: in columns, comparing them takes a tenth of the time. */
interface RingColumns {
  x: Float64Array;
  y: Float64Array;
}

/** Positive when c lies to the left of the line from a to b, 0 when it lies on it; by their places in a ring. */
function side({ x, y }: RingColumns, a: number, b: number, c: number): number {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = [x[a], y[a], x[b], y[b], x[c], y[c]];
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

/** More comparisons of edges in a geometry would freeze the app: only rings made to be tangled need so many. */
const MOST_COMPARISONS = 20_000_000;

/** How many comparisons are left. */
interface Patience {
  comparisons: number;
}

/** Where the edges of a ring begin and end along an axis. */
function spans(at: Float64Array): { from: Float64Array; to: Float64Array } {
  const count = at.length - 1;
  const from = new Float64Array(count).map((_, i) => Math.min(at[i] ?? NaN, at[i + 1] ?? NaN));
  const to = new Float64Array(count).map((_, i) => Math.max(at[i] ?? NaN, at[i + 1] ?? NaN));
  return { from, to };
}

/**
 * Whether two edges of a closed ring cross; `undefined` when that cannot be told in a time that people wait. By a sweep
 * along the longer side of the ring, in which an edge meets those alone that begin before it ends: Turf's `kinks`
 * compares each with each.
 */
function crossesItself(ring: Position[], patience: Patience): boolean | undefined {
  const columns = {
    x: Float64Array.from(ring, ([lng]) => lng ?? NaN),
    y: Float64Array.from(ring, ([, lat]) => lat ?? NaN),
  };
  const [x, y] = [spans(columns.x), spans(columns.y)];
  const lengthOf = ({ from, to }: typeof x) =>
    to.reduce((most, value) => Math.max(most, value), -Infinity) -
    from.reduce((least, value) => Math.min(least, value), Infinity);
  const [along, across] = lengthOf(x) >= lengthOf(y) ? [x, y] : [y, x];
  // A position that is there again makes an edge without length, which crosses nothing and lies on all its like.
  const hasLength = (i: number) => along.from[i] !== along.to[i] || across.from[i] !== across.to[i];
  const order = Uint32Array.from(along.from.keys())
    .filter(hasLength)
    .sort((a, b) => (along.from[a] ?? 0) - (along.from[b] ?? 0));
  const crosses = (i: number, j: number) =>
    side(columns, i, i + 1, j) * side(columns, i, i + 1, j + 1) < 0 &&
    side(columns, j, j + 1, i) * side(columns, j, j + 1, i + 1) < 0;
  for (const [place, i] of order.entries()) {
    const [end = 0, low = 0, high = 0] = [along.to[i], across.from[i], across.to[i]];
    for (let next = place + 1; next < order.length; next++) {
      const j = order[next] ?? 0;
      if ((along.from[j] ?? Infinity) > end) break;
      if (patience.comparisons-- <= 0) return undefined;
      if ((across.from[j] ?? 0) > high || (across.to[j] ?? 0) < low) continue;
      if (crosses(i, j)) return true;
    }
  }
  return false;
}

function checkRing(
  ring: Position[],
  isOuter: boolean,
  path: string,
  report: IssueList,
  patience: Patience,
): void {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4) {
    return report.error(
      path,
      `has ${ring.length} positions: a ring needs at least 4, the last equal to the first`,
    );
  }
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    return report.error(path, 'is not closed: repeat the first position at the end');
  }
  const isCrossed = crossesItself(ring, patience);
  if (isCrossed === undefined) {
    return report.error(path, `is too tangled to be checked, with ${ring.length} positions: simplify it`);
  }
  if (isCrossed) {
    return report.error(path, 'crosses itself: put its corners in the order of a walk around the area');
  }
  if (Math.abs(planarArea(ring)) < 1e-12) {
    return report.error(path, 'encloses no area: give it at least three corners that are not in one line');
  }
  if (booleanClockwise(lineString(ring)) === isOuter) {
    const [kind, direction] = isOuter ? ['an outer ring', 'counter-clockwise'] : ['a hole', 'clockwise'];
    report.error(path, `runs the wrong way: ${kind} runs ${direction} (RFC 7946); reverse its positions`);
  }
}

/**
 * The messages of geojson-validation for one Feature whose coordinates are known to be finite numbers
 * in lists of the right depth. Behind that guard it is linear; it can still throw, which is a message too.
 */
function geojsonValidationMessages(feature: Record<string, unknown>): string[] {
  try {
    const messages = gjv.isFeature(feature, true);
    return Array.isArray(messages) ? messages : [];
  } catch (error) {
    return [`cannot be checked: ${String(error)}`];
  }
}

/** Whether a geometry is a point that has nothing but what it needs, as most have: no check finds a fault in it. */
export function isSoundPoint(geometry: unknown): boolean {
  if (!isObject(geometry) || geometry['type'] !== 'Point') return false;
  const keys = Object.keys(geometry);
  const { coordinates } = geometry;
  if (keys.length !== 2 || keys[0] !== 'type' || keys[1] !== 'coordinates') return false;
  if (!Array.isArray(coordinates) || coordinates.length !== 2) return false;
  const [lng, lat] = coordinates as [unknown, unknown];
  return typeof lng === 'number' && typeof lat === 'number' && Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
}

/**
 * Checks the geometry of a Feature. A guard makes sure that its positions are finite, in range and in lists of
 * the right depth; then comes geojson-validation; then what that library leaves out, since it follows the
 * text of 2008: winding and rings that cross themselves.
 */
export function checkGeometry(feature: Record<string, unknown>, report: IssueList): void {
  const path = '$.geometry';
  const { geometry } = feature;
  if (isSoundPoint(geometry) && Object.hasOwn(feature, 'geometry')) return;
  if (!Object.hasOwn(feature, 'geometry')) {
    return report.error(path, 'is missing: write null for a sighting reported without a place');
  }
  if (geometry !== null) {
    const type = isObject(geometry) && Object.hasOwn(geometry, 'type') ? geometry['type'] : undefined;
    if (!isObject(geometry) || typeof type !== 'string' || !Object.hasOwn(COORDINATE_DEPTH, type)) {
      const found = !isObject(geometry)
        ? quoteValue(geometry)
        : type === undefined
          ? 'something without a type'
          : `type ${quoteValue(type)}`;
      return report.error(path, `must be a Point, a Polygon, a MultiPolygon or null, not ${found}`);
    }
    const before = report.issues.length;
    checkPositions(
      geometry['coordinates'],
      COORDINATE_DEPTH[type] ?? 0,
      `${path}.coordinates`,
      report,
      before + MAX_FAULTS,
    );
    if (report.issues.length > before) return;
    const messages = geojsonValidationMessages({ type: 'Feature', properties: {}, geometry });
    const polygons =
      type === 'Point' ? [] : type === 'Polygon' ? [geometry['coordinates']] : geometry['coordinates'];
    const patience: Patience = { comparisons: MOST_COMPARISONS };
    for (const [p, rings] of (polygons as Position[][][]).entries()) {
      const polygonPath = type === 'MultiPolygon' ? `${path}.coordinates[${p}]` : `${path}.coordinates`;
      rings.forEach((ring, r) => checkRing(ring, r === 0, `${polygonPath}[${r}]`, report, patience));
    }
    if (report.issues.length > before) return; // ours name the place, the library's do not
    for (const message of messages) report.error(path, `is not valid GeoJSON: ${message}`);
  }
}
