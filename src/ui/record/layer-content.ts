import { inSlices } from '../slices';
import { BlobWriter } from './export/blob-writer';
import type { Workspace } from './workspace.svelte';

/**
 * The file of a layer as `Workspace.chunksOf` has it, put together while the page goes on.
 * @param goesOn told after each pause how much is done, 0 to 1; `false` leaves it off
 * @param setAside bytes of what is no sighting, to stand behind them
 * @returns `undefined` when it was left off
 */
export async function contentOf(
  workspace: Pick<Workspace, 'chunksOf' | 'tableOf'>,
  layer: string,
  goesOn: (done: number) => boolean,
  setAside?: readonly Uint8Array[],
): Promise<Blob | undefined> {
  const { recordStart, recordEnd } = workspace.tableOf(layer).columns;
  const totalBytes = recordEnd.reduce((sum, end, row) => sum + end - (recordStart[row] ?? 0), 1);
  const writer = new BlobWriter();
  const isWhole = await inSlices(
    workspace.chunksOf(layer, setAside),
    (chunk) => writer.write(chunk),
    () => goesOn(Math.min(1, writer.size / totalBytes)),
  );
  return isWhole ? writer.finish() : undefined;
}
