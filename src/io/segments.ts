/** Most bytes of a segment, unless a feature needs more. */
const SEGMENT_BYTES = 1 << 26;
/** The first segment of a file whose length is not known; each further one is larger. */
const FIRST_SEGMENT_BYTES = 1 << 20;
const GROWTH = 4;

/** Offsets in a segment are of 32 bits. */
export const MOST_SEGMENT_BYTES = 2 ** 32 - 1;

/** How the bytes of a file are kept. */
export interface SegmentOptions {
  /** most bytes of a segment, unless a feature needs more */
  segmentBytes?: number | undefined;
  /** length of the file where it is known */
  totalBytes?: number | undefined;
  /** full segments are forgotten, for a file that is larger than memory; records are then read from it again */
  isForgetful?: boolean | undefined;
}

/**
 * The bytes of a file as they come in, in pieces that never have to be copied to grow. What is still needed of a full one
 * is moved to the next, so that no feature stands in two.
 */
export class Segments {
  readonly #full: Uint8Array[] = [];
  readonly #most: number;
  readonly #totalBytes: number | undefined;
  readonly #isForgetful: boolean;
  /** offset in the file of each segment that is used */
  readonly bases: number[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #length = 0;
  #received = 0;
  #next: number;
  #isKept = false;
  /** offset in the file of the running segment's first byte */
  base = 0;

  constructor({ segmentBytes = SEGMENT_BYTES, totalBytes, isForgetful = false }: SegmentOptions = {}) {
    this.#isForgetful = isForgetful;
    this.#most = segmentBytes;
    this.#totalBytes = totalBytes;
    this.#next = Math.min(segmentBytes, totalBytes ?? FIRST_SEGMENT_BYTES);
  }

  /** Bytes that are there already are a segment as they are. */
  static of(bytes: Uint8Array): Segments {
    const segments = new Segments();
    segments.#bytes = bytes;
    segments.#length = segments.#received = bytes.length;
    return segments;
  }

  /** The index that the running segment has among {@link Segments.all}, which it then is kept in. */
  use(): number {
    this.#isKept = true;
    this.bases[this.#full.length] = this.base;
    return this.#full.length;
  }

  /** What is there of the running segment. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  get receivedBytes(): number {
    return this.#received;
  }

  /**
   * Adds bytes to the running segment, or to a new one when they have no room.
   * @param needed offset in the running segment from which on it is moved there
   * @returns by how much what is needed moved to the front
   * @throws RangeError when a feature is larger than offsets can tell
   */
  append(chunk: Uint8Array, needed: number): number {
    let moved = 0;
    if (this.#length + chunk.length > this.#bytes.length) {
      moved = needed;
      const left = this.#bytes.subarray(needed, this.#length);
      const next = new Uint8Array(this.#roomFor(left.length, chunk.length));
      next.set(left);
      if (this.#isKept)
        this.#full.push(this.#isForgetful ? new Uint8Array() : this.#bytes.subarray(0, needed));
      this.#isKept = false;
      this.#bytes = next;
      this.#length = left.length;
      this.base += needed;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
    this.#received += chunk.length;
    return moved;
  }

  /** All segments that are used, in their order. */
  all(): Uint8Array[] {
    if (!this.#isKept) return this.#full;
    if (this.#isForgetful) return [...this.#full, new Uint8Array()];
    // A segment that is mostly empty is worth a copy.
    const isEmpty = 2 * this.#length < this.#bytes.length;
    return [...this.#full, isEmpty ? this.#bytes.slice(0, this.#length) : this.bytes];
  }

  #roomFor(left: number, chunk: number): number {
    const least = left + chunk;
    if (least > MOST_SEGMENT_BYTES)
      throw new RangeError('A feature of the file has more than 4 GB: split it.');
    const wanted = Math.max(this.#next, 2 * least > this.#most ? 2 * least : 0);
    this.#next = Math.min(this.#most, GROWTH * this.#next);
    // More than was said come when the file was packed.
    const coming =
      this.#totalBytes === undefined || this.#received + chunk > this.#totalBytes
        ? Infinity
        : this.#totalBytes - this.#received;
    return Math.min(MOST_SEGMENT_BYTES, Math.max(least, Math.min(wanted, left + coming)));
  }
}
