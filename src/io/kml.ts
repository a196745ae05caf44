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
import { plainDescription } from './plain-description';

/** What XML 1.0 cannot have, not even escaped: control characters, half surrogate pairs, U+FFFE and U+FFFF. */
const NO_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;', // a bare one would become a line feed
};

function escaped(text: string): string {
  return text.replace(NO_XML, '').replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);
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

function data(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<Data name="${escaped(name)}"><value>${escaped(text)}</value></Data>`;
}

function timeSpan(eventDate: string): string {
  const parsed = parseEventDate(eventDate);
  if ('error' in parsed) return '';
  const { firstDay, lastDay } = parsed.span;
  const [begin, end] = [firstDay, lastDay].map((day) => formatIsoDays({ firstDay: day, lastDay: day }));
  return `<TimeSpan><begin>${begin ?? ''}</begin><end>${end ?? ''}</end></TimeSpan>`;
}

function placemark(sighting: Sighting, systems: readonly System[]): string {
  const { id, geometry, properties } = sighting;
  // An XML id begins with a letter; that of a sighting need not, so it stands among the data too.
  const idAttribute = /^[a-z]/.test(id) ? ` id="${escaped(id)}"` : '';
  return [
    `<Placemark${idAttribute}>`,
    `<name>${escaped(properties.title)}</name>`,
    `<description>${escaped(plainDescription(sighting, systems))}</description>`,
    timeSpan(properties.eventDate),
    `<styleUrl>#${properties.confidence}</styleUrl>`,
    `<ExtendedData>${data('id', id)}`,
    ...Object.entries(properties).map(([name, value]) => data(name, value)),
    `</ExtendedData>${geometryKml(geometry)}</Placemark>\n`,
  ].join('');
}

/**
 * Writes sightings as KML 2.2, a Placemark a line: title, a description in plain text, the days of the event, and each
 * field of the contract as extended data, lists as JSON. Characters that XML 1.0 cannot have are dropped; nothing else.
 */
export function* writeKml(sightings: Iterable<Sighting>, systems: readonly System[]): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n';
  yield '<name>Sightings</name>\n';
  for (const confidence of Object.keys(CONFIDENCE) as Confidence[]) yield style(confidence);
  for (const sighting of sightings) yield placemark(sighting, systems);
  yield '</Document>\n</kml>\n';
}
