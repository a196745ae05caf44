/** Hyphens, dashes, apostrophes and primes: inside a word they join its parts. */
const JOINER = "[-\\u2010-\\u2013\\u2212'\\u2018\\u2019`\\u00b4\\u2032\\u2033]";
const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*';

/** A letter alone before a number belongs to it: `S 400` is written for `S-400`. */
const COMPOUNDS = new RegExp(`(?:\\p{L}\\p{M}*\\s+(?=\\p{N}))?${WORD}(?:${JOINER}${WORD})*`, 'gu');
const JOINERS = new RegExp(JOINER, 'u');

/** One or two letters, which with a number after them make one name: `S-400`, `SA-22`. */
const DESIGNATION_LETTERS = /^\p{L}\p{M}*(?:\p{L}\p{M}*)?$/u;

/** A run of letters or a run of digits. */
const LETTERS_OR_DIGITS = /[\p{L}\p{M}]+|[\p{N}\p{M}]+/gu;

function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Whether a text has anything that can be searched for; of a text without, a search finds nothing. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(normalize(text));
}

/**
 * The words of a text in lower case, split at anything that is not a letter or a digit; words that a hyphen or
 * an apostrophe joins stay one compound, and so do a letter and the number after it.
 */
export function compoundsOf(text: string): string[] {
  const compounds = normalize(text).match(COMPOUNDS) ?? [];
  return compounds.map((compound) => compound.replace(/\s+/, '-'));
}

/** A compound written as one word. */
export function joinCompound(compound: string): string {
  return compound.split(JOINERS).join('');
}

/** The parts of a compound that mean something alone: a designation such as `s-400` is one. */
export function partsOfCompound(compound: string): string[] {
  const pieces = compound.split(JOINERS);
  const parts: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? '';
    const next = pieces[i + 1];
    const isDesignation = next !== undefined && DESIGNATION_LETTERS.test(piece) && /^\p{N}/u.test(next);
    parts.push(isDesignation ? piece + next : piece);
    if (isDesignation) i++;
  }
  return parts;
}

/** Everything under which a compound can be found: the whole, its parts, and the letters and digits of those. */
export function wordsOfCompound(compound: string): ReadonlySet<string> {
  const pieces = compound.split(JOINERS);
  return new Set([
    joinCompound(compound),
    ...partsOfCompound(compound),
    ...pieces,
    ...pieces.flatMap((piece) => piece.match(LETTERS_OR_DIGITS) ?? []),
  ]);
}
