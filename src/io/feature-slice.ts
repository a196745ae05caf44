import type { FilePlace } from '../domain/issue';

/** The bytes of one element of a `features` list, found but not yet parsed. */
export interface FeatureSlice {
  index: number;
  /** offsets in the bytes that are there, end excluded */
  start: number;
  end: number;
  /** line on which it starts, counted from 1 */
  line: number;
  /** deepest nesting of objects and lists in it; left out where its brackets and quotes do not match */
  depth?: number;
  /** whether its line was taken for it, since features before it have theirs for themselves: `withoutGuess` tells */
  isGuess?: boolean;
}

/** What is left of a file when its features are taken out. */
export interface ScanEnd {
  /** the file's bytes without its features, or `undefined` when the file breaks off inside them */
  envelope: Uint8Array | undefined;
  /** the line on which the file ends */
  lines: number;
  /** where a comma is missing between features, or one too many: the first places */
  commaFaults: FilePlace[];
}

/** The bytes of a file from some place on, as far as they are there. */
export interface Window {
  bytes: Uint8Array;
  /** whether nothing comes after them */
  isWhole: boolean;
}

/** Takes in features that are as most are without their being looked for by brackets and quotes. */
export interface FeatureTaker {
  /** Where the feature ends that starts at a place, all of it there; -1 when it has to be found in the other way. */
  endOf: (bytes: Uint8Array, start: number) => number;
  /** Takes in the feature that was asked for last; false when it has to be found in the other way after all. */
  take: (index: number, start: number, end: number) => boolean;
}
