import { isObject } from '../domain/rules';
import { layoutOf, readFeatures } from './geojson-layout';

/** What properties have by which a sighting of the contract is known. */
const TELLING = ['title', 'eventDate', 'confidence', 'sources'] as const;

/** So many features tell what the others are. */
const SAMPLE = 100;

/**
 * Whether a file of GeoJSON is one of sightings: most of its first features are, or it has none.
 * @param isWhole whether these are all its bytes, and not only the first
 */
export function holdsSightings(bytes: Uint8Array, isWhole = true): boolean {
  const layout = layoutOf(bytes);
  let [known, others] = [0, 0];
  for (const raw of readFeatures(bytes, layout)) {
    if ('fault' in raw) continue;
    if (looksLikeSighting(raw.value)) known++;
    else others++;
    if (known + others === SAMPLE) break;
  }
  return known > others || (isWhole && known + others === 0 && layout === 'collection');
}

function looksLikeSighting(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['properties'])) return false;
  const { properties } = value;
  return TELLING.every((key) => Object.hasOwn(properties, key));
}
