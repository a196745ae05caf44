import { swappedDoubts } from '../domain/place-doubt';
import { isObject } from '../domain/rules';
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
