import { booleanClockwise, lineString } from '@turf/turf';
import Flatbush from 'flatbush';
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

/** Positive when c lies to the left of the line from a to b, 0 when it lies on it. */
function side(a: Position, b: Position, c: Position): number {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const [cx = 0, cy = 0] = c;
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

/** Whether two edges of a closed ring cross. By an index of its edges: Turf's `kinks` compares each with each. */
function crossesItself(ring: Position[]): boolean {
  const edges = ring.slice(1).map((end, i): [Position, Position] => [ring[i] ?? end, end]);
  const index = new Flatbush(edges.length);
  for (const [[ax = 0, ay = 0], [bx = 0, by = 0]] of edges) {
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return edges.some(([a, b], i) => {
    const [ax = 0, ay = 0] = a;
    const [bx = 0, by = 0] = b;
    const crosses = (j: number) => {
      const [c, d] = edges[j] ?? [a, b];
      return j > i && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    };
    const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
    return index.search(...box, crosses).length > 0;
  });
}

function checkRing(ring: Position[], isOuter: boolean, path: string, report: IssueList): void {
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
  if (crossesItself(ring)) {
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

/**
 * Checks the geometry of a Feature. A guard makes sure that its positions are finite, in range and in lists of
 * the right depth; then comes geojson-validation; then what that library leaves out, since it follows the
 * text of 2008: winding and rings that cross themselves.
 */
export function checkGeometry(feature: Record<string, unknown>, report: IssueList): void {
  const path = '$.geometry';
  const { geometry } = feature;
  if (!Object.hasOwn(feature, 'geometry')) {
    return report.error(path, 'is missing: write null for a sighting reported without a place');
  }
  if (geometry !== null) {
    const type = isObject(geometry) && Object.hasOwn(geometry, 'type') ? geometry['type'] : undefined;
    if (!isObject(geometry) || typeof type !== 'string' || !Object.hasOwn(COORDINATE_DEPTH, type)) {
      const found = isObject(geometry) ? `type ${quoteValue(type)}` : quoteValue(geometry);
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
    for (const [p, rings] of (polygons as Position[][][]).entries()) {
      const polygonPath = type === 'MultiPolygon' ? `${path}.coordinates[${p}]` : `${path}.coordinates`;
      rings.forEach((ring, r) => checkRing(ring, r === 0, `${polygonPath}[${r}]`, report));
    }
    if (report.issues.length > before) return; // ours name the place, the library's do not
    for (const message of messages) report.error(path, `is not valid GeoJSON: ${message}`);
  }
}
