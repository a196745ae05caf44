import { parseCoordinates } from '../../../io/coordinates';
import { lngInRange } from '../../../io/mend-rings';
import { type Bounds, type Pair, looksSwapped, swappedShare } from '../../../io/swapped-places';

/** What a place that is written may be meant to be. */
export interface PlaceMend {
  /** as a sentence */
  why: string;
  /** what takes it, on a button */
  action: string;
  /** what was meant, latitude first: a point, or the corners of an area in lines */
  text: string;
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
function wrappedPoint([lat, lng]: readonly [lat: string, lng: string]): PlaceMend | undefined {
  const degreesOf = (text: string) => Number(text.replace(',', '.').replace(/[−–]/, '-').replace('°', ''));
  const [x, y] = [degreesOf(lng), degreesOf(lat)];
  if (!(Math.abs(x) > 180 && Math.abs(x) <= 360 && Math.abs(y) <= 90)) return undefined;
  const inRange = lngInRange(x);
  return {
    why: `There is no longitude ${lng}. Counted on beyond 180°, it would be ${inRange}.`,
    action: `Take ${inRange}`,
    text: `${y}, ${inRange}`,
  };
}

/**
 * What a point may be meant to be whose longitude seems to come first, by the rule for the places of a file, or is beyond
 * ±180°; `undefined` for any other.
 * @param known where the other sightings and the reference points lie
 */
export function pointMendOf(text: string, known: readonly Bounds[]): PlaceMend | undefined {
  const numbers = numbersOf(text);
  return numbers && (swappedPoint(text, numbers, known) ?? wrappedPoint(numbers));
}

/** Two numbers with the other one first, and where the numbers lie as they are written; `undefined` for no such place. */
function swapped([first, second]: readonly [string, string]): { text: string; written: Pair } | undefined {
  const text = [second, first].join(`${second}${first}`.includes(',') ? '; ' : ', ');
  const parsed = parseCoordinates(text);
  return 'problem' in parsed
    ? undefined
    : { text, written: [parsed.position.lat, parsed.position.lng] as const };
}

const SWAP = 'Swap latitude and longitude';

function swappedPoint(
  text: string,
  numbers: readonly [first: string, second: string],
  known: readonly Bounds[],
): PlaceMend | undefined {
  const other = swapped(numbers);
  const share = other && swappedShare([other.written], known);
  if (!other || !share || !looksSwapped(share)) return undefined;
  const why =
    share.outOfRange > 0
      ? `There is no latitude ${numbers[0]}. With latitude and longitude swapped, there is such a place.`
      : `${text.trim()} lies far from the other sightings and the reference points. With latitude and longitude swapped, it lies near them.`;
  return { why, action: SWAP, text: other.text };
}

/**
 * The same for the corners of an area, a line each, whose longitudes all seem to come first.
 * @param text as of `textOfArea`
 */
export function areaMendOf(text: string, known: readonly Bounds[]): PlaceMend | undefined {
  const places: Pair[] = [];
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const isCorner = line.trim() !== '' && line.trim().toLowerCase() !== 'hole';
    const numbers = isCorner ? numbersOf(line) : undefined;
    const other = numbers && swapped(numbers);
    if (isCorner && !other) return undefined;
    if (other) places.push(other.written);
    lines.push(other?.text ?? line);
  }
  const share = swappedShare(places, known);
  if (places.length === 0 || !looksSwapped(share)) return undefined;
  const why =
    share.outOfRange > 0
      ? 'There are no such latitudes. With latitude and longitude of all corners swapped, there is such an area.'
      : 'The area lies far from the other sightings and the reference points. With latitude and longitude of all corners swapped, it lies near them.';
  return { why, action: SWAP, text: lines.join('\n') };
}
