/** Texts one after the other in UTF-8, which a worker can hand over: text i stands from `starts[i]` to `starts[i + 1]`. */
export interface PackedTexts {
  bytes: Uint8Array;
  /** one more than there are texts */
  starts: Uint32Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How many texts there are. */
export function countOf({ starts }: PackedTexts): number {
  return Math.max(0, starts.length - 1);
}

/** Text i, '' where there is none. */
export function textAt({ bytes, starts }: PackedTexts, i: number): string {
  return decoder.decode(bytes.subarray(starts[i] ?? 0, starts[i + 1] ?? starts[i] ?? 0));
}

export function packTexts(texts: Iterable<string>): PackedTexts {
  const list = new TextList();
  for (const text of texts) list.push(text);
  return list.packed();
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5; // FNV-1a
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  { bytes, starts }: PackedTexts,
  i: number,
): boolean {
  const start = starts[i] ?? 0;
  if ((starts[i + 1] ?? start) - start !== aEnd - aStart) return false;
  for (let k = aStart, other = start; k < aEnd; k++, other++) if (a[k] !== bytes[other]) return false;
  return true;
}

/** The slot of a text in a hash index by open addressing, or the free one where it belongs. */
function slotOf(
  slots: Int32Array,
  texts: PackedTexts,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const mask = slots.length - 1;
  for (let slot = hashOf(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] ?? 0;
    if (entry === 0 || isSame(bytes, start, end, texts, entry - 1)) return slot;
  }
}

/** Empty slots for so many texts, at most half of which will be taken. */
function slotsFor(count: number): Int32Array {
  let length = 16;
  while (length < 2 * count) length *= 2;
  return new Int32Array(length);
}

/** A hash index of texts, for {@link findText}: of texts that are the same the last. */
export function indexTexts(texts: PackedTexts): Int32Array {
  const count = countOf(texts);
  const slots = slotsFor(count);
  const { bytes, starts } = texts;
  for (let i = 0; i < count; i++)
    slots[slotOf(slots, texts, bytes, starts[i] ?? 0, starts[i + 1] ?? 0)] = i + 1;
  return slots;
}

/** Which of the texts one is, by their index; -1 when it is none. */
export function findText(texts: PackedTexts, slots: Int32Array, text: string): number {
  const bytes = encoder.encode(text);
  return (slots[slotOf(slots, texts, bytes, 0, bytes.length)] ?? 0) - 1;
}

/** Whether text i is this one, given in UTF-8. */
export function isText(texts: PackedTexts, i: number, bytes: Uint8Array): boolean {
  return isSame(bytes, 0, bytes.length, texts, i);
}

/** A list of texts that grows, packed. */
export class TextList {
  #bytes = new Uint8Array(1 << 10);
  #starts = new Uint32Array(1 << 6);
  length = 0;

  push(text: string): void {
    this.stage(text);
    this.keep();
  }

  /** Adds a text that is given in UTF-8. */
  pushBytes(bytes: Uint8Array, start: number, end: number): void {
    const own = this.#starts[this.length] ?? 0;
    this.#reserve(own + end - start);
    const target = this.#bytes;
    let to = own;
    for (let at = start; at < end; at++) target[to++] = bytes[at] ?? 0;
    this.#starts[this.length + 1] = to;
    this.keep();
  }

  /** Writes a text behind the last one, where {@link TextList.keep} makes it one of the list; gives its place. */
  protected stage(text: string): { bytes: Uint8Array; start: number; end: number } {
    const start = this.#starts[this.length] ?? 0;
    this.#reserve(start + 3 * text.length);
    const bytes = this.#bytes;
    let end = start;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        end = start + encoder.encodeInto(text, bytes.subarray(start)).written;
        break;
      }
      bytes[end++] = code;
    }
    this.#starts[this.length + 1] = end;
    return { bytes, start, end };
  }

  protected keep(): void {
    this.length++;
    if (this.length + 1 < this.#starts.length) return;
    const longer = new Uint32Array(2 * this.#starts.length);
    longer.set(this.#starts);
    this.#starts = longer;
  }

  /** Text i of the list, '' where there is none. */
  at(i: number): string {
    return i >= 0 && i < this.length ? textAt(this.texts, i) : '';
  }

  /** The texts so far, in arrays that may be longer than they are. */
  protected get texts(): PackedTexts {
    return { bytes: this.#bytes, starts: this.#starts };
  }

  /** The texts, in arrays of their own. */
  packed(): PackedTexts {
    const starts = this.#starts.slice(0, this.length + 1);
    return { bytes: this.#bytes.slice(0, starts[this.length]), starts };
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const longer = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

/** Distinct texts by the order in which they were added, in far less memory than a Map of strings. */
export class TextSet extends TextList {
  #slots = slotsFor(64);

  /** The index of a text, a new one when it is not there yet. */
  add(text: string): number {
    const { bytes, start, end } = this.stage(text);
    const slot = slotOf(this.#slots, this.texts, bytes, start, end);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    this.keep();
    return this.#taken(slot);
  }

  /** The same for a text that is given in UTF-8. */
  addBytes(bytes: Uint8Array, start: number, end: number): number {
    const slot = slotOf(this.#slots, this.texts, bytes, start, end);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    this.pushBytes(bytes, start, end);
    return this.#taken(slot);
  }

  /** The index of a text that is given in UTF-8, -1 when it is not there. */
  findBytes(bytes: Uint8Array, start: number, end: number): number {
    return (this.#slots[slotOf(this.#slots, this.texts, bytes, start, end)] ?? 0) - 1;
  }

  /**
   * Whether a text that is given in UTF-8 comes behind text i in the order of code units; one of the two has to be ASCII.
   */
  isBehind(i: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { bytes: own, starts } = this.texts;
    const [ownStart, ownEnd] = [starts[i] ?? 0, starts[i + 1] ?? 0];
    const shorter = Math.min(ownEnd - ownStart, end - start);
    for (let k = 0; k < shorter; k++) {
      const difference = (bytes[start + k] ?? 0) - (own[ownStart + k] ?? 0);
      if (difference !== 0) return difference > 0;
    }
    return end - start > ownEnd - ownStart;
  }

  has(text: string): boolean {
    const { bytes, start, end } = this.stage(text);
    return this.#slots[slotOf(this.#slots, this.texts, bytes, start, end)] !== 0;
  }

  #taken(slot: number): number {
    this.#slots[slot] = this.length;
    if (2 * this.length > this.#slots.length) this.#grow();
    return this.length - 1;
  }

  #grow(): void {
    this.#slots = slotsFor(2 * this.length);
    const texts = this.texts;
    for (let i = 0; i < this.length; i++) {
      const slot = slotOf(this.#slots, texts, texts.bytes, texts.starts[i] ?? 0, texts.starts[i + 1] ?? 0);
      this.#slots[slot] = i + 1;
    }
  }
}
