import { parseCoordinates } from './coordinates';
import { readDate } from './date-text';
import { readNumber } from './number-text';
import { parseWkt } from './wkt';

/** No position is longer, however it is written. */
const MAX_LENGTH = 1000;

/** Whether a text is an angle of a latitude or a longitude, in whichever of the two columns it stands. */
export function isDegrees(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const number = readNumber(text, { hasThousands: false });
  if (number !== undefined) return Math.abs(number) <= 180;
  const others = ['0 0 0', '0 0.0'].flatMap((zero) => [`${text}; ${zero}`, `${zero}; ${text}`]);
  const pairs = [`${text}; 0°E`, `0°N; ${text}`, ...others];
  return /\d/.test(text) && pairs.some((pair) => 'position' in parseCoordinates(pair));
}

/** What a text may be by itself: a latitude, a longitude, or either of them. */
type Angle = 'lat' | 'lng' | 'either';

/** Decimal degrees with at least so many digits behind the point, or degrees with a letter that says which. */
function angleOf(text: string, leastDigits: number): Angle | undefined {
  if (text.length > MAX_LENGTH || !/\d/.test(text) || readDate(text, true) !== undefined) return undefined;
  const number = readNumber(text, { hasThousands: false });
  if (number !== undefined) {
    const digits = /[.,](\d+)$/.exec(text)?.[1]?.length ?? 0;
    if (digits < leastDigits || Math.abs(number) > 180) return undefined;
    return Math.abs(number) > 90 ? 'lng' : 'either';
  }
  const isLat = 'position' in parseCoordinates(`${text}; 0°E`);
  const isLng = 'position' in parseCoordinates(`0°N; ${text}`);
  return isLat && isLng ? 'either' : isLat ? 'lat' : isLng ? 'lng' : undefined;
}

/** What most of the values of a column are. */
function anglesOf(values: readonly string[], leastDigits: number): Angle | undefined {
  const angles = values.flatMap((text) => angleOf(text, leastDigits) ?? []);
  if (values.length === 0 || angles.length < values.length * 0.8) return undefined;
  const [isLat, isLng] = [angles.includes('lat'), angles.includes('lng')];
  if (isLat && isLng) return undefined;
  return isLat ? 'lat' : isLng ? 'lng' : 'either';
}

/**
 * The two columns side by side that say the place, by their values alone, the latitude first where nothing tells;
 * `undefined` where there are none or several such pairs. What has more digits is the likelier place.
 * @param columns the names of columns with some of their values, in their order
 */
export function placePair(
  columns: readonly (readonly [name: string, values: readonly string[]])[],
): { lat: string; lng: string } | undefined {
  for (const leastDigits of [4, 2]) {
    const angles = columns.map(([, values]) => anglesOf(values, leastDigits));
    const pairs = columns.slice(1).flatMap(([second], i) => {
      const [first, one, other] = [columns[i]?.[0], angles[i], angles[i + 1]];
      if (first === undefined || one === undefined || other === undefined) return [];
      if (one === other && one !== 'either') return [];
      const isLatFirst = one === 'lat' || (one === 'either' && other !== 'lat');
      return [isLatFirst ? { lat: first, lng: second } : { lat: second, lng: first }];
    });
    if (pairs.length > 0) return pairs.length === 1 ? pairs[0] : undefined;
  }
  return undefined;
}

/** Whether a text says a whole place. */
export function looksLikePlace(text: string): boolean {
  if (/^\{\s*"(?:type|coordinates)"/.test(text) || parseWkt(text) !== undefined) return true;
  if (text.length > MAX_LENGTH) return false;
  // Dates and other short numbers can be read as degrees too.
  if (!/\d[.,°+]\d|\d{4}|\+/.test(text) || readDate(text, true) !== undefined) return false;
  // “55,75” is a number with a decimal comma.
  if (readNumber(text, { hasThousands: false }) !== undefined) return false;
  const parsed = parseCoordinates(text);
  // Two numbers that are no position as they stand may be swapped.
  return 'position' in parsed || /^\(?-?\d+\.\d+\s*[,;\s]\s*-?\d+\.\d+\)?$/.test(text);
}
