import { parseCoordinates } from '../../../io/coordinates';
import { type Bounds, type Pair, looksSwapped, swappedShare } from '../../../io/swapped-places';

/** What speaks for a point being written with its longitude first. */
export interface SwappedPoint {
  /** as a sentence */
  why: string;
  /** what was written, latitude first */
  position: string;
}

/** Numbers alone: letters and minutes would say which of the two is the latitude. */
const BARE = /^[-+−–\d.,;°\s]{1,200}$/;

/** The two numbers of a position, as they are written; `undefined` for any other text. */
function numbersOf(text: string): [first: string, second: string] | undefined {
  const bare = text
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .trim();
  if (!BARE.test(bare)) return undefined;
  // What parts the numbers of "55,7 37,6" and "55,7; 37,6" is not the comma.
  const between = bare.includes(';') ? ';' : /\s/.test(bare) ? /\s*,\s+|\s+,?/ : ',';
  const [first = '', second = '', ...more] = bare.split(between).map((part) => part.trim());
  return first === '' || second === '' || more.length > 0 ? undefined : [first, second];
}

/**
 * Whether a point seems to be written with its longitude first, by the rule for the places of a file.
 * @param known where the other sightings and the reference points lie
 */
export function swappedPointOf(text: string, known: readonly Bounds[]): SwappedPoint | undefined {
  const numbers = numbersOf(text);
  if (numbers === undefined) return undefined;
  const [first, second] = numbers;
  const position = [second, first].join(`${second}${first}`.includes(',') ? '; ' : ', ');
  const swapped = parseCoordinates(position);
  if ('problem' in swapped) return undefined;
  const written: Pair = [swapped.position.lat, swapped.position.lng];
  const share = swappedShare([written], known);
  if (!looksSwapped(share)) return undefined;
  const why =
    share.outOfRange > 0
      ? `There is no latitude ${first}. With latitude and longitude swapped, there is such a place.`
      : `${text.trim()} lies far from the other sightings and the reference points. With latitude and longitude swapped, it lies near them.`;
  return { why, position };
}
