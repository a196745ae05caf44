/** A fetch of records that goes on, or has failed. */
export interface RecordFetch {
  /** what is done, in words */
  said: string;
  /** why it failed; '' while it goes on */
  failure: string;
  /** Does it once more. */
  again: () => void;
}

/** Fetches what was asked for last, and says how that stands. */
export class RecordFetcher {
  /** what is on its way, or did not come */
  current = $state.raw<RecordFetch>();
  #leaving: AbortController | undefined;

  /**
   * Fetches something in the place of what was asked for before. Never rejects.
   * @param said what is done, in words
   * @param load rejects with a sentence that names the file and the remedy
   * @param then takes it, unless something else was asked for in the meantime; what it throws is a failure too
   */
  async fetch<T>(
    said: string,
    load: (signal: AbortSignal) => Promise<T>,
    then: (loaded: T) => void,
  ): Promise<void> {
    this.cancel();
    const { signal } = (this.#leaving = new AbortController());
    const again = () => void this.fetch(said, load, then);
    this.current = { said, failure: '', again };
    try {
      const loaded = await load(signal);
      if (signal.aborted) return;
      then(loaded);
      if (!signal.aborted) this.current = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.current = { said, failure: error instanceof Error ? error.message : String(error), again };
    }
  }

  /** Lets go of what is on its way or did not come. */
  cancel(): void {
    this.#leaving?.abort();
    this.#leaving = undefined;
    this.current = undefined;
  }
}
