import { unzipWithin } from './archive';
import { checksumNotes, contextInArchive, sightingsIn } from './archive-companions';
import { readContract } from './contract-geojson';
import { holdsSightings, isOtherFeature } from './holds-sightings';
import { detectFormat, encodingOf } from './detect';
import { FileFault, SoftLimit, roughSize } from './file-fault';
import type { ForeignData, ImportResult, Incomplete, Progress } from './foreign';
import { FORMATS, type Format, type FormatName, type ReadOptions, isOpenable } from './formats';
import { gunzipWithin } from './gunzip';
import { isOfArchive } from './data-archive';
import { isGzip } from './gzip';
import type { MendOptions } from './mend-geometry';
import { documentFault, noTextFault } from './no-text';
import { partOf } from './pace';
import type { SetAsideItem } from './set-aside';
import type { NamedContext } from './system-names';
import { textBeforeFault } from './text-before';
import { isZip } from './zip-directory';

/** Larger files of other people's formats are read only when somebody says so: their parsers hold all of them at once. */
export const MAX_FOREIGN_BYTES = 50e6;

/** What is known about a file by the one who opens it. */
export interface OpenOptions extends ReadOptions, MendOptions {
  /** its format, when its content is not to tell */
  format?: FormatName;
  /** whether it is read even if it has more than {@link MAX_FOREIGN_BYTES} and is of other people's formats */
  acceptsLarge?: boolean;
}

/** A file, opened: sightings of the contract, or data of others that wait for a mapping. */
export type Opened =
  | {
      kind: 'sightings';
      format: FormatName;
      result: ImportResult;
      /** how it was read, and what is wrong with the file itself, in sentences */
      notes: readonly string[];
      /** what is not among the sightings, by its very bytes, where the file is GeoJSON */
      rejected?: readonly SetAsideItem[];
    }
  | { kind: 'foreign'; format: FormatName; data: ForeignData };

/** Shares of the work: unpacking a gzip file first. */
const UNPACKED = 0.3;

/**
 * Opens a file of any format of {@link FORMATS}, packed by gzip or not, told by its content first and then by its
 * name. Sightings of the contract are read at once, by the contract.
 * @param context what sightings may refer to
 * @param progress called every few milliseconds; what it throws, to cancel, comes out of here
 * @throws FileFault when nothing of the file can be used; the message says where and what to do; a SoftLimit when it is to
 * be asked for with `acceptsLarge`
 */
export async function openFile(
  bytes: Uint8Array,
  fileName: string,
  context: NamedContext,
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
  context: NamedContext,
  options: OpenOptions,
  progress: Progress,
): Promise<Opened> {
  const format = formatOf(bytes, fileName, options);
  if (format === 'zip') return await openArchive(bytes, fileName, context, options, progress);
  const isGeoJson = format === 'geojson' || format === 'geojsonLines';
  if (isGeoJson && options.mapsOthers !== true && holdsSightings(bytes))
    return { kind: 'sightings', format, ...readContract(bytes, context, progress, options) };
  const { label, read }: Format = FORMATS[format];
  if (read === undefined) throw new FileFault(`Files of the format ${label} cannot be opened.`);
  const isLarge = bytes.length > MAX_FOREIGN_BYTES;
  if (isLarge && options.acceptsLarge !== true) {
    throw new SoftLimit(
      `The file has ${roughSize(bytes.length)}. Files of the format ${label} are held in memory as a whole while they are read. With more than ${roughSize(MAX_FOREIGN_BYTES)} that can take long or fail: split it, or read it anyway.`,
    );
  }
  const found = await read(bytes, options, partOf(progress, 0, 0.8));
  refuseUnreadable(found);
  const largeNote = `It has ${roughSize(bytes.length)}, all of which were held in memory.`;
  const data = isLarge ? { ...found, notes: [...found.notes, largeNote] } : found;
  if (holdsWritten(data)) {
    const { readContractKml } = await import('./contract-kml');
    const result = readContractKml(data, context, partOf(progress, 0.8, 1), options);
    return { kind: 'sightings', format, result, notes: data.notes };
  }
  const { isFlatCsv } = await import('./flat-columns');
  if (!isFlatCsv(data.columns)) {
    const { joinAngles } = await import('./joined-angles');
    return { kind: 'foreign', format, data: joinAngles(data) };
  }
  const { readFlatCsv } = await import('./flat-csv-read');
  const result = readFlatCsv(data, context, partOf(progress, 0.8, 1), options);
  return { kind: 'sightings', format, result, notes: data.notes };
}

/** @throws FileFault for a file that is known and not read, and where it is surely not what somebody says it is */
function formatOf(bytes: Uint8Array, fileName: string, { format }: OpenOptions): FormatName {
  if (format === undefined) return detectFormat(bytes, fileName);
  const noText = noTextFault(bytes, encodingOf(bytes), fileName);
  const fault = noText ?? (format === 'geojson' ? textBeforeFault(bytes, '.geojson') : undefined);
  if (fault !== undefined) throw new FileFault(fault);
  if (isZip(bytes) && !['xlsx', 'kmz', 'zip'].includes(format)) {
    const { label } = FORMATS[format];
    throw new FileFault(
      `The file is a zip archive, and no ${label}: leave its format to be told by its content, or unpack it.`,
    );
  }
  return format;
}

/** How many of what is incomplete of a file of sightings is of something else. */
export function countOthers(format: FormatName, incomplete: readonly Incomplete[]): number {
  if (format !== 'geojson' && format !== 'geojsonLines') return 0; // what else has sightings was written by this map
  return incomplete.filter(({ feature }) => isOtherFeature(feature)).length;
}

/** Whether most of a file are sightings that this map wrote as KML. */
function holdsWritten({ features }: ForeignData): boolean {
  return features.filter(({ written }) => written !== undefined).length * 2 > features.length;
}

/** @throws FileFault for a file of which a reader could tell nothing but why */
function refuseUnreadable({ features, setAside }: ForeignData): void {
  const [only] = setAside;
  if (features.length > 0 || only?.place !== 'file') return;
  const reason = /^the(?:re)? /.test(only.reason) ? `T${only.reason.slice(1)}` : `The file ${only.reason}`;
  throw new FileFault(/[.!?]$/.test(reason) ? reason : `${reason}.`);
}

/**
 * Opens the sightings of an archive of ours, checked against its own systems and reference points, or the only file of
 * another one that can be opened.
 */
async function openArchive(
  bytes: Uint8Array,
  fileName: string,
  context: NamedContext,
  options: OpenOptions,
  progress: Progress,
): Promise<Opened> {
  const files = unzipWithin(bytes, {}, partOf(progress, 0, UNPACKED));
  const names = [...files.keys()];
  const ours = sightingsIn(names);
  const [name, ...further] = ours.length > 0 ? ours : names.filter((name) => isOpenable(name));
  const content = name === undefined ? undefined : files.get(name);
  if (name === undefined || content === undefined) {
    const reason = 'The archive has no file that can be opened: unpack it and look what it is.';
    throw new FileFault(documentFault(names, fileName) ?? reason);
  }
  if (further.length > 0) {
    const list = [name, ...further].slice(0, 5).map((one) => `“${one}”`);
    throw new FileFault(
      `The archive has several files that can be opened, ${list.join(', ')}: unpack it and open the one you need.`,
    );
  }
  const format = detectFormat(content, name);
  if (format === 'zip')
    throw new FileFault(`“${name}” in the archive is an archive itself: unpack it and open that.`);
  const own = ours.length > 0 ? contextInArchive(files, name, context) : { context, notes: [] };
  const opened = await openPlain(
    content,
    name,
    own.context,
    { ...options, format },
    partOf(progress, UNPACKED, 1),
  );
  const rest = names.length - 1;
  const others = ours.length > 0 || rest === 0 ? '' : `; its ${rest} other files were not read`;
  const beside = ours.length > 0 ? names.filter((one) => isOpenable(one) && !isOfArchive(one)) : [];
  const unread = beside.slice(0, 5).map((one) => `“${one}”`);
  const notes = [
    `It is “${name}” of the archive${others}.`,
    ...(beside.length > 0 ? [`Other data of the archive was not read: ${unread.join(', ')}.`] : []),
    ...(ours.length > 0 ? await checksumNotes(files, name) : []),
    ...own.notes,
  ];
  return opened.kind === 'sightings'
    ? { ...opened, notes: [...notes, ...opened.notes] }
    : { ...opened, data: { ...opened.data, notes: [...notes, ...opened.data.notes] } };
}
