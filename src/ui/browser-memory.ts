/** What the browser keeps of the reader's choices is under these keys. */
const PREFIX = 'sighting-map/';

/** What was remembered under a key; `undefined` when there is nothing that can be read. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined; // no storage, or nothing that can be read in it: a default is as good a start
  }
}

/** The text that was remembered under a key, whether it can be read or not; `undefined` when there is none. */
export function recallText(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined; // no storage
  }
}

/** Keeps a value for the next visit. Returns why it could not, if it could not. */
export function remember(key: string, value: unknown): string | undefined {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the last words are left that were written in a work. */
export const lastWordsOf = (work: string) => `last-words/${work}/`;

/** Lets go of what was remembered under a key. */
export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // no storage: nothing was remembered
  }
}

/** All that was remembered under keys that begin so, but for what cannot be read. */
export function recallAll(start: string): { key: string; value: unknown }[] {
  let keys: string[];
  try {
    keys = Object.keys(localStorage);
  } catch {
    return []; // no storage
  }
  return keys
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length))
    .map((key) => ({ key, value: recall(key) }));
}

/** Tells when another tab of the browser remembers something under a key. Returns what ends that. */
export function followMemory(key: string, onchange: () => void): () => void {
  const onstorage = (event: StorageEvent) => {
    if (event.key === null || event.key === PREFIX + key) onchange(); // null: all was cleared
  };
  addEventListener('storage', onstorage);
  return () => removeEventListener('storage', onstorage);
}
