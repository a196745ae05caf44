import { GIVEN_LAYER } from '../../../src/domain/given-layer';
import type { Entry } from '../../../src/domain/work';
import { KeptStore } from '../../../src/ui/record/kept-store';
import { WorkKeeper } from '../../../src/ui/record/work-keeper.svelte';
import { FAULTS_CHANNEL } from './faulty-storage';

/** What became of a script of edits. */
export interface KeptScript {
  /** edits that are kept, by the word of the keeper, in order */
  kept: number;
  /** faults that were made meanwhile */
  faults: number;
  /** edits of which it was said that they are not kept, or not yet */
  said: number;
  /** the longest time after an edit in which it was neither kept nor said that it is not, in milliseconds */
  longestSilenceMs: number;
  /** what was said last */
  failure: string;
}

/** A worker is given up soon, so that many can be. */
const WAITS = { lockWaitMs: 100, answerWaitMs: 400 };
/** An edit that cannot be kept for so long never will be, in milliseconds. */
const PATIENCE_MS = 30_000;
/** Somebody who is told that an edit is not kept presses “Try again” after so long. */
const PRESS_MS = 5;

/**
 * Makes edits one after the other as the app does, and tries again whenever it is said that one is not kept.
 * @param entryOf an edit by its number
 */
export async function keepScript(
  key: string,
  edits: number,
  entryOf: (edit: number) => Entry,
): Promise<KeptScript> {
  const result: KeptScript = { kept: 0, faults: 0, said: 0, longestSilenceMs: 0, failure: '' };
  const news = new BroadcastChannel(FAULTS_CHANNEL);
  const layer = {
    id: GIVEN_LAYER,
    name: 'Given',
    ring: 'none',
    isShown: true,
    source: { kind: 'given' },
  } as const;
  const store = new KeptStore(key, 'built-in', WAITS);
  const keeper = new WorkKeeper(layer, store, { onchange: () => undefined, onlost: () => undefined });
  news.onmessage = ({ data }: MessageEvent<string>) => {
    if (data === key) result.faults++;
  };
  await keeper.open();
  for (let edit = 0; edit < edits; edit++) {
    const from = performance.now();
    let saidMs: number | undefined;
    keeper.do(entryOf(edit));
    while (keeper.isBehind && performance.now() - from < PATIENCE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (!keeper.isBehind) break;
      if (keeper.keeping === 'late' || keeper.keeping === 'failed') saidMs ??= performance.now() - from;
      if (keeper.keeping !== 'failed') continue;
      result.failure = keeper.failure;
      await new Promise((resolve) => setTimeout(resolve, PRESS_MS));
      void keeper.flush();
    }
    if (saidMs !== undefined) result.said++;
    result.longestSilenceMs = Math.max(result.longestSilenceMs, saidMs ?? performance.now() - from);
    if (keeper.isBehind) break;
    result.kept++;
  }
  store.close();
  news.close();
  return result;
}
