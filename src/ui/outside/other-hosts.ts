import type { RequestParameters } from 'maplibre-gl';
import { askBy } from '../../io/ask';

/** Whether an address is one of the web, and not of the host that the page is from. */
function isOutside(url: string): boolean {
  return /^https?:/i.test(url) && new URL(url).origin !== location.origin;
}

/**
 * Lets this page, or this worker, ask other hosts. Its policy lets it ask its own alone, so that they are asked by a
 * worker that can do nothing else; it starts with the first address that somebody chose.
 */
export function openToOtherHosts(): void {
  askBy(async (url, init) => {
    if (!isOutside(url)) return fetch(url, init);
    const { askOutside } = await import('./ask-outside');
    return askOutside(url, init);
  });
}

/** Sends MapLibre's requests to other hosts that way too, such as those of a style that a reader chose. */
export function byOtherHosts(url: string): RequestParameters | Promise<RequestParameters> {
  if (!isOutside(url)) return { url };
  return import('./outside-protocol').then(({ outsideUrl }) => ({ url: outsideUrl(url) }));
}
