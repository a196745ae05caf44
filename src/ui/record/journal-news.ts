/** What all tabs are told when a work has changed. */
export interface JournalNews {
  key: string;
  /** who has changed it */
  tab: string;
}

const NEWS_CHANNEL = 'sighting-map/journal';

/**
 * Where tabs tell each other; `undefined` where the browser does not let them. Then each meets what others did when it
 * reads or appends to the journal itself.
 */
export function newsChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NEWS_CHANNEL);
  } catch {
    return undefined; // there is none, or storage is forbidden
  }
}
