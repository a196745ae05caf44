import { isObject } from '../domain/rules';
import { swappedRows } from '../domain/swapped-rows';
import type { SightingTable } from '../domain/table';
import type { ForeignData, ImportResult } from './foreign';
import { layoutOf, readFeatures } from './geojson-layout';
import type { Mapping } from './mapping';
import { placeOf } from './place-text';

/** How the places of a file stand on the Earth, as a mapping reads them and with latitude and longitude swapped. */
export interface SwappedShare {
  /** places that are of two numbers */
  total: number;
  /** latitudes beyond 90° or longitudes beyond 180° */
  outOfRange: number;
  /** those of them that would be in range if they were swapped */
  swappedFits: number;
  /** places near what is known, where that is given */
  near: number;
  /** places that would be near it if they were swapped, and are not as they are */
  swappedNear: number;
}

/** West, south, east, north, in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** What lies so many degrees outside of what is known is still near it. */
const NEAR_DEGREES = 5;

/** The two numbers of a place, whether they are a position or not. */
export type Pair = readonly [lng: number, lat: number];

/** The first position of coordinates. */
function firstPosition(coordinates: unknown): Pair | undefined {
  let value = coordinates;
  while (Array.isArray(value) && Array.isArray(value[0])) value = value[0];
  if (!Array.isArray(value)) return undefined;
  const [x, y] = value as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}

/** A swapped file may have a stray place or two that lie near as they are. */
const STRAY_SHARE = 0.1;

const isOnEarth = (lng: number, lat: number) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;

/** Whether a place is near what is known. */
export function isNear(lng: number, lat: number, known: readonly Bounds[]): boolean {
  for (const [west, south, east, north] of known) {
    if (
      lng >= west - NEAR_DEGREES &&
      lat >= south - NEAR_DEGREES &&
      lng <= east + NEAR_DEGREES &&
      lat <= north + NEAR_DEGREES
    )
      return true;
  }
  return false;
}

/** Counts place by place what speaks for latitude and longitude being swapped throughout a file. */
export class SwapCount {
  readonly share: SwappedShare = { total: 0, outOfRange: 0, swappedFits: 0, near: 0, swappedNear: 0 };

  /** @param known where things lie that the file is likely to be about */
  constructor(private readonly known: readonly Bounds[]) {}

  /** @returns whether the place would be near what is known if it were swapped, and is not as it is */
  add(lng: number, lat: number): boolean {
    const { share, known } = this;
    share.total++;
    if (!isOnEarth(lng, lat)) {
      share.outOfRange++;
      if (isOnEarth(lat, lng)) share.swappedFits++;
    }
    if (isNear(lng, lat, known)) share.near++;
    else if (isNear(lat, lng, known)) {
      share.swappedNear++;
      return true;
    }
    return false;
  }
}

/** What is counted of all places of a file. */
export function swappedShare(places: Iterable<Pair>, known: readonly Bounds[] = []): SwappedShare {
  const count = new SwapCount(known);
  for (const [lng, lat] of places) count.add(lng, lat);
  return count.share;
}

/** No pair of numbers is longer. */
const LONGEST_PAIR = 200;

/** The first two numbers of a geometry, whether they are a position or not. */
export function pairOf(geometry: unknown): Pair | undefined {
  if (!isObject(geometry)) return undefined;
  const { coordinates } = geometry;
  if (typeof coordinates !== 'string') return firstPosition(coordinates);
  if (coordinates.length > LONGEST_PAIR) return undefined;
  // A pair that is no position as it stands, such as "137.61, 55.75": the latitude comes first there.
  const [, lat, lng] = /^\(?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*\)?$/.exec(coordinates) ?? [];
  return lat === undefined || lng === undefined ? undefined : [Number(lng), Number(lat)];
}

/** The places of other people's data, as a mapping reads them. */
export function* pairsOfData(
  { features }: ForeignData,
  mapping: Pick<Mapping, 'place' | 'order'>,
): Generator<Pair> {
  for (const feature of features) {
    const pair = pairOf(placeOf(feature, mapping).geometry);
    if (pair) yield pair;
  }
}

/**
 * The places of sightings that have one; of an area its centre.
 * @param except rows whose places do not count
 */
export function* pairsOfTable(
  { columns: { lng, lat } }: SightingTable,
  except: ReadonlySet<number> = new Set(),
): Generator<Pair> {
  for (const row of lng.keys()) {
    if (except.has(row)) continue;
    const pair: Pair = [lng[row] ?? NaN, lat[row] ?? NaN];
    if (!pair.includes(NaN)) yield pair;
  }
}

/** The places of Features, as far as they are any. */
export function* pairsOfFeatures(features: Iterable<unknown>): Generator<Pair> {
  for (const feature of features) {
    const pair = isObject(feature) ? pairOf(feature['geometry']) : undefined;
    if (pair) yield pair;
  }
}

/** The places of what an import of sightings made, and of what is incomplete. */
export function* pairsOfImport({
  bytes,
  incomplete,
}: Pick<ImportResult, 'bytes' | 'incomplete'>): Generator<Pair> {
  for (const raw of readFeatures(bytes, layoutOf(bytes)))
    if (!('fault' in raw)) yield* pairsOfFeatures([raw.value]);
  yield* pairsOfFeatures(incomplete.map(({ feature }) => feature));
}

/**
 * Why latitude and longitude seem to be swapped, as a sentence; `undefined` when they do not.
 * @param near what `known` of {@link swappedShare} are the bounds of, in words
 */
export function swapNoteOf(
  places: Iterable<Pair>,
  known: readonly Bounds[],
  near: string,
): string | undefined {
  return noteOfShare(swappedShare(places, known), near);
}

/** The same of what was counted. */
export function noteOfShare(share: SwappedShare, near: string): string | undefined {
  return looksSwapped(share) ? swapSentence(share, near) : undefined;
}

/**
 * Whether swapping is worth an offer: all places that are off the Earth would be on it, or most would be near what is
 * known; and but for a stray one none is in its place, for the others would be swapped as well.
 */
export function looksSwapped({ total, outOfRange, swappedFits, near, swappedNear }: SwappedShare): boolean {
  if (near > total * STRAY_SHARE) return false;
  if (outOfRange > total * STRAY_SHARE) return swappedFits === outOfRange;
  return swappedNear > total / 2;
}

/**
 * Why latitude and longitude seem to be swapped, as a sentence.
 * @param share of which {@link looksSwapped} is true
 * @param known what `near` is near to, in words
 */
export function swapSentence({ total, outOfRange, near, swappedNear }: SwappedShare, known: string): string {
  const count = (number: number) => number.toLocaleString('en-GB');
  if (total === 1) {
    const where = outOfRange > 0 ? 'outside of the Earth’s latitudes and longitudes' : `far from ${known}`;
    return `Its only place lies ${where}. With latitude and longitude swapped, it does not.`;
  }
  if (outOfRange > 0) {
    return `${count(outOfRange)} of ${count(total)} places lie outside of the Earth’s latitudes and longitudes. With the two swapped, all are inside.`;
  }
  const few =
    near === 0 ? `None of ${count(total)} places lies` : `${count(near)} of ${count(total)} places lie`;
  return `${few} near ${known}. With latitude and longitude swapped, ${count(swappedNear)} do.`;
}

/**
 * Where the sightings of a table lie, but for those that have latitude and longitude exchanged among others, as a list of
 * one; empty when none has a place.
 * @param except a row that tells nothing
 */
export function boundsOfTable(table: SightingTable, except?: number): Bounds[] {
  const { lng, lat } = table.columns;
  return boundsOf(pairsOfTable(table, new Set([except ?? -1, ...swappedRows(lng, lat)])));
}

/** Where points lie, as a list of one; empty when there are none. */
export function boundsOfPoints(points: readonly { lng: number; lat: number }[]): Bounds[] {
  return boundsOf(points.map(({ lng, lat }): Pair => [lng, lat]));
}

function boundsOf(pairs: Iterable<Pair>): Bounds[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of pairs) {
    [west, south, east, north] = [
      Math.min(west, x),
      Math.min(south, y),
      Math.max(east, x),
      Math.max(north, y),
    ];
  }
  return west <= east ? [[west, south, east, north]] : [];
}
