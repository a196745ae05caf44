import transliterate from '@sindresorhus/transliterate';
import { freeId } from '../domain/reference-data';

const LONGEST_SLUG = 60;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Words of texts in Latin letters, joined by hyphens; empty when there are none. */
export function slugOf(...texts: readonly string[]): string {
  const words = texts.flatMap(
    (text) =>
      transliterate(text.slice(0, 300))
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [],
  );
  let slug = words.join('-');
  while (slug.length > LONGEST_SLUG) {
    const cut = slug.lastIndexOf('-');
    slug = cut > 0 ? slug.slice(0, cut) : slug.slice(0, LONGEST_SLUG);
  }
  return slug;
}

/** Gives ids to what has none, each of them once. */
export class IdGiver {
  readonly #taken: Set<string>;
  /** ids that sightings have of themselves: none is made that is one of these */
  readonly #given: ReadonlySet<string>;
  /** the last number behind an id, so that many of one name are not counted through each time */
  readonly #numbers = new Map<string, number>();

  /** @param given ids of the sightings to come, whose turn may be later */
  constructor(taken: ReadonlySet<string>, given: Iterable<string> = []) {
    this.#taken = new Set(taken);
    this.#given = new Set(given);
  }

  /**
   * An id for a sighting: the given one when it is a free slug, else one made of it, or of the title and the date.
   * @returns the id, and what was changed of the given one, in words
   */
  give(given: string, title: string, date: string): { id: string; mend?: string } {
    const isSlug = SLUG.test(given);
    const wanted = isSlug ? given : slugOf(given) || slugOf(title, date) || 'sighting';
    const id = isSlug && !this.#taken.has(given) ? given : this.#free(wanted);
    this.#taken.add(id);
    if (id === given || given === '') return { id };
    const why = isSlug ? 'is taken already' : 'is no slug';
    return { id, mend: `the id "${given}" ${why}: it became "${id}"` };
  }

  #isTaken = (id: string) => this.#taken.has(id) || this.#given.has(id);

  #free(wanted: string): string {
    if (!this.#isTaken(wanted)) return wanted;
    const known = this.#numbers.get(wanted);
    const id = known === undefined ? freeId(wanted, this.#isTaken) : this.#after(wanted, known);
    this.#numbers.set(wanted, Number(id.slice(wanted.length + 1)));
    return id;
  }

  #after(wanted: string, known: number): string {
    let number = known + 1;
    while (this.#isTaken(`${wanted}-${number}`)) number++;
    return `${wanted}-${number}`;
  }
}
