import type { Draft, Entry } from '../../domain/work';

/** What entries that are impossible by now would have written, as drafts, so that nothing of it is lost. */
export function draftsOfLost(entries: readonly Entry[]): Draft[] {
  const records = entries.flatMap((entry) => (entry.kind === 'change' ? entry.change.records : []));
  return records.flatMap(({ layer, id, before, after }): Draft[] => {
    if (after === null) return [];
    const feature: unknown = JSON.parse(after);
    return [{ key: `${layer}/${id}`, layer, id: before === null ? null : id, before, feature }];
  });
}
