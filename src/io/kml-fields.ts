import type { Element } from '@xmldom/xmldom';
import { isObject } from '../domain/rules';
import { textOfData } from './kml-json';
import { addField, elementsIn, elementsNamed, firstNamed, textIn } from './xml-fragment';

const GEOMETRIES: ReadonlySet<string> = new Set([
  'Point',
  'LineString',
  'LinearRing',
  'Polygon',
  'MultiGeometry',
  'Track',
  'MultiTrack',
  'Model',
]);

/** What says how a place is drawn or looked at, and nothing of it. */
const LOOKS: ReadonlySet<string> = new Set([
  'styleUrl',
  'Style',
  'StyleMap',
  'visibility',
  'open',
  'LookAt',
  'Camera',
  'Region',
  'balloonVisibility',
]);

const NUMBER = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?';
const TUPLE = new RegExp(`^${NUMBER},${NUMBER}(?:,(?:${NUMBER})?)?$`);
/** A point that somebody wrote with spaces behind its commas, which togeojson takes. */
const POSITION = new RegExp(`^\\s*${NUMBER}\\s*,\\s*${NUMBER}\\s*(?:,\\s*(?:${NUMBER}\\s*)?)?$`);

/**
 * Why a Placemark's geometry cannot be read as it stands. togeojson drops what is no number, so that “37.6,,0” would
 * lie on the equator, and rings that are too short.
 */
export function kmlFault(placemark: Element): string | undefined {
  for (const element of elementsNamed(placemark, 'coordinates')) {
    const text = element.textContent ?? '';
    const isPoint = element.parentNode?.localName === 'Point';
    const tuples = text.trim().split(/\s+/);
    const isRead = isPoint ? POSITION.test(text) : tuples.every((tuple) => TUPLE.test(tuple));
    if (!isRead) return `its coordinates cannot be read: “${text.trim().slice(0, 60)}”`;
  }
  for (const ring of elementsNamed(placemark, 'LinearRing')) {
    const count = textIn(firstNamed(ring, 'coordinates')).split(/\s+/).length;
    if (count < 3) return `a ring of it has ${count} positions, and an area has at least 3 corners`;
  }
  for (const area of elementsNamed(placemark, 'Polygon')) {
    const [first] = elementsIn(area).filter(({ localName }) => localName?.endsWith('BoundaryIs'));
    if (first?.localName === 'innerBoundaryIs')
      return 'a hole of it stands before its outline: put the outline first';
  }
  for (const element of elementsNamed(placemark, 'coord')) {
    if (!new RegExp(`^\\s*${NUMBER} ${NUMBER}(?: ${NUMBER})?\\s*$`).test(element.textContent ?? ''))
      return `its coordinates cannot be read: “${textIn(element).slice(0, 60)}”`;
  }
  const shapes = elementsIn(placemark).filter(({ localName }) => GEOMETRIES.has(localName ?? ''));
  if (shapes.length > 1) return 'it has several shapes side by side: put them in one MultiGeometry';
  const [shape] = shapes;
  if (shape?.localName === 'Model') return 'its place is a three-dimensional model: give it a point instead';
  const hasPositions =
    shape && ['coordinates', 'coord'].some((name) => firstNamed(shape, name) !== undefined);
  return shape && !hasPositions ? `its ${shape.localName ?? 'shape'} has no coordinates` : undefined;
}

/** The geometry that togeojson found, with areas in a MultiGeometry as the MultiPolygon that they are. */
export function kmlGeometry(geometry: unknown, placemark: Element): unknown {
  if (!isObject(geometry)) return undefined;
  const isMulti = elementsIn(placemark).some(({ localName }) => localName === 'MultiGeometry');
  if (!isMulti) return geometry;
  const parts: unknown[] = Array.isArray(geometry['geometries']) ? geometry['geometries'] : [geometry];
  const areas = parts.filter((part) => isObject(part) && part['type'] === 'Polygon') as {
    coordinates: unknown;
  }[];
  if (areas.length < parts.length) return geometry;
  return { type: 'MultiPolygon', coordinates: areas.map(({ coordinates }) => coordinates) };
}

/** A time span as ISO 8601-2 writes intervals, open ends as `..`. */
function timespan(element: Element): string {
  const [begin = '', end = ''] = ['begin', 'end'].map((name) => textIn(firstNamed(element, name)));
  if (begin === '' && end === '') return '';
  return begin === end ? begin : `${begin || '..'}/${end || '..'}`;
}

/** Extended data: `Data`, `SchemaData` and elements of other namespaces, by their names. */
function extendedData(extended: Element): [name: string, text: string][] {
  return elementsIn(extended).flatMap((data): [string, string][] => {
    const name = data.getAttribute('name') ?? data.localName ?? '';
    if (data.localName === 'SchemaData')
      return elementsIn(data).map((one) => [one.getAttribute('name') ?? '', one.textContent ?? '']);
    if (data.localName !== 'Data') return [[name, textIn(data)]];
    const part = (wanted: string) => elementsIn(data).find(({ localName }) => localName === wanted);
    const shown = part('displayName')?.textContent;
    // Spaces around a value are its own.
    const value = part('value')?.textContent ?? '';
    return [textOfData({ name, value, ...(shown && { displayName: shown }) })];
  });
}

/** Extended data without which a Placemark is none that this map wrote. */
const SURE_SIGNS = ['title', 'eventDate', 'verbatimLocality', 'confidence', 'confidenceBasis', 'sources'];

/** The fields of a sighting in a Placemark that this map wrote; `undefined` for any other. */
export function writtenFields(placemark: Element): [name: string, text: string][] | undefined {
  const extended = elementsIn(placemark).filter(({ localName }) => localName === 'ExtendedData');
  const written = extended.flatMap(extendedData);
  return SURE_SIGNS.every((sign) => written.some(([name]) => name === sign)) ? written : undefined;
}

const TIMES: ReadonlySet<string> = new Set(['TimeStamp', 'TimeSpan']);

function timeOf(element: Element): string {
  return element.localName === 'TimeSpan' ? timespan(element) : textIn(firstNamed(element, 'when'));
}

/** Of several times, that which says when: a span that has both ends, since it claims less, else a moment. */
function mainTime(elements: readonly Element[]): Element | undefined {
  const times = elements.filter((element) => TIMES.has(element.localName ?? '') && timeOf(element) !== '');
  const openness = (text: string) => (text.includes('..') ? 2 : text.includes('/') ? 0 : 1);
  return times.toSorted((a, b) => openness(timeOf(a)) - openness(timeOf(b)))[0];
}

/**
 * What a Placemark says of itself, by the names of its elements and extended data. When it is stands in `time`, in
 * whichever way it says so, so that all of a file have their dates in one column; a time besides is a field of its own.
 */
export function kmlFields(placemark: Element): Map<string, string> {
  const fields = new Map<string, string>();
  const elements = elementsIn(placemark);
  const main = mainTime(elements);
  for (const element of elements) {
    const name = element.localName ?? '';
    if (GEOMETRIES.has(name) || LOOKS.has(name)) continue;
    if (name === 'ExtendedData') for (const [of, text] of extendedData(element)) addField(fields, of, text);
    else if (TIMES.has(name))
      addField(fields, element === main ? 'time' : name.toLowerCase(), timeOf(element));
    else if (name === 'link') addField(fields, 'link', element.getAttribute('href') ?? textIn(element));
    else addField(fields, name, textIn(element));
  }
  return fields;
}
