import { parseCoordinates } from '../../../io/coordinates';
import { lngInRange } from '../../../io/mend-rings';
import { type Bounds, type Pair, looksSwapped, swappedShare } from '../../../io/swapped-places';

/** What a point that is written may be meant to be. */
export interface PointMend {
  /** as a sentence */
  why: string;
  /** what takes it, on a button */
  action: string;
  /** what was meant, latitude first */
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

/** The same place with a longitude in range, of one that was counted on beyond 180°. */
function wrappedPoint([lat, lng]: readonly [lat: string, lng: string]): PointMend | undefined {
  const degreesOf = (text: string) => Number(text.replace(',', '.').replace(/[−–]/, '-').replace('°', ''));
  const [x, y] = [degreesOf(lng), degreesOf(lat)];
  if (!(Math.abs(x) > 180 && Math.abs(x) <= 360 && Math.abs(y) <= 90)) return undefined;
  const inRange = lngInRange(x);
  return {
    why: `There is no longitude ${lng}. Counted on beyond 180°, it would be ${inRange}.`,
    action: `Take ${inRange}`,
    position: `${y}, ${inRange}`,
  };
}

/**
 * What a point may be meant to be whose longitude seems to come first, by the rule for the places of a file, or is beyond
 * ±180°; `undefined` for any other.
 * @param known where the other sightings and the reference points lie
 */
export function pointMendOf(text: string, known: readonly Bounds[]): PointMend | undefined {
  const numbers = numbersOf(text);
  return numbers && (swappedPoint(text, numbers, known) ?? wrappedPoint(numbers));
}

function swappedPoint(
  text: string,
  [first, second]: readonly [first: string, second: string],
  known: readonly Bounds[],
): PointMend | undefined {
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
  return { why, action: 'Swap latitude and longitude', position };
}
