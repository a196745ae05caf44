import { type Bounds, boundsOfPoints, boundsOfTable } from '../../../io/swapped-places';
import { type NamedContext, systemNamesOf } from '../../../io/system-names';
import type { OpeningPage } from './opening-step';

function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}

/** What sightings of a file that is opened on the page may refer to. */
export function contextOfPage({ systems, places }: OpeningPage): NamedContext {
  return {
    ...(systems.length > 0 ? { systemIds: idsOf(systems), systemNames: systemNamesOf(systems) } : {}),
    referencePointIds: idsOf(places.given),
  };
}

/**
 * Where things lie that a file is likely to be about.
 * @param isPagesOwn whether it is the one that the page shows: its sightings tell nothing about themselves
 */
export function knownPlaces({ places, table }: OpeningPage, isPagesOwn: boolean): Bounds[] {
  return [...boundsOfPoints(places.referencePoints), ...(isPagesOwn ? [] : boundsOfTable(table))];
}
