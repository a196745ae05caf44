import { type PrecacheEntry, addPlugins, precacheAndRoute } from 'workbox-precaching';
import { createPartialResponse } from 'workbox-range-requests';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';
import { DATA_FILES } from '../../io/data-files';
import { type AnswerFault, isRefusal, judgeAnswer } from './data-answer';
import { DATA_CACHE, type LastSeenNote, noteUrlOf } from './last-seen';

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

/** What is known of a request for data while it is answered. */
interface Asking {
  fault?: AnswerFault;
  /** the copy that was found, once it was looked for */
  copy?: Response | undefined;
}

interface Asked {
  request: Request;
  state?: Asking;
}

const isSightings = (url: string) => url === new URL(DATA_FILES.sightings, home).href;

/**
 * Gives out data as it was last seen where no answer comes or one that is surely not the file, which never takes the place
 * of a copy; a note tells the page. That a file is gone is the newest that is known of it, and goes to the page as it is.
 */
const lastSeen = {
  async fetchDidSucceed({ request, response, state = {} }: Asked & { response: Response }) {
    const { answer, fault } = await judgeAnswer(response, isSightings(request.url));
    if (!fault) return answer;
    state.fault = fault;
    const cache = await caches.open(DATA_CACHE);
    if (isRefusal(answer) || !(await cache.match(request))) return answer;
    await answer.body?.cancel(); // nobody reads the rest
    throw new Error(`not the file: ${fault.kind}`); // as if nothing had come
  },
  async cacheWillUpdate({ response, state = {} }: Asked & { response: Response }) {
    return response.status === 200 && !state.fault ? response : null;
  },
  async cachedResponseWillBeUsed({ cachedResponse, state = {} }: Asked & { cachedResponse?: Response }) {
    state.copy = cachedResponse;
    return cachedResponse ?? null;
  },
  async handlerWillRespond({ request, response, state = {} }: Asked & { response: Response }) {
    const cache = await caches.open(DATA_CACHE);
    const url = noteUrlOf(request.url);
    if (response !== state.copy) await cache.delete(url);
    else {
      const note: LastSeenNote = { fault: state.fault ?? { kind: 'silence' }, at: Date.now() };
      await cache.put(url, new Response(JSON.stringify(note))).catch(() => undefined); // the disk is full
    }
    return response;
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
    plugins: [inParts, lastSeen],
  }),
);

addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(DATA_CACHE);
    const keepFile = async (url: string) => {
      const { answer, fault } = await judgeAnswer(await fetch(url), isSightings(url));
      if (!fault) await cache.put(url, answer);
    };
    await Promise.allSettled(dataUrls.map(keepFile)); // a map may be without any of them
  };
  (event as Waiting).waitUntil(keep());
});

// The first visit is served from here on as well.
addEventListener('activate', (event) => (event as Waiting).waitUntil(worker.clients.claim()));

// A new version waits until no page of the old one is open, or until somebody takes it.
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data === 'take') void worker.skipWaiting();
});
