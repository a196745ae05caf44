import type { OutsideAnswer, OutsideRequest, OutsideWord } from './outside-worker';

type Head = Extract<OutsideAnswer, { kind: 'head' }>;

interface Waiting {
  resolve: (answer: OutsideAnswer) => void;
  reject: (reason: unknown) => void;
}

let worker: Worker | undefined;

/** One request that the worker makes, from its head to the end of its body. */
class Exchange {
  readonly #port: MessagePort;
  readonly #onerror: (event: ErrorEvent) => void;
  #waiting: Waiting | undefined;

  constructor(
    request: OutsideRequest,
    private readonly signal: AbortSignal | undefined,
  ) {
    worker ??= new Worker(new URL('./outside-worker.ts', import.meta.url), { type: 'module' });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<OutsideAnswer>) => this.#waiting?.resolve(data);
    // A worker whose file could not be loaded answers nothing; another may be more fortunate.
    this.#onerror = ({ message }) => {
      worker = undefined;
      this.#waiting?.reject(new TypeError(message || 'a part of the app could not be loaded'));
    };
    worker.addEventListener('error', this.#onerror);
    signal?.addEventListener('abort', this.#abort);
    worker.postMessage(request, [port2]);
  }

  /** The next answer. Rejects as `fetch` does: with a TypeError, or with what the signal was aborted with. */
  async next(): Promise<OutsideAnswer> {
    this.signal?.throwIfAborted();
    try {
      const answer = await new Promise<OutsideAnswer>((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
      if (answer.kind === 'failed') throw new TypeError(answer.reason);
      return answer;
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  more(): Promise<OutsideAnswer> {
    this.#port.postMessage('more' satisfies OutsideWord);
    return this.next();
  }

  /** Lets go of the connection, if it is still there. */
  leave(): void {
    this.#port.postMessage('leave' satisfies OutsideWord);
    this.#port.close();
    this.signal?.removeEventListener('abort', this.#abort);
    worker?.removeEventListener('error', this.#onerror);
  }

  readonly #abort = () => {
    this.#waiting?.reject(this.signal?.reason);
    this.leave();
  };
}

/** The body of an answer, a part of which is sent whenever somebody wants to read one. */
function bodyOf(exchange: Exchange): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const answer = await exchange.more();
      if (answer.kind === 'part') return controller.enqueue(answer.bytes);
      exchange.leave();
      controller.close();
    },
    cancel: () => exchange.leave(),
  });
}

/** Asks another host, without cookies, as `fetch` does. Of `init` it takes `headers`, `cache` and `signal`. */
export async function askOutside(
  url: string,
  { headers, cache = 'default', signal }: RequestInit = {},
): Promise<Response> {
  signal?.throwIfAborted();
  const exchange = new Exchange({ url, headers: [...new Headers(headers)], cache }, signal ?? undefined);
  const head = (await exchange.next()) as Head;
  const { status, statusText, hasBody } = head;
  if (!hasBody) exchange.leave();
  return new Response(hasBody ? bodyOf(exchange) : null, { status, statusText, headers: head.headers });
}
