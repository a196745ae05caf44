import * as mgrs from 'mgrs';
import { wrapLng } from '../domain/distance';
import { type CircledPosition, positionOfCell, quote, safeMeters } from './coordinate-cell';
import { decodePlusCode, isShortPlusCode } from './plus-code';

/** A cell of a grid that was understood, as its centre. */
export type GridReading = CircledPosition | { problem: string };

/** Node takes the package's CommonJS file, of which it knows no names; the bundler takes the module. */
const { forward, inverse } = 'default' in mgrs ? (mgrs.default as typeof mgrs) : mgrs;

/** Latitude bands from south to north, 8° each from 80° S, the last one 12°. */
const BANDS = 'CDEFGHJKLMNPQRSTUVWX';

/** Zones that are not 6° wide, off Norway and Svalbard, by their west and east. */
const WIDENED_ZONES: Readonly<Record<string, readonly [west: number, east: number]>> = {
  '31V': [0, 3],
  '32V': [3, 12],
  '31X': [0, 9],
  '33X': [9, 21],
  '35X': [21, 33],
  '37X': [33, 42],
};

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Where a zone and a band meet, in degrees; `undefined` when there is no such zone. */
function zoneBox(zone: number, band: string): Box | undefined {
  const row = BANDS.indexOf(band);
  const isTaken = band === 'X' && [32, 34, 36].includes(zone);
  if (row < 0 || zone < 1 || zone > 60 || isTaken) return undefined;
  const [west, east] = WIDENED_ZONES[`${zone}${band}`] ?? [zone * 6 - 186, zone * 6 - 180];
  const south = row * 8 - 80;
  return { west, south, east, north: south + (band === 'X' ? 12 : 8) };
}

/** `mgrs` gives two corners of a tilted square; the other two lie beyond these by less, in degrees: 1 m at 84° N. */
const CORNER_DEGREES = 1e-4;

/** The corners of a square of 1 m; `undefined` for letters that the zone does not have. */
function boxOfMeter(square: string, easting: number, northing: number): Box | undefined {
  const digits = [easting, northing].map((meters) => String(meters).padStart(5, '0')).join('');
  try {
    const [west, south, east, north] = inverse(square + digits);
    return { west, south, east, north };
  } catch {
    return undefined;
  }
}

/**
 * Whether a square of some metres lies in its zone and band, at least in part. `mgrs` reads any letters that it can
 * count up to, hundreds of kilometres away from the zone that they are said to be in. The cell that stands on the
 * edge of a zone is real, though its centre lies across it.
 */
function isInZone(square: string, [easting, northing]: readonly [number, number], meters: number, zone: Box) {
  const last = meters - 1;
  const corners = [
    boxOfMeter(square, easting, northing),
    boxOfMeter(square, easting + last, northing),
    boxOfMeter(square, easting, northing + last),
    boxOfMeter(square, easting + last, northing + last),
  ].filter((box) => box !== undefined);
  return (
    corners.length === 4 &&
    Math.min(...corners.map(({ west }) => west)) <= zone.east + CORNER_DEGREES &&
    Math.max(...corners.map(({ east }) => east)) >= zone.west - CORNER_DEGREES &&
    Math.min(...corners.map(({ south }) => south)) <= zone.north + CORNER_DEGREES &&
    Math.max(...corners.map(({ north }) => north)) >= zone.south - CORNER_DEGREES
  );
}

const MGRS = /^(\d{1,2})\s*([A-Z])\s*([A-Z]{2})\s*(\d*)\s*(\d*)$/i;

const MGRS_REMEDY = 'It is written as 37U DB 13246 79310: zone, band, square, easting, and northing.';

/**
 * Reads an MGRS position of 0 to 5 digits each way.
 * @returns `undefined` for a text that does not look like one
 */
export function parseMgrs(text: string): GridReading | undefined {
  if (/^[ABYZ]\s*[A-Z]{2}\s*\d+\s*\d*$/i.test(text))
    return {
      problem: `${quote(text)} is an MGRS position near a pole, where MGRS cannot be read here. Give it in degrees.`,
    };
  const [, zoneText = '', bandText = '', squareText = '', head = '', tail = ''] = MGRS.exec(text) ?? [];
  if (zoneText === '') return undefined;
  const [band, square] = [bandText.toUpperCase(), squareText.toUpperCase()];
  const digits = head + tail;
  const half = digits.length / 2;
  if (half > 5 || !Number.isInteger(half) || (tail !== '' && tail.length !== half))
    return {
      problem: `"${digits}" does not part into an easting and a northing of at most 5 digits each. ${MGRS_REMEDY}`,
    };
  const zone = zoneBox(Number(zoneText), band);
  if (zone === undefined)
    return { problem: `"${zoneText}${band}" is no zone and band of MGRS. ${MGRS_REMEDY}` };
  const name = Number(zoneText) + band + square;
  const meters = 10 ** (5 - half);
  const corner = [digits.slice(0, half), digits.slice(half)].map((part) => Number(part) * meters);
  const [easting = NaN, northing = NaN] = corner;
  if (!isInZone(name, [easting, northing], meters, zone))
    return {
      problem: `Zone and band ${zoneText}${band} have no ${quote([square, digits].join(' ').trim())}. ${MGRS_REMEDY}`,
    };
  const middle = boxOfMeter(name, easting + Math.floor(meters / 2), northing + Math.floor(meters / 2));
  if (middle === undefined) return undefined;
  const [lng, lat] =
    meters === 1
      ? [(middle.west + middle.east) / 2, (middle.south + middle.north) / 2]
      : [middle.west, middle.south];
  return { lng: wrapLng(lng), lat, uncertaintyMeters: safeMeters(meters * Math.SQRT1_2) };
}

/** An MGRS position to the metre, of a longitude below 180; `undefined` south of 80° S and from 84° N on. */
export function formatMgrs(lng: number, lat: number): string | undefined {
  if (lat < -80 || lat >= 84) return undefined;
  return forward([lng, lat], 5).replace(/^(\d+.)(..)(\d{5})(\d{5})$/, '$1 $2 $3 $4');
}

/**
 * Reads a full Plus Code.
 * @returns `undefined` for a text that does not look like one
 */
export function parsePlusCode(text: string): GridReading | undefined {
  const [, code = '', rest = ''] = /^([0-9A-Z]{2,8}\+[0-9A-Z]*)(.*)$/is.exec(text) ?? [];
  if (code === '') return undefined;
  if (isShortPlusCode(code))
    return {
      problem: `${quote(text)} is a short Plus Code, which needs a place to be read by. Give the full code, with 8 characters before the plus, such as 9G7VQJ29+M4.`,
    };
  const cell = rest === '' ? decodePlusCode(code) : undefined;
  return cell === undefined
    ? { problem: `${quote(text)} is no Plus Code. A full one is written as 9G7VQJ29+M4.` }
    : positionOfCell(cell);
}
