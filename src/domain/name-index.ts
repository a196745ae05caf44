import { CLOSENESS, WordDictionary } from './word-dictionary';
import { compoundsOf, partsOfCompound } from './words';

/** How a name was found, the lower the better. A typo never beats what is spelled as typed. */
export const NAME_MATCH = {
  whole: 0,
  /** the whole name in another romanisation */
  romanised: 1,
  beginning: 2,
  /** the name from a later word on */
  laterWords: 3,
  laterBeginning: 4,
  typo: 5,
} as const;

/** Ends of names shorter than this are not looked for, such as the ye of Zarech’ye. */
const SHORTEST_ENDING = 3;

/** The words of a text in lower case, those that a hyphen or an apostrophe joins apart. */
function wordsOf(text: string): string[] {
  return compoundsOf(text).flatMap(partsOfCompound);
}

/**
 * Finds rows by their names. Names are kept without what stands between their words, from each word to the end:
 * `nizhny nov`, `nizhnynovgorod` and `novgo` all find Nizhny Novgorod.
 */
export class NameIndex {
  readonly #dictionary = new WordDictionary();
  /** rows that are called so, by the number of the name in the dictionary */
  readonly #byName: number[][] = [];
  /** rows whose name ends so, from a later word on, by that number */
  readonly #byEnding: number[][] = [];

  /** Adds a name of a row, which may have several. */
  add(row: number, name: string): void {
    const words = wordsOf(name);
    for (let i = 0; i < words.length; i++) {
      const ending = words.slice(i).join('');
      if (i > 0 && ending.length < SHORTEST_ENDING) continue;
      const rows = i === 0 ? this.#byName : this.#byEnding;
      (rows[this.#dictionary.add(ending)] ??= []).push(row);
    }
  }

  /** The rows that a text may mean, which may be unfinished, each with its best {@link NAME_MATCH}. */
  find(text: string): Map<number, number> {
    const matches = new Map<number, number>();
    const typed = wordsOf(text).join('');
    if (typed === '') return matches;
    const keep = (rows: readonly number[] | undefined, match: number) => {
      for (const row of rows ?? []) matches.set(row, Math.min(match, matches.get(row) ?? match));
    };
    for (const [number, closeness] of this.#dictionary.find(typed, { isPrefix: true })) {
      keep(this.#byName[number], matchOfName(closeness));
      keep(this.#byEnding[number], matchOfEnding(closeness));
    }
    return matches;
  }
}

function matchOfName(closeness: number): number {
  if (closeness >= CLOSENESS.exact) return NAME_MATCH.whole;
  if (closeness >= CLOSENESS.skeleton) return NAME_MATCH.romanised;
  return closeness > CLOSENESS.typo ? NAME_MATCH.beginning : NAME_MATCH.typo;
}

function matchOfEnding(closeness: number): number {
  if (closeness >= CLOSENESS.skeleton) return NAME_MATCH.laterWords;
  return closeness > CLOSENESS.typo ? NAME_MATCH.laterBeginning : NAME_MATCH.typo;
}
