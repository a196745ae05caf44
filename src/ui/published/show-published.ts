import { fileIssue } from '../../io/fetch-file';
import { fetchBeside } from '../../io/load';
import { openPublished } from '../../io/published-sightings';
import { remedyFor } from '../../io/unreachable';
import type { AppState } from '../app-state.svelte';
import { PublishedState } from './published-state.svelte';

/** The parts of the page that show published sightings, which come with them. */
async function loadParts(): Promise<void> {
  await Promise.all([import('./PublishedListing.svelte'), import('./PublishedNotes.svelte')]);
}

/** Why an archive cannot be opened, and what to do, after its address. */
function failureOf(error: unknown, url: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.startsWith(url) ? message.slice(url.length).replace(/^[:\s]+/, '') : message;
  const isUnreachable = error instanceof Error && error.cause instanceof TypeError;
  const remedy = remedyFor(url);
  return isUnreachable && !reason.includes(remedy) ? `${reason} ${remedy}` : reason;
}

/**
 * Shows sightings that are published as tiles at an address.
 * @param signal aborted when other data is wanted
 */
export async function showPublished(app: AppState, url: string, signal: AbortSignal): Promise<void> {
  const beside = fetchBeside(url, app.baseUrl, signal);
  beside.catch(() => undefined); // it is awaited below
  try {
    const [archive] = await Promise.all([openPublished(url, { signal }), loadParts()]);
    const { name } = archive.publication.records;
    const published = new PublishedState(archive, app, { name, url: new URL(name, url).href });
    signal.addEventListener('abort', () => published.close());
    const wanted = app.address.sighting;
    if (wanted !== undefined) await published.opening.fetchBefore(wanted, signal);
    const { complete } = await beside;
    signal.throwIfAborted();
    app.source.published = published;
    app.show(complete({ sightings: published.opening.opened }));
    app.record.refusal = `These sightings are published as tiles, which cannot be changed, added to or exported: open ${name} for that.`;
  } catch (error) {
    signal.throwIfAborted();
    const { complete } = await beside;
    signal.throwIfAborted();
    app.show(complete({ issues: fileIssue(failureOf(error, url)) }));
  }
}
