/**
 * The one file of the app whose policy lets it ask other hosts. It has no page, keeps nothing, and sends neither
 * cookies nor passwords.
 */

export interface OutsideRequest {
  url: string;
  headers: [name: string, value: string][];
  cache: RequestCache;
}

/** What is sent for a request: first a head or a failure, then a part, the end or a failure for each `more`. */
export type OutsideAnswer =
  | { kind: 'head'; status: number; statusText: string; headers: [string, string][]; hasBody: boolean }
  | { kind: 'part'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'end' }
  | { kind: 'failed'; reason: string };

/** What can be said to a request that was made: go on with its body, or leave off. */
export type OutsideWord = 'more' | 'leave';

async function answer({ url, headers, cache }: OutsideRequest, port: MessagePort): Promise<void> {
  const tell = (message: OutsideAnswer, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const fail = (error: unknown) =>
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  const leaving = new AbortController();
  let body: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined;

  const tellMore = async () => {
    const bytes = (await body?.read())?.value;
    if (bytes) tell({ kind: 'part', bytes }, [bytes.buffer]);
    else tell({ kind: 'end' });
  };
  port.onmessage = ({ data }: MessageEvent<OutsideWord>) => {
    if (data === 'more') tellMore().catch(fail);
    else leaving.abort();
  };
  try {
    const response = await fetch(url, { headers, cache, credentials: 'omit', signal: leaving.signal });
    body = response.body?.getReader();
    const { status, statusText } = response;
    tell({ kind: 'head', status, statusText, headers: [...response.headers], hasBody: body !== undefined });
  } catch (error) {
    fail(error);
  }
}

addEventListener('message', ({ data, ports }: MessageEvent<OutsideRequest>) => {
  const [port] = ports;
  if (port) void answer(data, port);
});
