import { type Issue, IssueList } from '../domain/issue';
import type { Progress } from './foreign';

/** Larger files are not fetched: a browser cannot hold them. */
export const MAX_FETCHED_BYTES = 1e9;

/** A file from an address, or why it is not there. */
export interface FetchedFile {
  bytes: Uint8Array<ArrayBuffer>;
  issues: Issue[];
}

export interface FetchOptions {
  /** called as bytes arrive, where the server says how many there are; what it throws comes out */
  progress?: Progress | undefined;
  signal?: AbortSignal | undefined;
  /** {@link MAX_FETCHED_BYTES} */
  maxBytes?: number | undefined;
}

/** One error of a file as a whole. */
export function fileIssue(message: string): Issue[] {
  const report = new IssueList(null, null);
  report.error('$', message);
  return report.issues;
}

function failed(message: string): FetchedFile {
  return { bytes: new Uint8Array(), issues: fileIssue(message) };
}

/** A browser says no more than that it failed; these are the reasons that people can do something about. */
function remedyFor(url: string): string {
  const { protocol, host } = new URL(url);
  const plain = protocol === 'http:' ? ' A page at https cannot read an address at http.' : '';
  return `Check the address and the connection. Another site can be read only when it allows that: ${host} has to send the header “Access-Control-Allow-Origin”.${plain}`;
}

/** The bytes of an answer, with progress; `undefined` when there are too many. */
async function readBody(
  response: Response,
  { progress, maxBytes = MAX_FETCHED_BYTES }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) return undefined;
  // What is packed on its way is longer than it was announced.
  const isPacked = response.headers.has('content-encoding');
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    chunks.push(part.value);
    length += part.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return undefined;
    }
    if (announced > 0 && !isPacked) progress?.(Math.min(1, length / announced));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Fetches a file. Whatever goes wrong is an issue that names the address and the remedy.
 * @throws what `signal` is aborted with, and what `progress` throws
 */
export async function fetchFile(url: string, options: FetchOptions = {}): Promise<FetchedFile> {
  const { signal, maxBytes = MAX_FETCHED_BYTES } = options;
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`cannot be fetched from ${url}: ${reason}. ${remedyFor(url)}`);
  }
  if (!response.ok) {
    const status = `${response.status} ${response.statusText}`.trim();
    return failed(`the server answers "${status}": put the file at ${url}`);
  }
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    bytes = await readBody(response, options);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    return failed(`the connection to ${url} broke off: ${error.message}. Try again.`);
  }
  if (bytes) return { bytes, issues: [] };
  const most = Math.round(maxBytes / 1e6).toLocaleString('en-GB');
  return failed(`${url} has more than ${most} MB, too much for a browser: split it into several files`);
}

/** Fetches a file of JSON. `value` is undefined where there are issues. */
export async function fetchJson(
  url: string,
  options: FetchOptions = {},
): Promise<{ value: unknown; issues: Issue[] }> {
  const { bytes, issues } = await fetchFile(url, options);
  if (issues.length > 0) return { value: undefined, issues };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), issues };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { value: undefined, issues: fileIssue(`is not JSON: ${reason}`) };
  }
}
