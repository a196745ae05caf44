import { DATA_FILES } from '../../io/data-files';
import type { AppState } from '../app-state.svelte';
import { DATA_CACHE, type LastSeenNote, lastSeenText, noteUrlOf } from './last-seen';

/** The note of a file that a service worker gave to this page as it was last seen; `undefined` for one that came. */
async function noteOf(fileUrl: string): Promise<LastSeenNote | undefined> {
  const kept = await caches.match(noteUrlOf(fileUrl), { cacheName: DATA_CACHE });
  const note = (await kept?.json()) as LastSeenNote | undefined;
  return note && note.at >= performance.timeOrigin ? note : undefined; // else it is of an earlier visit
}

/** Says of the data beside the page, once it was loaded, what of it is shown as it was last seen, and why. */
export async function tellLastSeen({ source, baseUrl }: AppState): Promise<void> {
  const { url, attempt } = source;
  const isBeside = url === undefined || url === `${baseUrl}${DATA_FILES.sightings}`;
  if (!isBeside || !('caches' in globalThis) || !navigator.serviceWorker?.controller) return;
  const notes = await Promise.all(
    Object.values(DATA_FILES).map(async (file) => ({ file, note: await noteOf(`${baseUrl}${file}`) })),
  );
  if (source.url !== url || source.attempt !== attempt) return; // it is asked for anew
  source.lastSeen = lastSeenText(
    new Map(notes.flatMap(({ file, note }) => (note ? [[file, note.fault] as const] : []))),
  );
}
