import { rangeOfDays } from '../../domain/bin-range';
import { PUBLISHED_FACETS, type Publication } from '../../domain/publication';
import type { FacetName, Filter } from '../../domain/query';
import { CONFIDENCES } from '../../domain/table';
import type { TimelineBins, TimelineWeights } from '../../domain/timeline';

/** The bins by which a publication counts the dates of its sightings; `undefined` when it has none. */
export function binsOf({ timeline }: Pick<Publication, 'timeline'>): TimelineBins | undefined {
  return timeline && { unit: timeline.unit, step: timeline.step, starts: Int32Array.from(timeline.starts) };
}

/**
 * How many sightings of a publication are in each bin, of the levels of confidence that a filter asks for; with `days`
 * given, those bins alone that meet them. Other conditions are not counted by dates.
 */
export function weightsOf(
  { timeline }: Pick<Publication, 'timeline'>,
  { confidence }: Filter['facets'],
  days?: Filter['days'],
): TimelineWeights {
  const bins = timeline && binsOf({ timeline });
  const range = bins && days && rangeOfDays(bins, days);
  const isShown = (bin: number) => !days || (range !== undefined && bin >= range.first && bin <= range.last);
  const [high, moderate, low] = CONFIDENCES.map((level) => {
    const isWanted = confidence?.has(level) ?? true;
    return Float64Array.from(timeline?.[level] ?? [], (weight, bin) =>
      isWanted && isShown(bin) ? weight : 0,
    );
  });
  const none = new Float64Array();
  return { high: high ?? none, moderate: moderate ?? none, low: low ?? none };
}

/** Which sightings {@link weightsOf} counts, where a filter lets others through; else ''. */
export function barsNoteOf({ facets }: Filter): string {
  const others = Object.keys(facets).filter((name) => name !== 'confidence');
  return others.length === 0 ? '' : ', filtered by confidence alone';
}

/** How many sightings of a publication have each value of a facet; none of a facet that it does not count. */
export function totalsOf({ facets }: Publication, name: FacetName): ReadonlyMap<string, number> {
  const known = PUBLISHED_FACETS.find((facet) => facet === name);
  return new Map(known ? facets[known] : []);
}
