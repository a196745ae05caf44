import type { AppState } from '../app-state.svelte';
import { firstWorker } from '../page.svelte';

/** Held by each tab with something unfinished in it, so that other tabs do not take a new version meanwhile. */
const UNFINISHED_LOCK = 'sighting-map/unfinished';

/** How long another tab may take to let go of it, in milliseconds: a browser takes a moment where a tab was closed. */
const LET_GO_WAIT_MS = 3000;

/** A tab that is looked at again asks for a new version, but no more often than this, in milliseconds. */
const CHECK_INTERVAL_MS = 3_600_000;

/** The field that an event is of, where it holds what somebody writes; what is searched for stands in the address. */
function fieldOf({ target }: Event): Element | undefined {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && !target.matches('[type=search]') ? target : undefined;
}

/** Keeps the app in the browser, so that it opens without a network, and tells of versions that wait to be taken. */
export class Versions {
  /** whether a new version waits */
  isReady = $state(false);
  /** whether another tab has taken it, which this one could not follow */
  isTaken = $state(false);
  /** why it cannot be taken now, '' when it can */
  refusal = $state('');

  /** the field that somebody writes in, until it is taken over */
  #writing = $state.raw<Element>();
  #waiting: ServiceWorker | undefined;
  #checkedAt = performance.now();

  constructor(private readonly app: AppState) {}

  /** Starts keeping. Returns what ends listening. */
  start(): () => void {
    const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
    if (!container) return () => undefined; // not at http, nor in some private windows
    const leaving = new AbortController();
    const { signal } = leaving;
    // A field that is taken away while the page is drawn says in the middle of it that it has changed.
    const note = (field: Element | undefined) => queueMicrotask(() => (this.#writing = field));
    document.addEventListener('input', (event) => note(fieldOf(event)), { signal });
    document.addEventListener('change', () => note(undefined), { signal });
    // The first version to be kept comes with a change as well.
    let hadController = container.controller !== null;
    // This part comes late: another version may have been taken before it was there.
    if (firstWorker && container.controller !== firstWorker) this.#follow();
    container.addEventListener(
      'controllerchange',
      () => {
        if (hadController) this.#follow();
        hadController = true;
      },
      { signal },
    );
    // A frame has no room to offer anything.
    if (!this.app.isEmbedded) {
      container
        .register(new URL('sw.js', this.app.baseUrl), { updateViaCache: 'none' })
        .then((registration) => this.#watch(registration, signal))
        .catch(() => undefined); // without it the map works as ever, with a network
    }
    return () => leaving.abort();
  }

  /** Keeps other tabs from taking a new version while something is unfinished here. Returns what ends that. */
  holdWhileUnfinished(): (() => void) | undefined {
    if (!this.#isUnfinished() || !('locks' in navigator)) return undefined;
    const leaving = new AbortController();
    let letGo = () => leaving.abort();
    const hold = () => new Promise<void>((resolve) => (letGo = resolve));
    navigator.locks
      .request(UNFINISHED_LOCK, { mode: 'shared', signal: leaving.signal }, hold)
      .catch(() => undefined); // it was let go of before it was had
    return () => letGo();
  }

  /** Takes the version that waits, in all tabs, unless something is unfinished in one of them. */
  async take(): Promise<void> {
    this.refusal = '';
    if (this.#isUnfinished()) {
      this.refusal = 'Finish or close what you are writing first.';
      return;
    }
    if (this.isTaken) return location.reload();
    const take = () => this.#waiting?.postMessage('take');
    if (!('locks' in navigator)) return take();
    this.refusal = 'Asking the other tabs of this map …';
    const leaving = new AbortController();
    const late = setTimeout(() => leaving.abort(), LET_GO_WAIT_MS);
    await navigator.locks
      .request(UNFINISHED_LOCK, { signal: leaving.signal }, take)
      .catch(() => {
        this.refusal = 'Something is unfinished in another tab of this map: finish or close it there first.';
      })
      .finally(() => clearTimeout(late));
  }

  /** Whether a reload would lose something: what is open or being written, or what this browser could not keep. */
  #isUnfinished(): boolean {
    const { record } = this.app;
    const isUnkept = record.hasWork && record.workspace?.keeper.keeping !== 'kept';
    const isWriting = this.#writing?.isConnected === true;
    return record.editor !== undefined || record.dialog !== undefined || isUnkept || isWriting;
  }

  /** Another version answers for this tab from now on: its own parts would soon be missed. */
  #follow(): void {
    if (this.#isUnfinished()) this.isTaken = true;
    else location.reload();
  }

  #watch(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
    const note = () => {
      if (!registration.waiting || !navigator.serviceWorker.controller) return;
      this.#waiting = registration.waiting;
      this.isReady = true;
    };
    note();
    registration.addEventListener(
      'updatefound',
      () => registration.installing?.addEventListener('statechange', note, { signal }),
      { signal },
    );
    document.addEventListener(
      'visibilitychange',
      () => {
        const now = performance.now();
        if (document.hidden || now - this.#checkedAt < CHECK_INTERVAL_MS) return;
        this.#checkedAt = now;
        registration.update().catch(() => undefined); // there is no network
      },
      { signal },
    );
  }
}
