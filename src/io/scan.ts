import type { FilePlace } from '../domain/issue';
import { joinBytes } from './join-bytes';
import { addCommaFault } from './comma-faults';
import { MORE, type More, beforeComma, closesList, nextFeatureStart } from './feature-start';
import type { FeatureSlice, FeatureTaker, ScanEnd, Window } from './feature-slice';
import { type FeatureList, findFeatureList, recordLayoutOf } from './file-head';
import { CLOSE_LIST, COMMA, NEWLINE, OPEN_LIST, OPEN_OBJECT, hasByteOrderMark, isSpace } from './json-bytes';
import { LineCount } from './line-count';
import { ValueScan, endOfValue } from './value-scan';

type State = 'head' | 'between' | 'value' | 'broken' | 'found' | 'record' | 'tail';

/**
 * Finds the features of a file by brackets and quotes, so that each can be parsed by itself and a broken one takes no
 * other with it, in bytes that may still be coming in: what is found does not depend on how they come.
 */
export class FeatureScan {
  #state: State = 'head';
  /** the byte that stands between features that are in no list */
  #separator: number | undefined;
  /** what was not looked at yet starts here */
  #at = 0;
  #index = 0;
  #lastLine = 0;
  /** where the running value or record starts, and what is known of it */
  #start = 0;
  #scan = new ValueScan(0);
  /** the last value that was broken: values inside of it are so too unless they end before it broke */
  #brokenScan: ValueScan | undefined;
  #brokenEnd = -1;
  #slice: FeatureSlice | undefined;
  #commas = 0;
  readonly #commaFaults: FilePlace[] = [];
  /** offset in the file of the first byte that is there */
  #base = 0;
  readonly #lines = new LineCount();
  /** a search that found nothing in bytes up to here is not done again before there are twice as many */
  #searched = 0;
  #head: Uint8Array | undefined;
  readonly #tail: Uint8Array[] = [];
  /** whether the last feature that was looked for had its line for itself */
  #hasOwnLines = false;

  /**
   * @param takesRecords whether features without a list around them, each on a line or after a separator, are some
   * @param taker has a first look at each
   * @param guess where a feature ends that has its line for itself, -1 if it has not: taken for it where those before had
   */
  constructor(
    private readonly takesRecords = false,
    private readonly taker?: FeatureTaker,
    private readonly guess?: (bytes: Uint8Array, start: number, lineEnd: number) => number,
  ) {}

  /** A scan that is between features of a list. */
  static betweenFeatures(): FeatureScan {
    const scan = new FeatureScan();
    scan.#state = 'between';
    return scan;
  }

  /** The last feature that was found or taken in. */
  get last(): { index: number; line: number } | undefined {
    return this.#index === 0 ? undefined : { index: this.#index - 1, line: this.#lastLine };
  }

  /** Offset from which on bytes are still needed. */
  get needed(): number {
    return ['value', 'broken', 'record'].includes(this.#state) ? this.#start : this.#at;
  }

  /** The bytes are now found so many places further to the front; at most {@link FeatureScan.needed}. */
  shift(by: number, bytes: Uint8Array): void {
    this.#lines.shift(bytes, by);
    this.#base += by;
    this.#at -= by;
    this.#start -= by;
    this.#searched = Math.max(0, this.#searched - by);
    this.#scan.shift(by);
    if (this.#brokenScan !== this.#scan) this.#brokenScan?.shift(by);
  }

  /** The next feature, good or bad; {@link MORE} when more bytes are needed to tell; `undefined` at the end. */
  next(window: Window): FeatureSlice | More | undefined {
    for (;;) {
      const step = this.#step(window);
      if (step !== undefined) return step === 'end' ? undefined : step;
    }
  }

  /** Told that the last slice is no JSON, it goes on with the first feature inside of it. */
  reject({ bytes }: Pick<Window, 'bytes'>): void {
    const slice = this.#slice;
    if (slice === undefined || this.#separator !== undefined) return;
    // Brackets that are wrong but balanced can swallow the features behind them.
    const inside = { from: slice.start + 1, end: slice.end, isWhole: true, isSure: true };
    const swallowed = nextFeatureStart(bytes, inside);
    if (swallowed !== MORE && swallowed >= 0) this.#at = swallowed;
  }

  /** What is left when {@link FeatureScan.next} has come to the end; `undefined` of a file of records. */
  end({ bytes }: Window): ScanEnd | undefined {
    if (this.#separator !== undefined) return undefined;
    const lines = this.#lines.at(bytes, bytes.length);
    const parts = this.#head === undefined ? undefined : [this.#head, ...this.#tail];
    return { envelope: parts && joinBytes(parts), lines, commaFaults: this.#commaFaults };
  }

  #step(window: Window): FeatureSlice | More | 'end' | undefined {
    switch (this.#state) {
      case 'head':
        return this.#readHead(window);
      case 'between':
        return this.#readBetween(window);
      case 'value':
        return this.#readValue(window);
      case 'broken':
        return this.#skipBroken(window);
      case 'record':
        return this.#readRecord(window);
      case 'found':
        this.#state = this.#separator === undefined ? 'between' : 'record';
        this.#start = this.#at;
        return undefined;
      case 'tail':
        this.#tail.push(window.bytes.slice(this.#at));
        this.#at = window.bytes.length;
        return window.isWhole ? 'end' : MORE;
    }
  }

  #readHead({ bytes, isWhole }: Window): More | undefined {
    const end = bytes.length;
    if (!isWhole && end < this.#searched) return MORE;
    this.#searched = 2 * end;
    if (!isWhole && end < 3) return MORE;
    const begin = hasByteOrderMark(bytes) ? 3 : 0;
    const list: FeatureList = findFeatureList(bytes, begin);
    const records = this.takesRecords && list.at === undefined ? recordLayoutOf(bytes, begin) : undefined;
    if (
      !isWhole &&
      list.at === undefined &&
      (records === MORE || !(list.isSure || typeof records === 'number'))
    )
      return MORE;
    this.#at = begin;
    if (typeof records === 'number') {
      this.#separator = records;
      this.#start = begin;
      this.#state = 'record';
    } else if (list.at === undefined) {
      this.#head = new Uint8Array();
      this.#state = 'tail';
    } else {
      this.#head = bytes.slice(begin, list.at);
      this.#at = list.at;
      this.#state = 'between';
    }
    this.#searched = 0;
    return undefined;
  }

  #readBetween({ bytes, isWhole }: Window): FeatureSlice | More | 'end' | undefined {
    const end = bytes.length;
    let at = this.#at;
    for (; at < end && (isSpace(bytes[at]) || bytes[at] === COMMA); at++)
      if (bytes[at] === COMMA) this.#commas++;
    this.#at = at;
    if (at >= end) {
      if (!isWhole) return MORE;
      this.#head = undefined;
      return 'end';
    }
    const isClosing = bytes[at] === CLOSE_LIST;
    const endsList = isClosing && closesList(bytes, at, isWhole);
    if (endsList === MORE) return MORE;
    if (this.#commas !== (this.#index > 0 && !isClosing ? 1 : 0))
      addCommaFault(this.#commaFaults, { line: this.#lines.at(bytes, at), byte: this.#base + at });
    this.#commas = 0;
    if (endsList) {
      this.#state = 'tail';
      return undefined;
    }
    this.#start = at;
    this.#searched = 0;
    if (this.taker !== undefined && bytes[at] === OPEN_OBJECT) {
      const taken = this.taker.endOf(bytes, at);
      if (taken >= 0 && this.taker.take(this.#index, at, taken)) return this.#taken(bytes, taken);
    }
    const guessed = this.#hasOwnLines ? this.#guessed(bytes) : -1;
    if (guessed >= 0) return this.#found(bytes, guessed, undefined, true);
    const broken = this.#brokenScan;
    if (broken?.narrowTo(at)) this.#scan = broken;
    else this.#scan = new ValueScan(at);
    this.#state = isClosing ? 'broken' : 'value';
    this.#brokenEnd = -1;
    return undefined;
  }

  #readValue({ bytes, isWhole }: Window): FeatureSlice | More | undefined {
    const scan = this.#scan;
    const valueEnd = scan.brokenAt >= 0 ? -1 : scan.advance(bytes, isWhole);
    if (valueEnd === MORE) return MORE;
    // A list is no feature, but a stray bracket can make one of all the features behind it.
    if (valueEnd < 0 || bytes[this.#start] === OPEN_LIST) {
      if (valueEnd < 0) this.#brokenScan = scan;
      this.#brokenEnd = valueEnd;
      this.#state = 'broken';
      return undefined;
    }
    this.#hasOwnLines = this.#guessed(bytes) === valueEnd;
    // What was found out while it was part of another is not its own depth.
    return this.#found(
      bytes,
      valueEnd,
      scan === this.#brokenScan ? this.#depthTo(bytes, valueEnd) : scan.depth,
    );
  }

  #skipBroken({ bytes, isWhole }: Window): FeatureSlice | More {
    // The end of a list, or the start of a feature that what broke this one shows to be there.
    const known = Math.max(this.#brokenEnd, this.#scan.nextStart);
    const isKnown = known > this.#start;
    if (!isKnown && !isWhole && bytes.length < this.#searched) return MORE;
    const bound = isKnown ? known : bytes.length;
    const inside = { from: this.#start + 1, end: bound, isWhole: isKnown || isWhole, isSure: false };
    const next = nextFeatureStart(bytes, inside);
    if (next === MORE) {
      this.#searched = 2 * bytes.length - this.#start;
      return MORE;
    }
    const broken = beforeComma(bytes, this.#start, next < 0 ? bound : next);
    return this.#found(bytes, broken, this.#brokenEnd < 0 ? undefined : this.#depthTo(bytes, broken));
  }

  #readRecord({ bytes, isWhole }: Window): FeatureSlice | More | 'end' | undefined {
    const end = bytes.length;
    if (this.taker !== undefined && bytes[this.#start] === OPEN_OBJECT) {
      const taken = this.taker.endOf(bytes, this.#start);
      // A feature that goes over several lines is none of a file of lines, however whole it is.
      const isRecord = taken >= 0 && bytes.indexOf(this.#separator ?? NEWLINE, this.#start) === taken;
      if (isRecord && this.taker.take(this.#index, this.#start, taken)) return this.#taken(bytes, taken + 1);
    }
    const from = Math.max(this.#searched, this.#start);
    const found = bytes.indexOf(this.#separator ?? NEWLINE, from);
    if (found < 0 && !isWhole) {
      this.#searched = end;
      return MORE;
    }
    const next = found < 0 ? end : found;
    let [start, last] = [this.#start, next];
    while (start < next && isSpace(bytes[start])) start++;
    while (last > start && isSpace(bytes[last - 1])) last--;
    this.#start = start;
    this.#searched = 0;
    if (last > start) {
      const value = endOfValue(bytes.subarray(0, last), start);
      const stop = bytes[value.end] === 0x0d ? value.end : last; // another may follow a bare return
      const slice = this.#found(bytes, stop, value.end === stop ? value.depth : undefined);
      if (stop === last) this.#at = Math.min(next + 1, end);
      return slice;
    }
    this.#start = this.#at = Math.min(next + 1, end);
    return found < 0 ? 'end' : undefined;
  }

  #guessed(bytes: Uint8Array): number {
    return this.guess?.(bytes, this.#start, this.#lines.endOfLine(bytes, this.#start)) ?? -1;
  }

  #depthTo(bytes: Uint8Array, end: number): number {
    return endOfValue(bytes.subarray(0, end), this.#start).depth;
  }

  /** A feature was taken in: it goes on at `next`. */
  #taken(bytes: Uint8Array, next: number): undefined {
    this.#lastLine = this.#lines.at(bytes, this.#start);
    this.#index++;
    this.#slice = undefined;
    this.#at = next;
    this.#searched = 0;
    this.#state = 'found';
  }

  #found(bytes: Uint8Array, end: number, depth: number | undefined, isGuess = false): FeatureSlice {
    const slice: FeatureSlice = {
      index: this.#index++,
      start: this.#start,
      end,
      line: this.#lines.at(bytes, this.#start),
      ...(depth === undefined ? {} : { depth }),
      ...(isGuess ? { isGuess } : {}),
    };
    this.#slice = slice;
    this.#lastLine = slice.line;
    this.#at = end;
    this.#state = 'found';
    return slice;
  }
}
