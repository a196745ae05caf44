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
  /** how much of it is there, 0 to 1 */
  done = $state(0);

  /** @param baseUrl what a relative address starts from */
  constructor(private readonly baseUrl: string) {}

  /** the whole address; `undefined` for the data that came with the page */
  readonly url: string | undefined = $derived.by(() =>
    this.address === undefined ? undefined : new URL(this.address, this.baseUrl).href,
  );

  /** the host, where it is not the one of the page */
  get otherHost(): string | undefined {
    if (this.url === undefined) return undefined;
    const { host, origin } = new URL(this.url);
    return origin === new URL(this.baseUrl).origin ? undefined : host;
  }

  /** Takes over what the address bar says. Returns whether that is other data. */
  follow(address: string | undefined): boolean {
    const before = this.url;
    this.address = address;
    return this.url !== before;
  }
}
