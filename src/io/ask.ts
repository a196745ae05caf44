/** Asks for what is at an address, as `fetch` does. */
export type Ask = (url: string, init?: RequestInit) => Promise<Response>;

let way: Ask = (url, init) => fetch(url, init);

/** Has every address asked in another way than by `fetch`: a page has to ask other hosts by a way of their own. */
export function askBy(other: Ask): void {
  way = other;
}

/** Asks for what is at an address, be it beside the page or at another host. Rejects as `fetch` does. */
export function ask(url: string, init?: RequestInit): Promise<Response> {
  return way(url, init);
}
