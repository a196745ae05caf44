import type { Draft, Entry } from '../../domain/work';
import { draftKey } from './random-name';

/**
 * What entries that another tab made impossible would have written, as drafts, so that nothing of it is lost, and what
 * is to be said of it.
 */
export function draftsOfLost(entries: readonly Entry[]): { drafts: Draft[]; said: string } {
  const records = entries.flatMap((entry) => (entry.kind === 'change' ? entry.change.records : []));
  const drafts = records.flatMap(({ layer, id, before, after }): Draft[] => {
    if (after === null) return [];
    const feature: unknown = JSON.parse(after);
    return [{ key: draftKey(layer, id), layer, id: before === null ? null : id, before, feature }];
  });
  const said =
    drafts.length > 0
      ? 'The same sighting was changed before, by another tab or an earlier visit. What you wrote here is kept as a draft: compare and save it again.'
      : 'Another tab or an earlier visit was first, so what you did last was not done. Look at it, and do it again if it is still right.';
  return { drafts, said };
}
