import { swappedDoubts } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
import type { ForeignData } from './foreign';
import type { Mapping } from './mapping';
import { placeOf } from './place-text';
import { pairOf } from './swapped-places';

/** The places of a file one after another, to tell of each how it fits the others. */
export class PlacesInDoubt {
  readonly #lng: number[] = [];
  readonly #lat: number[] = [];

  /** @param feature of whatever kind; one without a place on the Earth counts on without telling anything */
  add(feature: unknown): void {
    const [lng, lat] = (isObject(feature) ? pairOf(feature['geometry']) : undefined) ?? [NaN, NaN];
    const isOnEarth = Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
    this.#lng.push(isOnEarth ? lng : NaN);
    this.#lat.push(isOnEarth ? lat : NaN);
  }

  /** What is doubted, with its path before it as the contract's words have it, by how many were added before. */
  find(): ReadonlyMap<number, string> {
    const doubts = swappedDoubts(this.#lng, this.#lat);
    return new Map(doubts.map(({ index, path, message }) => [index, `${path}: ${message}`]));
  }
}

/**
 * Where the features of other people's data stand in their file that alone seem to have latitude and longitude the other
 * way round, by a mapping, whatever it says of some of them. What is a sighting already is none of them.
 */
export function exchangedIn({ features }: ForeignData, { place, order }: Mapping): string[] {
  const places = new PlacesInDoubt();
  for (const feature of features)
    places.add(feature.sighting === undefined ? placeOf(feature, { place, order }) : undefined);
  return [...places.find().keys()].flatMap((index) => features[index]?.place ?? []);
}
