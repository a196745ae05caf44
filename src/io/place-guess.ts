import { parseCoordinates } from './coordinates';
import { readDate } from './date-text';
import { readNumber } from './number-text';
import { parseWkt } from './wkt';

/** Whether a text is an angle of a latitude or a longitude, in whichever of the two columns it stands. */
export function isDegrees(text: string): boolean {
  const number = readNumber(text, { hasThousands: false });
  if (number !== undefined) return Math.abs(number) <= 180;
  return (
    /\d/.test(text) &&
    ('position' in parseCoordinates(`${text}; 0°E`) || 'position' in parseCoordinates(`0°N; ${text}`))
  );
}

/** Whether a text says a whole place. */
export function looksLikePlace(text: string): boolean {
  if (/^\{\s*"(?:type|coordinates)"/.test(text) || parseWkt(text) !== undefined) return true;
  // Dates and other short numbers can be read as degrees too.
  if (!/\d[.,°+]\d|\d{4}|\+/.test(text) || readDate(text, true) !== undefined) return false;
  const parsed = parseCoordinates(text);
  // Two numbers that are no position as they stand may be swapped.
  return 'position' in parsed || /^\(?-?\d+\.\d+\s*[,;\s]\s*-?\d+\.\d+\)?$/.test(text);
}
