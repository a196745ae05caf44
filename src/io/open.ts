import type { ContractContext } from '../domain/validate';
import { unzipWithin } from './archive';
import { holdsSightings, readContract } from './contract-geojson';
import { detectFormat } from './detect';
import { FileFault, inMegabytes } from './file-fault';
import type { ForeignData, ImportResult, Progress } from './foreign';
import { FORMATS, type Format, type FormatName, type ReadOptions, formatOfName } from './formats';
import { gunzipWithin, isGzip } from './gunzip';
import { partOf } from './pace';

/** Larger files of other people's formats are not read: their parsers hold all of them at once. */
export const MAX_FOREIGN_BYTES = 50e6;

/** What is known about a file by the one who opens it. */
export interface OpenOptions extends ReadOptions {
  /** its format, when its content is not to tell */
  format?: FormatName;
}

/** A file, opened: sightings of the contract, or data of others that wait for a mapping. */
export type Opened =
  | {
      kind: 'sightings';
      format: FormatName;
      result: ImportResult;
      /** how it was read, and what is wrong with the file itself, in sentences */
      notes: readonly string[];
    }
  | { kind: 'foreign'; format: FormatName; data: ForeignData };

/** Shares of the work: unpacking a gzip file first. */
const UNPACKED = 0.3;

/**
 * Opens a file of any format of {@link FORMATS}, packed by gzip or not, told by its content first and then by its
 * name. Sightings of the contract are read at once, by the contract.
 * @param context what sightings may refer to
 * @param progress called every few milliseconds; what it throws, to cancel, comes out of here
 * @throws FileFault when nothing of the file can be used; the message says where and what to do
 */
export async function openFile(
  bytes: Uint8Array,
  fileName: string,
  context: ContractContext,
  options: OpenOptions = {},
  progress: Progress = () => undefined,
): Promise<Opened> {
  progress(0);
  if (!isGzip(bytes)) return await openPlain(bytes, fileName, context, options, progress);
  const plain = gunzipWithin(bytes, {}, partOf(progress, 0, UNPACKED));
  const name = fileName.replace(/\.gz$/i, '');
  return await openPlain(plain, name, context, options, partOf(progress, UNPACKED, 1));
}

async function openPlain(
  bytes: Uint8Array,
  fileName: string,
  context: ContractContext,
  options: OpenOptions,
  progress: Progress,
): Promise<Opened> {
  const format = options.format ?? detectFormat(bytes, fileName);
  if (format === 'zip') return await openArchive(bytes, context, options, progress);
  if ((format === 'geojson' || format === 'geojsonLines') && holdsSightings(bytes))
    return { kind: 'sightings', format, ...readContract(bytes, context, progress) };
  const { label, read }: Format = FORMATS[format];
  if (read === undefined) throw new FileFault(`Files of the format ${label} cannot be opened.`);
  if (bytes.length > MAX_FOREIGN_BYTES) {
    throw new FileFault(
      `The file has ${inMegabytes(bytes.length)}; of the format ${label} at most ${inMegabytes(MAX_FOREIGN_BYTES)} are read: split it.`,
    );
  }
  const data = await read(bytes, options, partOf(progress, 0, 0.8));
  refuseUnreadable(data);
  const { isFlatCsv } = await import('./flat-columns');
  if (!isFlatCsv(data.columns)) return { kind: 'foreign', format, data };
  const { readFlatCsv } = await import('./flat-csv-read');
  const result = readFlatCsv(data, context, partOf(progress, 0.8, 1));
  return { kind: 'sightings', format, result, notes: data.notes };
}

/** @throws FileFault for a file of which a reader could tell nothing but why */
function refuseUnreadable({ features, setAside }: ForeignData): void {
  const [only] = setAside;
  if (features.length > 0 || only?.place !== 'file') return;
  const reason = only.reason.startsWith('the ') ? `T${only.reason.slice(1)}` : `The file ${only.reason}`;
  throw new FileFault(/[.!?]$/.test(reason) ? reason : `${reason}.`);
}

function isOurs(name: string): boolean {
  return /(?:^|\/)sightings\.geojson$/.test(name);
}

/** Opens the sightings of an archive of ours, or the only file of another one that can be opened. */
async function openArchive(
  bytes: Uint8Array,
  context: ContractContext,
  { encoding, delimiter }: OpenOptions,
  progress: Progress,
): Promise<Opened> {
  const canOpen = (name: string) =>
    formatOfName(name) !== undefined && !/(?:^|\/)(?:\.|__MACOSX\/)/.test(name);
  const files = unzipWithin(bytes, {}, partOf(progress, 0, UNPACKED));
  const names = [...files.keys()];
  const ours = names.filter(isOurs);
  const [name, ...others] = ours.length > 0 ? ours : names.filter(canOpen);
  const content = name === undefined ? undefined : files.get(name);
  if (name === undefined || content === undefined)
    throw new FileFault('The archive has no file that can be opened: unpack it and look what it is.');
  if (others.length > 0) {
    const list = [name, ...others].slice(0, 5).map((one) => `“${one}”`);
    throw new FileFault(
      `The archive has several files that can be opened, ${list.join(', ')}: unpack it and open the one you need.`,
    );
  }
  const format = detectFormat(content, name);
  if (format === 'zip')
    throw new FileFault(`“${name}” in the archive is an archive itself: unpack it and open that.`);
  const told = {
    format,
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
  const opened = await openPlain(content, name, context, told, partOf(progress, UNPACKED, 1));
  const rest = names.length - 1;
  const note = `It is “${name}” of the archive${rest > 0 ? `; its ${rest} other files were not read` : ''}.`;
  return opened.kind === 'sightings'
    ? { ...opened, notes: [note, ...opened.notes] }
    : { ...opened, data: { ...opened.data, notes: [note, ...opened.data.notes] } };
}
