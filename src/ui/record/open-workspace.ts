import { workKey } from './journal-presence';
import { KeptStore } from './kept-store';
import { leaveLastWords, takeLastWords } from './last-words';
import type { LayerData } from './layer-files';
import type { RecordPage } from './record-page';
import { Saving } from './saving.svelte';
import { Workspace } from './workspace.svelte';

/** A work that is open, and how to save it. */
export interface OpenWork {
  workspace: Workspace;
  saving: Saving;
  /** Lets go of it, since another one is opened. */
  close: () => void;
}

/** So long, and no longer, a browser is asked again that said nothing before, in milliseconds. */
const STILL_SILENT_MS = 1000;

/**
 * Loads what was done with the data of this page, and follows what other tabs do. Where the browser does not say for long
 * what it keeps, that comes in when it does.
 * @param address of the data, `BUILT_IN` for the data that comes with the app
 * @param isSilent whether the browser was asked before, and said nothing for long
 */
export async function openWorkspace(
  page: RecordPage,
  given: LayerData,
  address: string,
  isSilent: boolean,
): Promise<OpenWork> {
  const key = await workKey(address);
  const store = new KeptStore(key, address);
  const workspace = new Workspace(page, given, store);
  let opened = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    opened = workspace.open(resolve, isSilent ? STILL_SILENT_MS : undefined);
    opened.then(resolve, reject);
  });
  const unfollow = workspace.follow();
  // What is kept may be newer than they are: they wait for it.
  void opened.then(() => takeLastWords(workspace, key));
  const unleave = leaveLastWords(workspace, key);
  const close = () => {
    unfollow();
    unleave();
    store.close();
  };
  return { workspace, saving: new Saving(page, workspace, key), close };
}
