import { untrack } from 'svelte';
import { loadDataSet } from '../io/load';
import type { AppState } from './app-state.svelte';

async function load(app: AppState, url: string | undefined, signal: AbortSignal): Promise<void> {
  app.source.done = 0;
  if (url === undefined) {
    const data = await loadDataSet(app.baseUrl);
    if (!signal.aborted) app.show(data);
    return;
  }
  const { loadFrom } = await import('./record/open/data-at-address');
  await loadFrom(app, url, signal);
}

/** Loads the data that the address names, and other data when it names other. */
export function keepData(getApp: () => AppState): void {
  $effect(() => {
    const app = getApp();
    const { url } = app.source;
    const leaving = new AbortController();
    untrack(() => {
      load(app, url, leaving.signal).catch((error: unknown) => {
        if (leaving.signal.aborted) return;
        app.isLoading = false;
        const reason = error instanceof Error ? error.message : String(error);
        app.notice = `The data cannot be loaded: ${reason}. Reload the page to try again.`;
      });
    });
    return () => leaving.abort();
  });
}
