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

/** Letters that look alike, Latin and Cyrillic in the same places. */
const LATIN = 'ABCEHKMOPTXYaceopxy';
const CYRILLIC = 'АВСЕНКМОРТХУасеорху';

function withLetters(text: string, from: string, to: string): string {
  return Array.from(text, (letter) => to[from.indexOf(letter)] ?? letter).join('');
}

/** What systems of air defence are in Russian, Ukrainian and English: it stands beside a name and is none. */
const KIND = [
  'зрк|зрпк|зрак|зргк|зрс',
  '(?:(?:зен[иі]тн|ракетн|пушечн|гарматн|артиллерийск|артилерійськ)\\p{L}*[\\s\\p{Pd}]+){0,4}(?:комплекс|систем)\\p{L}{0,2}(?:\\s+(?:пво|ппо))?',
  '(?:the\\s+)?(?:sam|(?:sam|air[\\s\\p{Pd}]*defen[cs]e|surface[\\s\\p{Pd}]*to[\\s\\p{Pd}]*air)(?:[\\s\\p{Pd}]+missile)?[\\s\\p{Pd}]+(?:system|complex)|missile\\s+system|system|the)',
].join('|');
const KIND_BEFORE = new RegExp(`^(?:${KIND})(?:\\s+|$)`, 'iu');
const KIND_BEHIND = new RegExp(`(?:^|\\s+)(?:${KIND})$`, 'iu');

/** A name without quotation marks and the words for its kind. */
function withoutKind(name: string): string {
  const plain = name.replace(/[\p{Pi}\p{Pf}"„]+/gu, ' ').trim();
  return plain.replace(KIND_BEFORE, '').replace(KIND_BEHIND, '').trim();
}

/** Whether a text is the designation that a name of a system begins with: `SA-22` of `SA-22 Greyhound`, not `SA-2`. */
function isDesignation(text: string, id: string, names: SystemNames): boolean {
  const folded = foldedName(text);
  const isBegun = (name: string) => name.startsWith(folded) && /^\p{L}/u.test(name.slice(folded.length));
  return /\d$/.test(folded) && [...names].some(([name, ids]) => isBegun(name) && ids.includes(id));
}

/** The systems that a text names, with or without the words for their kind. */
function namedPlainly(text: string, names: SystemNames): readonly string[] {
  return names.get(foldedName(text)) ?? names.get(foldedName(withoutKind(text))) ?? [];
}

/** The systems that a text names together with what it has in brackets: none where the two do not agree. */
function namedWithBrackets(text: string, names: SystemNames): readonly string[] {
  const [, before = '', inside = '', behind = ''] =
    /^([^()[\]]*)[([]([^()[\]]*)[)\]]([^()[\]]*)$/.exec(text) ?? [];
  const [outer, inner] = [withoutKind(`${before} ${behind}`), withoutKind(inside)];
  if (outer === '' || inner === '') return namedPlainly(outer + inner, names);
  const together = namedPlainly(`${outer} ${inner}`, names);
  if (together.length > 0) return together;
  const [ofOuter, ofInner] = [namedPlainly(outer, names), namedPlainly(inner, names)];
  return [
    ...ofOuter.filter((id) => ofInner.includes(id) || isDesignation(inner, id, names)),
    ...ofInner.filter((id) => !ofOuter.includes(id) && isDesignation(outer, id, names)),
  ];
}

function namedAsSpelled(text: string, names: SystemNames): readonly string[] {
  const plainly = namedPlainly(text, names);
  return plainly.length > 0 ? plainly : namedWithBrackets(text, names);
}

function namedAnyhow(text: string, names: SystemNames): readonly string[] {
  const found = namedAsSpelled(text, names);
  if (found.length > 0) return found;
  const alike = [withLetters(text, LATIN, CYRILLIC), withLetters(text, CYRILLIC, LATIN)];
  return [...new Set(alike.flatMap((spelled) => (spelled === text ? [] : namedAsSpelled(spelled, names))))];
}

/** What was looked up of late: the rows of a table name the same few systems. */
const lately = new WeakMap<SystemNames, Map<string, readonly string[]>>();
const MOST_LATELY = 1000;

/**
 * The ids of the systems that a text is a name of, be it among words for their kind, or with another name in brackets.
 * Where it is none as it is spelled, letters that look alike are taken for each other: `C-400` with a Latin C.
 */
export function systemsNamed(text: string, names: SystemNames | undefined): readonly string[] {
  if (names === undefined || text.length > LONGEST_NAME) return [];
  const before = lately.get(names) ?? new Map<string, readonly string[]>();
  lately.set(names, before);
  const found = before.get(text) ?? namedAnyhow(text, names);
  if (before.size >= MOST_LATELY) before.clear();
  before.set(text, found);
  return found;
}
