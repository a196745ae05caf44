import { childPath } from '../domain/issue';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COMMA] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];

/** So many of one feature are told. */
const MOST_TOLD = 10;

/** An object or a list that is open while its text is gone through. */
interface Open {
  path: string;
  /** names of the members of an object so far; left out for a list */
  names?: Set<string>;
  /** what the next value is: a member of an object by its name, or an entry of a list by its number */
  at: string | number;
  isNameNext: boolean;
}

const pathIn = ({ path, at }: Open) => (typeof at === 'number' ? `${path}[${at}]` : childPath(path, at));

/** Where a text of JSON ends, its last quote excluded. @param start behind its first quote */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * The JSONPaths of members that stand twice in one object, of which JSON.parse takes the last without a word: the first
 * ten.
 * @param text sound JSON
 */
export function membersTwice(text: string): string[] {
  const twice = new Set<string>();
  const open: Open[] = [];
  let inner: Open | undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = endOfText(text, i + 1);
      if (inner?.names && inner.isNameNext) {
        const written = text.slice(i + 1, end);
        const name = written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
        inner.at = name;
        inner.isNameNext = false;
        if (inner.names.has(name)) twice.add(pathIn(inner));
        else inner.names.add(name);
      }
      i = end;
    } else if (code === COMMA) {
      if (inner?.names) inner.isNameNext = true;
      else if (typeof inner?.at === 'number') inner.at++;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      const path = inner ? pathIn(inner) : '$';
      inner =
        code === OPEN_LIST
          ? { path, at: 0, isNameNext: false }
          : { path, at: '', isNameNext: true, names: new Set() };
      open.push(inner);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      open.pop();
      inner = open.at(-1);
    }
    if (twice.size >= MOST_TOLD) break;
  }
  return [...twice];
}

/** What is said of such a member. */
export const STANDS_TWICE = 'stands twice: the last one is taken, remove the others';
