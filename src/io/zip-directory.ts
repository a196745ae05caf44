import { FileFault } from './file-fault';

/** A file of a zip archive, found but not yet unpacked. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated */
  method: 0 | 8;
  crc: number;
  packedSize: number;
  /** as declared */
  size: number;
  /** byte offset of its packed bytes */
  start: number;
}

/** Lengths and signatures of APPNOTE.TXT, the description of the format. */
const END = { signature: 0x06054b50, length: 22, maxComment: 0xffff };
const LOCATOR_64 = { signature: 0x07064b50, length: 20 };
const CENTRAL = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };

const ENCRYPTED = 1;
const UTF_8 = 1 << 11;

const BREAKS_OFF = 'The archive breaks off or is damaged: get a complete copy.';
const ZIP_64 =
  'The archive is a zip64 archive, which is not read: pack it anew as a plain zip, or unpack it and open the file you need.';

/** Whether a file begins as a zip archive does. */
export function isZip([p, k, three, four]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6));
}

function endOffset(view: DataView): number {
  const last = view.byteLength - END.length;
  for (let at = last; at >= 0 && at >= last - END.maxComment; at--) {
    const isEnd = view.getUint32(at, true) === END.signature;
    if (isEnd && at + END.length + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  throw new FileFault(BREAKS_OFF);
}

/** Where the packed bytes of an entry begin, which only its own header says. */
function dataStart(view: DataView, local: number): number {
  if (local + LOCAL.length > view.byteLength || view.getUint32(local, true) !== LOCAL.signature)
    throw new FileFault(BREAKS_OFF);
  return local + LOCAL.length + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
}

/** A file as the directory at the end lists it. */
interface Listed extends Omit<ZipEntry, 'start'> {
  /** byte offset of its own header */
  local: number;
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): Listed {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const nameBytes = bytes.subarray(at + CENTRAL.length, at + CENTRAL.length + view.getUint16(at + 28, true));
  const name = new TextDecoder((flags & UTF_8) === 0 ? 'latin1' : 'utf-8').decode(nameBytes);
  const local = view.getUint32(at + 42, true);
  if ([packedSize, size, local].includes(0xffffffff)) throw new FileFault(ZIP_64);
  if ((flags & ENCRYPTED) !== 0) {
    throw new FileFault(`“${name}” in the archive is locked with a password: unpack it and open the file.`);
  }
  if (method !== 0 && method !== 8) {
    throw new FileFault(
      `“${name}” in the archive is packed by method ${method}, which is not read: pack it anew as a plain zip.`,
    );
  }
  return { name, method, crc, packedSize, size, local };
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Where the directory begins, and how many files it lists, by the record at `end`. */
function readEnd(view: DataView, end: number): { count: number; start: number } {
  const locator = end - LOCATOR_64.length;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR_64.signature) throw new FileFault(ZIP_64);
  const [disk, firstDisk] = [view.getUint16(end + 4, true), view.getUint16(end + 6, true)];
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) throw new FileFault(ZIP_64);
  if (disk !== 0 || firstDisk !== 0)
    throw new FileFault('The archive is one of several parts: unpack it and open the file you need.');
  return { count, start };
}

/** @param directory its bytes, and no others */
function readListed(directory: Uint8Array, count: number): Listed[] {
  const view = viewOf(directory);
  const listed: Listed[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL.length > view.byteLength || view.getUint32(at, true) !== CENTRAL.signature)
      throw new FileFault(BREAKS_OFF);
    listed.push(readEntry(directory, view, at));
    at += CENTRAL.length;
    at += view.getUint16(at - 18, true) + view.getUint16(at - 16, true) + view.getUint16(at - 14, true);
    if (at > view.byteLength) throw new FileFault(BREAKS_OFF);
  }
  return listed;
}

/**
 * The files of a zip archive, as its directory lists them, in that order.
 * @throws FileFault when it is damaged, encrypted or zip64, or files lie over each other, as in some bombs
 */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const end = endOffset(view);
  const { count, start } = readEnd(view, end);
  const listed = readListed(bytes.subarray(start, end), count);
  const entries = listed.map(({ local, ...rest }) => ({ ...rest, start: dataStart(view, local) }));
  checkApart(entries, start);
  return entries;
}

/**
 * The same of an archive that is not held in memory: only its directory is.
 * @throws FileFault as {@link readDirectory}; what the browser says when it cannot read the file
 */
export async function readDirectoryOf(file: Blob): Promise<ZipEntry[]> {
  const bytesAt = async (from: number, to: number) =>
    new Uint8Array(await file.slice(from, to).arrayBuffer());
  const from = Math.max(0, file.size - END.length - END.maxComment - LOCATOR_64.length);
  const tail = viewOf(await bytesAt(from, file.size));
  const end = endOffset(tail);
  const { count, start } = readEnd(tail, end);
  const entries: ZipEntry[] = [];
  for (const { local, ...rest } of readListed(await bytesAt(start, from + end), count)) {
    const header = await bytesAt(local, local + LOCAL.length);
    entries.push({ ...rest, start: local + dataStart(viewOf(header), 0) });
  }
  checkApart(entries, start);
  return entries;
}

/**
 * Where the bytes of the first file of an archive begin, by its own header, and what it is called; `undefined` when no
 * archive begins so.
 */
export function firstFile(bytes: Uint8Array): { name: string; method: number; start: number } | undefined {
  const view = viewOf(bytes);
  if (view.byteLength < LOCAL.length || view.getUint32(0, true) !== LOCAL.signature) return undefined;
  const start = dataStart(view, 0);
  const name = new TextDecoder().decode(
    bytes.subarray(LOCAL.length, LOCAL.length + view.getUint16(26, true)),
  );
  return { name, method: view.getUint16(8, true), start };
}

/** Files that share bytes are how a small archive unpacks to a huge one. */
function checkApart(entries: readonly ZipEntry[], directory: number): void {
  const sorted = entries.toSorted((a, b) => a.start - b.start);
  for (const [i, { name, start, packedSize }] of sorted.entries()) {
    if (start + packedSize <= (sorted[i + 1]?.start ?? directory)) continue;
    throw new FileFault(
      `“${name}” in the archive lies over what follows it: the archive is damaged or a bomb. Get another copy.`,
    );
  }
}
