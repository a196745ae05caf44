import { TextSet } from './packed-texts';
import { Dictionary } from './table';

/** Of more texts than this no bytes are kept. */
const MOST_KEPT = 1 << 16;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A {@link Dictionary} that is also asked with the bytes of a text, without making it. */
export class TextIndex extends Dictionary {
  readonly #bytes = new TextSet();
  readonly #indexOfBytes: number[] = [];

  /** The index of a text that is given in UTF-8, -1 when it has not occurred yet. */
  findBytes(bytes: Uint8Array, start: number, end: number): number {
    const kept = this.#bytes.findBytes(bytes, start, end);
    if (kept >= 0) return this.#indexOfBytes[kept] ?? -1;
    return this.#keep(bytes, start, end, this.find(decoder.decode(bytes.subarray(start, end))));
  }

  /** The index of a text that is given in UTF-8, a new one when it has not occurred yet. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const kept = this.#bytes.findBytes(bytes, start, end);
    if (kept >= 0) return this.#indexOfBytes[kept] ?? -1;
    return this.#keep(bytes, start, end, this.indexOf(decoder.decode(bytes.subarray(start, end))));
  }

  #keep(bytes: Uint8Array, start: number, end: number, index: number): number {
    if (index < 0 || this.#bytes.length === MOST_KEPT) return index;
    this.#indexOfBytes[this.#bytes.addBytes(bytes, start, end)] = index;
    return index;
  }
}
