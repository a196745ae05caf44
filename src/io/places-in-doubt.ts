import { swappedDoubts } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
import { swappedRows } from '../domain/swapped-rows';
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
    // One that would be on the Earth the other way round is in doubt as well; meters of a grid would be on it neither way.
    const isOnEarth =
      Math.max(Math.abs(lng), Math.abs(lat)) <= 180 && Math.min(Math.abs(lng), Math.abs(lat)) <= 90;
    this.#lng.push(isOnEarth ? lng : NaN);
    this.#lat.push(isOnEarth ? lat : NaN);
  }

  /** Those that seem to have latitude and longitude exchanged, by how many were added before. */
  rows(): { index: number; lng: number; lat: number }[] {
    const at = (index: number) => ({ index, lng: this.#lng[index] ?? NaN, lat: this.#lat[index] ?? NaN });
    return swappedRows(this.#lng, this.#lat).map(at);
  }

  /** What is doubted, with its path before it as the contract's words have it, by how many were added before. */
  find(): ReadonlyMap<number, string> {
    const doubts = swappedDoubts(this.#lng, this.#lat);
    return new Map(doubts.map(({ index, path, message }) => [index, `${path}: ${message}`]));
  }
}

/** A feature whose latitude and longitude seem to be exchanged. */
export interface ExchangedPlace {
  /** where it stands in its file */
  place: string;
  /** in degrees, as they stand */
  lng: number;
  lat: number;
}

/**
 * The features of other people's data that alone seem to have latitude and longitude the other way round, by a mapping,
 * whatever it says of some of them. What is a sighting already is none of them.
 */
export function exchangedIn({ features }: ForeignData, { place, order }: Mapping): ExchangedPlace[] {
  const places = new PlacesInDoubt();
  for (const feature of features)
    places.add(feature.sighting === undefined ? placeOf(feature, { place, order }) : undefined);
  return places.rows().flatMap(({ index, lng, lat }) => {
    const { place: where } = features[index] ?? {};
    return where === undefined ? [] : [{ place: where, lng, lat }];
  });
}
