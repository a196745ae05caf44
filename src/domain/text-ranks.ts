import { Dictionary } from './table';

/** So many texts are compared between two pauses. */
const TEXTS_AT_ONCE = 1000;

/** Sorts texts by merging sorted runs, and pauses now and then. */
function* sortedInSteps(
  texts: readonly string[],
  compare: (a: string, b: string) => number,
): Generator<0, readonly string[]> {
  let from = [...texts];
  for (let start = 0; start < from.length; start += TEXTS_AT_ONCE) {
    const run = from.slice(start, start + TEXTS_AT_ONCE).sort(compare);
    for (const [i, text] of run.entries()) from[start + i] = text;
    yield 0;
  }
  for (let width = TEXTS_AT_ONCE; width < from.length; width *= 2) {
    const to: string[] = [];
    for (let start = 0; start < from.length; start += 2 * width) {
      const [middle, end] = [start + width, Math.min(from.length, start + 2 * width)];
      let [a, b] = [start, Math.min(middle, end)];
      while (a < Math.min(middle, end) || b < end) {
        const [first, second] = [a < middle ? from[a] : undefined, b < end ? from[b] : undefined];
        const isFirst = second === undefined || (first !== undefined && compare(first, second) <= 0);
        to.push((isFirst ? first : second) ?? '');
        if (isFirst) a++;
        else b++;
        if (to.length % TEXTS_AT_ONCE === 0) yield 0;
      }
    }
    from = to;
  }
  return from;
}

/** Ranks texts as a reader sorts them, numbers by their size; texts that he takes for the same have the same rank. */
export class TextRanks {
  /** how many texts there are so far */
  count = 0;
  #texts = new Dictionary();
  readonly #indices: Uint32Array;
  #ranks: Uint32Array | undefined;

  /** @param length how many texts there will be */
  constructor(readonly length: number) {
    this.#indices = new Uint32Array(length);
  }

  /** Takes the next text. */
  add(text: string): void {
    this.#indices[this.count++] = this.#texts.indexOf(text);
  }

  /**
   * The rank of each text, in their order, from 0 on: found once, with pauses, in which it cannot be told how much is
   * done.
   * @throws Error while texts are missing
   */
  *rank(): Generator<0, Uint32Array> {
    if (this.#ranks) return this.#ranks;
    if (this.count < this.length) throw new Error(`There are ${this.count} of ${this.length} texts to sort.`);
    const { compare } = new Intl.Collator('en', { numeric: true });
    const texts = this.#texts;
    const rankOf = new Uint32Array(texts.values.length);
    let rank = 0;
    let before: string | undefined;
    for (const text of yield* sortedInSteps(texts.values, compare)) {
      if (before !== undefined && compare(before, text) !== 0) rank++;
      rankOf[texts.find(text)] = rank;
      before = text;
    }
    this.#texts = new Dictionary(); // lets go of the texts
    this.#ranks = this.#indices.map((index) => rankOf[index] ?? 0);
    return this.#ranks;
  }
}

/** The rank of each of some texts, found in one go. */
export function ranksOf(texts: readonly string[]): Uint32Array {
  const ranks = new TextRanks(texts.length);
  for (const text of texts) ranks.add(text);
  const steps = ranks.rank();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
