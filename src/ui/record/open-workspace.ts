import type { LayerData } from './layer-files';
import { MemoryStore } from './memory-store';
import type { RecordPage } from './record-page';
import { Workspace } from './workspace.svelte';

/** Loads what was done with the data of this page, and follows what other tabs do. */
export async function openWorkspace(page: RecordPage, given: LayerData): Promise<Workspace> {
  const workspace = new Workspace(page, given, new MemoryStore());
  await workspace.open();
  workspace.follow();
  return workspace;
}
