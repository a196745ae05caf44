import { type Place, placeOfReferencePoint, placeOfSighting } from '../domain/distance';
import type { Target } from '../domain/query';
import { freeId, readReferencePoints, referencePointFeature } from '../domain/reference-data';
import type { DescribedPoint, ReferencePoint, Sighting } from '../domain/sighting';
import type { SightingTable } from '../domain/table';
import { toAddressPoint } from '../io/place-params';
import { followMemory, recallText, remember } from './browser-memory';

/** Something that has a name, and may have a place. */
export interface NamedPlace {
  name: string;
  shortName: string;
  place: Place | undefined;
}

const MEMORY_KEY = 'points';

function ofPoint(point: ReferencePoint): NamedPlace {
  const { name, shortName = name } = point;
  return { name, shortName, place: placeOfReferencePoint(point) };
}

/** The points of a remembered text, which is what a reference-points.geojson has, and what is wrong with the others. */
function readKept(text: string): { points: DescribedPoint[]; problem: string } {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return {
      points: [],
      problem: 'Your reference points cannot be read: what the browser kept is not JSON.',
    };
  }
  const { referencePoints, issues } = readReferencePoints(kept);
  const [first] = issues.filter(({ severity }) => severity === 'error');
  const at = first && `${first.id ?? 'a point'}, ${first.path}: ${first.message}`;
  const problem = at && `Not all of your reference points can be read, the others are left out (${at}).`;
  return { points: referencePoints, problem: problem ?? '' };
}

/** All that distances can be measured to: the reference points of the data, the reader's own, and the sightings. */
export class Places {
  /** reference points that came with the data */
  given = $state.raw<readonly ReferencePoint[]>([]);
  /** the own point that was removed last, which can come back, and where it stood */
  removed = $state.raw<{ point: DescribedPoint; index: number }>();
  /** why the browser cannot keep the reader's own points for the next visit, '' when it can */
  keepFailure = $state('');

  #kept = $state.raw<readonly DescribedPoint[]>([]);
  /** own points that were removed: what was measured to them stays */
  #gone = $state.raw<readonly DescribedPoint[]>([]);

  /** reference points that the reader added, none of them by the id of something else */
  readonly own: readonly DescribedPoint[] = $derived.by(() => {
    const points: DescribedPoint[] = [];
    const isTaken = (id: string) => this.#isInData(id) || points.some((point) => point.id === id);
    for (const point of this.#kept) points.push({ ...point, id: freeId(point.id, isTaken), isOwn: true });
    return points;
  });
  readonly referencePoints: readonly ReferencePoint[] = $derived([...this.given, ...this.own]);

  constructor(private readonly data: { readonly table: SightingTable }) {}

  /** Fetches the own points of the last visit. Returns what is to be said of it, '' for nothing. */
  recallOwn(): string {
    const { points, problem } = readKept(recallText(MEMORY_KEY) ?? '{"features":[]}');
    this.#setOwn(points);
    return problem;
  }

  /** Has other own points from now on, and keeps them for the next visit. */
  keepOwn(points: readonly DescribedPoint[]): void {
    this.#setOwn(points);
    const features = points.map(referencePointFeature);
    this.keepFailure = remember(MEMORY_KEY, { type: 'FeatureCollection', features }) ?? '';
  }

  /** Tells when another tab changed the own points. Returns what ends that. */
  followOwn(onchange: (said: string) => void): () => void {
    return followMemory(MEMORY_KEY, () => {
      // What could not be kept is here alone: it does not go for what another tab could keep.
      if (this.keepFailure === '') onchange(this.recallOwn());
    });
  }

  /** Whether something has an id, or had it: a new point needs another. */
  isTaken(id: string): boolean {
    const has = (points: readonly ReferencePoint[]) => points.some((point) => point.id === id);
    return this.#isInData(id) || has(this.own) || has(this.#gone);
  }

  /** What a target is; `undefined` for an id that nothing has. */
  find(target: Target): NamedPlace | undefined {
    if (typeof target !== 'string') {
      const { lng, lat, uncertaintyMeters = 0 } = target;
      const name = `${lat}, ${lng}`;
      return { name, shortName: name, place: { lng, lat, uncertaintyMeters } };
    }
    const point = this.referencePoints.find(({ id }) => id === target);
    if (point) return ofPoint(point);
    const sighting = this.sighting(target);
    if (sighting === undefined) {
      const gone = this.#gone.find(({ id }) => id === target);
      return gone && ofPoint(gone);
    }
    const { title } = sighting.properties;
    return { name: title, shortName: title, place: placeOfSighting(sighting) };
  }

  /** The sighting of an id; `undefined` for any other id. */
  sighting(id: string): Sighting | undefined {
    const { table } = this.data;
    const row = table.rowOf(id);
    return row === undefined ? undefined : table.record(row);
  }

  /** The row of the sighting that a target is, if it is one. */
  rowOf(target: Target): number | undefined {
    const isPoint = this.referencePoints.some(({ id }) => id === target);
    return typeof target !== 'string' || isPoint ? undefined : this.data.table.rowOf(target);
  }

  /** A target that others understand too: a point of the map in the place of the reader's own reference point. */
  toShare(target: Target): Target {
    const point = [...this.own, ...this.#gone].find(({ id }) => id === target);
    return point ? toAddressPoint(point) : target;
  }

  /** The reader's own reference point in the place of the point of the map that it was shared as. */
  fromShared(target: Target): Target {
    if (typeof target === 'string') return target;
    const { lng, lat, uncertaintyMeters } = target;
    const isHere = (point: ReferencePoint) => {
      const shared = toAddressPoint(point);
      return shared.lng === lng && shared.lat === lat && shared.uncertaintyMeters === uncertaintyMeters;
    };
    return this.own.find(isHere)?.id ?? target;
  }

  /** A target after own points came or went: one that is gone is a point of the map, and comes back as what it was. */
  renew(target: Target): Target {
    const isGone = this.#gone.some(({ id }) => id === target);
    return this.fromShared(isGone ? this.toShare(target) : target);
  }

  #setOwn(points: readonly DescribedPoint[]): void {
    const isKept = ({ id }: DescribedPoint) => points.some((point) => point.id === id);
    const past = [...this.#gone, ...this.own];
    this.#kept = points;
    this.#gone = past.filter((point) => !isKept(point));
  }

  #isInData(id: string): boolean {
    return this.given.some((point) => point.id === id) || this.data.table.rowOf(id) !== undefined;
  }
}
