import { referencePointFeature } from '../domain/reference-data';
import type { DescribedPoint } from '../domain/sighting';

/** What a file of reference points is called, here as in geo/. */
export const REFERENCE_POINTS_FILE = 'reference-points.geojson';

/** Writes points as the text of a reference-points.geojson: RFC 7946, one feature per line, sorted by id. */
export function formatReferencePoints(points: readonly DescribedPoint[]): string {
  const lines = points
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((point) => JSON.stringify(referencePointFeature(point)));
  return `{"type":"FeatureCollection","title":"Reference points","features":[\n${lines.join(',\n')}\n]}\n`;
}
