import { type Issue } from '../../src/domain/issue';
import {
  type ContractContext,
  SightingValidator,
  checkAmong,
  checkCollection,
} from '../../src/domain/validate';
import { MOST_OWN_POINTS } from '../../src/domain/reference-data';
import { applyMapping } from '../../src/io/apply-mapping';
import { joinBytes } from '../../src/io/join-bytes';
import { suggestMapping } from '../../src/io/column-guess';
import { sortContract } from '../../src/io/contract-stream';
import { exportChunks } from '../../src/io/export';
import { readSightingsStream } from '../../src/io/feature-stream';
import { FileFault } from '../../src/io/file-fault';
import type { ForeignData, ImportOutcome, ImportResult } from '../../src/io/foreign';
import { quickReaderOf } from '../../src/io/quick-reader';
import { type ReadSightings, readSightings } from '../../src/io/geojson';
import { layoutOf, readFeatures } from '../../src/io/geojson-layout';
import { mendGeometry } from '../../src/io/mend-geometry';
import { openFile } from '../../src/io/open';
import { readPointFile } from '../../src/io/point-file';
import { formatReferencePoints } from '../../src/io/reference-points';
import { Chance } from './chance';
import type { Seedling } from './corpus';
import { claim, claimClear, claimRemedy } from './claims';

/** What a file came to: something of it was used, or nothing. */
export type TrialEnd = 'accepted' | 'refused';

/** A text of so many characters that ends with an ellipsis was cut: no file of the corpus has such an end. */
const LONG_TEXT = 1000;

/** More rows than this are not exported: it is the same for each. */
const MOST_EXPORTED = 50;

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  const chance = new Chance(bytes.length);
  for (let at = 0; at < bytes.length;) {
    const next = at + chance.length(Math.max(64, bytes.length / 4));
    yield bytes.subarray(at, next);
    at = next;
  }
}

async function* arriving(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* pieces(bytes);
}

function checkIssues(issues: readonly Issue[]): void {
  for (const { path, message } of issues) {
    claimClear('issue', message);
    claim(path.startsWith('$'), `an issue has the path ${path}`);
  }
}

/** Checks the words of what became of a file, and how many there are. */
function checkOutcome({ mended, warnings, incomplete, setAside }: ImportOutcome): void {
  for (const { what } of mended) claimClear('mend', what);
  for (const { message } of warnings) claimClear('warning', message);
  for (const { reasons } of incomplete) {
    claim(reasons.length > 0, 'something is incomplete without a reason');
    for (const reason of reasons) claimClear('reason', reason);
  }
  checkAside(setAside);
}

function checkAside(setAside: ForeignData['setAside']): void {
  for (const { reason, text, place } of setAside) {
    claimClear('reason', reason);
    claim(place !== '', 'something is set aside without its place');
    const isCut = text.length >= LONG_TEXT && text.endsWith('…');
    claim(!isCut, `a text is cut after ${text.length} characters, which was set aside`);
  }
}

async function checkTable({ table, collection }: Pick<ReadSightings, 'table' | 'collection'>): Promise<void> {
  if (table.length > MOST_EXPORTED) return;
  for (let row = 0; row < table.length; row++)
    claim(table.record(row).id === table.idOf(row), 'a row has the id of another');
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  for (const format of ['geojson', 'csv', 'kml', 'simplestyle'] as const) {
    const bytes = joinBytes(await exportChunks(format, { table, rows, collection, systems: [] }));
    if (format !== 'geojson') continue;
    const again = readSightings(bytes, {});
    claim(
      again.accepted === table.length,
      `of ${table.length} sightings ${again.accepted} can be read again`,
    );
  }
}

/** Reads a file of sightings at once and as it arrives: both are the same, and nothing is lost. */
async function trySightings(bytes: Uint8Array, context: ContractContext): Promise<void> {
  const whole = readSightings(bytes, context);
  checkIssues(whole.issues);
  const bad = new Set(
    whole.issues.flatMap(({ index, severity }) => (severity === 'error' && index !== null ? [index] : [])),
  );
  claim(bad.size === whole.rejected, `${whole.rejected} are rejected, and ${bad.size} have errors`);
  claim(whole.accepted === whole.table.length, 'the table has not what was accepted');
  const streamed = await readSightingsStream(pieces(bytes), context, { readerOf: quickReaderOf }).catch(
    (error: unknown) => {
      if (error instanceof FileFault) return undefined; // a packed file, which the other does not unpack
      throw error;
    },
  );
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (streamed === undefined || isPacked) return;
  claim(
    streamed.accepted === whole.accepted && streamed.rejected === whole.rejected,
    `${whole.accepted} + ${whole.rejected} at once, ${streamed.accepted} + ${streamed.rejected} as they arrive`,
  );
  claim(streamed.issues.length === whole.issues.length, 'there are other issues as it arrives');
  await checkTable(whole);
  const sorted = await sortContract(whole, () => arriving(bytes), context);
  checkOutcome(sorted.outcome);
  if (sorted.outcome.setAside.some(({ place }) => place === 'file')) return; // of another system
  const { accepted, incomplete, setAside } = sorted.outcome;
  const kept = accepted + incomplete.length + setAside.length;
  claim(
    kept === whole.accepted + whole.rejected,
    `${whole.accepted + whole.rejected} were there, ${kept} are kept`,
  );
}

function countFeatures(bytes: Uint8Array): number {
  let count = 0;
  for (const raw of readFeatures(bytes, layoutOf(bytes))) if (raw.index >= 0) count++;
  return count;
}

/** What an import made can be read, by the contract. */
async function checkImport(result: ImportResult, context: ContractContext): Promise<void> {
  checkOutcome(result);
  const read = readSightings(result.bytes, context);
  claim(
    read.accepted === result.accepted && read.rejected === 0,
    `${result.accepted} are accepted, ${read.accepted} of them can be read again`,
  );
  await checkTable(read);
}

async function tryOpening({ name, bytes }: Seedling, context: ContractContext): Promise<TrialEnd> {
  let opened;
  try {
    opened = await openFile(bytes, name, context);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    claimRemedy(error.message);
    return 'refused';
  }
  if (opened.kind === 'sightings') {
    const { format, result, notes } = opened;
    for (const note of notes) claimClear('note', note);
    await checkImport(result, context);
    const isPlain = (format === 'geojson' || format === 'geojsonLines') && !/\.(?:gz|zip)$/.test(name);
    const kept = result.accepted + result.incomplete.length + result.setAside.length;
    if (isPlain) claim(kept === countFeatures(bytes), `${countFeatures(bytes)} were there, ${kept} are kept`);
    return result.accepted > 0 ? 'accepted' : 'refused';
  }
  const { data } = opened;
  for (const note of data.notes) claimClear('note', note);
  checkAside(data.setAside);
  const result = applyMapping(data, suggestMapping(data), context, new Set());
  await checkImport(result, context);
  const [were, are] = [
    data.features.length + data.setAside.length,
    result.accepted + result.incomplete.length + result.setAside.length,
  ];
  claim(were === are, `${were} were there, ${are} are kept`);
  return data.features.length > 0 ? 'accepted' : 'refused';
}

/** Checks a value as if it were a feature, a collection, a geometry. */
function tryValidator(bytes: Uint8Array, context: ContractContext): TrialEnd {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return 'refused'; // the validator is given values, and this is none
  }
  const validator = new SightingValidator(context);
  const issues = [...validator.checkFeature(value, 0), ...validator.finish()];
  checkIssues(issues);
  checkIssues(checkCollection(value));
  checkIssues(checkAmong(value, { systemIds: [], isPoint: () => false, isOther: (id) => id.length % 2 > 0 }));
  const geometry =
    typeof value === 'object' && value !== null && 'geometry' in value ? value.geometry : value;
  for (const swapAxes of [false, true]) {
    const { mends, fault } = mendGeometry(geometry, { swapAxes });
    for (const what of fault === undefined ? mends : [...mends, fault]) claimClear('mend', what);
  }
  return issues.some(({ severity }) => severity === 'error') ? 'refused' : 'accepted';
}

/** Reads a file of reference points: nothing of it is lost, and what is taken can be written and read again. */
async function tryPoints(bytes: Uint8Array): Promise<TrialEnd> {
  const read = async (content: BlobPart) => await readPointFile(new Blob([content]), [], MOST_OWN_POINTS);
  let file;
  try {
    file = await read(bytes.slice());
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    claimRemedy(error.message);
    return 'refused';
  }
  const { points, known, leftOut, setAside, notes } = file;
  for (const note of notes) claimClear('note', note);
  for (const { place, reason } of setAside) {
    claimClear('reason', reason);
    claim(place !== '', 'something is set aside without its place');
  }
  const [were, are] = [countFeatures(bytes), points.length + known + leftOut];
  claim(were === are, `${were} were there, ${are} are kept`);
  const again = await read(formatReferencePoints(points));
  claim(
    again.points.length === points.length && again.leftOut === 0,
    `of ${points.length} points ${again.points.length} can be read again`,
  );
  return points.length > 0 ? 'accepted' : 'refused';
}

/**
 * Does with a file all that the app does with it before anybody sees it.
 * @throws whatever is not to be: an error that is no word about the file, or a broken promise
 */
export async function tryFile(file: Seedling, context: ContractContext): Promise<TrialEnd> {
  if (file.format === 'points') return await tryPoints(file.bytes);
  if (file.format === 'validator') return tryValidator(file.bytes, context);
  const isOfFeatures = file.format === 'sightings' || file.format === 'ndjson' || file.format === 'gzip';
  if (isOfFeatures) await trySightings(file.bytes, context);
  return await tryOpening(file, context);
}
