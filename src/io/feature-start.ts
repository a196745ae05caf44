import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, NEWLINE, OPEN_OBJECT, QUOTE, isSpace } from './json-bytes';

/** What a search in bytes that are still coming in gives when those that are there do not tell. */
export const MORE = 'more';
export type More = typeof MORE;

const TYPE = Uint8Array.from('"type"', (character) => character.charCodeAt(0));
const FEATURE = Uint8Array.from('"Feature"', (character) => character.charCodeAt(0));

function afterSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

/** Where a word ends that stands at `at`; -1 when another one does, -2 when the bytes end first. */
function afterWord(bytes: Uint8Array, at: number, end: number, word: Uint8Array): number {
  for (let k = 0; k < word.length; k++) {
    if (at + k >= end) return -2;
    if (bytes[at + k] !== word[k]) return -1;
  }
  return at + word.length;
}

/** Whether an object begins as a feature does, whatever the layout of the file: `{"type":"Feature"`. */
export function isSureStart(bytes: Uint8Array, at: number, end: number): boolean | More {
  const type = afterWord(bytes, afterSpace(bytes, at + 1, end), end, TYPE);
  if (type < 0) return type === -2 ? MORE : false;
  const colon = afterSpace(bytes, type, end);
  if (colon >= end) return MORE;
  if (bytes[colon] !== COLON) return false;
  const feature = afterWord(bytes, afterSpace(bytes, colon + 1, end), end, FEATURE);
  return feature === -2 ? MORE : feature >= 0;
}

/** Whether an object with a member begins a line. */
function beginsLine(bytes: Uint8Array, from: number, at: number, end: number): boolean | More {
  let before = at - 1;
  while (before >= from && isSpace(bytes[before]) && bytes[before] !== NEWLINE) before--;
  if (before < from || bytes[before] !== NEWLINE) return false;
  const member = afterSpace(bytes, at + 1, end);
  return member >= end ? MORE : bytes[member] === QUOTE;
}

/** Whether an object looks like the start of a feature: as {@link isSureStart} has it, or first on a line behind `from`. */
export function isLikelyStart(bytes: Uint8Array, from: number, at: number, end: number): boolean | More {
  const sure = isSureStart(bytes, at, end);
  if (sure === true) return true;
  const perhaps = beginsLine(bytes, from, at, end);
  return perhaps === false ? sure : perhaps === true || MORE;
}

/**
 * Where the next feature seems to start after a broken one, so that the rest of the file is not lost: where an object
 * begins as a feature does or, unless it has to be sure, where any object begins a line. -1 when there is none.
 * @param isWhole whether nothing comes after `end`
 */
export function nextFeatureStart(
  bytes: Uint8Array,
  { from, end, isWhole, isSure }: { from: number; end: number; isWhole: boolean; isSure: boolean },
): number | More {
  const searched = bytes.subarray(0, end); // a search of all the rest for each feature would take the square of it
  for (let at = from; at < end; at++) {
    at = searched.indexOf(OPEN_OBJECT, at);
    if (at < 0) break;
    const isStart = isSure ? isSureStart(bytes, at, end) : isLikelyStart(bytes, from, at, end);
    if (isStart === true) return at;
    if (!isWhole && isStart === MORE) return MORE;
  }
  return isWhole ? -1 : MORE;
}

/** Whether a closing bracket can be the end of the list of features: what follows it is another member, or the end. */
export function closesList(bytes: Uint8Array, at: number, isWhole: boolean): boolean | More {
  let next = at + 1;
  while (isSpace(bytes[next])) next++;
  if (next >= bytes.length) return isWhole || MORE;
  return bytes[next] === COMMA || bytes[next] === CLOSE_OBJECT;
}

/** Where what stands before the comma ends that comes before the next feature; it is not the comma that is broken. */
export function beforeComma(bytes: Uint8Array, start: number, next: number): number {
  let at = next;
  while (at > start + 1 && isSpace(bytes[at - 1])) at--;
  if (at <= start + 1 || bytes[at - 1] !== COMMA) return next;
  return at - 1;
}

/**
 * Where a feature ends that has its line for itself, as far as its first and last bytes tell; -1
 * if it has not.
 * @param lineEnd where the line ends on which it starts
 */
export function endOfOwnLine(bytes: Uint8Array, start: number, lineEnd: number): number {
  let before = start - 1;
  while (before >= 0 && isSpace(bytes[before]) && bytes[before] !== NEWLINE) before--;
  if (bytes[before] !== NEWLINE || bytes[start] !== OPEN_OBJECT) return -1;
  let next = lineEnd;
  while (isSpace(bytes[next])) next++;
  if (bytes[next] !== OPEN_OBJECT && bytes[next] !== CLOSE_LIST) return -1;
  let end = beforeComma(bytes, start, lineEnd);
  while (isSpace(bytes[end - 1])) end--;
  return bytes[end - 1] === CLOSE_OBJECT ? end : -1;
}
