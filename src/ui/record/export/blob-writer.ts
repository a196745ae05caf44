/** Bytes that are put together before the browser takes them. */
const PART_BYTES = 1 << 20;

/**
 * Puts a file together from chunks. What is written is with the browser, on its disk where there is much of it: the
 * memory of the page never holds the whole.
 */
export class BlobWriter {
  readonly #parts: Blob[] = [];
  readonly #part = new Uint8Array(PART_BYTES);
  #used = 0;
  #size = 0;

  /** how many bytes were written */
  get size(): number {
    return this.#size;
  }

  write(chunk: Uint8Array): void {
    this.#size += chunk.length;
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.subarray(from, from + PART_BYTES - this.#used);
      this.#part.set(taken, this.#used);
      this.#used += taken.length;
      from += taken.length;
      if (this.#used === PART_BYTES) this.#flush();
    }
  }

  /** All that was written. */
  finish(): Blob {
    this.#flush();
    return new Blob(this.#parts);
  }

  #flush(): void {
    if (this.#used > 0) this.#parts.push(new Blob([this.#part.subarray(0, this.#used)]));
    this.#used = 0;
  }
}
