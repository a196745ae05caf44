import type { System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import type { SightingSearch } from './sighting-search';

/** Starts a search in a table, which is loaded with the first one, and says what it does; closes the one before. */
export async function startSearch(
  before: Promise<SightingSearch> | undefined,
  table: SightingTable,
  systems: readonly System[],
  ondoing: (doing: string) => void,
): Promise<SightingSearch> {
  const { SightingSearch } = await import('./sighting-search');
  (await before?.catch(() => undefined))?.close();
  return new SightingSearch(table, systems, ondoing);
}
