import { wrapLng } from '../domain/distance';
import { formatDegrees, formatDms, parseAngles } from './coordinate-angles';
import { type CircledPosition, quote } from './coordinate-cell';
import { formatMgrs, parseMgrs, parsePlusCode } from './coordinate-grids';
import { encodePlusCode } from './plus-code';

/** The ways in which a position can be written. */
export const COORDINATE_FORMATS = {
  decimal: 'Decimal degrees',
  dms: 'Degrees, minutes, seconds',
  geo: 'geo: URI',
  mgrs: 'MGRS',
  'plus-code': 'Plus Code',
} as const;

export type CoordinateFormat = keyof typeof COORDINATE_FORMATS;

/** A position that was read from a text. */
export interface ParsedPosition {
  format: CoordinateFormat;
  lng: number;
  lat: number;
  /**
   * Radius of the smallest circle around it that holds every position that the text can stand for: half a unit of
   * the last digit given, the cell of a grid, or `u=` of a geo: URI.
   */
  uncertaintyMeters: number;
}

/** No position is longer; what is, has other text around it. */
const MAX_LENGTH = 200;

const EXAMPLES =
  'Write it as 55.7517, 37.6178 or 55°45′06″N 37°37′04″E or geo:55.7517,37.6178 or 37U DB 13246 79310 or 9G7VQJ29+M4.';

/** The value of percent-encoded text, or the text itself where the code is broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads what follows `geo:`, after RFC 5870 and with the `?z=` of Android. */
function parseGeo(text: string): CircledPosition | { problem: string } {
  const [uri = '', query = ''] = text.split('?', 2);
  // Android writes geo:0,0?q=55.7,37.6 for a pin, where the numbers in front mean nothing.
  if (/(^|&)q=/i.test(query))
    return {
      problem: `${quote(text)} says where in a search. Give the position alone, as in geo:55.7517,37.6178.`,
    };
  const [head = '', ...rest] = uri.split(';');
  const parameters = rest.map((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return [name.toLowerCase(), decoded(value.join('=')).trim()] as const;
  });
  const valueOf = (name: string) => parameters.find(([own]) => own === name)?.[1];
  const crs = valueOf('crs');
  if (crs !== undefined && crs.toLowerCase() !== 'wgs84')
    return {
      problem: `${quote(crs)} is no reference system that can be read here. Give the position in WGS 84.`,
    };
  const [lat = '', lng = '', altitude = '0', ...more] = decoded(head)
    .split(',')
    .map((part) => part.trim());
  if (more.length > 0 || [lat, lng, altitude].some((part) => !/^-?\d+(\.\d+)?$/.test(part)))
    return { problem: `${quote(`geo:${text}`)} is no geo: URI. It is written as geo:55.7517,37.6178.` };
  const reading = parseAngles(`${lat}; ${lng}`);
  if (reading === undefined || 'problem' in reading)
    return reading ?? { problem: `${quote(`geo:${text}`)} is no geo: URI.` };
  const u = valueOf('u');
  if (u === undefined)
    return { lng: reading.lng, lat: reading.lat, uncertaintyMeters: reading.uncertaintyMeters };
  if (!/^\d+(\.\d+)?$/.test(u) || !Number.isFinite(Number(u)))
    return {
      problem: `${quote(u)} is no uncertainty: "u" is a number of metres, as in geo:55.7517,37.6178;u=35.`,
    };
  return { lng: reading.lng, lat: reading.lat, uncertaintyMeters: Number(u) };
}

/**
 * Reads a position that is written in any of {@link COORDINATE_FORMATS}; latitude comes first unless letters say
 * otherwise. A text that cannot be read gives a problem that says what to write; nothing is thrown.
 */
export function parseCoordinates(text: string): { position: ParsedPosition } | { problem: string } {
  const tooLong = { problem: `${quote(text.trim())} is too long for a position. ${EXAMPLES}` };
  if (text.length > 10 * MAX_LENGTH) return tooLong;
  const trimmed = text
    .replace(/\p{Cf}/gu, '') // marks of direction that come along from web pages, not to be seen
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/[.,;\s]+$/, '')
    .trim();
  if (trimmed === '') return { problem: `There is no position. ${EXAMPLES}` };
  if (trimmed.length > MAX_LENGTH) return tooLong;
  const inFormat = (format: CoordinateFormat, reading: CircledPosition | { problem: string } | undefined) =>
    reading === undefined || 'problem' in reading ? reading : { format, ...reading };
  const reading =
    (/^geo:/i.test(trimmed) ? inFormat('geo', parseGeo(trimmed.slice(4))) : undefined) ??
    inFormat('mgrs', parseMgrs(trimmed)) ??
    inFormat('plus-code', parsePlusCode(trimmed)) ??
    parseAngles(trimmed);
  if (reading === undefined) return { problem: `${quote(trimmed)} is in no known format. ${EXAMPLES}` };
  return 'problem' in reading ? reading : { position: reading };
}

/** Degrees to a tenth of a millimetre. */
function rounded(degrees: number): number {
  return Number(degrees.toFixed(9));
}

/**
 * Writes a position so that {@link parseCoordinates} reads it back, to a metre or a few.
 * @param position in degrees; any turn of longitude
 * @returns `undefined` where the format has no word for it: MGRS near the poles, all of them off the Earth
 */
export function formatCoordinates(
  { lng, lat }: { lng: number; lat: number },
  format: CoordinateFormat,
): string | undefined {
  if (!Number.isFinite(lng) || !(Math.abs(lat) <= 90)) return undefined;
  // The grids lose count where a double is all but 180 or 90: zone 61 of MGRS, and Plus Codes beyond the pole.
  const [ownLng, ownLat] = [wrapLng(rounded(lng)), rounded(lat)];
  switch (format) {
    case 'decimal':
      return `${formatDegrees(ownLat)}, ${formatDegrees(ownLng)}`;
    case 'dms':
      return `${formatDms(ownLat, ['N', 'S'])} ${formatDms(ownLng, ['E', 'W'])}`;
    case 'geo':
      return `geo:${formatDegrees(ownLat)},${formatDegrees(ownLng)}`;
    case 'mgrs':
      return formatMgrs(ownLng, ownLat);
    case 'plus-code':
      return encodePlusCode(ownLng, ownLat);
  }
}
