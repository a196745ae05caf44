import { isObject } from '../../domain/rules';
import type { Draft } from '../../domain/work';
import { forget, recallAll, remember } from '../browser-memory';
import type { Workspace } from './workspace.svelte';

/*
 * The journal is written by a worker, and the browser ends that with its page: letters that were typed in the last
 * moment may not come to it. They are left where they can be written at once, and taken into the journal by the next
 * visit.
 */

const placeOf = (work: string) => `last-words/${work}/`;

function isDraft(value: unknown): value is Draft {
  if (!isObject(value)) return false;
  const { key, layer, id, before } = value;
  const isText = (one: unknown) => typeof one === 'string';
  return isText(key) && isText(layer) && (id === null || isText(id)) && (before === null || isText(before));
}

/** Leaves the drafts that the browser has not kept yet, whenever the page is left. Returns what ends that. */
export function leaveLastWords(workspace: Workspace, work: string): () => void {
  const place = placeOf(work);
  const leave = () => {
    // Where the browser has no room for them, there is nobody left to be told.
    for (const draft of workspace.keeper.pendingDrafts) remember(place + draft.key, draft);
  };
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) for (const { key } of workspace.keeper.pendingDrafts) forget(place + key);
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
  };
}

/** Takes the drafts that an earlier visit left into the work; they are forgotten once they are kept. */
export async function takeLastWords(workspace: Workspace, work: string): Promise<void> {
  const { keeper } = workspace;
  if (keeper.isReadOnly) return;
  const left = recallAll(placeOf(work));
  const isKept = (draft: Draft) =>
    JSON.stringify(keeper.current.drafts.get(draft.key)) === JSON.stringify(draft);
  const drafts = left.map(({ value }) => value).filter(isDraft);
  workspace.keepDrafts(drafts.filter((draft) => !isKept(draft)));
  await keeper.flush();
  if (!keeper.isBehind) for (const { key } of left) forget(key);
}
