import type { Position } from 'geojson';
import { formatIsoDays, parseEventDate } from '../domain/dates';
import {
  CONFIDENCE,
  type Confidence,
  type Sighting,
  type SightingGeometry,
  type System,
} from '../domain/sighting';
import { CONFIDENCE_COLORS } from './confidence-color';
import { MEMBERS, dataOf, membersBeside, xmlJson, xmlText } from './kml-json';
import { jsonOfPart } from './long-numbers';
import { PROPERTY_ORDER } from './mapping';
import { plainDescription } from './plain-description';
import { jsonOf } from './shallow-json';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;', // a bare one would become a line feed
};

function escaped(text: string): string {
  return xmlText(text).replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);
}

/** A colour as KML has it: opacity, blue, green, red. */
function kmlColor(color: string, opacity: string): string {
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(color) ?? [];
  return `${opacity}${blue}${green}${red}`;
}

function style(confidence: Confidence): string {
  const color = CONFIDENCE_COLORS[confidence];
  return [
    `<Style id="${confidence}">`,
    `<IconStyle><color>${kmlColor(color, 'ff')}</color></IconStyle>`,
    `<LineStyle><color>${kmlColor(color, 'ff')}</color><width>2</width></LineStyle>`,
    `<PolyStyle><color>${kmlColor(color, '40')}</color></PolyStyle>`,
    '</Style>\n',
  ].join('');
}

function coordinates(positions: readonly Position[]): string {
  return `<coordinates>${positions.map((position) => position.join(',')).join(' ')}</coordinates>`;
}

function polygon(rings: readonly (readonly Position[])[]): string {
  const boundaries = rings.map((ring, i) => {
    const side = i === 0 ? 'outerBoundaryIs' : 'innerBoundaryIs';
    return `<${side}><LinearRing>${coordinates(ring)}</LinearRing></${side}>`;
  });
  return `<Polygon>${boundaries.join('')}</Polygon>`;
}

function geometryKml(geometry: SightingGeometry): string {
  if (geometry === null) return '';
  if (geometry.type === 'Point') return `<Point>${coordinates([geometry.coordinates])}</Point>`;
  if (geometry.type === 'Polygon') return polygon(geometry.coordinates);
  return `<MultiGeometry>${geometry.coordinates.map(polygon).join('')}</MultiGeometry>`;
}

function data(name: string, text: string): string {
  const { name: key, displayName, value } = dataOf(name, text);
  const shown = displayName === undefined ? '' : `<displayName>${escaped(displayName)}</displayName>`;
  return `<Data name="${escaped(key)}">${shown}<value>${escaped(value)}</value></Data>`;
}

/** The text of a property: one that the contract does not know is JSON where its text would be taken for JSON. */
function propertyText(sighting: Sighting, name: string, value: unknown): string {
  const isPlain = typeof value === 'string' && (PROPERTY_ORDER.includes(name) || jsonOf(value) === undefined);
  return isPlain ? value : xmlJson(value, jsonOfPart(sighting, value));
}

/** The first and the last day of an event; `undefined` for a date that is none. */
export function eventDays(eventDate: string): readonly [first: string, last: string] | undefined {
  const parsed = parseEventDate(eventDate);
  if ('error' in parsed) return undefined;
  const { firstDay, lastDay } = parsed.span;
  const isoOf = (day: number) => formatIsoDays({ firstDay: day, lastDay: day });
  return [isoOf(firstDay), isoOf(lastDay)];
}

function timeSpan(eventDate: string): string {
  const [begin, end] = eventDays(eventDate) ?? [];
  if (begin === undefined || end === undefined) return '';
  return `<TimeSpan><begin>${begin}</begin><end>${end}</end></TimeSpan>`;
}

function placemark(sighting: Sighting, systems: readonly System[]): string {
  const { id, geometry, properties } = sighting;
  const members = membersBeside(sighting);
  // A property of that name stands before it, so that the last one is told to be none.
  const hasMembers = Object.keys(members).length > 0 || Object.hasOwn(properties, MEMBERS);
  // An XML id begins with a letter; that of a sighting need not, so it stands among the data too.
  const idAttribute = /^[a-z]/.test(id) ? ` id="${escaped(id)}"` : '';
  return [
    `<Placemark${idAttribute}>`,
    `<name>${escaped(properties.title)}</name>`,
    `<description>${escaped(plainDescription(sighting, systems))}</description>`,
    timeSpan(properties.eventDate),
    `<styleUrl>#${properties.confidence}</styleUrl>`,
    `<ExtendedData>${data('id', id)}`,
    ...Object.entries(properties).map(([name, value]) => data(name, propertyText(sighting, name, value))),
    hasMembers ? data(MEMBERS, xmlJson(members, jsonOfPart(sighting, members))) : '',
    `</ExtendedData>${geometryKml(geometry)}</Placemark>\n`,
  ].join('');
}

/**
 * Writes sightings as KML 2.2, a Placemark a line: title, a description in plain text, the days of the event, and each
 * property as extended data, lists as JSON, which `readContractKml` reads again. A text with characters that XML 1.0
 * cannot have is JSON there; title and description are without them.
 */
export function* writeKml(sightings: Iterable<Sighting>, systems: readonly System[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n';
  yield '<name>Sightings</name>\n';
  for (const confidence of Object.keys(CONFIDENCE) as Confidence[]) yield style(confidence);
  for (const sighting of sightings) yield placemark(sighting, systems);
  yield '</Document>\n</kml>\n';
}
