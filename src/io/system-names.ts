import transliterate from '@sindresorhus/transliterate';
import type { System } from '../domain/sighting';
import type { ContractContext } from '../domain/validate';

/** The ids of systems by their names, as {@link foldedName} has these. */
export type SystemNames = ReadonlyMap<string, readonly string[]>;

/** What sightings may refer to, and the names that others have for it. */
export interface NamedContext extends ContractContext {
  /** of the systems of `systemIds` */
  systemNames?: SystemNames;
}

/** Whatever is longer names no system. */
const LONGEST_NAME = 300;

/** A name in lower-case Latin letters, without accents, spaces, hyphens and quotation marks. */
function foldedName(name: string): string {
  if (name.length > LONGEST_NAME) return '';
  return transliterate(name.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\s\p{M}\p{Pd}\p{Pi}\p{Pf}\p{Pc}"'.]+/gu, '');
}

/** What systems are called, by the name of each and its other names. */
export function systemNamesOf(systems: readonly System[]): SystemNames {
  const names = new Map<string, string[]>();
  for (const { id, name, otherNames } of systems) {
    for (const folded of new Set([id, name, ...otherNames].map(foldedName))) {
      const same = names.get(folded);
      if (folded === '') continue;
      if (same) same.push(id);
      else names.set(folded, [id]);
    }
  }
  return names;
}

/** The ids of the systems that a text is a name of. */
export function systemsNamed(text: string, names: SystemNames | undefined): readonly string[] {
  return names?.get(foldedName(text)) ?? [];
}
