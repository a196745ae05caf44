import { type FacetName, PLACE_VALUES } from '../../domain/query';
import type { Confidence } from '../../domain/sighting';
import { type SymbolDrawing, markDrawing, shapeOf, systemDrawing } from '../../map/symbols';
import type { AppState } from '../app-state.svelte';
import { confidenceLabel, cutText, plural } from '../wording';

/** What the facets are called. */
export const FACET_LEGEND: Readonly<Record<FacetName, string>> = {
  confidence: 'Confidence',
  system: 'System',
  status: 'Status',
  origins: 'Independent origins',
  place: 'Place',
  publisher: 'Publisher',
};

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Many are listed at once, each on few lines. */
const LONGEST_LABEL = 1000;

/** A value of a facet as the reader sees it, in a list under the facet's name. */
export function valueLabel(app: AppState, facet: FacetName, value: string): string {
  switch (facet) {
    case 'system':
      return value === '' ? 'Not named' : (app.systemName(value) ?? value);
    case 'origins':
      return value === '4+' ? '4 or more' : plural(Number(value), 'origin');
    case 'place':
      return value === 'yes' ? 'On the map' : 'No place';
    case 'publisher':
      return cutText(value, LONGEST_LABEL);
    default:
      return capitalized(value);
  }
}

/** A value of a facet by itself: `High confidence`, `2 independent origins`, `No place reported`. */
export function valueName(app: AppState, facet: FacetName, value: string): string {
  switch (facet) {
    case 'confidence':
      return confidenceLabel(value as Confidence);
    case 'system':
      return value === '' ? 'System not named' : valueLabel(app, facet, value);
    case 'origins':
      return value === '4+' ? '4 or more independent origins' : plural(Number(value), 'independent origin');
    case 'place':
      return value === 'yes' ? 'With a place' : 'Without a place';
    default:
      return valueLabel(app, facet, value);
  }
}

/** The symbol of a value on the map, if it has one. */
export function valueDrawing(app: AppState, facet: FacetName, value: string): SymbolDrawing | undefined {
  if (facet === 'confidence') return markDrawing(app.theme, 'circle', value as Confidence);
  return facet === 'system'
    ? systemDrawing(app.theme, shapeOf(app.systems, value === '' ? undefined : value))
    : undefined;
}

/** The values of a facet that the data has, in their order, each with its live count. */
export function optionsOf(app: AppState, facet: FacetName) {
  const { totals, matches } = app.find;
  return labelledOptions(app, facet, totals.counts[facet], matches.counts[facet]);
}

/** The same of any data. @param totals how many have each value @param counts of those that meet all other conditions */
export function labelledOptions(
  app: AppState,
  facet: FacetName,
  totals: ReadonlyMap<string, number>,
  counts: ReadonlyMap<string, number>,
) {
  const chosen = app.find.filter.facets[facet];
  const values = facet === 'place' ? PLACE_VALUES : totals.keys();
  const options = Array.from(values, (value) => ({ value, total: totals.get(value) ?? 0 }))
    .filter(({ value, total }) => total > 0 || chosen?.has(value))
    .map(({ value, total }) => {
      const drawing = valueDrawing(app, facet, value);
      return {
        value,
        total,
        label: valueLabel(app, facet, value),
        name: valueName(app, facet, value),
        count: counts.get(value) ?? 0,
        ...(drawing ? { drawing } : {}),
      };
    });
  if (facet === 'system') {
    const isUnnamed = (value: string) => Number(value === '');
    options.sort((a, b) => isUnnamed(a.value) - isUnnamed(b.value) || a.label.localeCompare(b.label, 'en'));
  }
  return options;
}
