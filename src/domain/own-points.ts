import transliterate from '@sindresorhus/transliterate';
import { freeId } from './reference-data';
import { isSamePoint } from './same-point';
import type { DescribedPoint, ReferencePoint } from './sighting';

/** A longer name has no room in a list, in characters. */
export const LONGEST_NAME = 80;
const LONGEST_SLUG = 40;

/** What is wrong with a name for a point, in words; `undefined` when nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'A point needs a name.';
  if (/[\p{Cc}\u2028\u2029]/u.test(name.trim())) return 'A name is one line.';
  const length = [...name.trim()].length;
  return length > LONGEST_NAME
    ? `${length} characters are too many for a name: write at most ${LONGEST_NAME}.`
    : undefined;
}

/** A name that no point has: `Point 1`, `Point 2`, ... */
export function nextName(points: readonly { name: string }[]): string {
  const numbers = points.map(({ name }) => Number(/^Point (\d{1,9})$/.exec(name)?.[1] ?? 0));
  return `Point ${Math.max(0, ...numbers) + 1}`;
}

/** A new id for a point of the reader's own: `own-` and its name in Latin letters. */
export function ownId(name: string, isTaken: (id: string) => boolean): string {
  const words = transliterate(name)
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['point'];
  const slug = words.join('-').slice(0, LONGEST_SLUG).replace(/-$/, '');
  return freeId(`own-${slug}`, isTaken);
}

/** A point by another name, which has no other for the map. */
export function withName(point: DescribedPoint, name: string): DescribedPoint {
  const renamed = { ...point, name: name.trim() };
  delete renamed.shortName;
  return renamed;
}

const BY_HAND = ' The radius was set by hand afterwards.';

/** A point with another uncertainty, in metres above 0; how it was found says so. */
export function withUncertainty(point: DescribedPoint, uncertaintyMeters: number): DescribedPoint {
  const { remarks } = point;
  return {
    ...point,
    uncertaintyMeters,
    remarks: remarks.endsWith(BY_HAND) ? remarks : `${remarks}${BY_HAND}`,
  };
}

/**
 * Those of some points that are not there yet, by name, place and uncertainty; each by its own id, or a new one where
 * something else has that.
 */
export function newPoints(
  points: readonly DescribedPoint[],
  there: readonly ReferencePoint[],
  isTaken: (id: string) => boolean,
): DescribedPoint[] {
  const fresh: DescribedPoint[] = [];
  const isTakenNow = (id: string) => isTaken(id) || fresh.some((point) => point.id === id);
  for (const point of points) {
    if ([...there, ...fresh].some((other) => isSamePoint(point, other))) continue;
    fresh.push(isTakenNow(point.id) ? { ...point, id: ownId(point.name, isTakenNow) } : point);
  }
  return fresh;
}
