import type { ContractContext } from '../../domain/validate';
import { BrokenOff } from '../../io/broken-off';
import { openAddress } from '../../io/fetch-file';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../io/silence';
import type { LoadMessage, LoadRequest } from './load-messages';
import { unpackSightings } from './packed-sightings';
import { type Loaded, SMALL_BYTES, type Source, readSource } from './read-source';

export interface LoadOptions {
  /** called with the share that is read, where that can be told */
  progress?: ((done: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** whether the file is one of sightings whatever it begins with */
  isOurs?: boolean;
}

type Failed = Extract<Loaded, { kind: 'failed' }>;

/** A file of an address when it is small, else only that it is larger: a worker is to fetch it then. */
async function fetchSmall(
  url: string,
  signal: AbortSignal | undefined,
): Promise<Source | Failed | undefined> {
  const { issues, totalBytes = 0, chunks } = await openAddress(url, { signal });
  const [issue] = issues;
  if (issue) return { kind: 'failed', message: issue.message };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      parts.push(chunk);
      length += chunk.length;
      if (Math.max(length, totalBytes) > SMALL_BYTES) return undefined; // lets go of the connection
    }
  } catch (error) {
    if (error instanceof BrokenOff)
      return { kind: 'failed', message: error.message, isBrokenOff: error.isInterrupted };
    throw error;
  }
  return { kind: 'fetched', chunks: parts };
}

/**
 * Reads a file of sightings: a small one at once, a large one in a worker, which moves here what it read. Of an address of
 * its own nobody knows how large it is: a worker finds out while the page gets ready.
 * @param context what sightings may refer to, which may still be on its way
 * @throws what `signal` is aborted with
 */
export async function loadSightings(
  source: Source,
  context: ContractContext | Promise<ContractContext>,
  { signal, ...options }: LoadOptions = {},
): Promise<Loaded> {
  const hasWorkers = typeof Worker === 'function';
  let small: Source | Failed | undefined;
  if (!hasWorkers) small = source;
  else if (source.kind === 'address')
    small = options.isOurs ? await fetchSmall(source.url, signal) : undefined;
  else if (source.kind === 'fetched' || source.content.size <= SMALL_BYTES) small = source;
  signal?.throwIfAborted();
  if (small === undefined) {
    const { isOurs = false } = options;
    return await inWorker({ kind: 'load', source, isOurs }, context, options, signal);
  }
  const known = await context;
  signal?.throwIfAborted();
  return small.kind === 'failed' ? small : await readSource(small, known, { ...options, signal });
}

/** The worker gets ready, and asks for the file, while what the file refers to is on its way. */
function inWorker(
  request: LoadRequest,
  context: ContractContext | Promise<ContractContext>,
  { progress }: LoadOptions,
  signal: AbortSignal | undefined,
): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { type: 'module' });
    const leave = () => {
      silence.end();
      worker.terminate();
      reject(signal?.reason as Error);
    };
    const end = (loaded: Loaded) => {
      silence.end();
      worker.terminate();
      signal?.removeEventListener('abort', leave);
      resolve(loaded);
    };
    const fail = (what: string) =>
      end({
        kind: 'failed',
        message: `reading stopped: ${what}. Reload the page to try again, or split the file.`,
      });
    const silence = new Silence(MOST_SILENCE_MS, () => fail(SAID_NOTHING));
    signal?.addEventListener('abort', leave);
    worker.addEventListener('message', ({ data }: MessageEvent<LoadMessage>) => {
      // Its script may have taken long to come: it counts from the first word.
      silence.begin();
      if (data.kind === 'awake') return;
      if (data.kind === 'progress') progress?.(data.done);
      else if (data.kind === 'sightings') end({ kind: 'sightings', sightings: unpackSightings(data.packed) });
      else end(data);
    });
    // A worker whose file could not be loaded says nothing.
    worker.addEventListener('error', (event) =>
      fail(event.message || 'its part of the app could not be loaded'),
    );
    worker.addEventListener('messageerror', () => fail('its answer could not be read'));
    const post = (message: LoadRequest) => worker.postMessage(message);
    post(request);
    Promise.resolve(context).then(
      (known) => post({ kind: 'context', context: known }),
      (error: unknown) => {
        silence.end();
        worker.terminate();
        reject(error as Error);
      },
    );
  });
}
