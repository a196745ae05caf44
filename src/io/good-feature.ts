import type { GoodRow } from '../domain/good-row';
import { webLink } from '../domain/rules';
import { PLACE_KIND } from '../domain/table';
import { DayText, HYPHEN } from './day-text';
import { countOrigins } from './distinct-origins';
import {
  CONFIDENCE_WORDS,
  CREDIBILITY_WORDS,
  FEATURE,
  FEATURE_WORD,
  type Kind,
  LIKELY,
  NEEDED,
  POINT,
  POINT_WORD,
  PROPERTIES,
  RELIABILITY_WORDS,
  REPORTED,
  SOURCE,
  STATUS_WORDS,
  SUPPORTS,
  TYPE_WORDS,
} from './good-form';
import { CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from './json-bytes';
import { afterSpace, afterWord, behind, endOfObject, endOfUnordered } from './json-members';
import { JsonNumber } from './json-number';
import { JsonText } from './json-text';

const SLASH = 0x2f;
const NULL = new TextEncoder().encode('null');

/** More of them are counted in the other way. */
const MOST_SOURCES = 64;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads sightings as most are, straight from their bytes: a Feature of the contract with a point or no place, in the
 * order of the contract, with nothing that there would be a word to say about. What it reads the columns are filled with
 * without a text or an object being made. All others are left to be parsed and checked.
 */
export class GoodFeatureReader {
  /** what was read last */
  readonly row: GoodRow = {
    bytes: new Uint8Array(),
    idStart: 0,
    idEnd: 0,
    lng: NaN,
    lat: NaN,
    uncertaintyMeters: NaN,
    firstDay: 0,
    lastDay: 0,
    system: 0,
    confidence: 0,
    status: 0,
    placeKind: PLACE_KIND.none,
    origins: 0,
    sources: 0,
    publishers: [],
  };
  readonly #text = new JsonText();
  readonly #number = new JsonNumber();
  readonly #day = new DayText();
  #bytes = new Uint8Array();
  /** of each source, where its origin stands: start and end by turns */
  readonly #origins: number[] = [];
  #word = 0;
  readonly #read = (kind: Kind, at: number) => this.#endOf(kind, at);

  /** @param systemOf the index of a system in UTF-8 that is known to be a good one, -1 of any other */
  constructor(private readonly systemOf: (bytes: Uint8Array, start: number, end: number) => number) {}

  /** Where the feature ends that starts at a place; -1 when it is none of these. */
  endOf(bytes: Uint8Array, start: number): number {
    this.#bytes = bytes as Uint8Array<ArrayBuffer>;
    const { row } = this;
    row.bytes = bytes;
    row.uncertaintyMeters = row.lng = row.lat = NaN;
    row.system = 0;
    row.status = REPORTED;
    row.sources = 0;
    const end = endOfUnordered(bytes, start, FEATURE, this.#read);
    if (end < 0) return -1;
    if (row.placeKind === PLACE_KIND.none) row.uncertaintyMeters = NaN;
    else if (Number.isNaN(row.uncertaintyMeters)) return -1;
    row.origins = countOrigins(bytes, this.#origins, row.sources);
    return row.origins < (NEEDED[row.confidence] ?? Infinity) ? -1 : end;
  }

  #endOf(kind: Kind, at: number): number {
    const { row } = this;
    const bytes = this.#bytes;
    switch (kind) {
      case 'line':
        return this.#endOfText(at, true);
      case 'text':
        return this.#endOfText(at, false);
      case 'publisher': {
        const end = this.#endOfPlain(at);
        row.publishers[2 * row.sources] = at + 1;
        row.publishers[2 * row.sources + 1] = end - 1;
        return end;
      }
      case 'origin': {
        const end = this.#endOfPlain(at);
        this.#origins[2 * row.sources] = at + 1;
        this.#origins[2 * row.sources + 1] = end - 1;
        return end;
      }
      case 'day':
        return Number.isNaN(this.#day.dayAt(bytes, at + 1)) || bytes[at] !== QUOTE || bytes[at + 11] !== QUOTE
          ? -1
          : at + 12;
      case 'event-date':
        return this.#endOfEventDate(at);
      case 'feature':
        return this.#endOfWord(at, FEATURE_WORD);
      case 'id': {
        const end = this.#endOfSlug(at);
        row.idStart = at + 1;
        row.idEnd = end - 1;
        return end;
      }
      case 'geometry': {
        row.placeKind = bytes[at] === 0x6e ? PLACE_KIND.none : PLACE_KIND.point;
        if (row.placeKind === PLACE_KIND.none) return afterWord(bytes, at, NULL);
        return endOfObject(bytes, at, POINT, this.#read);
      }
      case 'properties':
        return endOfObject(bytes, at, PROPERTIES, this.#read);
      case 'point':
        return this.#endOfWord(at, POINT_WORD);
      case 'position':
        return this.#endOfPosition(at);
      case 'link': {
        const end = this.#endOfPlain(at);
        return end >= 0 && webLink.holds(decoder.decode(bytes.subarray(at + 1, end - 1))) ? end : -1;
      }
      case 'system': {
        const end = this.#endOfSlug(at);
        row.system = end < 0 ? -1 : this.systemOf(bytes, at + 1, end - 1);
        return row.system < 0 ? -1 : end;
      }
      case 'likely':
        return this.#endOfWord(at, LIKELY);
      case 'quantity': {
        const end = this.#number.endOf(bytes, at);
        return Number.isSafeInteger(this.#number.value) && this.#number.value >= 1 ? end : -1;
      }
      case 'uncertainty': {
        const end = this.#number.endOf(bytes, at);
        row.uncertaintyMeters = this.#number.value;
        return row.uncertaintyMeters > 0 && row.uncertaintyMeters < Infinity ? end : -1;
      }
      case 'confidence': {
        const end = this.#endOfWord(at, CONFIDENCE_WORDS);
        row.confidence = this.#word;
        return end;
      }
      case 'status': {
        const end = this.#endOfWord(at, STATUS_WORDS);
        row.status = this.#word;
        return end;
      }
      case 'sources':
        return this.#endOfSources(at);
      case 'type':
        return this.#endOfWord(at, TYPE_WORDS);
      case 'reliability':
        return this.#endOfWord(at, RELIABILITY_WORDS);
      case 'credibility':
        return this.#endOfWord(at, CREDIBILITY_WORDS);
      case 'supports':
        return this.#endOfWord(at, SUPPORTS);
    }
  }

  #endOfText(at: number, isOneLine: boolean): number {
    if (this.#bytes[at] !== QUOTE) return -1;
    const end = this.#text.endOf(this.#bytes, at + 1, isOneLine);
    return end < 0 ? -1 : end + 1;
  }

  /** The same of a text that is what its bytes are. */
  #endOfPlain(at: number): number {
    const end = this.#endOfText(at, true);
    return this.#text.hasEscape ? -1 : end;
  }

  #endOfSlug(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start] !== QUOTE) return -1;
    let previous = HYPHEN;
    for (let at = start + 1; ; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) return previous === HYPHEN ? -1 : at + 1;
      const isLetter = (byte > 0x60 && byte < 0x7b) || (byte > 0x2f && byte < 0x3a);
      if (!isLetter && (byte !== HYPHEN || previous === HYPHEN)) return -1;
      previous = byte;
    }
  }

  #endOfWord(at: number, words: readonly Uint8Array[]): number {
    for (let i = 0; i < words.length; i++) {
      const end = afterWord(this.#bytes, at, words[i] as Uint8Array);
      if (end < 0) continue;
      this.#word = i;
      return end;
    }
    return -1;
  }

  #endOfPosition(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start] !== OPEN_LIST) return -1;
    const number = this.#number;
    let at = number.endOf(bytes, behind(bytes, start));
    if (at < 0) return -1;
    const lng = number.value;
    at = afterSpace(bytes, at);
    if (bytes[at] !== COMMA) return -1;
    at = number.endOf(bytes, behind(bytes, at));
    if (at < 0) return -1;
    const lat = number.value;
    at = afterSpace(bytes, at);
    if (bytes[at] !== CLOSE_LIST || !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return -1;
    this.row.lng = lng;
    this.row.lat = lat;
    return at + 1;
  }

  #endOfSources(start: number): number {
    const bytes = this.#bytes;
    const { row } = this;
    if (bytes[start] !== OPEN_LIST) return -1;
    let at = behind(bytes, start);
    for (;;) {
      const end = endOfObject(bytes, at, SOURCE, this.#read);
      if (end < 0 || ++row.sources > MOST_SOURCES) return -1;
      at = afterSpace(bytes, end);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = behind(bytes, at);
    }
  }

  #endOfEventDate(start: number): number {
    const bytes = this.#bytes;
    const { row } = this;
    const day = this.#day;
    if (bytes[start] !== QUOTE) return -1;
    row.firstDay = day.monthOrDayAt(bytes, start + 1);
    row.lastDay = day.lastDay;
    let at = start + (bytes[start + 8] === HYPHEN ? 11 : 8);
    if (Number.isNaN(row.firstDay)) return -1;
    if (bytes[at] === SLASH) {
      const second = day.monthOrDayAt(bytes, at + 1);
      if (Number.isNaN(second) || day.lastDay < row.firstDay) return -1;
      row.lastDay = Math.max(row.lastDay, day.lastDay);
      at += bytes[at + 8] === HYPHEN ? 11 : 8;
    }
    return bytes[at] === QUOTE ? at + 1 : -1;
  }
}
