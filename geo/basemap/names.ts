/**
 * Picks a place's Russian and local name out of GeoNames' alternate names,
 * which carry no language: by alphabet, then by likeness to the Latin name.
 * The guess is wrong now and then; `name-overrides.json` has the last word.
 */

/** What a place is called: Latin letters, Russian, and in its own language. */
export interface PlaceNames {
  latin: string;
  russian?: string;
  local: string;
}

export interface NameSource {
  name: string;
  ascii: string;
  country: string;
  /** First-order code of GeoNames, which tells India's languages apart. */
  admin1: string;
  alternates: string[];
}

const RUSSIAN_ONLY = /^[А-Яа-яЁё][А-Яа-яЁё \-’'.()]*$/;
const ANY_CYRILLIC = /^[\u0400-\u04FF][\u0400-\u04FF \-’'.()]*$/;

const russianLatin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** Letters read otherwise than in Russian, by country. */
const letterLatin: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UA: { г: 'h', ґ: 'g', и: 'y', і: 'i', ї: 'yi', є: 'ye' },
  BY: { г: 'h', і: 'i', ў: 'w' },
  BG: { ъ: 'a', щ: 'sht', х: 'h' },
  RS: { ј: 'j', љ: 'lj', њ: 'nj', ђ: 'd', ћ: 'c', џ: 'dz', ж: 'z', ч: 'c', ш: 's', х: 'h', ц: 'c' },
  MK: { ј: 'j', љ: 'lj', њ: 'nj', ѓ: 'gj', ќ: 'kj', џ: 'dz', х: 'h', ц: 'c' },
  KZ: { ә: 'a', ғ: 'gh', қ: 'q', ң: 'ng', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i' },
  MN: { ө: 'o', ү: 'u', х: 'h' },
};

/** Letters that a country's own Cyrillic has and Russian lacks. */
const ownLetters: Readonly<Record<string, RegExp>> = {
  UA: /[іїєґ]/i,
  BY: /[іў]/i,
  RS: /[јљњђћџ]/i,
  MK: /[јљњѓќџѕ]/i,
  KZ: /[әғқңөұүһі]/i,
  KG: /[ңөү]/i,
  TJ: /[ғӣқӯҳҷ]/i,
  MN: /[өү]/i,
};

/** Letters that a country's own Cyrillic lacks. */
const foreignLetters: Readonly<Record<string, RegExp>> = {
  RU: /[^А-Яа-яЁё \-’'.()]/,
  UA: /[ыэёъў]/i,
  BY: /[ищъ]/i,
  BG: /[ыэёіј]/i,
  RS: /[йщъыьэюяё]/i,
  MK: /[йщъыьэюяё]/i,
  KZ: /[іїєґјў](?<=[їєґјў])/i,
  KG: /[әғқұһі]/i,
  TJ: /[әңөұүһіщц]/i,
  MN: /[әғқңұһіј]/i,
};

/** The script that a country's local names are written in, other than Latin and Cyrillic. */
const scripts: Readonly<Record<string, RegExp>> = {
  GR: /^\p{Script=Greek}[\p{Script=Greek}\p{M} \-’']*$/u,
  CY: /^\p{Script=Greek}[\p{Script=Greek}\p{M} \-’']*$/u,
  GE: /^\p{Script=Georgian}[\p{Script=Georgian} -]*$/u,
  AM: /^\p{Script=Armenian}[\p{Script=Armenian} -]*$/u,
  IL: /^\p{Script=Hebrew}[\p{Script=Hebrew} \-־"'׳״]*$/u,
  TH: /^\p{Script=Thai}+$/u,
  LA: /^\p{Script=Lao}+$/u,
  KH: /^\p{Script=Khmer}+$/u,
  MM: /^\p{Script=Myanmar}+$/u,
  LK: /^[\p{Script=Sinhala}\p{M}\u200D]+$/u,
  BD: /^[\p{Script=Bengali}\p{M}]+$/u,
  NP: /^[\p{Script=Devanagari}\p{M}]+$/u,
  ET: /^[\p{Script=Ethiopic} ]+$/u,
  ER: /^[\p{Script=Ethiopic} ]+$/u,
  KR: /^\p{Script=Hangul}+$/u,
  KP: /^\p{Script=Hangul}+$/u,
  CN: /^\p{Script=Han}{2,}$/u,
  TW: /^\p{Script=Han}{2,}$/u,
  HK: /^\p{Script=Han}{2,}$/u,
  MO: /^\p{Script=Han}{2,}$/u,
  JP: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ヶケ]+$/u,
};

const ARABIC = /^[\u0621-\u063A\u0641-\u064A][\u0621-\u063A\u0641-\u064A ]*$/;
const PERSIAN = /^[\u0621-\u063A\u0641-\u0642\u0644-\u0648پچژگکی\u200C ]+$/;
const URDU = /^[\u0621-\u063A\u0641-\u0642\u0644-\u0648ٹڈڑپچژگکیےںھہۓئآ\u200C ]+$/;
const arabCountries = 'SA YE OM AE QA BH KW IQ SY JO LB PS EG SD LY TN DZ MA EH MR'.split(' ');

/** India's languages where they are not written in Devanagari, by GeoNames first-order code. */
const indianScripts: Readonly<Record<string, RegExp>> = {
  '25': /^[\p{Script=Tamil}\p{M}]+$/u,
  '22': /^[\p{Script=Tamil}\p{M}]+$/u,
  '19': /^[\p{Script=Kannada}\p{M}]+$/u,
  '02': /^[\p{Script=Telugu}\p{M}]+$/u,
  '40': /^[\p{Script=Telugu}\p{M}]+$/u,
  '13': /^[\p{Script=Malayalam}\p{M}]+$/u,
  '28': /^[\p{Script=Bengali}\p{M}]+$/u,
  '26': /^[\p{Script=Bengali}\p{M}]+$/u,
  '03': /^[\p{Script=Bengali}\p{M}]+$/u,
  '09': /^[\p{Script=Gujarati}\p{M}]+$/u,
  '23': /^[\p{Script=Gurmukhi}\p{M}]+$/u,
  '21': /^[\p{Script=Oriya}\p{M}]+$/u,
};

/** Characters of the other Chinese writing: these mark a name as not the local one. */
const traditional =
  /[東門廣島陽慶寧濟瀋連長無錫蘇鄭蘭貴爾濱烏魯齊龍縣區鎮漢開聖風鄉莊義興萬陰張華縉雲臺灣溫潛]/;

function scriptOf({ country, admin1 }: NameSource): RegExp | undefined {
  if (arabCountries.includes(country)) return ARABIC;
  if (country === 'IR' || country === 'AF') return PERSIAN;
  if (country === 'PK') return URDU;
  if (country === 'IN') return indianScripts[admin1] ?? /^[\p{Script=Devanagari}\p{M}]+$/u;
  return scripts[country];
}

/** Latin letters only, so that BGN, English and plain spellings compare alike. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
    .replaceAll('ye', 'e')
    .replaceAll('iy', 'y')
    .replaceAll('yy', 'y');

function toLatin(cyrillic: string, country: string): string {
  const special = letterLatin[country] ?? {};
  let out = '';
  for (const letter of cyrillic.toLowerCase()) out += special[letter] ?? russianLatin[letter] ?? letter;
  return fold(out);
}

/** Edit distance of two words as a share of the longer one, from 0 (equal) to 1. */
export function unlikeness(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]! / Math.max(1, a.length, b.length);
}

/** The candidate with the least cost; the first of equals. */
function best(candidates: readonly string[], cost: (candidate: string) => number): string | undefined {
  let chosen: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const value = cost(candidate);
    if (value < least) [chosen, least] = [candidate, value];
  }
  return chosen;
}

const likeLatin =
  (source: NameSource, country: string) =>
  (candidate: string): number =>
    unlikeness(toLatin(candidate, country), fold(source.ascii));

/** BGN/PCGN romanisation read back, for places in Russia without a Cyrillic alternate name. */
export function fromBgn(name: string): string | undefined {
  let text = name.toLowerCase().replaceAll('”', 'ъ').replaceAll('’', 'ь').replaceAll("'", 'ь');
  const pairs: readonly (readonly [RegExp, string])[] = [
    [/shch/g, 'щ'],
    [/zh/g, 'ж'],
    [/kh/g, 'х'],
    [/ts/g, 'ц'],
    [/ch/g, 'ч'],
    [/sh/g, 'ш'],
    [/yë/g, 'ё'],
    [/ë/g, 'ё'],
    [/yu/g, 'ю'],
    [/ya/g, 'я'],
    [/(?<=^|[\s\-aeiouаеёиоуыэюяъь])ye/g, 'е'],
    [/(?<=^|[\s-])e/g, 'э'],
    [/iy(?=$|[\s-])/g, 'ий'],
    [/yy(?=$|[\s-])/g, 'ый'],
    [/(?<=[aeiouаеёиоуэюя])y/g, 'й'],
    [/y/g, 'ы'],
  ];
  for (const [from, to] of pairs) text = text.replace(from, to);
  const letters: Readonly<Record<string, string>> = {
    a: 'а',
    b: 'б',
    v: 'в',
    g: 'г',
    d: 'д',
    e: 'е',
    z: 'з',
    i: 'и',
    k: 'к',
    l: 'л',
    m: 'м',
    n: 'н',
    o: 'о',
    p: 'п',
    r: 'р',
    s: 'с',
    t: 'т',
    u: 'у',
    f: 'ф',
  };
  const cyrillic = [...text].map((letter) => letters[letter] ?? letter).join('');
  if (!RUSSIAN_ONLY.test(cyrillic)) return undefined;
  const small = new Set(['на', 'под', 'имени', 'у', 'и']);
  return cyrillic
    .split(/(?<=[ -])/)
    .map((word, i) =>
      i > 0 && small.has(word.replace(/[ -]$/, '')) ? word : word[0]!.toUpperCase() + word.slice(1),
    )
    .join('');
}

/** Spellings of the Belarusian language, which no other clue tells from Russian. */
const BELARUSIAN = /[жшч]ы|[рджшчт]э|дз[еёяіь]|цц|аў|кы|ць$|ньн|ськ|цьк/i;

/** What speaks for (below 0) or against a candidate's being Russian, whatever the place. */
function foreignness(candidate: string): number {
  let cost = 0;
  if (/ъ(?![еёюя])/i.test(candidate)) cost += 0.3; // Bulgarian
  if (BELARUSIAN.test(candidate)) cost += 0.3;
  if (/ (ош|хула)$/.test(candidate)) cost += 1; // Mari and Chuvash for "town"
  if (/[ьйы]/i.test(candidate)) cost -= 0.06;
  if (/ия$|э|-/i.test(candidate)) cost -= 0.08;
  return cost;
}

const plain = (cyrillic: string): string =>
  cyrillic
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^а-я]/g, '');

/** In Russia the Latin name is a romanisation of the Russian one, so it can be compared in Cyrillic. */
function nameInRussia(source: NameSource, candidates: readonly string[]): string | undefined {
  const expected = fromBgn(source.name);
  if (expected === undefined)
    return best(candidates, (name) => likeLatin(source, 'RU')(name) + foreignness(name));
  return best(candidates, (name) => unlikeness(plain(name), plain(expected)) + foreignness(name)) ?? expected;
}

function russianName(source: NameSource): string | undefined {
  const candidates = source.alternates.filter(
    (name) => RUSSIAN_ONLY.test(name) && name !== name.toUpperCase(),
  );
  if (source.country === 'RU') return nameInRussia(source, candidates);
  const like = likeLatin(source, 'RU');
  const isUkrainian = (name: string): boolean => /ськ|цьк/.test(name);
  const endsRussian = (name: string): boolean => /(ов|овка|ск|ский|ое|ый|ь)$/.test(name);
  if (source.country === 'UA' || source.country === 'BY') {
    return best(
      candidates.filter((name) => !isUkrainian(name)),
      (name) => like(name) + foreignness(name) - (endsRussian(name) ? 0.2 : 0),
    );
  }
  return best(candidates, (name) => like(name) + foreignness(name));
}

function cyrillicLocal(source: NameSource): string | undefined {
  const { country } = source;
  if (!(country in foreignLetters)) return undefined;
  const candidates = source.alternates.filter(
    (name) => ANY_CYRILLIC.test(name) && !foreignLetters[country]!.test(name),
  );
  const like = likeLatin(source, country);
  return best(candidates, (name) => {
    let cost = like(name);
    if (ownLetters[country]?.test(name)) cost -= 0.25;
    if (country === 'UA' && /[цс]к$|ск(ий|ое)$|[иі]я$|ов$/.test(name)) cost += 0.15; // the Russian spelling
    if (country === 'UA' && /ь/.test(name)) cost -= 0.05;
    return cost;
  });
}

function scriptLocal(source: NameSource): string | undefined {
  const script = scriptOf(source);
  if (!script) return undefined;
  const candidates = source.alternates.filter((name) => script.test(name));
  if (/^(CN|TW|HK|MO|JP)$/.test(source.country)) {
    const isHome = (name: string): boolean => traditional.test(name) === (source.country !== 'CN');
    return best(
      candidates,
      (name) =>
        name.length +
        (/[市區区縣县町村]$/.test(name) ? 1.5 : 0) +
        (source.country !== 'JP' && !isHome(name) ? 3 : 0) +
        (source.country === 'JP' && !/\p{Script=Han}/u.test(name) ? 8 : 0),
    );
  }
  // Of several spellings the shortest is the plain name without "city" or "province".
  return best(candidates, (name) => name.length);
}

/** The three names of a place; overrides are the caller's business. */
export function guessNames(source: NameSource): PlaceNames {
  const russian = russianName(source);
  const local = source.country === 'RU' ? russian : (cyrillicLocal(source) ?? scriptLocal(source));
  // GeoNames gives some small places no Latin name but the bare transcription.
  const latin = ANY_CYRILLIC.test(source.name) ? source.ascii : source.name;
  return { latin, ...(russian && { russian }), local: local ?? source.name };
}
