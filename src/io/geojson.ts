import { type FilePlace, type Issue, IssueList } from '../domain/issue';
import type { GoodRow } from '../domain/good-row';
import type { SightingTable } from '../domain/table';
import { SightingTableBuilder } from '../domain/table-builder';
import { type ContractContext, type OpenReference, SightingValidator, isSighting } from '../domain/validate';
import { MORE, nextFeatureStart } from './feature-start';
import type { FeatureSlice } from './feature-slice';
import { parseEnvelope } from './parse-envelope';
import { parseFeature } from './parse-feature';
import { FeatureScan } from './scan';
import { MOST_SEGMENT_BYTES, type SegmentOptions, Segments } from './segments';
import { MOST_TEXT_BYTES } from './whole-text';

/** What was read from a file of sightings: the good ones, and what is wrong with the rest. */
export interface ReadSightings {
  table: SightingTable;
  /** in the order of the file, issues of the collection last; those of a feature say where it stands */
  issues: Issue[];
  accepted: number;
  rejected: number;
  /** foreign members of the FeatureCollection, such as `title` */
  collection: Readonly<Record<string, unknown>>;
  /** why these are a part of the file only, where its bytes stopped coming */
  brokenOff?: string;
}

/** Reads features as most are without their being parsed: a `GoodFeatureReader`, which who reads little can do without. */
export interface QuickReader {
  /** what was read last */
  readonly row: GoodRow;
  /** Where the feature ends that starts at a place; -1 when it is to be parsed. */
  endOf: (bytes: Uint8Array, start: number) => number;
}

export type QuickReading = (systemOf: SightingTableBuilder['systemOf']) => QuickReader;

/** What was read of some features of a file. */
export interface ReadPart {
  table: SightingTable;
  /** for each row, the index of its feature */
  features: Uint32Array;
  issues: Issue[];
  /** what is wrong if none of the file has such an id */
  open: OpenReference[];
}

function hasFeatureInside(bytes: Uint8Array, { start, end }: FeatureSlice): boolean {
  const inside = nextFeatureStart(bytes, { from: start + 1, end, isWhole: true, isSure: true });
  return inside !== MORE && inside >= 0;
}

/**
 * Reads a file of sightings from bytes as they come in, feature by feature. What it reads does not depend on how the
 * bytes are cut. Whatever cannot be read is an issue, and all sightings without an error are in the table.
 */
export class SightingReader {
  readonly #validator: SightingValidator;
  readonly #builder = new SightingTableBuilder();
  readonly #quick: QuickReader | undefined;
  readonly #scan: FeatureScan;
  readonly #segments: Segments;
  readonly #issues: Issue[] = [];
  /** whether the last feature was no JSON: then the next may well be none either */
  #isDoubtful = false;

  constructor(
    context: ContractContext,
    segments: SegmentOptions | Segments = {},
    quickReading?: QuickReading,
  ) {
    const quick = (this.#quick = quickReading?.(this.#builder.systemOf));
    const taker = quick && {
      endOf: (bytes: Uint8Array, start: number) => quick.endOf(bytes, start),
      take: (index: number, start: number, end: number) => this.#takeGood(quick.row, index, start, end),
    };
    this.#scan = new FeatureScan(true, taker);
    this.#validator = new SightingValidator(context);
    this.#segments = segments instanceof Segments ? segments : new Segments(segments);
  }

  /**
   * Reads on.
   * @throws RangeError when a feature is larger than memory
   */
  push(chunk: Uint8Array): void {
    const before = this.#segments.bytes;
    const moved = this.#segments.append(chunk, this.#scan.needed);
    if (moved > 0) this.#scan.shift(moved, before);
    this.#read(false);
  }

  /** What was read of the whole file. */
  finish(): ReadSightings {
    this.#read(true);
    const issues = [...this.#issues, ...this.#validator.finish()];
    const rejected = new Set<number>();
    for (const { severity, index } of issues) if (severity === 'error') rejected.add(index ?? -1);
    const table = this.#builder.build(rejected, this.#segments.all());
    const end = this.#scan.end({ bytes: this.#segments.bytes, isWhole: true });
    const isEmpty = this.#segments.receivedBytes === 0;
    const { last } = this.#scan;
    const rest = end ? parseEnvelope(isEmpty, end, last) : { issues: [], collection: {} };
    issues.sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
    return {
      table,
      issues: issues.concat(rest.issues),
      accepted: table.length,
      rejected: (last === undefined ? 0 : last.index + 1) - table.length,
      collection: rest.collection,
    };
  }

  /**
   * Takes in features that were found before in the bytes that are there. False when one is no JSON and has others
   * inside of it, or was guessed wrong: where they are was not known to who found it.
   * @param withoutGuess a slice that was guessed as it is found, `undefined` where it was guessed wrong
   */
  takeFound(
    slices: Iterable<FeatureSlice>,
    withoutGuess: (bytes: Uint8Array, slice: FeatureSlice) => FeatureSlice | undefined,
  ): boolean {
    const { bytes } = this.#segments;
    for (const slice of slices) {
      const { index, start, end } = slice;
      const quick = this.#quick;
      if (quick?.endOf(bytes, start) === end && this.#takeGood(quick.row, index, start, end)) continue;
      const found = slice.isGuess ? withoutGuess(bytes, slice) : slice;
      if (!found || (!this.#take(bytes, found) && hasFeatureInside(bytes, found))) return false;
    }
    return true;
  }

  /** What was read of features that others are to follow. */
  part(): ReadPart {
    const files = this.#segments.all();
    const table = this.#builder.build(new Set(), files);
    const open = this.#validator.openReferences();
    return { table, features: this.#builder.features, issues: this.#issues, open };
  }

  #read(isWhole: boolean): void {
    const window = { bytes: this.#segments.bytes, isWhole };
    for (;;) {
      const slice = this.#scan.next(window);
      if (slice === undefined || slice === MORE) return;
      if (!this.#take(window.bytes, slice)) this.#scan.reject(window);
    }
  }

  /** Takes in a feature that was read as a good one; false when there is something to say about it. */
  #takeGood(row: GoodRow, index: number, start: number, end: number): boolean {
    if (end - start > MOST_TEXT_BYTES) return false;
    if (!this.#validator.takeGood(index, row.bytes, row.idStart, row.idEnd)) return false;
    this.#builder.addGood(row, index, { file: this.#segments.use(), start, end });
    return true;
  }

  /** Takes a feature in; false when it is no JSON. */
  #take(bytes: Uint8Array, { index, start, end, line, depth }: FeatureSlice): boolean {
    const place: FilePlace = { byte: this.#segments.base + start, line };
    const parsed = parseFeature(bytes.subarray(start, end), depth, this.#isDoubtful, place);
    this.#isDoubtful = 'error' in parsed;
    if ('error' in parsed) {
      this.#fail(index, null, place, parsed.error);
      return false;
    }
    const { value } = parsed;
    const found = this.#validator.checkFeature(value, index, place);
    for (const issue of found) this.#issues.push(issue);
    if (!isSighting(value, found)) return true;
    try {
      this.#builder.add(value, index, { file: this.#segments.use(), start, end });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fail(index, value.id, place, error.message);
    }
    return true;
  }

  #fail(index: number, id: string | null, place: FilePlace, message: string): void {
    const report = new IssueList(index, id, place);
    report.error('$', message);
    this.#issues.push(...report.issues);
  }
}

/**
 * Reads the bytes of a file of sightings: GeoJSON, or newline-delimited features. Never throws: whatever cannot be read
 * is an issue, and all sightings without an error are in the table, which keeps the bytes.
 */
export function readSightings(
  bytes: Uint8Array,
  context: ContractContext,
  quick?: QuickReading,
): ReadSightings {
  if (bytes.length <= MOST_SEGMENT_BYTES)
    return new SightingReader(context, Segments.of(bytes), quick).finish();
  const reader = new SightingReader(context, { totalBytes: bytes.length }, quick);
  const length = 1 << 22;
  for (let at = 0; at < bytes.length; at += length) reader.push(bytes.subarray(at, at + length));
  return reader.finish();
}
