import type { FilePlace, Issue } from '../domain/issue';
import { placeDoubtsOf } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
import type { SightingTable } from '../domain/table';
import { encodingOf } from '../io/detect';
import { rowIndices } from '../io/feature-order';
import { type FormatName, formatOfName } from '../io/formats';
import { readSightings } from '../io/geojson';
import { holdsOthers, holdsSightings } from '../io/holds-sightings';
import { LineCount } from '../io/line-count';
import { noTextFault } from '../io/no-text';
import { textBeforeFault } from '../io/text-before';
import { isZip } from '../io/zip-directory';
import { contextBeside } from './companions';
import { SYSTEMS_FILE } from '../io/data-archive';
import { REFERENCE_POINTS_FILE } from '../io/reference-points';
import { CommandFault, EXIT } from './exit-status';
import { messageOf } from './fault-text';
import { hasErrors } from './issue-lines';
import { type FileIssue, inFileOrder, partsOfPlace } from '../io/file-issue';
import { STANDARD, readBytes } from './files';
import { swapNoteOfSightings } from './swap-note';
import { type Pair, pairsOfImport, pairsOfTable } from '../io/swapped-places';
import type { NamedContext } from '../io/system-names';
import type { InputOptions } from './input-options';
import type { ReadFile } from './option-use';
import type { Input } from './read-input';
import { twiceIssues, watchedReading } from './twice-issues';

export interface FileReport {
  file: string;
  accepted: number;
  rejected: number;
  issues: FileIssue[];
  /** how the file was read, and warnings about it as a whole, in sentences */
  notes: readonly string[];
}

export interface CheckedFile {
  report: FileReport;
  /** how it was read; left out when it cannot be read */
  read?: ReadFile;
  /** left out when the file cannot be read */
  table?: SightingTable;
  /** foreign members of its FeatureCollection */
  collection?: Readonly<Record<string, unknown>>;
  /** how many of the rejected can be mended as the file is converted; left out where that is not known */
  mendable?: number;
  exit: number;
}

function unreadable(file: string, error: unknown): CheckedFile {
  const message = `cannot be read: ${messageOf(error)}`;
  const issue: FileIssue = { index: null, id: null, path: '$', message, severity: 'error' };
  return { report: { file, accepted: 0, rejected: 0, issues: [issue], notes: [] }, exit: EXIT.unreadable };
}

/** Where a reason of an import says that it lies, and the rest of it. */
function pathOf(reason: string): { path: string; message: string } {
  const [, path = '$', message = reason] =
    /^(\$(?:[\w.]|\[(?:\d+|"(?:[^"\\]|\\.)*")\])*): (.*)$/s.exec(reason) ?? [];
  return { path, message };
}

/** What an import came to, as issues, in the order of the file. */
function issuesOf({ result }: Input): FileIssue[] {
  const { mended, warnings, incomplete, setAside } = result;
  const issue = (severity: Issue['severity'], id: unknown, place: string, reason: string): FileIssue => {
    const { index, ...parts } = partsOfPlace(place);
    const known = typeof id === 'string' && id !== '' ? id : null;
    return { index, id: known, ...pathOf(reason), severity, ...parts };
  };
  const ofMend = (id: string, place: string, what: string): FileIssue => {
    const mend = issue('warning', id, place, what.startsWith('$') ? what : `$: ${what}`);
    return { ...mend, message: `is mended as it is read: ${mend.message}` };
  };
  return inFileOrder([
    ...mended.map(({ id, place, what }) => ofMend(id, place, what)),
    ...warnings.map(({ id, place, message }) => issue('warning', id, place, message)),
    ...incomplete.flatMap(({ place, feature, reasons }) => {
      const id = isObject(feature) ? feature['id'] : undefined;
      return reasons.map((reason) => issue('error', id, place, reason));
    }),
    ...setAside.map(({ place, reason }) => issue('error', undefined, place, `$: ${reason}`)),
  ]);
}

async function checkOther(
  file: string,
  bytes: Uint8Array,
  context: NamedContext,
  options: InputOptions,
): Promise<CheckedFile> {
  const { readInput } = await import('./read-input'); // with the parsers of all formats
  const input = await readInput(file, bytes, context, { ...options, isChecked: true });
  const { format, result, notes, mapping } = input;
  const issues = issuesOf(input);
  const { table, collection } = readSightings(result.bytes, {}); // they were checked
  const rejected = result.incomplete.length + result.setAside.length;
  const report = { file, accepted: result.accepted, rejected, issues, notes };
  const exit = hasErrors(issues) ? EXIT.issues : EXIT.valid;
  return { report, read: { file, format, isForeign: mapping !== undefined }, table, collection, exit };
}

/** Whether bytes begin as GeoJSON does, after a mark of UTF-8 and spaces. */
function startsAsObject(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*\{/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 1024)));
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20);
}

/** Whether bytes are no UTF-8 text by their beginning. */
function isNoText(bytes: Uint8Array): boolean {
  const encoding = encodingOf(bytes);
  return encoding !== 'utf-8' || isZip(bytes) || noTextFault(bytes, encoding, '') !== undefined;
}

/** A file with errors is read once more for a guess and for what can be mended, unless that takes long. */
const MOST_READ_TWICE = 50e6;

const FOREIGN_NOTE =
  'Its features are none of sightings: --map FIELD=COLUMN and --set FIELD=VALUE say what their properties mean.';

/** Whether a file is read by the parsers of all formats, rather than as the GeoJSON of the contract that it should be. */
function isOther(file: string, bytes: Uint8Array, { format, mapping }: InputOptions): boolean {
  const expected: FormatName | undefined = format ?? formatOfName(file);
  if (/\.gz$/i.test(file) || (expected !== undefined && expected !== 'geojson')) return true;
  // Where it is said what to do.
  if (isNoText(bytes) || isBlank(bytes) || textBeforeFault(bytes, file) !== undefined) return true;
  // Standard input has no name: its first bytes tell.
  if (expected === undefined && file === STANDARD && !startsAsObject(bytes)) return true;
  if (mapping !== undefined && (mapping.swapAxes || mapping.exchanged.size > 0)) return true;
  return mapping?.isGiven === true && (!holdsSightings(bytes) || holdsOthers(bytes));
}

function withIssues(issues: readonly FileIssue[], checked: CheckedFile): CheckedFile {
  if (issues.length === 0) return checked;
  const { report, exit } = checked;
  const all = { ...report, issues: [...issues, ...report.issues] };
  return { ...checked, report: all, exit: Math.max(exit, EXIT.issues) };
}

/**
 * Where the sightings of a file lie; of those that have errors, too, as they may be off the Earth, and how many of these
 * can be mended.
 */
async function readAgain(
  table: SightingTable,
  rejected: number,
  bytes: Uint8Array,
  context: NamedContext,
): Promise<{ pairs: Iterable<Pair>; mendable?: number }> {
  if (rejected === 0 || bytes.length > MOST_READ_TWICE) return { pairs: pairsOfTable(table) };
  const { readContract } = await import('../io/contract-geojson');
  const { result } = readContract(bytes, context, () => undefined);
  return { pairs: pairsOfImport(result), mendable: new Set(result.mended.map(({ place }) => place)).size };
}

/** Where the records of rows begin in a file, as far as the table has its bytes in one piece; of rows that do not go back. */
function placesIn(bytes: Uint8Array, { files, columns }: SightingTable): (row: number) => Partial<FilePlace> {
  if (files.length !== 1 || files[0]?.length !== bytes.length) return () => ({});
  const lines = new LineCount();
  return (row) => {
    const byte = columns.recordStart[row] ?? 0;
    return { byte, line: lines.at(bytes, byte) };
  };
}

/** The issues of a file of the contract with the warnings about the places of what is accepted, in the order of the file. */
function withPlaceDoubts(issues: FileIssue[], table: SightingTable, bytes: Uint8Array): FileIssue[] {
  const ofRows = placeDoubtsOf(table);
  if (ofRows.length === 0) return issues;
  const indices = rowIndices(table.length, issues);
  const placeOf = placesIn(bytes, table);
  const doubts = ofRows.map((issue) => ({
    ...issue,
    index: indices[issue.index] ?? null,
    ...placeOf(issue.index),
  }));
  const at = ({ index }: Issue) => index ?? Number.MAX_SAFE_INTEGER;
  return [...issues, ...doubts].sort((a, b) => at(a) - at(b));
}

/** What a file was not checked against, since that is faulty itself: nobody knows then whether the file is valid. */
function unchecked({ systemIds, referencePointIds }: NamedContext): FileIssue[] {
  const faulty = [
    ...(systemIds === undefined ? [SYSTEMS_FILE] : []),
    ...(referencePointIds === undefined ? [REFERENCE_POINTS_FILE] : []),
  ];
  return faulty.map((name) => ({
    index: null,
    id: null,
    path: '$',
    message: `is not checked against ${name} beside it, which has errors: mend these first`,
    severity: 'error',
  }));
}

/**
 * Reads a file of sightings of any format that its name tells; one that it does not tell is GeoJSON.
 * @param known what the sightings may refer to, when that was read already
 * @param options how it is read; what is not said of the columns of other people's tables, they mean as they seem to
 * @throws CommandFault for what is said of it and cannot be
 */
export async function checkFile(
  file: string,
  known?: NamedContext,
  options: InputOptions = {},
): Promise<CheckedFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(file);
  } catch (error) {
    return unreadable(file, error);
  }
  const context = known ?? (await contextBeside(file));
  const before = known === undefined ? unchecked(context) : [];
  if (isOther(file, bytes, options)) {
    try {
      return withIssues(before, await checkOther(file, bytes, context, options));
    } catch (error) {
      if (error instanceof CommandFault) throw error; // no fault of the file
      return unreadable(file, error);
    }
  }
  const { reading, hasOthers } = watchedReading();
  const found = readSightings(bytes, context, reading);
  const { table, accepted, rejected, collection } = found;
  const twice = hasOthers() ? twiceIssues(bytes) : [];
  const inOrder = twice.length > 0 ? inFileOrder([...found.issues, ...twice]) : found.issues;
  const issues = withPlaceDoubts(inOrder, table, bytes);
  const exit = hasErrors(issues) ? EXIT.issues : EXIT.valid;
  const read: ReadFile = { file, format: 'geojson', isForeign: false };
  const isForeign = accepted === 0 && rejected > 0 && !holdsSightings(bytes);
  const { pairs, mendable } = await readAgain(table, rejected, bytes, context);
  const swapped = await swapNoteOfSightings(file, pairs);
  const notes = [
    ...(isForeign ? [FOREIGN_NOTE] : []),
    ...(swapped === undefined ? [] : [`warning: ${swapped}`]),
  ];
  const report = { file, accepted, rejected, issues, notes };
  return withIssues(before, {
    report,
    read,
    table,
    collection,
    exit,
    ...(mendable === undefined ? {} : { mendable }),
  });
}
