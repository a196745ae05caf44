/// <reference types="wicg-file-system-access" />

/** Which files of the disk Files were read from, where the browser tells that: they can be saved there again. */
const origins = new WeakMap<File, FileSystemFileHandle>();

/** The file of the disk that a File was read from; `undefined` when the browser does not tell. */
export function originOf(file: File): FileSystemFileHandle | undefined {
  return origins.get(file);
}

async function fileAt(handle: FileSystemFileHandle): Promise<File> {
  const file = await handle.getFile();
  origins.set(file, handle);
  return file;
}

/** Whether the browser can let somebody choose files and tell which ones they are. */
export function canPickFiles(): boolean {
  return 'showOpenFilePicker' in window;
}

/** Lets somebody choose files; none when they change their mind. */
export async function pickFiles(): Promise<File[]> {
  try {
    return await Promise.all((await showOpenFilePicker({ multiple: true })).map(fileAt));
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return [];
    throw error;
  }
}

async function droppedFile(item: DataTransferItem, file: File): Promise<File> {
  try {
    const handle = await item.getAsFileSystemHandle();
    return handle instanceof FileSystemFileHandle ? await fileAt(handle) : file;
  } catch {
    return file; // it can be opened all the same, only not saved to the same place
  }
}

/** The files that are dropped. To be called while the drop is handled: its items are gone afterwards. */
export function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const dropped = [...transfer.items].flatMap((item) => {
    const file = item.getAsFile();
    if (!file) return [];
    return 'getAsFileSystemHandle' in item ? [droppedFile(item, file)] : [Promise.resolve(file)];
  });
  return Promise.all(dropped);
}
