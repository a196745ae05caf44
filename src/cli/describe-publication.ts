import {
  PUBLICATION_FORMAT,
  PUBLICATION_VERSION,
  PUBLISHED_FACETS,
  type Publication,
} from '../domain/publication';
import { findMatches } from '../domain/query';
import { PLACE_KIND, type SightingTable } from '../domain/table';
import { histogram, spanOf } from '../domain/timeline';
import { timelineBins } from '../domain/timeline-bins';

/** The timeline has at most so many bins. */
const MAX_BINS = 400;

const rounded = (weights: Float64Array) => Array.from(weights, (weight) => Math.round(weight * 100) / 100);

/** What a publication says of its sightings, whatever becomes of its files. */
export function describeSightings(
  table: SightingTable,
  title: string,
): Pick<
  Publication,
  | 'format'
  | 'version'
  | 'title'
  | 'count'
  | 'withoutPlaceCount'
  | 'days'
  | 'systemIds'
  | 'facets'
  | 'timeline'
> {
  const { rows, counts } = findMatches(table, { facets: {} });
  const span = spanOf(table);
  const bins = span && timelineBins(span, MAX_BINS);
  const weights = bins && histogram(table, rows, bins);
  let withoutPlaceCount = 0;
  for (const kind of table.columns.placeKind) if (kind === PLACE_KIND.none) withoutPlaceCount++;
  const facets = Object.fromEntries(
    PUBLISHED_FACETS.map((name) => [name, [...counts[name]].filter(([, count]) => count > 0)]),
  ) as Publication['facets'];
  return {
    format: PUBLICATION_FORMAT,
    version: PUBLICATION_VERSION,
    title,
    count: table.length,
    withoutPlaceCount,
    systemIds: [...table.systemIds],
    facets,
    ...(span ? { days: span } : {}),
    ...(bins && weights
      ? {
          timeline: {
            unit: bins.unit,
            step: bins.step,
            starts: [...bins.starts],
            high: rounded(weights.high),
            moderate: rounded(weights.moderate),
            low: rounded(weights.low),
          },
        }
      : {}),
  };
}
