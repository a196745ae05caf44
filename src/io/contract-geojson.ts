import { type Issue, IssueList } from '../domain/issue';
import { isObject } from '../domain/rules';
import { type ContractContext, isSighting } from '../domain/validate';
import { joinBytes } from './join-bytes';
import { crsFault } from './crs';
import type { ImportResult, Incomplete, Mend, Progress, SetAside } from './foreign';
import { textOf } from './foreign-geojson';
import { layoutOf, readFeatures } from './geojson-layout';
import { ImportValidator } from './import-validator';
import { type MendOptions, featureWithAxesSwapped, isSwappedOf, mendGeometry } from './mend-geometry';
import { withDigitsOf, withExactNumbers } from './long-numbers';
import { paced } from './pace';
import { PlacesInDoubt } from './places-in-doubt';
import { lostReason, withoutTarget } from './lost-targets';
import { STANDS_TWICE, membersTwice } from './twice-members';
import { type SetAsideItem, idOf, ownBytesOf } from './set-aside';

/** A feature that has no error of its own. */
interface Accepted {
  id: string;
  index: number;
  bytes: Uint8Array;
  /** as the file has them */
  own: Uint8Array;
  mends: readonly string[];
  /** ids of what it measures to */
  refersTo: readonly string[];
}

/** The text of a mended feature, with the digits that its own text has. */
function encodedAs(value: unknown, own: Uint8Array): Uint8Array {
  return encoder.encode(withDigitsOf(new TextDecoder().decode(own), JSON.stringify(value)));
}

/** An issue as it stands among the reasons of a draft: `$.properties.eventDate: is missing and required`. */
export function reasonOf({ path, message }: Issue, placeOf: (index: number) => string): string {
  const told = message.replace(/ is the id of feature (\d+) already/, (_, number: string) => {
    return ` is the id of ${placeOf(Number(number) - 1)} already`;
  });
  return path === '$' ? told : `${path}: ${told}`;
}

const MEMBER_NOTES = {
  crs: 'Its “crs” names WGS 84.',
  bbox: 'Its “bbox” is left out of what is saved, which may reach elsewhere.',
};

/** What is said of members of a collection that it is not written with. */
export function memberNotes(has: (name: string) => boolean): string[] {
  return Object.entries(MEMBER_NOTES).flatMap(([name, note]) => (has(name) ? [note] : []));
}

const encoder = new TextEncoder();

/** Whether an issue is an error of the place. */
export function isOfPlace({ severity, path }: Issue): boolean {
  return severity === 'error' && (path.startsWith('$.geometry') || path === '$.crs');
}

/** Whether a point has a longitude that no data of the contract has: as likely a slip of the hand as a way to count. */
function isBeyondAntimeridian(geometry: unknown): boolean {
  if (!isObject(geometry) || geometry['type'] !== 'Point' || !Array.isArray(geometry['coordinates']))
    return false;
  return Math.abs(Number(geometry['coordinates'][0])) > 180;
}

/**
 * The feature with a geometry that the contract can have, whatever else is wrong with it; `undefined` where its geometry
 * is no place of a sighting, or nothing of it is at fault.
 */
export function mended(
  value: unknown,
  issues: readonly Issue[],
): { value: unknown; mends: string[] } | undefined {
  if (!issues.some(isOfPlace) || !isObject(value)) return undefined;
  if (crsFault(value['crs']) !== undefined) return undefined;
  if (isBeyondAntimeridian(value['geometry'])) return undefined;
  const { geometry, mends, fault } = mendGeometry(value['geometry']);
  if (fault !== undefined) return undefined;
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'crs'));
  if (Object.hasOwn(value, 'crs')) mends.push('the member “crs”, which names WGS 84, was left out');
  return { value: { ...rest, ...(geometry === undefined ? {} : { geometry }) }, mends };
}

/** What was mended of an incomplete feature, among the reasons of its draft. */
export function mendsSaid(mends: readonly string[]): string[] {
  return mends.map((mend) => `mended: ${mend}`);
}

/** Warnings of the members that stand twice in a feature. */
function twiceIn(own: Uint8Array, index: number): Issue[] {
  const report = new IssueList(index, null);
  for (const path of membersTwice(new TextDecoder().decode(own))) report.warn(path, STANDS_TWICE);
  return report.issues;
}

/** Reasons, by index, why features without an error of their own cannot be accepted beside the others. */
function refusals(
  accepted: readonly Accepted[],
  issues: readonly Issue[],
  { referencePointIds }: ContractContext,
  placeOf: (index: number) => string,
): Map<number, string[]> {
  const refuse = new Map<number, string[]>();
  const add = (index: number, reason: string) => refuse.set(index, [...(refuse.get(index) ?? []), reason]);
  for (const issue of issues) add(issue.index ?? -1, reasonOf(issue, placeOf));
  if (referencePointIds === undefined) return refuse;
  // What measures to one that is not accepted would measure to nothing; and so on, until all that is left is sound.
  const isKnown = (to: string) => referencePointIds.has(to);
  const left = accepted.filter(({ index }) => !refuse.has(index));
  for (const [index, lost] of withoutTarget(left, isKnown)) add(index, lostReason(lost));
  return refuse;
}

/** The text before the features of a collection that has the members of another; its extent may be another now. */
function headOf(members: ReadonlyMap<string, unknown>): string {
  const kept = [...members].filter(([key]) => key !== 'crs' && key !== 'bbox');
  const texts = kept.map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{"type":"FeatureCollection"${texts.join('')},"features":[`;
}

/** A file of features, each by its very bytes, sorted by id. */
function fileOf(
  accepted: readonly Accepted[],
  members: ReadonlyMap<string, unknown>,
): Uint8Array<ArrayBuffer> {
  const sorted = accepted.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const between = encoder.encode(',\n');
  const chunks = sorted.flatMap(({ bytes }, i) => (i === 0 ? [bytes] : [between, bytes]));
  const end = encoder.encode(sorted.length > 0 ? '\n]}\n' : ']}\n');
  const head = encoder.encode(`${headOf(members)}\n`);
  return joinBytes([head, ...chunks, end]);
}

/**
 * Reads a file of sightings, feature by feature, whatever surrounds them. A feature without an error is accepted with
 * its very bytes; one whose geometry alone is at fault is mended when that can be done without loss; any other object
 * with properties is incomplete; the rest is set aside. `notes` say what is wrong with the file itself, `rejected` has
 * what is incomplete or set aside by its very bytes, in the order of the file.
 */
export function readContract(
  bytes: Uint8Array,
  context: ContractContext,
  progress: Progress,
  options: MendOptions = {},
): { result: ImportResult; notes: readonly string[]; rejected: readonly SetAsideItem[] } {
  const validator = new ImportValidator(context);
  const tell = paced(progress);
  let accepted: Accepted[] = [];
  const incomplete: (Incomplete & { index: number })[] = [];
  const setAside: (SetAside & { index: number })[] = [];
  const rejected: [index: number, item: SetAsideItem][] = [];
  const warnings: { place: string; id: string; message: string; index: number }[] = [];
  const inDoubt = new PlacesInDoubt();
  const places: string[] = [];
  const placeOf = (index: number) => places[index] ?? `feature ${index + 1}`;
  const reject = (value: unknown, index: number, own: Uint8Array, reasons: readonly string[]) => {
    const [place, reason] = [placeOf(index), reasons.join('; ')];
    const isIncomplete = isObject(value) && isObject(value['properties']);
    rejected.push([index, { place, reason, isIncomplete, id: idOf(value), bytes: own }]);
    if (isIncomplete) incomplete.push({ place, feature: withExactNumbers(value, own), reasons, index });
    else setAside.push({ place, reason, text: textOf(own), index });
  };

  const raw = readFeatures(bytes, layoutOf(bytes));
  let next = raw.next();
  for (; !next.done; next = raw.next()) {
    const { index, place, bytes: own, end } = next.value;
    places.push(place);
    tell(end / bytes.length);
    if ('fault' in next.value) {
      inDoubt.add(undefined);
      const { fault: reason } = next.value;
      const broken = ownBytesOf(own);
      setAside.push({ place, reason, text: textOf(broken), index });
      rejected.push([index, { place, reason, isIncomplete: false, id: null, bytes: broken }]);
      continue;
    }
    const { value: given } = next.value;
    let feature = isSwappedOf(options, idOf(given))
      ? featureWithAxesSwapped(given)
      : { value: given, mends: [] };
    let issues = validator.checkFeature(feature.value, index);
    const mend = isSighting(feature.value, issues) ? undefined : mended(feature.value, issues);
    if (mend !== undefined && mend.mends.length > 0) {
      const after = validator.checkFeature(mend.value, index);
      const mends = [...feature.mends, ...mend.mends];
      if (!after.some(isOfPlace)) [feature, issues] = [{ value: mend.value, mends }, after];
    }
    const { value, mends } = feature;
    inDoubt.add(value);
    const twice = twiceIn(own, index);
    if (isSighting(value, issues)) {
      const text = mends.length > 0 ? encodedAs(value, own) : own;
      accepted.push({
        id: value.id,
        index,
        bytes: text,
        own,
        mends,
        refersTo: (value.properties.reportedDistances ?? []).map(({ to }) => to),
      });
      for (const issue of [...issues, ...twice]) {
        // The order of ids is mended by sorting.
        if (issue.path !== '$.id')
          warnings.push({ place, id: value.id, message: reasonOf(issue, placeOf), index });
      }
    } else {
      const errors = [...issues.filter(({ severity }) => severity === 'error'), ...twice];
      const reasons = new Set(errors.map((issue) => reasonOf(issue, placeOf)));
      reject(value, index, own, [...reasons, ...mendsSaid(mends)]);
    }
  }
  const { members, faults } = next.value;
  const doubts = inDoubt.find();
  for (const { id, index } of accepted) {
    const message = doubts.get(index);
    if (message !== undefined) warnings.push({ place: placeOf(index), id, message, index });
  }
  const refuse = refusals(accepted, validator.finish(), context, placeOf);
  for (const { index, bytes: text, own } of accepted) {
    const reasons = refuse.get(index);
    if (reasons !== undefined)
      reject(JSON.parse(new TextDecoder().decode(text)), index, own, [...new Set(reasons)]);
  }
  accepted = accepted.filter(({ index }) => !refuse.has(index));
  incomplete.sort((a, b) => a.index - b.index);
  const otherSystem = crsFault(members.get('crs'));
  if (otherSystem !== undefined) {
    // No coordinate of such a file can be used, not even in a draft.
    for (const { index, bytes: own } of accepted)
      setAside.push({ place: placeOf(index), reason: otherSystem, text: textOf(own), index });
    for (const { place, feature, index } of incomplete.splice(0))
      setAside.push({ place, reason: otherSystem, text: JSON.stringify(feature), index });
    accepted = [];
    warnings.length = 0;
  }
  warnings.sort((a, b) => a.index - b.index);
  setAside.sort((a, b) => a.index - b.index);
  return {
    result: {
      bytes: fileOf(accepted, members),
      accepted: accepted.length,
      mended: accepted.flatMap(({ id, index, mends }): Mend[] =>
        mends.map((what) => ({ place: placeOf(index), id, what })),
      ),
      warnings: warnings.flatMap(({ index, ...warning }) => (refuse.has(index) ? [] : [warning])),
      incomplete: incomplete.map(({ place, feature, reasons }) => ({ place, feature, reasons })),
      setAside: setAside.map(({ place, reason, text }) => ({ place, reason, text })),
    },
    notes: otherSystem === undefined ? [...memberNotes((name) => members.has(name)), ...faults] : faults,
    rejected: rejected.sort(([a], [b]) => a - b).map(([, item]) => item),
  };
}
