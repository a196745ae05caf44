import { type Issue, IssueList } from '../domain/issue';
import { ask } from './ask';
import { BrokenOff } from './broken-off';
import { joinBytes } from './join-bytes';
import type { Progress } from './foreign';
import { roughSize } from './file-fault';
import { Silence } from './silence';
import { parseShallowJson } from './shallow-json';
import { remedyFor } from './unreachable';

/** Larger files are not fetched: a browser cannot hold them. */
export const MAX_FETCHED_BYTES = 1e9;

/** A file from an address, or why it is not there. */
export interface FetchedFile {
  bytes: Uint8Array<ArrayBuffer>;
  issues: Issue[];
}

/** A connection that brings nothing for so long is given up. */
const MOST_STALL_MS = 20_000;

export interface FetchOptions {
  /** called as bytes arrive, where the server says how many there are; what it throws comes out */
  progress?: Progress | undefined;
  signal?: AbortSignal | undefined;
  /** {@link MAX_FETCHED_BYTES} */
  maxBytes?: number | undefined;
  /** for how long nothing may come until it is given up */
  mostStallMs?: number | undefined; // 20,000
}

/** One error of a file as a whole. */
export function fileIssue(message: string): Issue[] {
  const report = new IssueList(null, null);
  report.error('$', message);
  return report.issues;
}

/** A file from an address as its bytes arrive, or why it is not there. */
export interface ArrivingFile {
  issues: Issue[];
  /** how many bytes come, where the server says that and does not pack them on their way */
  totalBytes: number | undefined;
  /** to be read once; throws a {@link BrokenOff}, or what the signal was aborted with */
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

async function* none(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  // of a file that is not there
}

function tooLarge(url: string, maxBytes: number): BrokenOff {
  return new BrokenOff(
    `${url} has more than ${roughSize(maxBytes)}, too much for a browser: split it`,
    false,
  );
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** What a promise comes to, unless nothing comes for too long: then it rejects with what `stalled` says. */
async function unlessStalled<T>(promise: Promise<T>, mostMs: number, stalled: () => Error): Promise<T> {
  let silence: Silence | undefined;
  const giveUp = new Promise<never>((_, reject) => {
    silence = new Silence(mostMs, () => reject(stalled()));
    silence.begin();
  });
  try {
    return await Promise.race([promise, giveUp]);
  } finally {
    silence?.end();
  }
}

const secondsOf = (ms: number) => `${Math.max(1, Math.round(ms / 1000))} seconds`;

async function nextPart(
  reader: Reader,
  url: string,
  length: number,
  { signal, mostStallMs = MOST_STALL_MS }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stalled = () =>
    new BrokenOff(
      `the connection to ${url} has brought nothing for ${secondsOf(mostStallMs)}, after ${roughSize(length)}. Try again.`,
      true,
    );
  try {
    return (await unlessStalled(reader.read(), mostStallMs, stalled)).value;
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    throw new BrokenOff(`the connection to ${url} broke off: ${error.message}. Try again.`, true);
  }
}

async function* chunksOf(
  reader: Reader,
  url: string,
  options: FetchOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { maxBytes = MAX_FETCHED_BYTES } = options;
  let length = 0;
  try {
    let part = await nextPart(reader, url, length, options);
    for (; part; part = await nextPart(reader, url, length, options)) {
      length += part.length;
      if (length > maxBytes) throw tooLarge(url, maxBytes);
      yield part;
    }
  } finally {
    // Lets go of the connection when no more is wanted. One that broke off only says so again, one that hangs not even that.
    void reader.cancel().catch(() => undefined);
  }
}

/**
 * Asks for a file. Whatever is wrong with the answer is an issue that names the address and the remedy.
 * @throws what `signal` is aborted with
 */
export async function openAddress(url: string, options: FetchOptions = {}): Promise<ArrivingFile> {
  const { signal, maxBytes = MAX_FETCHED_BYTES, mostStallMs = MOST_STALL_MS } = options;
  const leaving = new AbortController();
  const either = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  const stalled = () => new BrokenOff(`${secondsOf(mostStallMs)} went by without an answer`, true);
  const failed = (message: string) => ({ issues: fileIssue(message), totalBytes: undefined, chunks: none() });
  let response: Response;
  try {
    const asked = ask(url, { credentials: 'same-origin', signal: either });
    response = await unlessStalled(asked, mostStallMs, stalled);
  } catch (error) {
    signal?.throwIfAborted();
    leaving.abort();
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`cannot be fetched from ${url}: ${reason}. ${remedyFor(url, error instanceof BrokenOff)}`);
  }
  if (!response.ok) {
    const status = `${response.status} ${response.statusText}`.trim();
    return failed(`the server answers "${status}": put the file at ${url}`);
  }
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    return failed(tooLarge(url, maxBytes).message);
  }
  // What is packed on its way is longer than it was announced.
  const isPacked = response.headers.has('content-encoding');
  return {
    issues: [],
    totalBytes: announced > 0 && !isPacked ? announced : undefined,
    chunks: response.body ? chunksOf(response.body.getReader(), url, options) : none(),
  };
}

/**
 * Fetches a file. Whatever goes wrong is an issue that names the address and the remedy.
 * @throws what `signal` is aborted with, and what `progress` throws
 */
export async function fetchFile(url: string, options: FetchOptions = {}): Promise<FetchedFile> {
  const { issues, totalBytes, chunks } = await openAddress(url, options);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      parts.push(chunk);
      length += chunk.length;
      if (totalBytes !== undefined) options.progress?.(Math.min(1, length / totalBytes));
    }
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    return { bytes: new Uint8Array(), issues: fileIssue(error.message) };
  }
  return { bytes: joinBytes(parts), issues };
}

/** Fetches a file of JSON. `value` is undefined where there are issues. */
export async function fetchJson(
  url: string,
  options: FetchOptions = {},
): Promise<{ value: unknown; issues: Issue[] }> {
  const { bytes, issues } = await fetchFile(url, options);
  if (issues.length > 0) return { value: undefined, issues };
  try {
    return { value: parseShallowJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), issues };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { value: undefined, issues: fileIssue(`is not JSON: ${reason}`) };
  }
}
