import type { ReferencePoint, Sighting } from '../../src/domain/sighting';
import { ArrivingWork } from '../../src/ui/record/arriving-work.svelte';
import { MemoryStore } from '../../src/ui/record/memory-store';
import { Workspace } from '../../src/ui/record/workspace.svelte';
import { sampleTable } from './sample';

/** A work with the data that a page opens with. */
export async function workOf(
  given: readonly Sighting[],
  points: readonly ReferencePoint[] = [],
): Promise<Workspace> {
  const table = sampleTable(given);
  const page = {
    title: 'Given',
    table,
    systems: [],
    selectedRow: undefined,
    places: { given: points },
    isLoading: false,
    arriving: new ArrivingWork(),
    source: { isCancelled: false, url: undefined },
    baseUrl: 'http://localhost/',
    problems: [],
    notice: '',
    replaceTable: () => undefined,
    makeRoom: () => undefined,
  };
  const workspace = new Workspace(page, { table, collection: {} }, new MemoryStore());
  await workspace.open();
  return workspace;
}
