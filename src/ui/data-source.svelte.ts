import type { PublishedState } from './published/published-state.svelte';

/** The title while the data has none. */
export const DEFAULT_TITLE = 'Reported sightings';

/** The title of a collection, if it has one. */
export function titleOf(collection: Readonly<Record<string, unknown>>): string {
  const { title } = collection;
  return typeof title === 'string' && title.trim() !== '' ? title : DEFAULT_TITLE;
}

/** Where the data comes from that the page opens with. */
export class DataSource {
  /** as the address bar has it; `undefined` for the data that came with the page */
  address = $state<string>();
  /** how much of it is there, 0 to 1; `undefined` while that cannot be told */
  done = $state<number>();
  /** whether it takes so long that people want to know how far it is */
  isSlow = $state(false);
  /** whether it is not there because somebody did not want to wait */
  isCancelled = $state(false);
  /** why a part of it only is shown, or nothing, since its bytes stopped coming; '' when it is all there */
  brokenOff = $state('');
  /** that the data is shown as it was last seen, and why; '' where it is as it is now */
  lastSeen = $state('');
  /** what is said of how it was read, and of the button that reads it anew; `file`: where it was one of others */
  reading = $state.raw<{ said: string; act: string; file?: File }>();
  /** grows each time that it is to be loaded again */
  attempt = $state(0);
  /** the sightings there that are published as tiles, which the page's table has few of */
  published = $state.raw<PublishedState>();

  #leave: (() => void) | undefined;

  /** @param baseUrl what a relative address starts from */
  constructor(private readonly baseUrl: string) {}

  /** the whole address; `undefined` for the data that came with the page */
  readonly url: string | undefined = $derived.by(() =>
    this.address === undefined ? undefined : new URL(this.address, this.baseUrl).href,
  );

  /** why nothing is to be done with what is there, '' where all of it is */
  get refusal(): string {
    return (
      this.brokenOff &&
      'Not all of the data is here: load it again before you add to it, change or export it.'
    );
  }

  /** the host, where it is not the one of the page */
  get otherHost(): string | undefined {
    if (this.url === undefined) return undefined;
    const { host, origin } = new URL(this.url);
    return origin === new URL(this.baseUrl).origin ? undefined : host;
  }

  /** Notes that it is being loaded; `leave` ends that. */
  begin(leave: () => void): void {
    this.done = undefined;
    this.isSlow = false;
    this.isCancelled = false;
    this.brokenOff = this.lastSeen = '';
    this.reading = undefined;
    this.#leave = leave;
  }

  /** Leaves off loading. */
  cancel(): void {
    this.isCancelled = true;
    this.#leave?.();
  }

  /** Loads it again. */
  loadAgain(): void {
    this.attempt++;
  }

  /** Takes over what the address bar says. Returns whether that is other data. */
  follow(address: string | undefined): boolean {
    const before = this.url;
    this.address = address;
    if (this.url === before) return false;
    this.published = undefined;
    return true;
  }

  /** Looks for a sighting that the page's table lacks. Returns what is to be said, '' while it is on its way. */
  seek(id: string): string {
    if (!this.published) return `There is no sighting “${id}” in this data.`;
    this.published.opening.openById(id);
    return '';
  }
}
