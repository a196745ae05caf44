import { untrack } from 'svelte';
import { SightingTable } from '../domain/table';
import { fetchBeside, loadDataSet, missingFile } from '../io/load';
import type { AppState } from './app-state.svelte';
import { loadSightings } from './loading/load-sightings';

/** What takes no longer is not worth a progress bar. */
const SLOW_MS = 800;

async function load(app: AppState, url: string | undefined, signal: AbortSignal): Promise<void> {
  await app.measure.prepare();
  const progress = (done: number) => {
    if (!signal.aborted) app.source.done = done;
  };
  if (url !== undefined && /\.pmtiles$/i.test(new URL(url).pathname)) {
    const { showPublished } = await import('./published/show-published');
    await showPublished(app, url, signal);
    return;
  }
  if (url !== undefined) {
    // All of it is on its way before the map takes the page for itself.
    const finding = fetchBeside(url, app.baseUrl, signal);
    const context = finding.then((beside) => beside.context);
    const loading = loadSightings({ kind: 'address', url }, context, { signal, progress });
    const part = import('./record/open/data-at-address');
    const [loaded, beside, { showLoaded }] = await Promise.all([loading, finding, part]);
    if (!signal.aborted) await showLoaded(app, url, { signal, loaded, beside });
    return;
  }
  const data = await loadDataSet(
    app.baseUrl,
    async (address, context) => {
      const source = { kind: 'address', url: address } as const;
      const loaded = await loadSightings(source, context, { signal, progress, isOurs: true });
      if (loaded.kind === 'sightings') return loaded;
      return missingFile(loaded.kind === 'failed' ? loaded : { message: 'has no sightings' });
    },
    signal,
  );
  if (!signal.aborted) app.show(data);
}

/** Leaves the page without data, since somebody did not want to wait for it. */
function showNothing(app: AppState): void {
  const table = SightingTable.empty();
  app.deselect();
  app.table = table;
  app.problems = [];
  app.record.reset({ table, collection: {} }, app.source.url);
  app.isLoading = false;
}

/** Begins to load the data that the address names. Returns what leaves off. */
function begin(app: AppState): () => void {
  const { url, attempt } = app.source;
  const leaving = new AbortController();
  if (attempt > 0) app.isLoading = true;
  app.source.begin(() => {
    leaving.abort();
    showNothing(app);
  });
  load(app, url, leaving.signal).catch((error: unknown) => {
    if (leaving.signal.aborted) return;
    app.isLoading = false;
    const reason = error instanceof Error ? error.message : String(error);
    app.notice = `The data cannot be loaded: ${reason}. Reload the page to try again.`;
  });
  const waiting = setTimeout(() => (app.source.isSlow = true), SLOW_MS);
  return () => {
    clearTimeout(waiting);
    leaving.abort();
  };
}

/** Loads the data that the address names, and other data when it names other. */
export function keepData(getApp: () => AppState): void {
  // The first is on its way while the page is made.
  let leaveFirst: (() => void) | undefined = untrack(() => begin(getApp()));
  $effect(() => {
    const app = getApp();
    void [app.source.url, app.source.attempt]; // loads again when either changes
    const leave = leaveFirst ?? untrack(() => begin(app));
    leaveFirst = undefined;
    return leave;
  });
}
