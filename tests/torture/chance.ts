import { seededRandom } from '../bench/seeded';

/** Choices that are the same for the same seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0, below `count`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  /** One of the values, of which there is at least one. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** True in that share of the cases. */
  is(share: number): boolean {
    return this.#random() < share;
  }

  /** A length from 1 to `most`, small ones as often as large ones. */
  length(most: number): number {
    return Math.max(1, Math.floor(most ** this.#random()));
  }
}

/** The seed of the `index`th of many, none of which follows from its neighbour. */
export function seedOf(seed: number, index: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
}
