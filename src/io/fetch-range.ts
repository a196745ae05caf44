import { ask } from './ask';
import { remedyFor } from './unreachable';

/** How long a host may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 20_000;

/** A file that is read in parts, and how long it has to be. */
export interface RangedFile {
  url: string;
  bytes: number;
}

/** What is wrong with a file of a publication that does not belong to its tiles, and what to do. */
export function otherEdition(url: string): string {
  return `${url} is not the file that was published with these tiles, but one of another edition. Whoever publishes them has to put all files that one run of “sightings tiles” has written in the folder; reload the page then.`;
}

/**
 * Fetches the bytes of a file from `start` to before `end`.
 * @throws Error that says what is wrong, with the remedy: the host has no ranges, the file is another one, or there is
 * no answer; what `signal` is aborted with
 */
export async function fetchRange(
  { url, bytes: totalBytes }: RangedFile,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    const response = await ask(url, {
      headers: { Range: `bytes=${start}-${end - 1}` },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new Error(refusal(url, response));
    }
    const total = Number(response.headers.get('Content-Range')?.split('/')[1]);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isOther = Number.isFinite(total) ? total !== totalBytes : bytes.length !== end - start;
    if (isOther) throw new Error(otherEdition(url));
    if (bytes.length !== end - start) throw new Error(`${url}: the server’s answer breaks off. Try again.`);
    return bytes;
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted)
      throw new Error(`${url}: no answer within ${ANSWER_TIMEOUT_MS / 1000} seconds.`, { cause: error });
    if (error instanceof TypeError) {
      throw new Error(`${url} cannot be reached. ${remedyFor(url)}`, { cause: error });
    }
    throw error;
  }
}

function refusal(url: string, { status, statusText }: Response): string {
  if (status === 200) {
    return `The server of ${url} has no HTTP ranges, so that a part of the file cannot be read: publish it where there are.`;
  }
  if (status === 416) return otherEdition(url);
  return `${url}: the server answers "${`${status} ${statusText}`.trim()}": put all files of the publication in one folder.`;
}
