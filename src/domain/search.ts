import { orderByScore } from './rank';
import type { Sighting, System } from './sighting';
import { WordDictionary } from './word-dictionary';
import { compoundsOf, joinCompound, partsOfCompound, wordsOfCompound } from './words';

/** The texts of a sighting that are searched. */
export interface SearchDocument {
  title: string;
  locality: string;
  publishers: readonly string[];
  claims: readonly string[];
  /** name, id and other names of the system; empty when the report names none */
  system: readonly string[];
}

/** Fields by the number that postings keep, each with what a word in it counts: a typo never beats a word. */
const FIELDS = [
  { weight: 1, texts: ({ title }: SearchDocument) => [title] },
  { weight: 0.9, texts: ({ system }: SearchDocument) => system },
  { weight: 0.8, texts: ({ locality }: SearchDocument) => [locality] },
  { weight: 0.65, texts: ({ publishers }: SearchDocument) => publishers },
  { weight: 0.5, texts: ({ claims }: SearchDocument) => claims },
] as const;
/** Bits of the field in a number that is packed with it, which leaves room for half a billion words or rows. */
const FIELD_BITS = 3;
const FIELD_MASK = 2 ** FIELD_BITS - 1;
const FIELD_WEIGHT = Float32Array.from(FIELDS, ({ weight }) => weight);

/** The texts of a sighting that are searched, with all names of its system. */
export function documentOf(sighting: Sighting, systems: readonly System[]): SearchDocument {
  const { title, verbatimLocality, sources, system: id } = sighting.properties;
  const system = systems.find((candidate) => candidate.id === id);
  return {
    title,
    locality: verbatimLocality,
    publishers: sources.map(({ publisher }) => publisher),
    claims: sources.map(({ claim }) => claim),
    system: [...(id === undefined ? [] : [id]), ...(system ? [system.name, ...system.otherNames] : [])],
  };
}

/** Collects the words of sightings, row by row, into a {@link SearchIndex}. */
export class SearchIndexBuilder {
  readonly #dictionary = new WordDictionary();
  readonly #wordsOf = new Map<string, readonly number[]>();
  /** the row in which a word was last seen, by word */
  readonly #seenIn: number[] = [];
  /** words of all rows with their fields, packed, a row after the other */
  readonly #packed = new NumberList();
  /** where the words of each row end among them */
  readonly #ends = new NumberList();
  #rowCount = 0;

  /** Adds the texts of a row; each row once, in their order. */
  add(row: number, document: SearchDocument): void {
    for (; this.#rowCount < row; this.#rowCount++) this.#ends.push(this.#packed.length); // rows without texts
    this.#rowCount = row + 1;
    for (const [field, { texts }] of FIELDS.entries()) {
      for (const text of texts(document)) {
        for (const compound of compoundsOf(text)) {
          for (const word of this.#wordsOfCompound(compound)) this.#addWord(word, row, field);
        }
      }
    }
    this.#ends.push(this.#packed.length);
  }

  /** The index of all rows added. Takes what was collected, so that there is no second copy for long. */
  build(): SearchIndex {
    const starts = new Uint32Array(this.#dictionary.size + 1);
    this.#packed.each((packed) => {
      const next = (packed >>> FIELD_BITS) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    });
    for (let word = 1; word < starts.length; word++) {
      starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0);
    }
    const next = starts.slice();
    const hits = new Uint32Array(this.#packed.length);
    const ends = this.#ends.take();
    let row = 0;
    this.#packed.takeEach((packed, i) => {
      while ((ends[row] ?? Infinity) <= i) row++;
      const word = packed >>> FIELD_BITS;
      const at = next[word] ?? 0;
      next[word] = at + 1;
      hits[at] = (row << FIELD_BITS) | (packed & FIELD_MASK);
    });
    this.#wordsOf.clear();
    this.#seenIn.length = 0;
    return new SearchIndex(this.#dictionary, { starts, hits }, this.#rowCount);
  }

  /** Numbers of the words of a compound; each distinct compound is folded once. */
  #wordsOfCompound(compound: string): readonly number[] {
    const known = this.#wordsOf.get(compound);
    if (known !== undefined) return known;
    const words = [...wordsOfCompound(compound)].map((word) => this.#dictionary.add(word));
    this.#wordsOf.set(compound, words);
    return words;
  }

  /** Keeps a word of a row once, in the field that counts most: fields come in that order. */
  #addWord(word: number, row: number, field: number): void {
    if (this.#seenIn[word] === row) return;
    this.#seenIn[word] = row;
    this.#packed.push((word << FIELD_BITS) | field);
  }
}

/** Rows of each word with the field in which it stands, packed: those of a word from its start to the next word's. */
interface Postings {
  starts: Uint32Array;
  hits: Uint32Array;
}

/** Finds the sightings whose texts have all words of a query. */
export class SearchIndex {
  constructor(
    readonly dictionary: WordDictionary,
    private readonly postings: Postings,
    private readonly rowCount: number,
  ) {}

  /**
   * All rows that have every word of the text, best first, of equals the lower row first. Each word counts by how
   * closely it was found, where it stands and how rare it is; the last one may be unfinished. A text without
   * words finds nothing: ask `hasWords` first.
   */
  search(text: string): Uint32Array<ArrayBuffer> {
    const compounds = compoundsOf(text);
    const scores = compounds.map((compound, i) =>
      this.#scoreCompound(compound, { isPrefix: i === compounds.length - 1 }),
    );
    return orderByScore(sumWhereAll(scores));
  }

  /** Scores of the rows that have a compound joined or, less closely, all its parts. */
  #scoreCompound(compound: string, { isPrefix }: { isPrefix: boolean }): Float32Array {
    const whole = this.#scoreWord(joinCompound(compound), { isPrefix });
    const parts = partsOfCompound(compound);
    if (parts.length < 2) return whole;
    const ofParts = sumWhereAll(
      parts.map((part, i) => this.#scoreWord(part, { isPrefix: isPrefix && i === parts.length - 1 })),
    );
    for (let row = 0; row < whole.length; row++) {
      whole[row] = Math.max(whole[row] ?? 0, (0.9 * (ofParts[row] ?? 0)) / parts.length);
    }
    return whole;
  }

  /** Scores of all rows for a word, 0 where it is not found. */
  #scoreWord(word: string, options: { isPrefix: boolean }): Float32Array {
    const { starts, hits } = this.postings;
    const scores = new Float32Array(this.rowCount);
    let found = 0;
    for (const [number, closeness] of this.dictionary.find(word, options)) {
      const end = starts[number + 1] ?? 0;
      for (let i = starts[number] ?? 0; i < end; i++) {
        const hit = hits[i] ?? 0;
        const row = hit >>> FIELD_BITS;
        const score = closeness * (FIELD_WEIGHT[hit & FIELD_MASK] ?? 0);
        const best = scores[row] ?? 0;
        if (best === 0) found++;
        if (score > best) scores[row] = score;
      }
    }
    const rarity = Math.log(1 + this.rowCount / Math.max(1, found));
    for (let row = 0; row < scores.length; row++) scores[row] = rarity * (scores[row] ?? 0);
    return scores;
  }
}

/** Sums of scores where none is 0, else 0. Changes the first. */
function sumWhereAll([first = new Float32Array(), ...others]: readonly Float32Array[]): Float32Array {
  for (const scores of others) {
    for (let row = 0; row < first.length; row++) {
      const sum = first[row] ?? 0;
      const score = scores[row] ?? 0;
      first[row] = sum > 0 && score > 0 ? sum + score : 0;
    }
  }
  return first;
}

const CHUNK_BITS = 18;
const CHUNK = 2 ** CHUNK_BITS;

/** A list of whole numbers, 4 bytes each: it grows by a chunk at a time, and never copies what it has. */
class NumberList {
  readonly #chunks: Uint32Array[] = [];
  length = 0;

  push(value: number): void {
    const at = this.length++;
    const chunk = (this.#chunks[at >>> CHUNK_BITS] ??= new Uint32Array(CHUNK));
    chunk[at & (CHUNK - 1)] = value;
  }

  each(take: (value: number, index: number) => void): void {
    for (const [i, chunk] of this.#chunks.entries()) this.#eachOf(chunk, i, take);
  }

  /** Gives each number, and lets go of those that were given. */
  takeEach(take: (value: number, index: number) => void): void {
    for (let i = 0; this.#chunks.length > 0; i++) {
      const [chunk = new Uint32Array()] = this.#chunks.splice(0, 1);
      this.#eachOf(chunk, i, take);
    }
    this.length = 0;
  }

  /** All numbers; the list has none of them any more. */
  take(): Uint32Array {
    const all = new Uint32Array(this.length);
    this.takeEach((value, i) => (all[i] = value));
    return all;
  }

  #eachOf(chunk: Uint32Array, i: number, take: (value: number, index: number) => void): void {
    const start = i * CHUNK;
    const end = Math.min(chunk.length, this.length - start);
    for (let at = 0; at < end; at++) take(chunk[at] ?? 0, start + at);
  }
}
