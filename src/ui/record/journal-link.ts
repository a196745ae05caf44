import { JournalError } from './journal-error';
import type {
  Answered,
  Asking,
  JournalAnswer,
  JournalCancel,
  JournalProgress,
  JournalRequest,
  Operations,
  Told,
} from './journal-worker';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (reason: JournalError) => void;
  progress: (done: number) => void;
}

export interface LinkOptions {
  /** how long to wait for other tabs that write in the same work */
  lockWaitMs?: number; // 10,000
  /** how long to wait for an answer, besides, until the worker is given up */
  answerWaitMs?: number; // 60,000
}

/** The worker that keeps journals: it starts with the first question, and again after it has died. */
export class JournalLink {
  /** tells the tabs from each other; made so that it can be on plain http, too */
  readonly tab = crypto.getRandomValues(new Uint32Array(4)).join('-');
  readonly #lockWaitMs: number;
  readonly #answerWaitMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;
  #isClosed = false;

  constructor({ lockWaitMs = 10_000, answerWaitMs = 60_000 }: LinkOptions = {}) {
    this.#lockWaitMs = lockWaitMs;
    this.#answerWaitMs = answerWaitMs;
  }

  /** Asks the worker. Rejects with a {@link JournalError} when it cannot do it, dies, or says nothing. */
  ask<Kind extends keyof Operations>(kind: Kind, ...told: Told<Kind>): Promise<Answered<Kind>> {
    return this.askLong(() => undefined, kind, ...told);
  }

  /** The same; `onprogress` is told how much is done, 0 to 1, where the worker says so: then it is waited for again. */
  async askLong<Kind extends keyof Operations>(
    onprogress: (done: number) => void,
    kind: Kind,
    ...told: Told<Kind>
  ): Promise<Answered<Kind>> {
    if (this.#isClosed) throw new JournalError('stopped', 'This work was closed. Reload the page.');
    const id = ++this.#asked;
    const asking: Asking = { tab: this.tab, lockWaitMs: this.#lockWaitMs };
    const wait = () =>
      setTimeout(() => this.#stop('it does not answer'), this.#lockWaitMs + this.#answerWaitMs);
    let timer = wait();
    const progress = (done: number) => {
      clearTimeout(timer);
      timer = wait();
      onprogress(done);
    };
    const answer = new Promise<unknown>((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject, progress }),
    );
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, kind, asking, told } satisfies JournalRequest<Kind>);
      return (await answer) as Answered<Kind>;
    } catch (error) {
      if (error instanceof JournalError) throw error;
      throw new JournalError('other', error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Leaves off what is being asked, as soon as that next says how far it is: it rejects. */
  cancel(): void {
    for (const cancels of this.#waiting.keys())
      this.#worker?.postMessage({ cancels } satisfies JournalCancel);
  }

  /** Ends a worker that does not answer: its questions reject, and the next one starts another. */
  startAnew(): void {
    this.#stop('it did not answer');
  }

  /** Ends the worker; questions without an answer reject, and so do all later ones. */
  close(): void {
    this.#isClosed = true;
    this.#stop('the work was closed');
  }

  #start(): Worker {
    const worker = new Worker(new URL('./journal-worker.ts', import.meta.url), { type: 'module' });
    const stop = (what: string) => {
      if (this.#worker === worker) this.#stop(what);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<JournalAnswer | JournalProgress>) => {
      const waiting = this.#waiting.get(data.id);
      if ('done' in data) waiting?.progress(data.done);
      else if (data.isDone) waiting?.resolve(data.value);
      else waiting?.reject(new JournalError(data.trouble, data.message));
    });
    worker.addEventListener('error', (event) => {
      // A worker whose file could not be loaded says nothing.
      stop(event.message || 'its part of the app could not be loaded');
    });
    worker.addEventListener('messageerror', () => stop('its answer could not be read'));
    return worker;
  }

  #stop(what: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const reason = new JournalError(
      'stopped',
      `What keeps your changes has stopped: ${what}. Whether the last change is kept is not known. Try again; if that does not help, save your work to a file and reload the page.`,
    );
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
