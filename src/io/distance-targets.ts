import { isObject } from '../domain/rules';
import type { Incomplete } from './foreign';

/** The ids that the reported distances of incomplete sightings name, each once. */
export function distanceTargets(incomplete: Iterable<Incomplete>): string[] {
  const targets = new Set<string>();
  for (const { feature } of incomplete) {
    const properties = isObject(feature) ? feature['properties'] : undefined;
    const distances = isObject(properties) ? properties['reportedDistances'] : undefined;
    for (const distance of Array.isArray(distances) ? distances : []) {
      const to = isObject(distance) ? distance['to'] : undefined;
      if (typeof to === 'string') targets.add(to);
    }
  }
  return [...targets];
}
