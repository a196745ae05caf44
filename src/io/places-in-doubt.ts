import { swappedDoubts } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
import { swappedRows } from '../domain/swapped-rows';
import type { SightingTable } from '../domain/table';
import type { ForeignData, ImportResult, Incomplete } from './foreign';
import { layoutOf, readFeatures } from './geojson-layout';
import type { Mapping } from './mapping';
import { placeOf } from './place-text';
import { idOf } from './set-aside';
import {
  type Bounds,
  type Pair,
  SwapCount,
  isNear,
  noteOfShare,
  pairOf,
  pairsOfFeatures,
} from './swapped-places';

/** Longitudes and latitudes, in degrees; NaN, here or there, where there is no place. */
interface Places {
  lng: ArrayLike<number>;
  lat: ArrayLike<number>;
}

/** One that would be on the Earth the other way round is in doubt as well; meters of a grid would be on it neither way. */
function isOnEarth(lng: number, lat: number): boolean {
  return Math.max(Math.abs(lng), Math.abs(lat)) <= 180 && Math.min(Math.abs(lng), Math.abs(lat)) <= 90;
}

/** How the places of a file stand to each other and to what is known. */
interface PlaceFindings {
  /** why latitude and longitude seem to be swapped throughout the file, as a sentence */
  swapped: string | undefined;
  /** the indices of those that alone seem to have the two the other way round */
  exchanged: number[];
}

/** The share of a file that lies near what is known, from which on the rest is expected there as well. */
const HOME_SHARE = 0.1;

/**
 * Judges the places of a file by each other and by what is known. Where latitude and longitude seem to be swapped
 * throughout, what is known does not tell single ones apart.
 * @param known where things lie that the file is likely to be about
 * @param near what these are, in words
 * @param besides places of the file that may speak for or against a swap, and are not judged themselves
 */
export function judgePlaces(
  { lng, lat }: Places,
  known: readonly Bounds[],
  near: string,
  besides: Iterable<Pair> = [],
): PlaceFindings {
  const count = new SwapCount(known);
  const byKnown: number[] = [];
  for (let i = 0; i < lng.length; i++) {
    const x = lng[i] ?? NaN;
    const y = lat[i] ?? NaN;
    if (!Number.isNaN(x + y) && count.add(x, y)) byKnown.push(i);
  }
  const atHome = count.share.near;
  for (const [x, y] of besides) count.add(x, y);
  const swapped = noteOfShare(count.share, near);
  const among = swappedRows(lng, lat);
  const isAtHome = atHome > count.share.total * HOME_SHARE;
  if (swapped !== undefined || !isAtHome || byKnown.length === 0) return { swapped, exchanged: among };
  // What lies where it is known to be is right, however few there are of it.
  const isFar = (i: number) => !isNear(lng[i] ?? NaN, lat[i] ?? NaN, known);
  const found = new Set([...byKnown, ...among.filter(isFar)]);
  return { swapped, exchanged: [...found].sort((a, b) => a - b) };
}

/** The places of a file one after another, to tell of each how it fits the others. */
export class PlacesInDoubt {
  readonly #lng: number[] = [];
  readonly #lat: number[] = [];
  readonly #offEarth: Pair[] = [];

  /** @param feature of whatever kind; one without a place on the Earth counts on without telling anything of itself */
  add(feature: unknown): void {
    const pair = isObject(feature) ? pairOf(feature['geometry']) : undefined;
    const [lng, lat] = pair ?? [NaN, NaN];
    const isPlace = isOnEarth(lng, lat);
    this.#lng.push(isPlace ? lng : NaN);
    this.#lat.push(isPlace ? lat : NaN);
    if (pair && !isPlace) this.#offEarth.push(pair);
  }

  /** What is doubted, with its path before it as the contract's words have it, by how many were added before. */
  find(): ReadonlyMap<number, string> {
    const doubts = swappedDoubts(this.#lng, this.#lat);
    return new Map(doubts.map(({ index, path, message }) => [index, `${path}: ${message}`]));
  }

  /** As {@link judgePlaces}, with what was added. @param nameOf what names a feature, by how many were added before */
  judge(
    known: readonly Bounds[],
    near: string,
    nameOf: (index: number) => string | undefined,
    besides: readonly Pair[] = [],
  ): PlaceDoubts {
    const places = { lng: this.#lng, lat: this.#lat };
    const findings = judgePlaces(places, known, near, [...this.#offEarth, ...besides]);
    return { ...findings, exchanged: namedPlaces(places, findings.exchanged, nameOf) };
  }
}

/** A place of a file, by what names its feature: where it stands there, or its id where it is a sighting. */
export interface PlaceInFile {
  place: string;
  /** in degrees, as they stand */
  lng: number;
  lat: number;
}

/** What is doubted of the places of a file. */
export interface PlaceDoubts {
  /** why latitude and longitude seem to be swapped throughout it, as a sentence */
  swapped: string | undefined;
  /** those that alone seem to have the two the other way round */
  exchanged: readonly PlaceInFile[];
}

/** Those of places that have a name. */
function namedPlaces(
  { lng, lat }: Places,
  indices: readonly number[],
  nameOf: (index: number) => string | undefined,
): PlaceInFile[] {
  return indices.flatMap((index) => {
    const place = nameOf(index);
    return place === undefined ? [] : [{ place, lng: lng[index] ?? NaN, lat: lat[index] ?? NaN }];
  });
}

/** What is doubted of other people's data by a mapping, whatever it says of single features. Sightings are left alone. */
export function doubtsOfData(
  { features }: ForeignData,
  { place, order }: Mapping,
  known: readonly Bounds[],
  near: string,
): PlaceDoubts {
  const places = new PlacesInDoubt();
  for (const feature of features)
    places.add(feature.sighting === undefined ? placeOf(feature, { place, order }) : undefined);
  return places.judge(known, near, (index) => features[index]?.place);
}

/** What is doubted of the sightings that an import made, each by its id; what is incomplete tells of the file as well. */
export function doubtsOfImport(
  { bytes, incomplete }: Pick<ImportResult, 'bytes' | 'incomplete'>,
  known: readonly Bounds[],
  near: string,
): PlaceDoubts {
  const places = new PlacesInDoubt();
  const ids: (string | null)[] = [];
  for (const raw of readFeatures(bytes, layoutOf(bytes))) {
    if ('fault' in raw) continue;
    places.add(raw.value);
    ids.push(idOf(raw.value));
  }
  return places.judge(known, near, (index) => ids[index] ?? undefined, pairsOfIncomplete(incomplete));
}

/** The same of the sightings of a table. */
export function doubtsOfTable(
  table: SightingTable,
  incomplete: readonly Incomplete[],
  known: readonly Bounds[],
  near: string,
): PlaceDoubts {
  const { columns } = table;
  const findings = judgePlaces(columns, known, near, pairsOfIncomplete(incomplete));
  return { ...findings, exchanged: namedPlaces(columns, findings.exchanged, (row) => table.idOf(row)) };
}

function pairsOfIncomplete(incomplete: readonly Incomplete[]): Pair[] {
  return [...pairsOfFeatures(incomplete.map(({ feature }) => feature))];
}
