import type { ContractContext } from '../../domain/validate';
import { DATA_FILES } from '../../io/data-files';
import type { LayerData } from './layer-files';
import type { RecordPage } from './record-page';
import type { GivenSetAside } from './set-aside-lists';

/** What the sightings of the page's data were checked with: what a sound file names. */
function contextOf({ systems, places, problems }: RecordPage): ContractContext {
  const isSound = (file: string) => problems.every((problem) => problem.file !== file);
  const idsOf = (items: readonly { readonly id: string }[]) => new Set(items.map(({ id }) => id));
  return {
    ...(isSound(DATA_FILES.systems) ? { systemIds: idsOf(systems) } : {}),
    ...(isSound(DATA_FILES.referencePoints) ? { referencePointIds: idsOf(places.given) } : {}),
  };
}

/**
 * What could not be used of the data that the page opened with: kept where it was imported, else looked up in the file,
 * which is asked for once more. `undefined` where all of it was good.
 */
export function givenSetAside(
  page: RecordPage,
  { leftOut = 0, setAside }: LayerData,
): GivenSetAside | undefined {
  if (setAside) return { isFeatures: setAside.isFeatures, find: () => Promise.resolve(setAside) };
  if (leftOut === 0) return undefined;
  const find = async () => {
    const { FileImport } = await import('./open/import-client');
    const file = new FileImport();
    try {
      const url = page.source.url ?? new URL(DATA_FILES.sightings, page.baseUrl).href;
      return await file.setAsideAt(url, contextOf(page));
    } finally {
      file.close();
    }
  };
  return { isFeatures: true, find };
}
