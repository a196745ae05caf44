import { combineTables } from '../domain/combine-tables';
import { type Issue } from '../domain/issue';
import { placeDoubtsOf } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
import type { SightingTable } from '../domain/table';
import { type ContractContext, isSighting } from '../domain/validate';
import { GIVEN_LAYER } from '../domain/given-layer';
import { writeCollection } from './collection-file';
import { joinBytes } from './join-bytes';
import { isOfPlace, memberNotes, mended, mendsSaid, reasonOf } from './contract-geojson';
import { crsFault } from './crs';
import { byIndex, rowIndices } from './feature-order';
import type { ImportOutcome, Incomplete, Mend, SetAside } from './foreign';
import { textOf } from './foreign-geojson';
import { withDigitsOf, withExactNumbers } from './long-numbers';
import { type ReadSightings, readSightings } from './geojson';
import type { RawFeature } from './geojson-layout';
import { ImportValidator } from './import-validator';
import { placedIssue } from './issue-place';
import { type LostTarget, type Measuring, lostReason, withoutTarget } from './lost-targets';
import { type Sought, pickFeatures } from './pick-features';
import { type SetAsideItem, idOf, ownBytesOf } from './set-aside';

/** Sightings of a file, and what became of all that it has. */
export interface ContractRead {
  table: SightingTable;
  /** members of the FeatureCollection that can stand in one of ours */
  collection: Readonly<Record<string, unknown>>;
  outcome: ImportOutcome;
  /** what is wrong with the file itself, in sentences */
  notes: readonly string[];
  /** whether the table is all that the file has, as the file has it */
  isWhole: boolean;
  /** what is incomplete or set aside, by its very bytes, in the order of the file as far as that is known */
  rejected: readonly SetAsideItem[];
}

/** Of more incomplete ones than this only the place and the reasons are kept: drafts are for what people can go through. */
const MOST_KEPT_FEATURES = 1000;

const placeOf = (index: number) => `feature ${index + 1}`;

function isError({ severity }: Issue): boolean {
  return severity === 'error';
}

function issuesByFeature(issues: readonly Issue[]): Map<number, Issue[]> {
  const byFeature = new Map<number, Issue[]>();
  for (const issue of issues) {
    const list = byFeature.get(issue.index ?? -1);
    if (list) list.push(issue);
    else byFeature.set(issue.index ?? -1, [issue]);
  }
  return byFeature;
}

/** Where the features are that have errors, in their order. */
function rejectedOf(byFeature: ReadonlyMap<number, readonly Issue[]>): Sought[] {
  const rejected: Sought[] = [];
  for (const [index, issues] of byFeature) {
    const { byte, line = 0 } = issues.find(isError) ?? {};
    if (index >= 0 && byte !== undefined) rejected.push({ index, byte, line });
  }
  return rejected.sort((a, b) => a.byte - b.byte);
}

/**
 * What stands in the file besides its first list of features: nobody has read it. It is not looked up in a file of this
 * size, but counted, so that it is asked for before it goes from the file.
 */
function unreadOf(ofFile: readonly Issue[]): SetAside[] {
  return ofFile
    .filter(({ message }) => /^(the file is not JSON|stands here twice)/.test(message))
    .map((issue) => ({ place: 'file', reason: noteOf(issue), text: '' }));
}

/** A sentence of what is wrong with the file itself. */
function noteOf({ path, message }: Issue): string {
  const text = path === '$' ? message : `${path} ${message}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** Why a feature is not accepted, each reason once. */
function reasonsOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.filter(isError).map((issue) => reasonOf(issue, placeOf)))];
}

/** Sorts what is not accepted as it stands: mended, incomplete, or set aside. */
class Rejected {
  readonly incomplete: (Incomplete & { index: number })[] = [];
  readonly setAside: SetAside[] = [];
  readonly items: SetAsideItem[] = [];
  readonly mended: Mend[] = [];
  readonly warnings: (ImportOutcome['warnings'][number] & { index: number })[] = [];
  /** the texts of what was mended, by their ids */
  readonly texts = new Map<string, string>();
  readonly #validator: ImportValidator;

  constructor(
    { systemIds, referencePointIds }: ContractContext,
    private readonly table: SightingTable,
  ) {
    const has = (id: string) =>
      referencePointIds?.has(id) === true || table.rowOf(id) !== undefined || this.texts.has(id);
    this.#validator = new ImportValidator({
      ...(systemIds === undefined ? {} : { systemIds }),
      ...(referencePointIds === undefined ? {} : { referencePointIds: { has } }),
    });
  }

  add(raw: RawFeature, issues: readonly Issue[]): void {
    const { index, place, bytes } = raw;
    if ('fault' in raw) {
      // The issues know more of what is no JSON, such as where it stands.
      const told = issues.filter(isError).map((issue) => placedIssue(issue).message);
      const reason = told.join('; ') || raw.fault;
      const own = ownBytesOf(bytes);
      this.setAside.push({ place, reason, text: textOf(own) });
      this.items.push({ place, reason, isIncomplete: false, id: null, bytes: own });
      return;
    }
    const mend = mended(raw.value, issues);
    if (mend !== undefined && mend.mends.length > 0) {
      const after = this.#validator.checkFeature(mend.value, index);
      const isFree = (id: string) => this.table.rowOf(id) === undefined && !this.texts.has(id);
      if (isSighting(mend.value, after) && isFree(mend.value.id)) {
        const { id } = mend.value;
        this.texts.set(id, withDigitsOf(new TextDecoder().decode(bytes), JSON.stringify(mend.value)));
        for (const what of mend.mends) this.mended.push({ place, id, what });
        for (const issue of after)
          if (issue.path !== '$.id')
            this.warnings.push({ place, id, message: reasonOf(issue, placeOf), index });
        return;
      }
      if (!after.some(isOfPlace)) {
        const left = reasonsOf(issues.filter((issue) => !isOfPlace(issue)));
        this.reject(mend.value, index, place, bytes, [...left, ...mendsSaid(mend.mends)]);
        return;
      }
    }
    this.reject(raw.value, index, place, bytes, reasonsOf(issues));
  }

  reject(value: unknown, index: number, place: string, bytes: Uint8Array, reasons: readonly string[]): void {
    const isIncomplete = isObject(value) && isObject(value['properties']);
    const reason = reasons.join('; ');
    this.items.push({ place, reason, isIncomplete, id: idOf(value), bytes });
    if (isIncomplete) {
      const isKept = this.incomplete.length < MOST_KEPT_FEATURES;
      const feature = isKept ? withExactNumbers(value, bytes) : null;
      this.incomplete.push({ place, feature, reasons, index });
    } else {
      this.setAside.push({ place, reason, text: textOf(bytes) });
    }
  }
}

/** Rows that measure to a sighting of the file that is not accepted itself, and to which; and so on, until all is sound. */
function rowsWithoutTarget(table: SightingTable, isKnown: (id: string) => boolean): Map<number, LostTarget> {
  const rows: Measuring[] = [];
  for (let row = 0; row < table.length; row++) {
    if ((table.columns.reportedDistances[row] ?? 0) === 0) continue;
    const { id, properties } = table.record(row);
    rows.push({ index: row, id, refersTo: (properties.reportedDistances ?? []).map(({ to }) => to) });
  }
  const measuring = new Set(rows.map(({ id }) => id));
  return withoutTarget(rows, (id) => isKnown(id) || (table.rowOf(id) !== undefined && !measuring.has(id)));
}

/**
 * Sorts what was read from a file of sightings as the contract wants it: what is good stays as it is; of the rest, what
 * can be mended without loss is, what has properties is incomplete, and what remains is set aside. Nothing is lost.
 * @param read the file, all its issues included
 * @param readAgain the bytes of the file once more, unpacked, to look up what has errors
 */
export async function sortContract(
  read: ReadSightings,
  readAgain: () => AsyncIterable<Uint8Array>,
  context: ContractContext,
): Promise<ContractRead> {
  const { table, collection } = read;
  const { crs, ...members } = collection;
  const otherSystem = crsFault(crs);
  const byFeature = issuesByFeature(read.issues);
  const ofFile = byFeature.get(-1) ?? [];
  const notes = ofFile.filter((issue) => isError(issue) && issue.path !== '$.crs').map(noteOf);
  if (otherSystem !== undefined) {
    // No coordinate of such a file can be used, not even in a draft.
    const setAside = [{ place: 'file', reason: otherSystem, text: JSON.stringify(crs) }];
    const outcome = { accepted: 0, mended: [], warnings: [], incomplete: [], setAside };
    return { table: combineTables([]), collection: members, outcome, notes, isWhole: false, rejected: [] };
  }
  notes.unshift(...memberNotes((name) => Object.hasOwn(collection, name)));
  const sorted = new Rejected(context, table);
  const rejected = rejectedOf(byFeature);
  if (rejected.length > 0) {
    for await (const raw of pickFeatures(readAgain(), rejected))
      sorted.add(raw, byFeature.get(raw.index) ?? []);
  }
  const { referencePointIds } = context;
  const isKnown = (id: string) => referencePointIds?.has(id) === true || sorted.texts.has(id);
  const refused =
    rejected.length > 0 && referencePointIds !== undefined
      ? rowsWithoutTarget(table, isKnown)
      : new Map<number, LostTarget>();
  const doubted = placeDoubtsOf(table);
  const indices = refused.size + doubted.length > 0 ? rowIndices(table.length, read.issues) : [];
  for (const [row, lost] of refused) {
    const record = table.record(row);
    sorted.reject(record, indices[row] ?? Infinity, `“${record.id}”`, table.recordBytes(row), [
      lostReason(lost),
    ]);
  }
  const unread = unreadOf(ofFile);
  const whole = tableOf(table, refused, sorted.texts, context);
  const warnings = read.issues.flatMap((issue) => {
    const { index, id, path } = issue;
    if (isError(issue) || path === '$.id' || index === null || id === null) return [];
    if (byFeature.get(index)?.some(isError)) return [];
    const place = `${placeOf(index)}${placedIssue(issue).place}`;
    return [{ place, id, message: reasonOf(issue, placeOf), index }];
  });
  const doubts = doubted
    .filter(({ index }) => !refused.has(index))
    .map((issue) => {
      const id = table.idOf(issue.index);
      const index = indices[issue.index] ?? Infinity;
      return { place: `“${id}”`, id, message: reasonOf(issue, placeOf), index };
    });
  return {
    table: whole,
    collection: members,
    outcome: {
      accepted: whole.length,
      mended: sorted.mended,
      warnings: byIndex([...warnings, ...doubts, ...sorted.warnings]).map(({ place, id, message }) => ({
        place,
        id,
        message,
      })),
      incomplete: byIndex(sorted.incomplete).map(({ place, feature, reasons }) => ({
        place,
        feature,
        reasons,
      })),
      setAside: [...sorted.setAside, ...unread],
    },
    notes,
    isWhole: rejected.length + unread.length === 0 && crs === undefined && read.rejected === 0,
    rejected: sorted.items,
  };
}

/** The good rows, and what was mended. */
function tableOf(
  table: SightingTable,
  refused: ReadonlyMap<number, LostTarget>,
  texts: ReadonlyMap<string, string>,
  { systemIds }: ContractContext,
): SightingTable {
  if (refused.size === 0 && texts.size === 0) return table;
  const rows = new Uint32Array(table.length - refused.size);
  for (let row = 0, at = 0; row < table.length; row++) if (!refused.has(row)) rows[at++] = row;
  const encoder = new TextEncoder();
  const features = [...texts].map(([id, text]) => ({ id, bytes: encoder.encode(text) }));
  const mends = readSightings(joinBytes(writeCollection({}, features)), systemIds ? { systemIds } : {});
  return combineTables([
    { table, rows, layer: GIVEN_LAYER },
    { table: mends.table, layer: GIVEN_LAYER },
  ]);
}

/**
 * What a file of sightings has that is none by the contract, by its very bytes, in the order of the file; nothing is
 * mended.
 * @param readAgain as of {@link sortContract}
 */
export async function rejectedFeatures(
  { issues }: Pick<ReadSightings, 'issues'>,
  readAgain: () => AsyncIterable<Uint8Array>,
): Promise<SetAsideItem[]> {
  const byFeature = issuesByFeature(issues);
  const items: SetAsideItem[] = [];
  for await (const raw of pickFeatures(readAgain(), rejectedOf(byFeature))) {
    const errors = (byFeature.get(raw.index) ?? []).filter(isError);
    const reason = [
      ...new Set(errors.map((issue) => reasonOf({ ...issue, ...placedIssue(issue) }, placeOf))),
    ].join('; ');
    const { place, bytes } = raw;
    if ('fault' in raw) {
      items.push({ place, reason, isIncomplete: false, id: null, bytes: ownBytesOf(bytes) });
      continue;
    }
    const isIncomplete = isObject(raw.value) && isObject(raw.value['properties']);
    items.push({ place, reason, isIncomplete, id: idOf(raw.value), bytes });
  }
  return items;
}
