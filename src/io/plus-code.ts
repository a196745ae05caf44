import type { Cell } from './coordinate-cell';

/** The digits of a Plus Code, base 20, as the specification of Open Location Code gives them. */
const DIGITS = '23456789CFGHJMPQRVWX';
const BASE = DIGITS.length;

/** Of a full code eight digits stand before the plus, or fewer, made eight by zeros that nothing follows. */
const FULL = new RegExp(
  `^[2-9C][2-9CFGHJMPQRV](?:[${DIGITS}]{6}\\+(?:[${DIGITS}]{2,})?|(?:[${DIGITS}]{4}00|[${DIGITS}]{2}0000|000000)\\+)$`,
  'i', // its first digits are below 9 x 20° of latitude and 18 x 20° of longitude
);

/** Two, four or six digits before the plus: what is left out in front has to be told by a place. */
const SHORT = new RegExp(`^(?:[${DIGITS}]{2}){1,3}\\+(?:[${DIGITS}]{2,})?$`, 'i');

/** The first ten digits are pairs of latitude and longitude; each one after them parts a cell into rows and columns. */
const PAIRED_DIGITS = 10;
const ROWS = 5;
const COLUMNS = 4;
/** Digits after these are finer than anything that is measured, and are not read. */
const MOST_DIGITS = 15;

/** Cells of five pairs in a degree. */
const PAIRS_PER_DEGREE = 8000;

/** Whether a text is a Plus Code that needs a place to be read by. */
export function isShortPlusCode(text: string): boolean {
  return SHORT.test(text);
}

/**
 * The cell of a full Plus Code of any length.
 * @returns `undefined` when the text is none
 */
export function decodePlusCode(code: string): Cell | undefined {
  if (!FULL.test(code)) return undefined;
  const digits = Array.from(code.replace(/0*\+/, '').toUpperCase(), (digit) => DIGITS.indexOf(digit));
  // Counted in whole cells of the finest digit so far, which is exact; before the first, in a square of 400°.
  let [south, west] = [0, 0];
  let [rowsPerDegree, columnsPerDegree] = [1 / BASE ** 2, 1 / BASE ** 2];
  for (let i = 0; i < Math.min(digits.length, PAIRED_DIGITS); i += 2) {
    south = south * BASE + (digits[i] ?? 0);
    west = west * BASE + (digits[i + 1] ?? 0);
    [rowsPerDegree, columnsPerDegree] = [rowsPerDegree * BASE, columnsPerDegree * BASE];
  }
  for (const digit of digits.slice(PAIRED_DIGITS, MOST_DIGITS)) {
    south = south * ROWS + Math.floor(digit / COLUMNS);
    west = west * COLUMNS + (digit % COLUMNS);
    [rowsPerDegree, columnsPerDegree] = [rowsPerDegree * ROWS, columnsPerDegree * COLUMNS];
  }
  return {
    lng: (west + 0.5) / columnsPerDegree - 180,
    lat: (south + 0.5) / rowsPerDegree - 90,
    halfLngDegrees: 0.5 / columnsPerDegree,
    halfLatDegrees: 0.5 / rowsPerDegree,
  };
}

/** How finely a position is counted before it is cut to fewer digits, in cells of a degree: by 15 digits. */
const FINEST_ROWS_PER_DEGREE = PAIRS_PER_DEGREE * ROWS ** 5;
const FINEST_COLUMNS_PER_DEGREE = PAIRS_PER_DEGREE * COLUMNS ** 5;

/**
 * The cell of 11 digits that a position is in, counted from an edge of the world. Rounding takes back what an addition
 * costs in the last bits; the pole, and what is all but 180°, belong to the last cell of all.
 */
function cellFrom(edge: number, degrees: number, finestPerDegree: number, finestInCell: number): number {
  const finest = Math.floor(Math.round((degrees - edge) * finestPerDegree * 1e6) / 1e6);
  return Math.floor(Math.min(finest, -2 * edge * finestPerDegree - 1) / finestInCell);
}

/** The Plus Code of 11 digits, about 3 m, of a position whose longitude is below 180. */
export function encodePlusCode(lng: number, lat: number): string {
  let south = cellFrom(-90, lat, FINEST_ROWS_PER_DEGREE, ROWS ** 4);
  let west = cellFrom(-180, lng, FINEST_COLUMNS_PER_DEGREE, COLUMNS ** 4);
  let code = DIGITS.charAt((south % ROWS) * COLUMNS + (west % COLUMNS));
  [south, west] = [Math.floor(south / ROWS), Math.floor(west / COLUMNS)];
  for (let pair = 0; pair < PAIRED_DIGITS / 2; pair++) {
    code = DIGITS.charAt(south % BASE) + DIGITS.charAt(west % BASE) + code;
    [south, west] = [Math.floor(south / BASE), Math.floor(west / BASE)];
  }
  return `${code.slice(0, 8)}+${code.slice(8)}`;
}
