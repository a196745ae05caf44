import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes';
import { afterSpace, afterWord } from './json-members';
import { JsonNumber } from './json-number';

/** What stands in the way of a text being JSON. */
export interface JsonFault {
  /** offset of the byte that no JSON has there; the length of the text when it breaks off */
  at: number;
  what: string;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const FAULT: Readonly<Record<Expected, string>> = {
  value: 'a value is missing',
  'value or end': 'a value or “]” is missing',
  key: 'the name of a member is missing',
  'key or end': 'the name of a member or “}” is missing',
  colon: 'a colon is missing',
  'comma or end': 'a comma or a closing bracket is missing',
  nothing: 'something stands behind its end',
};
const BAD_TEXT = 'a text does not end, or has a character that has to be escaped';
const BREAKS_OFF = 'it breaks off';

const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));
const ESCAPES = new TextEncoder().encode('"\\/bfnrt');

function isHex(byte: number): boolean {
  const lower = byte | 0x20;
  return (byte > 0x2f && byte < 0x3a) || (lower > 0x60 && lower < 0x67);
}

/** Where a text ends, from behind its first quote to its last one; -1 when it does not. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at;
    if (byte < 0x20) return -1;
    if (byte !== BACKSLASH) continue;
    const letter = bytes[++at] ?? 0;
    if (letter !== 0x75) {
      if (!ESCAPES.includes(letter)) return -1;
      continue;
    }
    for (const end = at + 4; at < end;) if (!isHex(bytes[++at] ?? 0)) return -1;
  }
  return -1;
}

/** Where a value ends that has no others in it, -1 when there is none. */
function endOfSimple(bytes: Uint8Array, at: number, number: JsonNumber): number {
  for (const word of WORDS) {
    const end = afterWord(bytes, at, word);
    if (end >= 0) return end;
  }
  return number.endOf(bytes, at);
}

/**
 * The first fault of a text that should be one JSON value, without it being parsed; `undefined` when it is one.
 * @param bytes UTF-8
 */
export function jsonFaultOf(bytes: Uint8Array): { fault: JsonFault | undefined; depth: number } {
  const number = new JsonNumber();
  const open: number[] = [];
  let depth = 0;
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = afterSpace(bytes, at);
    if (at >= bytes.length) {
      const isWhole = expected === 'nothing';
      return { fault: isWhole ? undefined : { at: bytes.length, what: BREAKS_OFF }, depth };
    }
    const byte = bytes[at] ?? 0;
    const isInObject = open[open.length - 1] === OPEN_OBJECT;
    const isEnd = byte === (isInObject ? CLOSE_OBJECT : CLOSE_LIST) && open.length > 0;
    let next = -1;
    if (expected === 'colon') {
      if (byte === COLON) [next, expected] = [at + 1, 'value'];
    } else if (isEnd && expected.endsWith('or end')) {
      open.pop();
      [next, expected] = [at + 1, open.length === 0 ? 'nothing' : 'comma or end'];
    } else if (expected === 'comma or end') {
      if (byte === COMMA) [next, expected] = [at + 1, isInObject ? 'key' : 'value'];
    } else if (expected !== 'nothing') {
      const isKey: boolean = expected === 'key' || expected === 'key or end';
      if (byte === QUOTE) {
        const end = endOfText(bytes, at + 1);
        if (end < 0) return { fault: { at, what: BAD_TEXT }, depth };
        [next, expected] = [end + 1, isKey ? 'colon' : 'comma or end'];
      } else if (!isKey && (byte === OPEN_OBJECT || byte === OPEN_LIST)) {
        depth = Math.max(depth, open.push(byte));
        [next, expected] = [at + 1, byte === OPEN_OBJECT ? 'key or end' : 'value or end'];
      } else if (!isKey) {
        next = endOfSimple(bytes, at, number);
        if (next >= 0) expected = 'comma or end';
      }
      if (next >= 0 && open.length === 0) expected = 'nothing';
    }
    if (next < 0) return { fault: { at, what: FAULT[expected] }, depth };
    at = next;
  }
}
