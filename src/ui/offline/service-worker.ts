import { type PrecacheEntry, addPlugins, precacheAndRoute } from 'workbox-precaching';
import { createPartialResponse } from 'workbox-range-requests';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';
import { DATA_FILES } from '../../io/data-files';

/** Every file of this version but the data, by their paths, with their checksums; the build puts them here. */
declare const VERSION_FILES: PrecacheEntry[];

/** The part of a service worker's interface that is used here. */
interface Scope {
  registration: { scope: string };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
interface Waiting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
const worker = globalThis as unknown as Scope;

/** Data that does not come in this time is shown as it was last seen, if it was. */
const DATA_TIMEOUT_S = 8;
const DATA_CACHE = 'sighting-map-data';

const home = new URL(worker.registration.scope);
const dataUrls = Object.values(DATA_FILES).map((name) => new URL(name, home).href);

/**
 * The page is the same whatever its address asks for. Framed by others it comes with another header, so that it is kept
 * twice.
 */
function pageOf({ url }: { url: URL }): URL[] {
  if (url.pathname !== home.pathname && url.pathname !== `${home.pathname}index.html`) return [];
  return [new URL(url.searchParams.has('embed') ? './?embed' : './', home)];
}

/** So much comes well within {@link DATA_TIMEOUT_S}, and can be held until it is complete. */
const MOST_WHOLE_BYTES = 500_000;

/** Takes small files as come when they are complete, so that one that hangs in the middle is one that does not come. */
const whole = {
  async fetchDidSucceed({ response }: { response: Response }) {
    const bytes = Number(response.headers.get('content-length') ?? Infinity);
    if (!response.ok || bytes > MOST_WHOLE_BYTES) return response;
    return new Response(await response.arrayBuffer(), response);
  },
};

/** Answers for a part of a file that is kept whole, as the atlas is read. */
const inParts = {
  async cachedResponseWillBeUsed({
    request,
    cachedResponse,
  }: {
    request: Request;
    cachedResponse?: Response;
  }) {
    if (!cachedResponse || !request.headers.has('Range')) return cachedResponse ?? null;
    return createPartialResponse(request, cachedResponse);
  },
};

addPlugins([inParts]);
precacheAndRoute(VERSION_FILES, {
  ignoreURLParametersMatching: [],
  directoryIndex: '',
  cleanURLs: false,
  urlManipulation: pageOf,
});

// Data is replaced without a new version of the app: it is asked for each time.
registerRoute(
  ({ url }) => dataUrls.includes(url.href),
  new NetworkFirst({
    cacheName: DATA_CACHE,
    networkTimeoutSeconds: DATA_TIMEOUT_S,
    plugins: [inParts, whole],
  }),
);

addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(DATA_CACHE);
    await Promise.allSettled(dataUrls.map((url) => cache.add(url))); // a map may be without any of them
  };
  (event as Waiting).waitUntil(keep());
});

// The first visit is served from here on as well.
addEventListener('activate', (event) => (event as Waiting).waitUntil(worker.clients.claim()));

// A new version waits until no page of the old one is open, or until somebody takes it.
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'take') void worker.skipWaiting();
});
