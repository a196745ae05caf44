import { CLOSE_OBJECT, COLON, COMMA, OPEN_OBJECT, isSpace } from './json-bytes';

/** The members of an object of a known form, in the order in which they are written. */
export interface Members<Kind> {
  /** in UTF-8 with their quotes */
  keys: readonly Uint8Array[];
  kinds: readonly Kind[];
  isRequired: readonly boolean[];
}

const encoder = new TextEncoder();

/** A text of plain characters as JSON has it. */
export function wordOf(text: string): Uint8Array {
  return encoder.encode(`"${text}"`);
}

/** @param members by their names, each with its kind, and whether it may be left out */
export function membersOf<Kind>(
  members: Readonly<Record<string, readonly [kind: Kind, isOptional?: 'optional']>>,
): Members<Kind> {
  const list = Object.entries(members);
  return {
    keys: list.map(([name]) => wordOf(name)),
    kinds: list.map(([, [kind]]) => kind),
    isRequired: list.map(([, [, isOptional]]) => isOptional === undefined),
  };
}

export function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Where a word ends that stands at a place; -1 when another one does. */
export function afterWord(bytes: Uint8Array, at: number, word: Uint8Array): number {
  for (let k = 0; k < word.length; k++) if (bytes[at + k] !== word[k]) return -1;
  return at + word.length;
}

/** Where the value of a member starts whose key stands at a place; -1 when another one does. */
function valueOfMember(bytes: Uint8Array, at: number, key: Uint8Array): number {
  const end = afterWord(bytes, at, key);
  if (end < 0) return -1;
  const colon = bytes[end] === COLON ? end : afterSpace(bytes, end);
  if (bytes[colon] !== COLON) return -1;
  return (bytes[colon + 1] ?? 0) > 0x20 ? colon + 1 : afterSpace(bytes, colon + 1);
}

/** Where the next thing starts behind a comma or a bracket. */
export function behind(bytes: Uint8Array, at: number): number {
  return (bytes[at + 1] ?? 0) > 0x20 ? at + 1 : afterSpace(bytes, at + 1);
}

/**
 * Where an object ends that has these members, none else, in their order; -1 when it is another.
 * @param read where a value of some kind ends, -1 when it is not what it should be
 */
export function endOfObject<Kind>(
  bytes: Uint8Array,
  start: number,
  { keys, kinds, isRequired }: Members<Kind>,
  read: (kind: Kind, at: number) => number,
): number {
  if (bytes[start] !== OPEN_OBJECT) return -1;
  let at = behind(bytes, start);
  for (let member = 0; member < keys.length; member++) {
    const value = valueOfMember(bytes, at, keys[member] as Uint8Array);
    if (value < 0) {
      if (isRequired[member]) return -1;
      continue;
    }
    const end = read(kinds[member] as Kind, value);
    if (end < 0) return -1;
    at = (bytes[end] ?? 0) > 0x20 ? end : afterSpace(bytes, end);
    if (bytes[at] === COMMA) {
      at = behind(bytes, at);
    } else {
      if (bytes[at] !== CLOSE_OBJECT) return -1;
      for (let rest = member + 1; rest < keys.length; rest++) if (isRequired[rest]) return -1;
      return at + 1;
    }
  }
  return -1;
}

/** The same of an object that has all of these members in any order, each once. */
export function endOfUnordered<Kind>(
  bytes: Uint8Array,
  start: number,
  { keys, kinds }: Members<Kind>,
  read: (kind: Kind, at: number) => number,
): number {
  if (bytes[start] !== OPEN_OBJECT) return -1;
  let at = behind(bytes, start);
  let isRead = 0;
  for (let count = 1; count <= keys.length; count++) {
    let end = -1;
    for (let member = 0; member < keys.length && end < 0; member++) {
      if ((isRead >> member) & 1) continue;
      const value = valueOfMember(bytes, at, keys[member] as Uint8Array);
      if (value < 0) continue;
      end = read(kinds[member] as Kind, value);
      if (end < 0) return -1;
      isRead |= 1 << member;
    }
    if (end < 0) return -1;
    at = (bytes[end] ?? 0) > 0x20 ? end : afterSpace(bytes, end);
    if (count === keys.length) return bytes[at] === CLOSE_OBJECT ? at + 1 : -1;
    if (bytes[at] !== COMMA) return -1;
    at = behind(bytes, at);
  }
  return -1;
}
