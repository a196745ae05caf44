import type { Element } from '@xmldom/xmldom';
import { addField, elementsIn, elementsNamed, textIn } from './xml-fragment';

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const POINTS: readonly string[] = ['rtept', 'trkpt'];
const SEGMENTS: ReadonlySet<string> = new Set([...POINTS, 'trkseg']);

/** Why the geometry of a waypoint, route or track cannot be read as it stands: togeojson takes “55,7” for 55. */
export function gpxFault(element: Element): string | undefined {
  const isPoint = element.localName === 'wpt';
  const points = isPoint ? [element] : POINTS.flatMap((name) => elementsNamed(element, name));
  for (const point of points) {
    for (const name of ['lat', 'lon']) {
      const value = point.getAttribute(name);
      if (value === null) return `a point of it has no “${name}”`;
      if (!NUMBER.test(value)) return `its ${name} cannot be read: “${value.slice(0, 60)}”`;
    }
  }
  return !isPoint && points.length < 2 ? 'its course has fewer than 2 points' : undefined;
}

/** What a waypoint, route or track says of itself, by the names of its elements; of extensions, the innermost. */
export function gpxFields(element: Element): Map<string, string> {
  const fields = new Map<string, string>();
  const add = (child: Element) => {
    const name = child.localName ?? '';
    if (SEGMENTS.has(name)) return;
    const inner = elementsIn(child);
    if (name === 'link') addField(fields, 'link', child.getAttribute('href') ?? textIn(child));
    else if (inner.length === 0) addField(fields, name, textIn(child));
    else for (const each of inner) add(each);
  };
  for (const child of elementsIn(element)) add(child);
  return fields;
}
