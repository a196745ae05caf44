import { isObject } from '../domain/rules';
import type { SightingTable } from '../domain/table';
import type { ForeignData } from './foreign';
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

/** The first position of coordinates. */
function firstPosition(coordinates: unknown): readonly [number, number] | undefined {
  let value = coordinates;
  while (Array.isArray(value) && Array.isArray(value[0])) value = value[0];
  if (!Array.isArray(value)) return undefined;
  const [x, y] = value as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}

/** A swapped file may have a stray place or two that lie near as they are. */
const STRAY_SHARE = 0.1;

const isOnEarth = (lng: number, lat: number) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;

/**
 * Counts what speaks for latitude and longitude being swapped throughout a file.
 * @param known where the data lie that are shown already
 */
export function swappedShare(
  data: ForeignData,
  mapping: Pick<Mapping, 'place' | 'order'>,
  known?: Bounds,
): SwappedShare {
  const share: SwappedShare = { total: 0, outOfRange: 0, swappedFits: 0, near: 0, swappedNear: 0 };
  const isNear = (lng: number, lat: number) =>
    known !== undefined &&
    lng >= known[0] - NEAR_DEGREES &&
    lat >= known[1] - NEAR_DEGREES &&
    lng <= known[2] + NEAR_DEGREES &&
    lat <= known[3] + NEAR_DEGREES;
  for (const feature of data.features) {
    const pair = pairOf(placeOf(feature, mapping).geometry);
    if (pair === undefined) continue;
    const [lng, lat] = pair;
    share.total++;
    if (!isOnEarth(lng, lat)) {
      share.outOfRange++;
      if (isOnEarth(lat, lng)) share.swappedFits++;
    }
    if (isNear(lng, lat)) share.near++;
    else if (isNear(lat, lng)) share.swappedNear++;
  }
  return share;
}

/** No pair of numbers is longer. */
const LONGEST_PAIR = 200;

/** The first two numbers of a geometry, whether they are a position or not. */
export function pairOf(geometry: unknown): readonly [number, number] | undefined {
  if (!isObject(geometry)) return undefined;
  const { coordinates } = geometry;
  if (typeof coordinates !== 'string') return firstPosition(coordinates);
  if (coordinates.length > LONGEST_PAIR) return undefined;
  // A pair that is no position as it stands, such as "137.61, 55.75": the latitude comes first there.
  const [, lat, lng] = /^\(?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*\)?$/.exec(coordinates) ?? [];
  return lat === undefined || lng === undefined ? undefined : [Number(lng), Number(lat)];
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
  if (outOfRange > 0) {
    return `${count(outOfRange)} of ${count(total)} places lie outside of the Earth’s latitudes and longitudes. With the two swapped, all are inside.`;
  }
  const few =
    near === 0 ? `None of ${count(total)} places lies` : `${count(near)} of ${count(total)} places lie`;
  return `${few} near ${known}. With latitude and longitude swapped, ${count(swappedNear)} do.`;
}

/** Where the sightings of a table lie; `undefined` when none has a place. */
export function boundsOfTable({ columns: { lng, lat } }: SightingTable): Bounds | undefined {
  return boundsOf(lng.keys(), (row) => [lng[row] ?? NaN, lat[row] ?? NaN]);
}

/** Where points lie; `undefined` when there are none. */
export function boundsOfPoints(points: Iterable<{ lng: number; lat: number }>): Bounds | undefined {
  return boundsOf(points, ({ lng, lat }) => [lng, lat]);
}

function boundsOf<T>(
  items: Iterable<T>,
  positionOf: (item: T) => readonly [number, number],
): Bounds | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const item of items) {
    const [x, y] = positionOf(item);
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    [west, south, east, north] = [
      Math.min(west, x),
      Math.min(south, y),
      Math.max(east, x),
      Math.max(north, y),
    ];
  }
  return west <= east ? [west, south, east, north] : undefined;
}
