import type { SightingTable } from '../../../domain/table';
import type { Layer } from '../../../domain/work';

/** A data set that has sightings of the same ids as the one that was added. */
export interface Alike {
  layer: Layer;
  count: number;
}

/** So many ids are looked up before the page gets its turn. */
const IDS_AT_ONCE = 10_000;

async function sharedCount(a: SightingTable, b: SightingTable): Promise<number> {
  const [fewer, more] = a.length < b.length ? [a, b] : [b, a];
  let count = 0;
  for (let row = 0; row < fewer.length; row++) {
    if (row % IDS_AT_ONCE === IDS_AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve));
    if (more.rowOf(fewer.idOf(row)) !== undefined) count++;
  }
  return count;
}

/** The data sets that have sightings of the same ids as an added one. The page stays awake meanwhile. */
export async function findAlike(
  { layers, tableOf }: { layers: readonly Layer[]; tableOf: (layer: string) => SightingTable },
  added: Layer,
): Promise<Alike[]> {
  const alike: Alike[] = [];
  for (const layer of layers) {
    if (layer.id === added.id) continue;
    const count = await sharedCount(tableOf(layer.id), tableOf(added.id));
    if (count > 0) alike.push({ layer, count });
  }
  return alike;
}
