import { haversineMeters } from '../domain/haversine';
import type { ForeignData } from './foreign';
import type { Gazetteer } from './gazetteer';
import { type Mapping, textOf } from './mapping';
import { placeOf } from './place-text';
import { type SwappedShare, pairOf } from './swapped-places';

/** Rows whose names are looked up: a search takes a while, and a slip goes through all of a file. */
const MOST_ROWS = 200;

/** A place belongs to a town that is not farther away. */
const NEAR_METERS = 100_000;

/**
 * Counts what the names of places say for latitude and longitude being swapped throughout a file: whether a row lies
 * near a town of the name that it has, or would if they were swapped.
 */
export function swappedByName(
  data: ForeignData,
  mapping: Pick<Mapping, 'place' | 'order' | 'fields'>,
  gazetteer: Gazetteer,
): SwappedShare {
  const share: SwappedShare = { total: 0, outOfRange: 0, swappedFits: 0, near: 0, swappedNear: 0 };
  const choice = mapping.fields.verbatimLocality;
  if (choice.from !== 'column') return share;
  for (const feature of data.features.slice(0, MOST_ROWS)) {
    const pair = pairOf(placeOf(feature, mapping).geometry);
    const towns = gazetteer.find(textOf(feature.fields.get(choice.column)), 5);
    if (pair === undefined || towns.length === 0) continue;
    const [lng, lat] = pair;
    const isNear = (x: number, y: number) =>
      towns.some((town) => haversineMeters(x, y, town.lng, town.lat) <= NEAR_METERS);
    share.total++;
    if (isNear(lng, lat)) share.near++;
    else if (isNear(lat, lng)) share.swappedNear++;
  }
  return share;
}
