import { NEWLINE } from './json-bytes';

/** Counts the lines of a file of which a window of bytes is there at a time. */
export class LineCount {
  #line = 1;
  #counted = 0;
  /** the first newline from `#counted` on, as far as it was looked for */
  #nextNewline = -1;

  /** The line of an offset in the window, counted from 1; of offsets that do not go back. */
  at(bytes: Uint8Array, offset: number): number {
    // What lies before the newline that is known was searched.
    for (let at = Math.max(this.#counted, this.#nextNewline); at < offset;) {
      const newline = bytes.indexOf(NEWLINE, at);
      this.#nextNewline = newline < 0 ? bytes.length : newline;
      if (this.#nextNewline >= offset) break;
      this.#line++;
      at = newline + 1;
    }
    this.#counted = Math.max(this.#counted, offset);
    return this.#line;
  }

  /** Where the line of an offset ends, or the bytes do; of offsets that do not go back. */
  endOfLine(bytes: Uint8Array, offset: number): number {
    this.at(bytes, offset);
    const from = Math.max(offset, this.#nextNewline);
    const newline = bytes.indexOf(NEWLINE, from);
    return (this.#nextNewline = newline < 0 ? bytes.length : newline);
  }

  /** Notes that the first bytes of the window leave it. */
  shift(bytes: Uint8Array, by: number): void {
    this.at(bytes, by);
    this.#counted -= by;
    this.#nextNewline = -1;
  }
}
