import { LONGEST_SHOWN } from '../wording';

/** A piece ends behind a space if there is one among so many of its last characters. */
const SOUGHT = 200;

/** Where a piece ends that begins at an offset: behind a space where that can be, never within a character. */
function endOf(text: string, from: number): number {
  const end = from + LONGEST_SHOWN;
  if (end >= text.length) return text.length;
  const space = text.slice(end - SOUGHT, end).search(/\s\S*$/);
  if (space >= 0) return end - SOUGHT + space + 1;
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

/**
 * The beginning of a text in pieces that a browser can lay out, each as a block of its own: what that takes is then in
 * proportion to the text, and not to its square. The pieces one after the other are the text.
 * @param most no more pieces than this
 */
export function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length && pieces.length < most;) {
    const end = endOf(text, at);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
