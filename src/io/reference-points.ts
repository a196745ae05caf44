import { readReferencePoints, referencePointFeature } from '../domain/reference-data';
import type { DescribedPoint } from '../domain/sighting';
import { parseShallowJson } from './shallow-json';

/** What a file of reference points is called, here as in geo/. */
export const REFERENCE_POINTS_FILE = 'reference-points.geojson';

/** Writes points as the text of a reference-points.geojson: RFC 7946, one feature per line, sorted by id. */
export function formatReferencePoints(points: readonly DescribedPoint[]): string {
  const lines = points
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((point) => JSON.stringify(referencePointFeature(point)));
  return `{"type":"FeatureCollection","title":"Reference points","features":[\n${lines.join(',\n')}\n]}\n`;
}

/** Reads the text of a reference-points.geojson. Good points are kept; `problems` says of each other why it is not. */
export function parseReferencePoints(text: string): { points: DescribedPoint[]; problems: string[] } {
  let collection: unknown;
  try {
    collection = parseShallowJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { points: [], problems: [`It is not JSON: ${reason}`] };
  }
  const { referencePoints, issues } = readReferencePoints(collection);
  const errors = issues.filter(({ severity }) => severity === 'error');
  return {
    points: referencePoints,
    problems: errors.map(({ id, index, path, message }) => {
      const which = id ?? (index === null ? 'The file' : `feature ${index + 1}`);
      return `${which}, ${path}: ${message}`;
    }),
  };
}
