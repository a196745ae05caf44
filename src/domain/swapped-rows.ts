/** What is to be told of places that lie far from all others of their file must be so many degrees outside of these. */
const FAR_DEGREES = 10;

/** Places lie near each other where most of them are within so many degrees, either way. */
const WIDEST_DEGREES = 40;

/** What lies so many degrees outside of most of the others is still among them. */
const AMONG_DEGREES = 2;

/** Fewer places do not tell where a file is at home. */
const FEWEST_OTHERS = 2;

/** Where there are so many for each of them, swapped places are the exception. */
const OTHERS_EACH = 2;

/** So many places tell where the others lie, spread evenly over the file: sorting all of a large one would take long. */
const MOST_SAMPLED = 10_000;

type Numbers = ArrayLike<number>;

/** The range of numbers without the twentieth of them at each end, at least one of six or more, and their median. */
function rangeOf(numbers: readonly number[]): { least: number; median: number; most: number } {
  const sorted = Float64Array.from(numbers).sort();
  const cut = sorted.length < 6 ? 0 : Math.max(1, Math.floor(sorted.length / 20));
  const at = (index: number) => sorted[index] ?? NaN;
  return { least: at(cut), median: at(sorted.length >> 1), most: at(sorted.length - 1 - cut) };
}

/** How far a number is outside of a range. */
function outside(number: number, { least, most }: { least: number; most: number }): number {
  return Math.max(least - number, number - most, 0);
}

/**
 * The few places that have latitude and longitude exchanged, it seems, among others that have not: each lies far from the
 * others, which lie near each other, and would lie among them if it were exchanged. In a file that is at home on both
 * sides of the antimeridian, in several parts of the world, or that has less than two other places, there are none.
 * @param lng in degrees; NaN, here or there, where there is no place
 * @returns their indices
 */
export function swappedRows(lng: Numbers, lat: Numbers): number[] {
  const step = Math.max(1, Math.floor(lng.length / MOST_SAMPLED));
  const sampled: (readonly [x: number, y: number])[] = [];
  for (let row = 0; row < lng.length; row += step) {
    const [x = NaN, y = NaN] = [lng[row], lat[row]];
    const isNowhere = x === 0 && y === 0; // the usual sign of a place that is missing
    if (!Number.isNaN(x + y) && !isNowhere) sampled.push([x, y]);
  }
  if (sampled.length <= FEWEST_OTHERS) return [];
  const { median: middleX } = rangeOf(sampled.map(([x]) => x));
  const { median: middleY } = rangeOf(sampled.map(([, y]) => y));
  const isNearerSwapped = (x: number, y: number) =>
    Math.abs(x) <= 90 && // no other longitude can be a latitude
    Math.hypot(x - middleX, y - middleY) > Math.hypot(y - middleX, x - middleY) + FAR_DEGREES;
  const others = sampled.filter(([x, y]) => !isNearerSwapped(x, y));
  if (others.length < Math.max(FEWEST_OTHERS, OTHERS_EACH * (sampled.length - others.length))) return [];
  const [ofLng, ofLat] = [rangeOf(others.map(([x]) => x)), rangeOf(others.map(([, y]) => y))];
  if (ofLng.most - ofLng.least > WIDEST_DEGREES || ofLat.most - ofLat.least > WIDEST_DEGREES) return [];
  const found: number[] = [];
  for (let row = 0; row < lng.length; row++) {
    const x = lng[row] ?? NaN;
    const y = lat[row] ?? NaN;
    // Few are among the others when they are exchanged: NaN is none of them.
    const isAmongSwapped = outside(y, ofLng) <= AMONG_DEGREES && outside(x, ofLat) <= AMONG_DEGREES;
    if (isAmongSwapped && Math.hypot(outside(x, ofLng), outside(y, ofLat)) >= FAR_DEGREES) found.push(row);
  }
  return found;
}
