import SearchableMap from 'minisearch/SearchableMap';
import { foldWord, skeletonOf, withoutUnfinishedSound } from './fold';

/** How near a word of the data is to what was typed, from 0 to 1: its spelling, another romanisation, ... */
export const CLOSENESS = {
  exact: 1,
  skeleton: 0.9,
  prefix: 0.75,
  typo: 0.45,
} as const;

/** Skeletons shorter than this are of too many words, such as `ful` of both fuel and full. */
const SHORTEST_TELLING_SKELETON = 4;
/** Words shorter than this are not taken for typos of another, their first letter never. */
const SHORTEST_TYPO = 4;
const FIRST_LETTER_COUNTS_BELOW = 6;
/** Of words that the data knows as they were typed only those from here on can be typos as well. */
const SHORTEST_KNOWN_TYPO = 6;
const TWO_TYPOS_FROM = 8;
/** A longer one is no word; the library's matrix holds up to 255. */
const LONGEST_TYPO = 60;

/** Words found by number, each with its closeness. */
export type Hits = Map<number, number>;

/**
 * The distinct words of the data, found by spelling, romanisation, beginning, and with typos. The radix trees,
 * and the weights of longer words and of edit distances, are those of MiniSearch, without its documents.
 */
export class WordDictionary {
  readonly #numbers = new Map<string, number>();
  readonly #bySpelling = new SearchableMap<number[]>();
  readonly #bySkeleton = new SearchableMap<number[]>();

  get size(): number {
    return this.#numbers.size;
  }

  /** The number of a lower-case word, a new one when it has not occurred yet. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(word, number);
    const spellings = foldWord(word);
    for (const spelling of spellings) put(this.#bySpelling, spelling, number);
    put(this.#bySkeleton, skeletonOf(spellings[0] ?? ''), number);
    return number;
  }

  /** The words that a lower-case word may stand for; a word that is not finished also for all it begins. */
  find(word: string, { isPrefix }: { isPrefix: boolean }): Hits {
    const hits: Hits = new Map();
    const spellings = foldWord(word);
    const [latin = ''] = spellings;
    for (const spelling of spellings) this.#findSpelling(hits, spelling, isPrefix);
    const skeleton = skeletonOf(latin);
    if (skeleton.length >= SHORTEST_TELLING_SKELETON || hits.size === 0) {
      this.#findSkeleton(hits, skeleton, isPrefix);
    }
    if (isPrefix && hits.size === 0) {
      const begun = skeletonOf(withoutUnfinishedSound(latin));
      if (begun !== '') addPrefixed(hits, this.#bySkeleton, begun, CLOSENESS.prefix * CLOSENESS.skeleton);
    }
    const isTypo = hits.size === 0 || skeleton.length >= SHORTEST_KNOWN_TYPO;
    if (isTypo && latin.length >= SHORTEST_TYPO && !/\p{N}/u.test(latin)) this.#findTypos(hits, skeleton);
    return hits;
  }

  #findSpelling(hits: Hits, spelling: string, isPrefix: boolean): void {
    addAll(hits, this.#bySpelling.get(spelling), CLOSENESS.exact);
    if (isPrefix) addPrefixed(hits, this.#bySpelling, spelling, CLOSENESS.prefix);
    // The plural or a variant of a designation: s-400s, t-72b3. Another number is another system.
    else if (/\p{N}$/u.test(spelling)) {
      addPrefixed(hits, this.#bySpelling, spelling, CLOSENESS.prefix, /^\P{N}/u);
    }
  }

  #findSkeleton(hits: Hits, skeleton: string, isPrefix: boolean): void {
    addAll(hits, this.#bySkeleton.get(skeleton), CLOSENESS.skeleton);
    if (isPrefix) addPrefixed(hits, this.#bySkeleton, skeleton, CLOSENESS.prefix * CLOSENESS.skeleton);
  }

  #findTypos(hits: Hits, skeleton: string): void {
    const { length } = skeleton;
    if (length > LONGEST_TYPO) return;
    for (const swapped of swapsOf(skeleton)) {
      addAll(hits, this.#bySkeleton.get(swapped), (CLOSENESS.typo * length) / (length + 1));
    }
    const most = length >= TWO_TYPOS_FROM ? 2 : 1;
    for (const [found, [numbers, distance]] of this.#bySkeleton.fuzzyGet(skeleton, most)) {
      if (/\p{N}/u.test(found)) continue;
      if (length < FIRST_LETTER_COUNTS_BELOW && found[0] !== skeleton[0]) continue;
      addAll(hits, numbers, (CLOSENESS.typo * found.length) / (found.length + distance));
    }
  }
}

function put(map: SearchableMap<number[]>, key: string, number: number): void {
  map.fetch(key, () => []).push(number);
}

function addAll(hits: Hits, numbers: readonly number[] | undefined, closeness: number): void {
  for (const number of numbers ?? []) hits.set(number, Math.max(closeness, hits.get(number) ?? 0));
}

/** Adds the words that begin so, and go on as `rest` says: the more of a word was typed the closer it is. */
function addPrefixed(
  hits: Hits,
  map: SearchableMap<number[]>,
  prefix: string,
  closeness: number,
  rest = /^/,
): void {
  for (const [key, numbers] of map.atPrefix(prefix)) {
    if (!rest.test(key.slice(prefix.length))) continue;
    addAll(hits, numbers, (closeness * key.length) / (key.length + 0.3 * (key.length - prefix.length)));
  }
}

/** The word with each two neighbouring letters swapped, which counts as one typo. */
function swapsOf(word: string): string[] {
  return Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => `${word.slice(0, i)}${word.charAt(i + 1)}${word.charAt(i)}${word.slice(i + 2)}`,
  );
}
