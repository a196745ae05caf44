import type { Element } from '@xmldom/xmldom';
import { isObject } from '../domain/rules';
import { addField, elementsIn, elementsNamed, textIn } from './xml-fragment';

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

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const POSITIONS = new RegExp(`^\\s*(?:${NUMBER},${NUMBER}(?:,(?:${NUMBER})?)?(?:\\s+|$))+$`);
/** A point that somebody wrote with spaces behind its commas, which togeojson takes. */
const POSITION = new RegExp(`^\\s*${NUMBER}\\s*,\\s*${NUMBER}\\s*(?:,\\s*(?:${NUMBER})?\\s*)?$`);

/**
 * Why a Placemark's geometry cannot be read as it stands. togeojson drops what is no number, so that “37.6,,0” would
 * lie on the equator, and rings that are too short.
 */
export function kmlFault(placemark: Element): string | undefined {
  for (const element of elementsNamed(placemark, 'coordinates')) {
    const text = element.textContent ?? '';
    const pattern = element.parentNode?.localName === 'Point' ? POSITION : POSITIONS;
    if (!pattern.test(text)) return `its coordinates cannot be read: “${text.trim().slice(0, 60)}”`;
  }
  for (const ring of elementsNamed(placemark, 'LinearRing')) {
    const count = textIn(elementsNamed(ring, 'coordinates')[0]).split(/\s+/).length;
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
    shape && ['coordinates', 'coord'].some((name) => elementsNamed(shape, name).length > 0);
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
  const [begin = '', end = ''] = ['begin', 'end'].map((name) => textIn(elementsNamed(element, name)[0]));
  if (begin === '' && end === '') return '';
  return begin === end ? begin : `${begin || '..'}/${end || '..'}`;
}

/** Extended data: `Data`, `SchemaData` and elements of other namespaces, by their names. */
function addExtendedData(fields: Map<string, string>, extended: Element): void {
  for (const data of elementsIn(extended)) {
    const name = data.getAttribute('name') ?? data.localName ?? '';
    if (data.localName === 'Data') {
      // Spaces around a value are its own.
      const value = elementsIn(data).find(({ localName }) => localName === 'value');
      addField(fields, name, value?.textContent ?? '');
    } else if (data.localName === 'SchemaData') {
      for (const simple of elementsIn(data))
        addField(fields, simple.getAttribute('name') ?? '', simple.textContent ?? '');
    } else addField(fields, name, textIn(data));
  }
}

/** What a Placemark says of itself, by the names of its elements and extended data. */
export function kmlFields(placemark: Element): Map<string, string> {
  const fields = new Map<string, string>();
  for (const element of elementsIn(placemark)) {
    const name = element.localName ?? '';
    if (GEOMETRIES.has(name) || LOOKS.has(name)) continue;
    if (name === 'ExtendedData') addExtendedData(fields, element);
    else if (name === 'TimeStamp') addField(fields, 'timestamp', textIn(elementsNamed(element, 'when')[0]));
    else if (name === 'TimeSpan') addField(fields, 'timespan', timespan(element));
    else if (name === 'link') addField(fields, 'link', element.getAttribute('href') ?? textIn(element));
    else addField(fields, name, textIn(element));
  }
  return fields;
}
