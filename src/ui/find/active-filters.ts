import { formatEventDate, formatIsoDays } from '../../domain/dates';
import { formatChosen } from '../../domain/units';
import { FACETS, type Sureness, type Target } from '../../domain/query';
import type { AppState } from '../app-state.svelte';
import { valueName } from './facet-options';

/** One condition on what is shown. */
export interface ActiveFilter {
  /** unique among the conditions */
  key: string;
  /** in words, such as `High confidence` */
  label: string;
  /** lets go of it */
  remove: () => void;
}

const SURENESS_WORDS: Readonly<Record<Sureness, string>> = {
  certainly: 'certainly within',
  possibly: 'possibly within',
  outside: 'outside',
};

function targetName(app: AppState, target: Target): string {
  return app.places.find(target)?.shortName ?? (typeof target === 'string' ? target : '');
}

/** All conditions on what is shown, in the order in which the page has them. */
export function activeFilters(app: AppState): ActiveFilter[] {
  const { find } = app;
  const { facets, days, near, text, isInView } = find.filter;
  const found: ActiveFilter[] = FACETS.flatMap((facet) =>
    [...(facets[facet] ?? [])].map((value) => ({
      key: `${facet} ${value}`,
      label: valueName(app, facet, value),
      remove: () =>
        find.setFacet(
          facet,
          [...(facets[facet] ?? [])].filter((other) => other !== value),
        ),
    })),
  );
  if (text.trim() !== '')
    found.push({ key: 'text', label: `“${text.trim()}”`, remove: () => find.setText('') });
  if (days)
    found.push({
      key: 'days',
      label: formatEventDate(formatIsoDays(days)),
      remove: () => find.setDays(undefined),
    });
  if (near) {
    const { target, meters, sureness } = near;
    found.push({
      key: 'near',
      label: `${SURENESS_WORDS[sureness]} ${formatChosen(meters, app.measure.units)} of ${targetName(app, target)}`,
      remove: () => find.setNear(undefined),
    });
  }
  if (isInView) found.push({ key: 'view', label: 'In the map’s view', remove: () => find.setInView(false) });
  return found;
}
