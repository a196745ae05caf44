/** What all tabs are told when a work has changed. */
export interface JournalNews {
  key: string;
  /** who has changed it */
  tab: string;
}

export const NEWS_CHANNEL = 'sighting-map/journal';
