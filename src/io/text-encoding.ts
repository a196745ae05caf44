/** A text and how its bytes were read. */
export interface DecodedText {
  text: string;
  /** as of TextDecoder: `utf-8`, `windows-1251` */
  encoding: string;
  /** what a reader should know of it, in sentences */
  notes: readonly string[];
  /** whether some bytes had no meaning in the encoding: they stand as U+FFFD in the text */
  hasBrokenBytes: boolean;
}

/** Byte order marks and the encodings that they announce. */
const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** As much of a file is looked at to guess how it is written, in bytes. */
const SAMPLE_BYTES = 1 << 20;

/** The letters that make up about two thirds of any Russian text; other Cyrillic languages are near to it. */
const COMMON_CYRILLIC = new Set('оеаинтсрвлОЕАИНТСРВЛ');

/** UTF-16 without a mark: mostly Latin or Cyrillic text has its high bytes, 0 to 4, in every other place. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1;
  if (pairs < 2) return undefined;
  let [evenZeros, oddZeros, evenHigh, oddHigh] = [0, 0, 0, 0];
  for (let i = 0; i < pairs * 2; i += 2) {
    const [even = 0, odd = 0] = [bytes[i], bytes[i + 1]];
    if (even === 0) evenZeros++;
    if (odd === 0) oddZeros++;
    if (even <= 4) evenHigh++;
    if (odd <= 4) oddHigh++;
  }
  if (oddZeros > 0 && evenZeros === 0 && oddHigh > pairs * 0.9) return 'utf-16le';
  if (evenZeros > 0 && oddZeros === 0 && evenHigh > pairs * 0.9) return 'utf-16be';
  return undefined;
}

/** Encodings of Cyrillic that are told apart, the commonest first. */
const CYRILLIC = ['windows-1251', 'koi8-r', 'ibm866'] as const;

/**
 * The encoding in which bytes that are no UTF-8 make sense as Russian: most words with letters beyond ASCII have
 * nothing else (in windows-1252 such letters stand alone among Latin ones: `Münster` would be `Mьnster`), and at least
 * 40 % of these letters are the ten that are commonest in Russian. Where several do, that in which most are.
 */
function cyrillicEncodingOf(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const shares = CYRILLIC.map((encoding) => [encoding, commonShare(sample, encoding)] as const);
  const [best] = shares.toSorted(([, a], [, b]) => b - a);
  return best && best[1] >= 0.4 ? best[0] : undefined;
}

/** The share of the commonest letters among those of a text that would be Russian in an encoding; 0 when it would not. */
function commonShare(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes);
  let [pure, mixed, letters, common] = [0, 0, 0, 0];
  for (const [word] of text.matchAll(/[A-Za-z\u0400-\u04ff]+/g)) {
    if (!/[\u0400-\u04ff]/.test(word)) continue;
    if (/[A-Za-z]/.test(word) || word.length === 1) mixed++;
    else pure++;
    for (const letter of word) {
      if (letter < '\u0400') continue;
      letters++;
      if (COMMON_CYRILLIC.has(letter)) common++;
    }
  }
  return pure > mixed ? common / letters : 0;
}

/**
 * Whether bytes make better words in windows-1250, as Polish or Czech, than in windows-1252: there, a sign such as `£`
 * or `³` or a byte without meaning stands before a letter (`£ódź`), or between two.
 */
function looksCentralEuropean(bytes: Uint8Array): boolean {
  const [west, central] = ['windows-1252', 'windows-1250'].map((encoding) =>
    decodeAs(encoding, bytes.subarray(0, SAMPLE_BYTES)),
  );
  let [forCentral, forWest] = [0, 0];
  const isLetter = (letter: string) => /\p{L}/u.test(letter);
  for (const { 0: found, index } of (west ?? '').matchAll(/[^\0-\x7f]/g)) {
    const other = central?.[index] ?? '';
    if (isLetter(found) === isLetter(other)) continue;
    const [before = ' ', after = ' '] = [west?.[index - 1], west?.[index + 1]];
    const isInWord = isLetter(after) && (isLetter(before) || !/[¿¡]/.test(found));
    if (!isInWord) continue;
    if (isLetter(other)) forCentral++;
    else forWest++;
  }
  return forCentral > forWest;
}

/** Whether lines end as on the Macs of before 2001, whose programs still write so where they write Mac Roman. */
function hasMacLines(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, SAMPLE_BYTES);
  return start.includes(0x0d) && !start.includes(0x0a);
}

/**
 * The UTF-8 text of bytes most of whose letters beyond ASCII are sound, with U+FFFD for the broken ones; `undefined` when
 * it is something else: letters of a byte each seldom make up a sound sequence (in Russian of DOS, the likeliest, one in
 * three does), and there are always more that do not.
 */
function nearlyUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(bytes);
  let [broken, sound] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) broken++;
    else if (code > 0x7f) sound++;
  }
  return broken < sound ? text : undefined;
}

/** What windows-1252 has for the bytes from 0x80 on. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The text of bytes; windows-1252 as it is, since Node takes it for ISO 8859-1. */
function decodeAs(encoding: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80));
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return new TextDecoder(encoding).encoding === 'windows-1252' ? decodeAs(encoding, bytes) : text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * Reads bytes as text. The encoding is the one that is given; else what a byte order mark says; else UTF-8 when the
 * bytes are that, some broken ones aside; else
 * windows-1251, koi8-r, ibm866, macintosh, windows-1250 or windows-1252, by a guess that the notes tell of.
 * @param encoding a label of TextDecoder
 * @throws RangeError for a label that no encoding has
 */
export function decodeText(bytes: Uint8Array, encoding?: string): DecodedText {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0];
  const known = encoding ?? marked ?? utf16WithoutMark(bytes) ?? 'utf-8';
  const strict = decodeStrictly(bytes, known);
  const name = new TextDecoder(known).encoding;
  const isPlain = name === 'utf-8' && encoding === undefined;
  if (strict !== undefined) {
    const notes = isPlain ? [] : [`The text is ${name}.`];
    return { text: strict, encoding: name, notes, hasBrokenBytes: false };
  }
  const broken = {
    encoding: name,
    notes: [`Some bytes are not ${name === 'utf-8' ? 'UTF-8' : name}: they are shown as \uFFFD.`],
    hasBrokenBytes: true,
  };
  if (encoding !== undefined || marked !== undefined || name !== 'utf-8')
    return { text: decodeAs(known, bytes), ...broken };
  const nearly = nearlyUtf8(bytes);
  if (nearly !== undefined) return { text: nearly, ...broken };
  const cyrillic = cyrillicEncodingOf(bytes);
  const [guess, reason] = cyrillic
    ? [cyrillic, 'its letters are as frequent as in Russian']
    : hasMacLines(bytes)
      ? ['macintosh', 'its lines end as on a Mac']
      : looksCentralEuropean(bytes)
        ? ['windows-1250', 'its words would have signs between their letters else']
        : ['windows-1252', 'its letters are not those of a Cyrillic text'];
  return {
    text: decodeAs(guess, bytes),
    encoding: guess,
    notes: [
      `The text is not UTF-8; it was read as ${guess}, because ${reason}. That is a guess: where letters look wrong, choose another encoding.`,
    ],
    hasBrokenBytes: false,
  };
}
