import { booleanClockwise, lineString } from '@turf/turf';
import type { Position } from 'geojson';
import { polygonsInRange, ringsOnBeyond } from './polygons-in-range';
import { isObject } from './rules';

/** Reads one position, `undefined` when it is none. */
export type AreaReading = (text: string) => Position | undefined;

const NUMBER = String.raw`(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)`;
const DECIMALS = new RegExp(String.raw`^\s*${NUMBER}\s*[,;\s]\s*${NUMBER}\s*$`, 'i');

/** `lat, lng` in plain degrees, to the last digit, whether or not there is such a place; [lng, lat] comes back. */
export function readDecimals(text: string): Position | undefined {
  const [, lat, lng] = DECIMALS.exec(text) ?? [];
  return lat === undefined || lng === undefined ? undefined : [Number(lng), Number(lat)];
}

/** `lat, lng`; what is no position stays as it is. */
export function textOfPosition(position: unknown): string {
  if (typeof position === 'string') return position;
  if (!Array.isArray(position)) return position === undefined ? '' : JSON.stringify(position);
  const [lng, lat] = position as unknown[];
  const isPosition = position.length === 2 && typeof lng === 'number' && typeof lat === 'number';
  return isPosition ? `${lat}, ${lng}` : JSON.stringify(position);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

/** The corners of a ring, the last of which does not say again where the first is. */
function textOfRing(ring: unknown, isHole: boolean): string {
  const lines = list(ring).map(textOfPosition);
  if (lines.length > 1 && lines[0] === lines.at(-1)) lines.pop();
  return [...(isHole ? ['hole'] : []), ...lines].join('\n');
}

/**
 * An area as lines to be edited: a corner each, `lat, lng`. An empty line ends an outline; another one that begins with
 * the word `hole` is a hole in the one before, any other is a further part of the area.
 */
export function textOfArea(geometry: unknown): string {
  if (!isObject(geometry)) return '';
  const coordinates = list(geometry['coordinates']);
  const polygons = geometry['type'] === 'MultiPolygon' ? coordinates : [coordinates];
  return polygons.flatMap((rings) => list(rings).map((ring, at) => textOfRing(ring, at > 0))).join('\n\n');
}

function isPosition(corner: unknown): corner is Position {
  return Array.isArray(corner);
}

type Corners = (Position | string)[];

/** Closed, as it is written. */
function closed(corners: Corners): Corners {
  const [first] = corners;
  const isClosed = corners.length > 1 && String(first) === String(corners.at(-1));
  return first === undefined || isClosed ? corners : [...corners, first];
}

function isRing(corners: Corners): corners is Position[] {
  return corners.length > 3 && corners.every(isPosition);
}

/** The way round that RFC 7946 wants a ring. */
function turned(ring: Position[], isHole: boolean): Position[] {
  return booleanClockwise(lineString(ring)) === isHole ? ring : ring.toReversed();
}

/** The outlines that lines say, each with its holes; a line that is no position stays as its text. */
function outlinesOf(text: string, readPosition: AreaReading): Corners[][] {
  const outlines: Corners[][] = [];
  for (const block of text.split(/\n[^\S\n]*\n/)) {
    const lines = block.split('\n').map((line) => line.trim());
    const isHole = lines.find((line) => line !== '')?.toLowerCase() === 'hole';
    const corners = lines.filter((line) => line !== '' && line.toLowerCase() !== 'hole');
    if (corners.length === 0) continue;
    const ring = closed(corners.map((line) => readPosition(line) ?? line));
    const outer = outlines.at(-1);
    if (isHole && outer) outer.push(ring);
    else outlines.push([ring]);
  }
  return outlines;
}

/** An outline as the contract has it: in range, cut where it crosses the antimeridian, and turned. */
function partsOf(rings: Corners[]): Corners[][] {
  if (!rings.every(isRing)) return [rings.map((ring, at) => (isRing(ring) ? turned(ring, at > 0) : ring))];
  const isBeyond = rings.some((ring) => ring.some(([lng = 0]) => Math.abs(lng) > 180));
  const beyond = isBeyond ? rings : ringsOnBeyond(rings);
  const parts = (beyond && polygonsInRange(beyond)) ?? [rings];
  return parts.map((part) => part.map((ring, at) => turned(ring, at > 0)));
}

/**
 * The area that lines say, see {@link textOfArea}; a line that is no position stays as its text. A side of more than 180°
 * is meant to go the short way around the Earth: such an area is cut at the antimeridian (RFC 7946, section 3.1.9).
 */
export function areaOfText(text: string, readPosition: AreaReading): { type: string; coordinates: unknown } {
  const polygons = outlinesOf(text, readPosition).flatMap(partsOf);
  const [only = []] = polygons;
  return polygons.length > 1
    ? { type: 'MultiPolygon', coordinates: polygons }
    : { type: 'Polygon', coordinates: only };
}

/** Whether an area of {@link areaOfText} is cut at the antimeridian: it has more parts then than outlines are written. */
export function isAreaCut(text: string, readPosition: AreaReading): boolean {
  return outlinesOf(text, readPosition).some((rings) => partsOf(rings).length > 1);
}
