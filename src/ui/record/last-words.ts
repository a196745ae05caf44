import { isObject } from '../../domain/rules';
import type { Draft } from '../../domain/work';
import { forget, lastWordsOf, recallAll, remember } from '../browser-memory';
import type { Workspace } from './workspace.svelte';

/*
 * The journal is written by a worker, and the browser ends that with its page: letters that were typed in the last
 * moment may not come to it. They are left where they can be written at once, and taken into the journal by the next
 * visit.
 */

/** A draft that was left, when it was written, and how many entries the journal had then, as far as the page knew. */
interface LeftDraft {
  at: string;
  entries: number;
  draft: Draft;
}

function isDraft(value: unknown): value is Draft {
  if (!isObject(value)) return false;
  const { key, layer, id, before } = value;
  const isText = (one: unknown) => typeof one === 'string';
  return isText(key) && isText(layer) && (id === null || isText(id)) && (before === null || isText(before));
}

function isLeftDraft(value: unknown): value is LeftDraft {
  if (!isObject(value)) return false;
  const { at, entries, draft } = value;
  return typeof at === 'string' && typeof entries === 'number' && isDraft(draft);
}

/** Leaves the drafts that the browser has not kept yet, whenever the page is left. Returns what ends that. */
export function leaveLastWords(workspace: Workspace, work: string): () => void {
  const place = lastWordsOf(work);
  let left: string[] = [];
  const leave = () => {
    const entries = workspace.keeper.keptCount;
    left = workspace.keeper.pendingDrafts.map(({ at, draft }) => {
      // Where the browser has no room for them, there is nobody left to be told.
      remember(place + draft.key, { at, entries, draft } satisfies LeftDraft);
      return place + draft.key;
    });
  };
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) left.forEach(forget);
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
  };
}

/**
 * Takes the drafts that an earlier visit left into the work, but for those that were written on, saved or discarded since;
 * they are forgotten once they are kept.
 */
export async function takeLastWords(workspace: Workspace, work: string): Promise<void> {
  const { keeper } = workspace;
  if (keeper.isReadOnly) return;
  const all = recallAll(lastWordsOf(work));
  const isWanted = ({ at, entries, draft }: LeftDraft) => {
    // What the page knew is older whatever the clock says; what came after may have been its own, on the way.
    const last = keeper.lastNoteOf(draft.key);
    const isOlder = last === undefined || last.index < entries || last.at <= at;
    return isOlder && JSON.stringify(keeper.current.drafts.get(draft.key)) !== JSON.stringify(draft);
  };
  const left = all.map(({ value }) => value).filter(isLeftDraft);
  workspace.keepDrafts(left.filter(isWanted).map(({ draft }) => draft));
  await keeper.flush();
  if (!keeper.isBehind) for (const { key } of all) forget(key);
}
