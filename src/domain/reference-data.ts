import type { Feature, Point } from 'geojson';
import { checkGeometry } from './geometry-rules';
import { type Issue, IssueList, quoteValue } from './issue';
import { isObject, listOf, objectOf, oneLine, oneOf, positiveMeters, slug, text } from './rules';
import { type DescribedPoint, MARK_SHAPES, type MarkShape, type System } from './sighting';

const checkReferencePoint = objectOf({
  name: { rule: oneLine, required: true },
  shortName: { rule: oneLine },
  coordinateUncertaintyInMeters: { rule: positiveMeters, required: true },
  georeferenceRemarks: { rule: text, required: true },
});

const checkSystem = objectOf({
  name: { rule: oneLine, required: true },
  otherNames: { rule: listOf(oneLine, { atLeast: 0 }), required: true },
  description: { rule: text, required: true },
  markShape: { rule: oneOf(Object.fromEntries(MARK_SHAPES.map((shape) => [shape, true]))), required: true },
});

/** So many points of their own readers have at most: each is on the page, and measured to. */
export const MOST_OWN_POINTS = 1000;

/**
 * Reads the parsed text of a reference-points.geojson. Good points are kept; each bad one is left out with
 * its issues.
 */
export function readReferencePoints(collection: unknown): {
  referencePoints: DescribedPoint[];
  issues: Issue[];
} {
  const referencePoints: DescribedPoint[] = [];
  const features = isObject(collection) ? collection['features'] : undefined;
  if (!Array.isArray(features)) {
    const report = new IssueList(null, null);
    report.error('$.features', 'is missing: reference points are a GeoJSON FeatureCollection of Points');
    return { referencePoints, issues: report.issues };
  }
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [index, feature] of (features as unknown[]).entries()) {
    const id = isObject(feature) && typeof feature['id'] === 'string' ? feature['id'] : null;
    const report = new IssueList(index, id);
    const point = readReferencePoint(feature, report);
    if (id !== null && seen.has(id)) report.error('$.id', `"${id}" stands here twice: give each its own id`);
    else if (point !== undefined && !report.hasErrors) referencePoints.push(point);
    if (id !== null) seen.add(id);
    issues.push(...report.issues);
  }
  return { referencePoints, issues };
}

function readReferencePoint(feature: unknown, report: IssueList): DescribedPoint | undefined {
  if (!isObject(feature) || feature['type'] !== 'Feature') {
    report.error('$', `must be a GeoJSON Feature, not ${quoteValue(feature)}`);
    return undefined;
  }
  slug.check(feature['id'], '$.id', report);
  const { properties, geometry } = feature;
  checkReferencePoint.check(properties, '$.properties', report);
  checkGeometry(feature, report);
  if (!isObject(geometry) || geometry['type'] !== 'Point') {
    report.error('$.geometry', 'must be a Point');
  }
  if (report.hasErrors || !isObject(properties) || !isObject(geometry)) return undefined;
  const [lng, lat] = geometry['coordinates'] as [number, number];
  return {
    id: feature['id'] as string,
    name: properties['name'] as string,
    ...(properties['shortName'] === undefined ? {} : { shortName: properties['shortName'] as string }),
    lng,
    lat,
    uncertaintyMeters: properties['coordinateUncertaintyInMeters'] as number,
    remarks: properties['georeferenceRemarks'] as string,
  };
}

/** A reference point as {@link readReferencePoints} reads it: a GeoJSON Feature, its keys in their order. */
export function referencePointFeature(point: DescribedPoint): Feature<Point> {
  const { id, name, shortName, lng, lat, uncertaintyMeters, remarks } = point;
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties: {
      name,
      ...(shortName === undefined ? {} : { shortName }),
      coordinateUncertaintyInMeters: uncertaintyMeters,
      georeferenceRemarks: remarks,
    },
  };
}

/** An id as it is, or with the first number behind it that makes it free. */
export function freeId(id: string, isTaken: (id: string) => boolean): string {
  let free = id;
  for (let number = 2; isTaken(free); number++) free = `${id}-${number}`;
  return free;
}

/** Reads the parsed text of a systems.json: system id -> name, other names, description, shape of its mark. */
export function readSystems(value: unknown): { systems: System[]; issues: Issue[] } {
  const systems: System[] = [];
  const issues: Issue[] = [];
  if (!isObject(value)) {
    const report = new IssueList(null, null);
    report.error('$', `must be an object of systems by id, not ${quoteValue(value)}`);
    return { systems, issues: report.issues };
  }
  for (const [index, [id, entry]] of Object.entries(value).entries()) {
    const report = new IssueList(index, id);
    slug.check(id, '$', report);
    checkSystem.check(entry, '$', report);
    issues.push(...report.issues);
    if (report.hasErrors || !isObject(entry)) continue;
    systems.push({
      id,
      name: entry['name'] as string,
      otherNames: entry['otherNames'] as string[],
      description: entry['description'] as string,
      markShape: entry['markShape'] as MarkShape,
    });
  }
  return { systems, issues };
}
