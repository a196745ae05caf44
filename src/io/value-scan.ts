import { MORE, type More, isLikelyStart, isSureStart, nextFeatureStart } from './feature-start';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  isSpace,
} from './json-bytes';

/**
 * No feature of more bytes has other ones in it. One that lacks a closing bracket would take in all that come behind it,
 * which would have to be kept at hand until the file ends.
 */
const MOST_AROUND_FEATURES = 1 << 22;

/**
 * Finds where a JSON value ends, by brackets and quotes alone, in bytes that may still be coming in: it goes on where it
 * stopped. What cannot be JSON is given up as soon as it shows.
 */
export class ValueScan {
  /** where the brackets that are open stand */
  #open: number[] = [];
  #at: number;
  #isInText = false;
  /** deepest nesting of objects and lists; not known after {@link ValueScan.narrowTo} */
  depth = 0;
  /** where it turned out to be broken */
  brokenAt = -1;
  /** where the next feature starts, when that is what broke it; -1 otherwise */
  nextStart = -1;
  /** where something stands that no JSON has there, though its brackets may be right */
  #doubtAt = -1;
  #doubtEnd = 0;
  #isBrokenForAll = true;

  constructor(public start: number) {
    this.#at = start;
  }

  /**
   * Where the value ends, -1 when it is broken.
   * @param isWhole whether no more bytes come
   */
  advance(bytes: Uint8Array, isWhole: boolean): number | More {
    const open = this.#open;
    const next = this.#boundOfDoubt(bytes, isWhole);
    if (next === MORE) return MORE;
    const end = next < 0 ? bytes.length : next;
    let at = this.#at;
    while (at < end) {
      const byte = this.#isInText ? QUOTE : (bytes[at] ?? 0);
      if (byte === QUOTE) {
        const from = this.#isInText ? at : at + 1;
        at = endOfText(bytes, from);
        if (at === -1) return this.#broken(from);
        this.#isInText = at >= end || bytes[at] !== QUOTE;
        if (this.#isInText) break;
        if (open.length === 0) return at + 1;
        if (at + 1 >= end) {
          this.#isInText = true; // to come back to its last quote
          break;
        }
        // Behind a text that lost a quote stands what no text has behind it.
        const behind = bytes[at + 1] ?? 0;
        if (this.#doubtAt < 0 && !maybeBehindText(behind)) {
          this.#doubtAt = this.#at = at + 1;
          return this.advance(bytes, isWhole);
        }
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (open.length > 0 && byte === OPEN_OBJECT) {
          if (this.#isMember(bytes, at)) {
            const isStart = isLikelyStart(bytes, this.start + 1, at, bytes.length);
            if (isStart === MORE && !isWhole) break;
            if (isStart === true) return this.#broken(at, at);
          }
          if (at - this.start > MOST_AROUND_FEATURES) {
            const isFeature = isSureStart(bytes, at, bytes.length);
            if (isFeature === MORE && !isWhole) break;
            if (isFeature === true) return this.#broken(at, at, false);
          }
        }
        if (open.push(at) > this.depth) this.depth = open.length;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (open.length === 0) return Math.max(at, this.start + 1);
        // In ASCII, a closing bracket is the second character after its opening one.
        if (byte - 2 !== bytes[open[open.length - 1] ?? 0]) return this.#broken(at);
        open.pop();
        if (open.length === 0) return at + 1;
      } else if (open.length === 0 && (byte === COMMA || isSpace(byte))) {
        return Math.max(at, this.start + 1);
      }
      at++;
    }
    this.#at = Math.min(at, end);
    if (next >= 0) {
      // Its bracket may have been seen before the rest of it came.
      while ((open.at(-1) ?? -1) >= next) open.pop();
      return this.#broken(end, next);
    }
    if (!isWhole) return MORE;
    return open.length === 0 && !this.#isInText ? end : this.#broken(end);
  }

  /**
   * Goes on with a value inside of this broken one that did not end before it broke; false when `start` is none. What
   * is known of it need not be found again.
   */
  narrowTo(start: number): boolean {
    const level = this.#open.indexOf(start);
    if (level < 0) return false;
    this.#open = this.#open.slice(level);
    this.start = start;
    if (!this.#isBrokenForAll) this.brokenAt = this.nextStart = -1;
    return true;
  }

  /** The bytes are now found so many places further to the front. */
  shift(by: number): void {
    this.#open = this.#open.map((at) => at - by);
    this.#at -= by;
    this.start -= by;
    if (this.brokenAt >= 0) this.brokenAt = Math.max(0, this.brokenAt - by);
    if (this.nextStart >= 0) this.nextStart = Math.max(0, this.nextStart - by);
    if (this.#doubtAt >= 0) this.#doubtAt = Math.max(0, this.#doubtAt - by);
    this.#doubtEnd -= by;
  }

  /**
   * Once there is doubt, a value ends where the next feature starts at the latest; -1 while there is no doubt, or no such
   * feature yet.
   */
  #boundOfDoubt(bytes: Uint8Array, isWhole: boolean): number | More {
    if (this.#doubtAt < 0) return -1;
    if (!isWhole && bytes.length < this.#doubtEnd) return MORE;
    const inside = { from: this.#doubtAt, end: bytes.length, isWhole, isSure: true };
    const next = nextFeatureStart(bytes, inside);
    if (next !== MORE) return next;
    this.#doubtEnd = 2 * bytes.length - this.#doubtAt; // so that a long one is not searched again and again
    return -1;
  }

  /** Whether an object stands where a member of an object should: the one around it lost its end, or it is one too many. */
  #isMember(bytes: Uint8Array, at: number): boolean {
    let before = at - 1;
    while (isSpace(bytes[before])) before--;
    const isInObject = bytes[this.#open[this.#open.length - 1] ?? 0] === OPEN_OBJECT;
    return isInObject && (bytes[before] === COMMA || bytes[before] === OPEN_OBJECT);
  }

  #broken(at: number, nextStart = -1, isForAll = true): -1 {
    this.#at = at;
    this.brokenAt = at;
    this.nextStart = nextStart;
    this.#isBrokenForAll = isForAll;
    return -1;
  }
}

function maybeBehindText(byte: number): boolean {
  return byte === COLON || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || isSpace(byte);
}

/**
 * Where a text ends, from inside of it: at its quote, or where the bytes end, but for a backslash that is the last of
 * them; -1 when the line ends first, since JSON has no line breaks in texts.
 */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) {
      if (at + 1 === bytes.length) return at;
      at++;
    } else if (byte === NEWLINE) return -1;
  }
  return bytes.length;
}

/** Where a JSON value that starts at `start` ends, by brackets and quotes alone; end -1 when it does not. */
export function endOfValue(bytes: Uint8Array, start: number): { end: number; depth: number } {
  const scan = new ValueScan(start);
  const end = scan.advance(bytes, true);
  return { end: end === MORE ? -1 : end, depth: scan.depth };
}
