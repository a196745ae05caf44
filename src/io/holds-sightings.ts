import { isObject } from '../domain/rules';
import { layoutOf, readFeatures } from './geojson-layout';

/** What properties have by which a sighting of the contract is known. */
export const TELLING = ['title', 'eventDate', 'confidence', 'sources'] as const;

/** So many of these has one that lacks something, among others that have all. */
export const ENOUGH = 3;

/** So many features tell what the others are. */
const SAMPLE = 100;

/**
 * Whether a file of GeoJSON is one of sightings: most of its first features are, good or bad, or it has none. Where none
 * of them has all that tells, it is one of others: what it lacks is asked for once.
 * @param isWhole whether these are all its bytes, and not only the first
 */
export function holdsSightings(bytes: Uint8Array, isWhole = true): boolean {
  const layout = layoutOf(bytes);
  let [count, known, lacking, others] = [0, 0, 0, 0];
  for (const raw of readFeatures(bytes, layout)) {
    if ('fault' in raw) continue;
    if (++count > SAMPLE) break;
    if (!isObject(raw.value) || !isObject(raw.value['properties'])) continue; // neither
    const told = countTelling(raw.value['properties']);
    if (told === TELLING.length) known++;
    else if (told >= ENOUGH) lacking++;
    else others++;
  }
  if (count === 0) return isWhole && layout === 'collection';
  return known > 0 && known + lacking > others;
}

/** Whether properties have all by which a sighting of the contract is known, good or bad. */
export function tellsSighting(properties: object): boolean {
  return countTelling(properties) === TELLING.length;
}

/** Whether a Feature is of something else than sightings, good or bad: its fields have other names. */
export function isOtherFeature(feature: unknown): boolean {
  return isObject(feature) && isObject(feature['properties']) && countTelling(feature['properties']) < ENOUGH;
}

/** Whether there are any such among the features of a file of GeoJSON. */
export function holdsOthers(bytes: Uint8Array): boolean {
  for (const raw of readFeatures(bytes, layoutOf(bytes)))
    if (!('fault' in raw) && isOtherFeature(raw.value)) return true;
  return false;
}

function countTelling(properties: object): number {
  return TELLING.filter((key) => Object.hasOwn(properties, key)).length;
}
