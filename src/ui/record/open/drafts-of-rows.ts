import type { Draft } from '../../../domain/work';
import { draftKey } from '../random-name';

/** More drafts than this are for the report, not for the list of drafts. */
const MOST_DRAFTS = 500;

/**
 * The drafts that incomplete rows of a file are in a layer: those of them that are there stay, as when the file is read
 * a second time, and `added` are the others.
 */
export function draftsOfRows(
  rows: readonly { readonly feature: unknown }[],
  layer: string,
  there: readonly Draft[],
): { drafts: readonly Draft[]; added: readonly Draft[] } {
  const known = new Map(
    there
      .filter((draft) => draft.layer === layer && draft.id === null)
      .map((draft) => [JSON.stringify(draft.feature), draft]),
  );
  const drafts = rows.slice(0, MOST_DRAFTS).map(
    ({ feature }): Draft =>
      known.get(JSON.stringify(feature)) ?? {
        key: draftKey(layer, null),
        layer,
        id: null,
        before: null,
        feature,
      },
  );
  return { drafts, added: drafts.filter((draft) => !there.includes(draft)) };
}
