import { BACKSLASH, QUOTE } from './json-bytes';

/** 1 for bytes that stand for themselves in a text of JSON, whatever is around them: visible ASCII and the space. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** What a backslash and a letter stand for; `u` is none of them. */
const ESCAPED = new Map(
  [...'"\\/bfnrt'].map((letter, i) => [letter.charCodeAt(0), '"\\/\b\f\n\r\t'.charCodeAt(i)]),
);

/** Whether a character is taken for a space around a text, as `trim` does. */
function isSpaceAround(code: number): boolean {
  const isNone = (code > 0x20 && code < 0xa0) || (code > 0xa0 && code < 0x1680) || code > 0xffff;
  return !isNone && String.fromCharCode(code).trim() === '';
}

/** Whether a text with such a character is not of one line. */
function isControl(code: number): boolean {
  return code < 0x20 || (code > 0x7e && code < 0xa0) || code === 0x2028 || code === 0x2029;
}

/** The code point that starts at a byte above 0x7f, and how many bytes it has: 8 * code + length; -1 when it is not UTF-8. */
function readCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = (bytes[at + 1] ?? 0) ^ 0x80; // below 0x40 when it goes on
  if (lead < 0xc2 || lead > 0xf4 || second > 0x3f) return -1;
  if (lead < 0xe0) return 8 * (((lead & 0x1f) << 6) | second) + 2;
  const third = (bytes[at + 2] ?? 0) ^ 0x80;
  if (third > 0x3f) return -1;
  if (lead < 0xf0) {
    const code = ((lead & 0x0f) << 12) | (second << 6) | third;
    const isSurrogate = code >= 0xd800 && code < 0xe000;
    return code < 0x800 || isSurrogate ? -1 : 8 * code + 3;
  }
  const fourth = (bytes[at + 3] ?? 0) ^ 0x80;
  if (fourth > 0x3f) return -1;
  const code = ((lead & 0x07) << 18) | (second << 12) | (third << 6) | fourth;
  return code < 0x10000 || code > 0x10ffff ? -1 : 8 * code + 4;
}

/** The code unit of the four hexadecimal digits at a place; -1 when there are others. */
function hexAt(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i] ?? 0;
    const digit = byte < 0x3a ? byte - 0x30 : (byte | 0x20) - 0x57;
    if (digit < 0 || digit > 15 || (byte > 0x39 && digit < 10)) return -1;
    code = 16 * code + digit;
  }
  return code;
}

/** Reads texts of JSON from their bytes, without making them. */
export class JsonText {
  /** whether the last text that was read has a backslash in it, so that its bytes are not what it says */
  hasEscape = false;

  /**
   * Where a text ends, from behind its first quote to its last one; -1 when it is not sound: valid JSON in UTF-8, not
   * empty, with no space around it and, if it has to be one line, without control characters.
   */
  endOf(bytes: Uint8Array, start: number, isOneLine: boolean): number {
    this.hasEscape = false;
    let at = start;
    let special = -1;
    let specialEnd = -1;
    for (;;) {
      while (IS_PLAIN[bytes[at] ?? 0] === 1) at++;
      const from = at;
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        const letter = bytes[at + 1] ?? 0;
        const isCode = letter === 0x75;
        special = isCode ? hexAt(bytes, at + 2) : (ESCAPED.get(letter) ?? -1);
        if (special < 0) return -1;
        at += isCode ? 6 : 2;
        this.hasEscape = true;
      } else if (byte > 0x7f) {
        const read = readCharacter(bytes, at);
        if (read < 0) return -1;
        special = read >> 3;
        at += read & 7;
      } else if (byte === 0x7f) {
        special = byte;
        at++;
      } else {
        return -1;
      }
      if (isOneLine && isControl(special)) return -1;
      if (from === start && isSpaceAround(special)) return -1;
      specialEnd = at;
    }
    if (at === start || bytes[start] === 0x20) return -1;
    if (specialEnd === at ? isSpaceAround(special) : bytes[at - 1] === 0x20) return -1;
    return at;
  }
}
