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
  readonly #words = new NumberList();
  readonly #rows = new NumberList();
  readonly #fields = new NumberList();
  #rowCount = 0;

  /** Adds the texts of a row; each row once. */
  add(row: number, document: SearchDocument): void {
    this.#rowCount = Math.max(this.#rowCount, row + 1);
    for (const [field, { texts }] of FIELDS.entries()) {
      for (const text of texts(document)) {
        for (const compound of compoundsOf(text)) {
          for (const word of this.#wordsOfCompound(compound)) this.#addWord(word, row, field);
        }
      }
    }
  }

  /** The index of all rows added. */
  build(): SearchIndex {
    const words = this.#words.values;
    const { values: rowOf } = this.#rows;
    const { values: fieldOf } = this.#fields;
    const starts = new Uint32Array(this.#dictionary.size + 1);
    for (const word of words) starts[word + 1] = (starts[word + 1] ?? 0) + 1;
    for (let word = 1; word < starts.length; word++) {
      starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0);
    }
    const next = starts.slice();
    const rows = new Uint32Array(words.length);
    const fields = new Uint8Array(words.length);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      const at = next[word] ?? 0;
      next[word] = at + 1;
      rows[at] = rowOf[i] ?? 0;
      fields[at] = fieldOf[i] ?? 0;
    }
    return new SearchIndex(this.#dictionary, { starts, rows, fields }, this.#rowCount);
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
    this.#words.push(word);
    this.#rows.push(row);
    this.#fields.push(field);
  }
}

/** Rows of each word, and the field in which it stands: those of a word from its start to the next word's. */
interface Postings {
  starts: Uint32Array;
  rows: Uint32Array;
  fields: Uint8Array;
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
    const { starts, rows, fields } = this.postings;
    const scores = new Float32Array(this.rowCount);
    let found = 0;
    for (const [number, closeness] of this.dictionary.find(word, options)) {
      const end = starts[number + 1] ?? 0;
      for (let i = starts[number] ?? 0; i < end; i++) {
        const row = rows[i] ?? 0;
        const score = closeness * (FIELD_WEIGHT[fields[i] ?? 0] ?? 0);
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

/** A list of whole numbers in memory of its own kind: 4 bytes each. */
class NumberList {
  #numbers = new Uint32Array(1024);
  #length = 0;

  get values(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length++] = value;
  }
}
