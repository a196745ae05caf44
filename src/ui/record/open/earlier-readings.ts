import type { Layer } from '../../../domain/work';
import type { Workspace } from '../workspace.svelte';

/** Data sets on the map that are readings of a file which is read anew. */
export interface EarlierReadings {
  /** nobody changed them: a new reading takes their place */
  replaced: readonly Layer[];
  /** they have changes or drafts, and stay */
  kept: readonly Layer[];
}

export const NO_READINGS: EarlierReadings = { replaced: [], kept: [] };

/** The shown data sets of a work that were read from the file that the page opens with. */
export function earlierReadings(
  work: Pick<Workspace, 'layers' | 'drafts' | 'keeper' | 'tableOf'>,
  fileName: string,
): EarlierReadings {
  const { layers, drafts, keeper } = work;
  // What the page opens with is empty where somebody had to say first what the columns mean.
  const readings = layers.filter(
    ({ id, isShown, source }) =>
      isShown && (source.kind === 'given' ? work.tableOf(id).length > 0 : source.fileName === fileName),
  );
  const isChanged = ({ id }: Layer) =>
    keeper.current.edits(id).size > 0 || drafts.some(({ layer }) => layer === id);
  return {
    replaced: readings.filter((layer) => !isChanged(layer)),
    kept: readings.filter(isChanged),
  };
}

/** What becomes of earlier readings, in sentences. @param isAdded whether the new one is there, or is to be added */
export function earlierWords({ replaced, kept }: EarlierReadings, isAdded: boolean): string[] {
  return [
    ...replaced.map(({ name }) =>
      isAdded
        ? `“${name}”, read from this file before, is hidden now. Data sets can show it again.`
        : `“${name}” was read from this file before: it is hidden when this reading is added.`,
    ),
    ...kept.map(({ name }) =>
      isAdded
        ? `“${name}”, read from this file before, has changes of yours and stays beside it.`
        : `“${name}” was read from this file before and has changes of yours: it stays beside this reading.`,
    ),
  ];
}
