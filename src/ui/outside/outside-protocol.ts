import { AJAXError, type RequestParameters, addProtocol } from 'maplibre-gl';
import { ask } from '../../io/ask';

const PREFIX = 'outside+';

/** The address by which MapLibre asks for what is at another host. */
export function outsideUrl(url: string): string {
  return `${PREFIX}${url}`;
}

/** Asks for what MapLibre wants. Rejects as it does itself: with the address, and the status or 0. */
async function answer({ url, type, headers }: RequestParameters, { signal }: AbortController) {
  const address = url.slice(PREFIX.length);
  const response = await ask(address, { ...(headers ? { headers } : {}), signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new AJAXError(0, error instanceof Error ? error.message : String(error), address, new Blob());
  });
  if (!response.ok) throw new AJAXError(response.status, response.statusText, address, await response.blob());
  const etag = response.headers.get('ETag');
  return {
    data: (type === 'json' ? await response.json() : await response.arrayBuffer()) as object,
    cacheControl: response.headers.get('Cache-Control'),
    expires: response.headers.get('Expires'),
    ...(etag === null ? {} : { etag }),
  };
}

for (const scheme of ['http', 'https']) addProtocol(`${PREFIX}${scheme}`, answer);
