import { MORE, endOfOwnLine } from './feature-start';
import type { FeatureSlice, ScanEnd } from './feature-slice';
import { FeatureScan } from './scan';

/** So many bytes at a time are read by one of several readers, unless a feature needs more. */
export const BLOCK_BYTES = 1 << 20;

/** Stands for the depth of a slice that was guessed. */
const GUESSED = 2 ** 32 - 1;

/** Numbers of a slice in {@link FeatureBlock.slices}. */
const SLICE_NUMBERS = 4;

/** A piece of a file, and the features in it, which are found but not yet parsed. */
export interface FeatureBlock {
  /** with a buffer of their own, to be handed over */
  bytes: Uint8Array<ArrayBuffer>;
  /** offset of the first byte in the file */
  base: number;
  /** index of the first feature */
  first: number;
  /** start, end, line and depth of each feature, the depth one higher, 0 where it is not told, and {@link GUESSED} */
  slices: Uint32Array<ArrayBuffer>;
}

/** The feature of a block that has an index in the file. */
export function sliceOf({ slices, first }: Omit<FeatureBlock, 'bytes'>, index: number): FeatureSlice {
  const at = SLICE_NUMBERS * (index - first);
  const [start = 0, end = 0] = [slices[at], slices[at + 1]];
  const [line = 0, depth = 0] = [slices[at + 2], slices[at + 3]];
  if (depth === GUESSED) return { index, start, end, line, isGuess: true };
  return { index, start, end, line, ...(depth > 0 ? { depth: depth - 1 } : {}) };
}

/** The features of a block, as `FeatureScan` finds or guesses them. */
export function* slicesOf(block: FeatureBlock): Generator<FeatureSlice> {
  const count = block.slices.length / SLICE_NUMBERS;
  for (let i = 0; i < count; i++) yield sliceOf(block, block.first + i);
}

/**
 * Cuts a file between its features as its bytes come in: the blocks one after the other are the file. Features are found
 * as if all of them were JSON, and guessed by their lines where each has one: who reads them knows soon enough.
 */
export class BlockScan {
  readonly #scan = new FeatureScan(true, undefined, endOfOwnLine);
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #base = 0;
  #first = 0;
  #slices: number[] = [];
  /** the last feature that was found */
  last: FeatureSlice | undefined;

  constructor(private readonly blockBytes = BLOCK_BYTES) {
    this.#bytes = new Uint8Array(blockBytes);
  }

  get receivedBytes(): number {
    return this.#base + this.#length;
  }

  /** What came behind the last block. */
  get rest(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes more bytes. Yields blocks as they become full. */
  *push(chunk: Uint8Array): Generator<FeatureBlock> {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#bytes.length - this.#length);
      this.#bytes.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length < this.#bytes.length) return;
      this.#find(false);
      const { needed } = this.#scan;
      if (needed > 0) yield this.#cut(needed);
      else this.#moveOn(0, 2 * this.#length);
    }
  }

  /** The last block, and what is left of the file; `undefined` of a file of records. */
  finish(): { block: FeatureBlock; end: ScanEnd | undefined } {
    this.#find(true);
    const end = this.#scan.end({ bytes: this.#bytes.subarray(0, this.#length), isWhole: true });
    const bytes = this.#bytes.subarray(0, this.#length);
    return { block: { ...this.#found(), bytes }, end };
  }

  #find(isWhole: boolean): void {
    const window = { bytes: this.#bytes.subarray(0, this.#length), isWhole };
    for (;;) {
      const slice = this.#scan.next(window);
      if (slice === undefined || slice === MORE) return;
      const depth = slice.isGuess ? GUESSED : (slice.depth ?? -1) + 1;
      this.#slices.push(slice.start, slice.end, slice.line, depth);
      this.last = slice;
    }
  }

  #found(): Omit<FeatureBlock, 'bytes'> {
    return { base: this.#base, first: this.#first, slices: Uint32Array.from(this.#slices) };
  }

  /** The bytes before an offset as a block; those from there on begin the next. */
  #cut(needed: number): FeatureBlock {
    const bytes = this.#bytes.subarray(0, needed);
    const block = { ...this.#found(), bytes };
    const left = this.#length - needed;
    this.#moveOn(needed, Math.max(this.blockBytes, 2 * left));
    this.#base += needed;
    this.#first += this.#slices.length / SLICE_NUMBERS;
    this.#slices = [];
    return block;
  }

  /** Goes on in other bytes, with what is there from an offset on. */
  #moveOn(from: number, length: number): void {
    const left = this.#bytes.subarray(from, this.#length);
    const next = new Uint8Array(length);
    next.set(left);
    if (from > 0) this.#scan.shift(from, this.#bytes.subarray(0, this.#length));
    this.#bytes = next;
    this.#length = left.length;
  }
}
