/** The folder of the browser's private file system in which works are kept. */
export const KEPT_FOLDER = 'sighting-map';
export const JOURNAL_FILE = 'journal';

/** The address of the data that comes with the app. */
export const BUILT_IN = 'built-in';

/**
 * Names the folder of a work: readable, and no two addresses share one.
 * @param address of the data that the page opens with; {@link BUILT_IN} for the data that comes with it
 */
export async function workKey(address: string): Promise<string> {
  if (address === BUILT_IN || !isSecureContext) return BUILT_IN; // plain http: nothing can be kept
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address)));
  const sum = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const words = address.toLowerCase().replace(/^https?:\/\//, '');
  return `${words.replace(/[^a-z0-9]+/g, '-').slice(0, 60)}-${sum}`;
}

/** Whether anything was ever kept in this browser, be it put aside. As cheap, and as careful, as {@link hasJournal}. */
export async function hasKeptFolder(): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(KEPT_FOLDER);
    return true;
  } catch (error) {
    return !(error instanceof Error && NOTHING_KEPT.includes(error.name));
  }
}

/** What a browser says when there is no such folder or file, and when it keeps none at all. */
const NOTHING_KEPT = ['NotFoundError', 'SecurityError', 'TypeError'];

/**
 * Whether anything was ever kept of a work in this browser. Cheap: who never edited need not load the rest. Also
 * `true` when that cannot be told, so that opening the work says why.
 */
export async function hasJournal(key: string): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle(KEPT_FOLDER)).getDirectoryHandle(key);
    return (await (await folder.getFileHandle(JOURNAL_FILE)).getFile()).size > 0;
  } catch (error) {
    return !(error instanceof Error && NOTHING_KEPT.includes(error.name));
  }
}
