import type { Issue } from '../domain/issue';
import { isSamePoint } from '../domain/same-point';
import { MOST_OWN_POINTS, readReferencePoints } from '../domain/reference-data';
import type { DescribedPoint, ReferencePoint } from '../domain/sighting';
import { joinBytes } from './join-bytes';
import { reasonOf } from './contract-geojson';
import { crsFault } from './crs';
import { encodingOf } from './detect';
import { FileFault, roughSize } from './file-fault';
import type { Progress } from './foreign';
import { layoutOf, readFeatures } from './geojson-layout';
import { paced } from './pace';
import { type SetAsideItem, idOf, ownBytesOf } from './set-aside';

/** A file of reference points may be so large at most: each of them is made by hand. */
export const MAX_POINTS_BYTES = 5e6;

/** What is set aside is listed one by one up to here; the rest follows as one. */
const MOST_LISTED = 5000;

/** What a file of reference points came to. */
export interface PointFile {
  /** those that are not there yet */
  points: DescribedPoint[];
  /** how many of its points are there already */
  known: number;
  /** how many features are none that can be taken */
  leftOut: number;
  /** these features, by their very bytes */
  setAside: SetAsideItem[];
  /** what is wrong with the file itself, in sentences */
  notes: readonly string[];
}

const SEPARATOR = new TextEncoder().encode(',\n');
/** What GeoJSON begins with: an object, a list, or the separator of a sequence. */
const BEGINNINGS = ['{', '[', '\x1e'];

/** @throws FileFault for what is no GeoJSON in UTF-8, by its first bytes */
function refuseOthers(bytes: Uint8Array): void {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8')
    throw new FileFault(
      `The file is ${encoding.toUpperCase()} text, and GeoJSON is UTF-8: save it as UTF-8.`,
    );
  const head = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 1024));
  if (!BEGINNINGS.includes(head.trimStart().charAt(0)))
    throw new FileFault(
      'The file is no GeoJSON: reference points come from a FeatureCollection of Points, such as “Export GeoJSON” writes.',
    );
}

/** Features that were set aside: the first of them one by one, the bytes of all. */
class LeftOut {
  count = 0;
  readonly #items: SetAsideItem[] = [];
  readonly #rest: Uint8Array[] = [];

  add(item: SetAsideItem): void {
    this.count++;
    if (this.#items.length < MOST_LISTED) this.#items.push(item);
    else this.#rest.push(...(this.#rest.length > 0 ? [SEPARATOR] : []), item.bytes);
  }

  items(): SetAsideItem[] {
    const more = this.count - this.#items.length;
    if (more === 0) return this.#items;
    const [most, count] = [MOST_LISTED, more].map((number) => number.toLocaleString('en-GB'));
    const rest = {
      place: `${count} more features`,
      reason: `are not listed one by one, as more than ${most} cannot be taken`,
      isIncomplete: false,
      id: null,
      bytes: joinBytes(this.#rest),
    };
    return [...this.#items, rest];
  }
}

/** What is wrong with a point, by the name of the member: `name: is empty`. */
function plainReasonOf(issue: Issue, place: string): string {
  return reasonOf(issue, () => place).replace(/^\$\.(?:properties\.)?/, '');
}

/**
 * Reads a file of reference points, each of its features by itself: what cannot be taken is set aside with the reason.
 * @param there the reference points that there are
 * @param room how many more there may be
 * @throws FileFault for a file of which nothing can be used; the message says why and what to do
 */
export async function readPointFile(
  file: Blob,
  there: readonly ReferencePoint[],
  room: number,
  progress: Progress = () => undefined,
): Promise<PointFile> {
  if (file.size > MAX_POINTS_BYTES)
    throw new FileFault(
      `The file has ${roughSize(file.size)}, and at most ${roughSize(MAX_POINTS_BYTES)} of reference points are read: put those that you measure to into a file of their own. Sightings are opened under “Open data”.`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length === 0) throw new FileFault('The file is empty: choose another, or get a complete copy.');
  refuseOthers(bytes);
  const tell = paced(progress);
  const points: DescribedPoint[] = [];
  const left = new LeftOut();
  /** where an id stands first */
  const seen = new Map<string, string>();
  let known = 0;
  const raw = readFeatures(bytes, layoutOf(bytes));
  let next = raw.next();
  for (; !next.done; next = raw.next()) {
    const { place, bytes: own, end } = next.value;
    tell(end / bytes.length);
    if ('fault' in next.value) {
      const { fault: reason } = next.value;
      left.add({ place, reason, isIncomplete: false, id: null, bytes: ownBytesOf(own) });
      continue;
    }
    const { value } = next.value;
    const { referencePoints, issues } = readReferencePoints({ features: [value] });
    const [point] = referencePoints;
    const id = idOf(value);
    const first = id === null ? undefined : seen.get(id);
    if (id !== null && first === undefined) seen.set(id, place);
    const refuse = (reason: string) => left.add({ place, reason, isIncomplete: true, id, bytes: own });
    if (first !== undefined) refuse(`id: is that of ${first} already: give each its own`);
    else if (point === undefined) {
      const errors = issues.filter(({ severity }) => severity === 'error');
      refuse([...new Set(errors.map((issue) => plainReasonOf(issue, place)))].join('; '));
    } else if ([there, points].some((list) => list.some((other) => isSamePoint(point, other)))) known++;
    else if (points.length < room) points.push(point);
    else
      refuse(
        `is one too many: there are at most ${MOST_OWN_POINTS.toLocaleString('en-GB')} reference points of your own. Remove some first`,
      );
  }
  const { members, faults: notes } = next.value;
  const otherSystem = crsFault(members.get('crs'));
  if (otherSystem !== undefined) throw new FileFault(`Nothing can be taken, as ${otherSystem}.`);
  return { points, known, leftOut: left.count, setAside: left.items(), notes };
}
