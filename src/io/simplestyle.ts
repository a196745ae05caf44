import type { Sighting } from '../domain/sighting';
import { CONFIDENCE_COLORS } from './confidence-color';
import { plainDescription } from './plain-description';

/** The properties of simplestyle-spec 1.1 that say how a sighting is drawn. */
function styleOf({ geometry, properties }: Sighting): Record<string, string | number> {
  const color = CONFIDENCE_COLORS[properties.confidence];
  if (geometry === null || geometry.type === 'Point')
    return { 'marker-color': color, 'marker-size': 'medium' };
  return { stroke: color, 'stroke-width': 2, 'stroke-opacity': 1, fill: color, 'fill-opacity': 0.25 };
}

/**
 * Writes sightings as a styled GeoJSON (simplestyle-spec 1.1) for other programs, a feature a line: title, description
 * in plain text, colours by confidence. It has not the fields of the contract, so it is no copy of the data.
 */
export function* writeSimplestyle(sightings: Iterable<Sighting>): Generator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let before = '\n';
  for (const sighting of sightings) {
    const { id, geometry, properties } = sighting;
    const { title } = properties;
    const styled = { title, description: plainDescription(sighting, []), ...styleOf(sighting) };
    yield `${before}${JSON.stringify({ type: 'Feature', id, geometry, properties: styled })}`;
    before = ',\n';
  }
  yield before === '\n' ? ']}\n' : '\n]}\n';
}
