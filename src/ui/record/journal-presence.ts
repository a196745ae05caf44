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

/**
 * A browser that says nothing for so long is done without, in milliseconds. What it says later still counts: what other
 * tabs keep, and disks that are asleep, may take that long.
 */
export const SILENT_MS = 9000;

/** Whether anything was ever kept in this browser, be it put aside. As cheap, and as careful, as {@link hasJournal}. */
export function hasKeptFolder(): Promise<boolean | undefined> {
  return whether(async () => !!(await keptFolder()));
}

/** What a browser says when there is no such folder or file, and when it keeps none at all. */
const NOTHING_KEPT = ['NotFoundError', 'SecurityError', 'TypeError'];

/**
 * Whether anything was ever kept of a work in this browser. Cheap: who never edited need not load the rest. Also
 * `true` when that cannot be told, so that opening the work says why; `undefined` when the browser says nothing for long.
 */
export function hasJournal(key: string): Promise<boolean | undefined> {
  return whether(async () => {
    const folder = await (await keptFolder()).getDirectoryHandle(key);
    return (await (await folder.getFileHandle(JOURNAL_FILE)).getFile()).size > 0;
  });
}

async function keptFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(KEPT_FOLDER);
}

async function whether(isKept: () => Promise<boolean>): Promise<boolean | undefined> {
  try {
    return await Promise.race([
      isKept(),
      new Promise<undefined>((resolve) => setTimeout(resolve, SILENT_MS)),
    ]);
  } catch (error) {
    return !(error instanceof Error && NOTHING_KEPT.includes(error.name));
  }
}
