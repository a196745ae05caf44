import { filePlaceText, quoteValue } from '../domain/issue';
import { isObject } from '../domain/rules';
import { joinBytes } from './join-bytes';
import { commaFaultText } from './comma-faults';
import { featurePlace } from './feature-place';
import { findFeatureList } from './file-head';
import { jsonFaultOf } from './json-fault';
import { hasByteOrderMark, isSpace } from './json-bytes';
import type { FeatureSlice, ScanEnd } from './feature-slice';
import { scanFeatures } from './whole-scan';
import { MAX_JSON_DEPTH, parseShallowJson } from './shallow-json';
import {
  BEHIND_ITS_END,
  type BehindEnd,
  type UnreadPart,
  partEnvelope,
  unreadFeatures,
} from './unread-parts';
import { endOfValue } from './value-scan';

/**
 * How a file of GeoJSON holds its features: in a FeatureCollection, in a bare list, each on a line of its own
 * (newline-delimited), each after a record separator (RFC 8142), or one value, or several, after each other.
 */
export type GeoJsonLayout = 'collection' | 'list' | 'lines' | 'sequence' | 'values';

/** Something in the place of a feature: the value that it is, or why it is none. */
export type RawFeature = {
  /** counted from 0 */
  index: number;
  /** as people count: `feature 3 (line 12, byte 345)`, `line 12, byte 345` */
  place: string;
  /** its very bytes */
  bytes: Uint8Array;
  /** offset of its end in the file, about: how far the file is read */
  end: number;
} & ({ value: unknown } | { fault: string });

/** What is left of a file when its features are taken out. */
export interface Surroundings {
  /** members of the FeatureCollection but for `type` and `features` */
  members: ReadonlyMap<string, unknown>;
  /** what is wrong with it, in sentences */
  faults: string[];
  /** line on which it breaks off; left out when it does not */
  lastLine?: number;
}

/** So many collections behind the first are read for themselves; each is looked for in all that follows it. */
const MOST_BEHIND = 10;

const NEWLINE = 0x0a;
const RECORD_SEPARATOR = 0x1e;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

function afterMark(bytes: Uint8Array): number {
  return hasByteOrderMark(bytes) ? 3 : 0;
}

function afterSpace(bytes: Uint8Array, from: number, end = bytes.length): number {
  let at = from;
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

/** How a file holds its features, told by its first bytes, whatever it is called. */
export function layoutOf(bytes: Uint8Array): GeoJsonLayout {
  const begin = afterMark(bytes);
  const first = afterSpace(bytes, begin);
  if (bytes[first] === RECORD_SEPARATOR) return 'sequence';
  if (bytes[first] === OPEN_LIST) return 'list';
  if (bytes[first] !== OPEN_OBJECT) return 'values';
  const isCollection = findFeatureList(bytes, begin).at !== undefined;
  const newline = bytes.indexOf(NEWLINE, first);
  const second = newline < 0 ? bytes.length : afterSpace(bytes, newline);
  if (second < bytes.length && (!isCollection || bytes[second] === OPEN_OBJECT)) {
    const { end } = endOfValue(bytes.subarray(0, newline), first);
    // A whole value on the first line, or a broken one that says it is a feature.
    if (end >= 0 || isFeatureLine(bytes.subarray(first, newline))) return 'lines';
  }
  return isCollection ? 'collection' : 'values';
}

function isFeatureLine(line: Uint8Array): boolean {
  return /^\{\s*"type"\s*:\s*"Feature"/.test(new TextDecoder().decode(line.subarray(0, 64)));
}

/**
 * @param depth of its brackets, where that is known
 * @param byte offset of the text in its file, where it is one piece of it
 */
function parse(bytes: Uint8Array, depth?: number, byte?: number): { value: unknown } | { fault: string } {
  if (depth !== undefined && depth > MAX_JSON_DEPTH)
    return { fault: `is nested ${depth} levels deep; at most ${MAX_JSON_DEPTH} are read` };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { fault: 'is not UTF-8 text: save the file as UTF-8' }; // the only thing that a fatal decoder throws
  }
  try {
    return { value: depth === undefined ? parseShallowJson(text) : JSON.parse(text) };
  } catch (error) {
    const { fault } = byte === undefined ? { fault: undefined } : jsonFaultOf(bytes);
    if (fault) return { fault: `is not JSON: ${fault.what} at byte ${(byte ?? 0) + fault.at}` };
    return { fault: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The records between separators, or on lines of their own; blank ones are none. */
function* records(bytes: Uint8Array, separator: number): Generator<FeatureSlice> {
  let line = 1;
  let index = 0;
  for (let at = afterMark(bytes); at < bytes.length;) {
    const found = bytes.indexOf(separator, at);
    const next = found < 0 ? bytes.length : found;
    const start = afterSpace(bytes, at, next);
    let end = next;
    while (end > start && isSpace(bytes[end - 1])) end--;
    for (let i = at; i < start; i++) if (bytes[i] === NEWLINE) line++;
    if (end > start) {
      const value = endOfValue(bytes.subarray(0, end), start);
      const stop = bytes[value.end] === 0x0d ? value.end : end; // another may follow a bare return
      yield { index: index++, start, end: stop, line, depth: value.depth };
      if (stop < end) {
        at = stop;
        continue;
      }
    }
    for (let i = start; i <= next; i++) if (bytes[i] === NEWLINE) line++;
    at = next + 1;
  }
}

/**
 * The features of a file, one by one, so that a broken one takes no other with it. Never throws.
 * @param from where in the file these bytes begin
 */
export function* readFeatures(
  bytes: Uint8Array,
  layout: GeoJsonLayout,
  from = { line: 1, byte: 0, collections: 0 },
): Generator<RawFeature, Surroundings> {
  const placeAt = (line: number, byte: number) => ({ line: from.line + line - 1, byte: from.byte + byte });
  if (layout === 'lines' || layout === 'sequence') {
    for (const slice of records(bytes, layout === 'lines' ? NEWLINE : RECORD_SEPARATOR)) {
      const own = bytes.subarray(slice.start, slice.end);
      const at = placeAt(slice.line, slice.start);
      const place = layout === 'lines' ? filePlaceText(at) : featurePlace(slice.index, at);
      yield {
        index: slice.index,
        place,
        bytes: own,
        end: slice.end,
        ...parse(own, slice.depth ?? 0, at.byte),
      };
    }
    return { members: new Map(), faults: [] };
  }
  const [head, tail] = { collection: ['', ''], list: ['{"features":', '}'], values: ['{"features":[', ']}'] }[
    layout
  ].map((text) => new TextEncoder().encode(text));
  const whole =
    layout === 'collection'
      ? bytes
      : joinBytes([head ?? bytes, bytes.subarray(afterMark(bytes)), tail ?? bytes]);
  const before = layout === 'collection' ? 0 : (head?.length ?? 0) - afterMark(bytes);
  const slices = scanFeatures(whole);
  let last: FeatureSlice | undefined;
  let next = slices.next();
  while (!next.done) {
    const slice = next.value;
    last = slice;
    const own = whole.subarray(slice.start, slice.end);
    const at = placeAt(slice.line, slice.start - before);
    const parsed = parse(own, slice.depth ?? endOfValue(own, 0).depth, at.byte);
    yield {
      index: slice.index,
      place: featurePlace(slice.index, at),
      bytes: own,
      end: Math.min(slice.end, bytes.length),
      ...parsed,
    };
    next = slices.next('value' in parsed);
  }
  const { unread, behind, ...rest } = surroundings(next.value, last, { layout, before });
  const { length: end } = bytes;
  let index = (last?.index ?? -1) + 1;
  for (const part of unread) yield { ...part, index: index++, end };
  if (behind === undefined) return rest;
  // It is read as a file of its own, so that each of its features is kept.
  const beginning = placeAt(behind.line, end - behind.bytes.length);
  const isText = ![OPEN_OBJECT, OPEN_LIST].includes(behind.bytes[0] ?? 0);
  const isWhole = isText || from.collections >= MOST_BEHIND;
  const after = { ...beginning, collections: from.collections + 1 };
  const inside = isWhole ? [] : [...readFeatures(behind.bytes, layoutOf(behind.bytes), after)];
  const parts = inside.length > 0 ? inside : [{ place: filePlaceText(beginning), bytes: behind.bytes }];
  for (const part of parts)
    yield { place: part.place, bytes: part.bytes, fault: BEHIND_ITS_END, index: index++, end };
  return rest;
}

function surroundings(
  { envelope, lines, commaFaults }: ScanEnd,
  last: FeatureSlice | undefined,
  { layout, before }: { layout: GeoJsonLayout; before: number },
): Surroundings & { unread: UnreadPart[]; behind?: BehindEnd } {
  const members = new Map<string, unknown>();
  const after = last ? `feature ${last.index + 1}, which starts on line ${last.line}` : 'its beginning';
  if (envelope === undefined) {
    const fault = `The file breaks off on line ${lines}, in or after ${after}: get a complete copy.`;
    return { members, faults: [fault], lastLine: lines, unread: [] };
  }
  const faults: string[] = [];
  if (layout !== 'values' && commaFaults.length > 0) {
    const inFile = commaFaults.map(({ line, byte }) => ({ line, byte: byte - before }));
    faults.push(`A${commaFaultText(inFile).slice(1)}.`);
  }
  const { collection, ...rest } =
    layout === 'collection' ? partEnvelope(envelope, lines) : { collection: envelope };
  const parsed = parse(collection);
  if ('fault' in parsed) faults.push(`What surrounds the features ${parsed.fault}.`);
  const value = 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
  const { type, features } = value;
  if (layout === 'collection' && 'value' in parsed && type !== 'FeatureCollection')
    faults.push(`Its type should be "FeatureCollection", not ${quoteValue(type)}.`);
  if (Array.isArray(features) && features.length > 0)
    faults.push('It has two lists of features: only the first is read.');
  for (const [key, member] of Object.entries(value)) {
    if (key !== 'type' && key !== 'features') members.set(key, member);
  }
  return { members, faults, unread: unreadFeatures(value), ...rest };
}
