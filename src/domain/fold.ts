import transliterate from '@sindresorhus/transliterate';

const MARKS = /\p{M}/gu;
const NO_LETTER_OR_DIGIT = /[^\p{L}\p{N}]/gu;
/** What transliteration leaves as it is, slowly. */
const ALREADY_LATIN = /^[a-z0-9]*$/;

/** Latin letters and digits for a lower-case word, as far as its script is known. */
function latinize(word: string): string {
  if (ALREADY_LATIN.test(word)) return word;
  const once = transliterate(word);
  // Once more for letters that are known only without their mark, such as the Belarusian ў.
  const twice = ALREADY_LATIN.test(once) ? once : transliterate(once);
  const latin = twice.toLowerCase().replace(NO_LETTER_OR_DIGIT, '');
  return latin === '' ? word : latin;
}

/** Places that English calls otherwise than their own language does, by the folded forms of both. */
const EXONYMS: readonly (readonly [own: string, english: string])[] = [
  ['moskva', 'moscow'],
  ['kreml', 'kremlin'],
  ['sankt', 'saint'],
  ['rossiya', 'russia'],
  ['krym', 'crimea'],
  ['kyiv', 'kiev'],
  ['kharkiv', 'kharkov'],
  ['lviv', 'lvov'],
  ['dnipro', 'dnepr'],
  ['varshava', 'warsaw'],
];
const OTHER_NAME = new Map(
  EXONYMS.flatMap(([own, english]) => [
    [own, english],
    [english, own],
  ]),
);

/**
 * The spellings of a lower-case word in plain Latin letters, transliterated first; then, if it differs, as it is
 * written where marks are left out: `münster` is `muenster` and `munster`, `ёлка` is `yolka` and `elka`. A place that
 * has another name in English goes by both: `москва` is `moskva` and `moscow`.
 */
export function foldWord(word: string): readonly string[] {
  const latin = latinize(word);
  const plain =
    latin === word ? latin : latinize(word.normalize('NFD').replace(MARKS, '').normalize('NFC') || word);
  const spellings = plain === latin ? [latin] : [latin, plain];
  const other = OTHER_NAME.get(latin);
  return other === undefined ? spellings : [...spellings, other];
}

/** What the usual romanisations (BGN/PCGN, ISO 9, scholarly, passports, the press) spell differently, in order. */
const ROMANISATIONS: readonly (readonly [RegExp, string])[] = [
  [/^x/g, 'h'], // Xarkov
  [/x/g, 'ks'],
  [/kh/g, 'h'], // Khimki, Himki
  [/s(?:hch|ch|h|c)/g, 's'], // shch, sch, šč; sh, š
  [/zh/g, 'z'],
  [/t?ch|t[sz]/g, 'c'], // ch, č; ts, c
  [/c(?=\d)/g, 's'], // С-400 with a Latin C
  [/w/g, 'v'],
  [/[yj]/g, 'i'],
  [/(?<!i)i+[eo]/g, 'e'], // ye, ie, ё
  [/([aou])e/g, '$1'], // ä, ö, ü
  [/([a-z])\1+/g, '$1'],
];

/**
 * A folded word without what romanisations differ in: words that may be spellings of the same name have the
 * same skeleton, such as `seremetevo` for `sheremetyevo`. It is no spelling of its own.
 */
export function skeletonOf(folded: string): string {
  return ROMANISATIONS.reduce((word, [pattern, letter]) => word.replace(pattern, letter), folded);
}

/** A folded beginning of a word without a last letter that may be half of a sound, such as the y of ya. */
export function withoutUnfinishedSound(folded: string): string {
  return folded.replace(/(?:[iyj]|(?<=s|sh)c)$/, '');
}
