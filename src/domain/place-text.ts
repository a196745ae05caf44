import { booleanClockwise, lineString } from '@turf/turf';
import type { Position } from 'geojson';
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

/** Closed, and the way round that RFC 7946 wants it. */
function toRing(corners: readonly (Position | string)[], isHole: boolean): (Position | string)[] {
  const [first] = corners;
  const last = corners.at(-1);
  const isClosed = corners.length > 1 && String(first) === String(last);
  const ring = first === undefined || isClosed ? [...corners] : [...corners, first];
  const positions = ring.filter(isPosition);
  if (positions.length < ring.length || ring.length < 4) return ring;
  return booleanClockwise(lineString(positions)) === isHole ? ring : ring.reverse();
}

/** The area that lines say, see {@link textOfArea}; a line that is no position stays as its text. */
export function areaOfText(text: string, readPosition: AreaReading): { type: string; coordinates: unknown } {
  const polygons: unknown[][] = [];
  for (const block of text.split(/\n[^\S\n]*\n/)) {
    const lines = block.split('\n').map((line) => line.trim());
    const isHole = lines.find((line) => line !== '')?.toLowerCase() === 'hole';
    const corners = lines.filter((line) => line !== '' && line.toLowerCase() !== 'hole');
    if (corners.length === 0) continue;
    const ring = toRing(
      corners.map((line) => readPosition(line) ?? line),
      isHole && polygons.length > 0,
    );
    const outer = polygons.at(-1);
    if (isHole && outer) outer.push(ring);
    else polygons.push([ring]);
  }
  const [only = []] = polygons;
  return polygons.length > 1
    ? { type: 'MultiPolygon', coordinates: polygons }
    : { type: 'Polygon', coordinates: only };
}
