import { quoteValue } from '../domain/issue';
import { isObject } from '../domain/rules';
import { parseCoordinates } from './coordinates';
import type { ForeignFeature } from './foreign';
import { type Mapping, textOf } from './mapping';
import { mendGeometry } from './mend-geometry';
import { readNumber } from './number-text';
import { jsonOf } from './shallow-json';
import { parseWkt } from './wkt';

/** The place of one row. */
export interface PlaceReading {
  /** in GeoJSON as far as it can be; `null` where the row has no place */
  geometry: unknown;
  /** why it is none */
  problem?: string;
  /** what was changed, in words */
  mends: readonly string[];
  /** what the text of a point leaves open, in metres; `undefined` where that cannot be told */
  uncertaintyMeters?: () => number | undefined;
}

const NO_PLACE: PlaceReading = { geometry: null, mends: [] };
const SWAPPED = 'latitude and longitude were swapped';

function degreesOf(text: string): number | undefined {
  return readNumber(text, { hasThousands: false });
}

/** One of two cells of a row that say where it is. */
interface Cell {
  column: string;
  text: string;
}

/** The place that two cells say. What cannot be read stays in the geometry as it is. */
function fromTwo(lngCell: Cell, latCell: Cell, mends: readonly string[]): PlaceReading {
  const [lngText, latText] = [lngCell.text, latCell.text];
  if (lngText === '' && latText === '') return NO_PLACE;
  const [lng, lat] = [degreesOf(lngText), degreesOf(latText)];
  const parse = () => parseCoordinates(`${latText}; ${lngText}`);
  if (lng !== undefined && lat !== undefined) {
    const problem = outsideOf(lng, 180, 'longitude', lngCell) ?? outsideOf(lat, 90, 'latitude', latCell);
    const found = { ...pointOf({ lng, lat }), mends, uncertaintyMeters: () => uncertaintyOf(parse()) };
    return problem === undefined ? found : { ...found, problem };
  }
  const parsed = parse();
  if ('position' in parsed) {
    return { ...pointOf(parsed.position), mends, uncertaintyMeters: () => uncertaintyOf(parsed) };
  }
  const missing =
    lngText === '' ? 'the longitude is missing' : latText === '' ? 'the latitude is missing' : '';
  return {
    geometry: { type: 'Point', coordinates: [lng ?? lngText, lat ?? latText] },
    problem: missing || parsed.problem,
    mends,
  };
}

/** That degrees are none on the Earth, by the column that has them. */
function outsideOf(degrees: number, limit: number, name: string, { column }: Cell): string | undefined {
  if (Math.abs(degrees) <= limit) return undefined;
  return `${name} ${degrees} in column “${column}” is outside -${limit} to ${limit}: correct it there`;
}

function uncertaintyOf(parsed: ReturnType<typeof parseCoordinates>): number | undefined {
  return 'position' in parsed ? parsed.position.uncertaintyMeters : undefined;
}

function pointOf({ lng, lat }: { lng: number; lat: number }) {
  return { geometry: { type: 'Point', coordinates: [lng, lat] } };
}

/** The two halves of a pair without letters: `55.75, 37.61`, `55,75; 37,61`. */
function halvesOf(text: string): [string, string] | undefined {
  if (/\p{L}/u.test(text)) return undefined;
  const bare = text.trim().replace(/^\((.*)\)$/s, '$1');
  const match =
    /^([^;]+);([^;]+)$/.exec(bare) ?? /^([^,]+),([^,]+)$/.exec(bare) ?? /^(\S+?),?\s+(\S+)$/.exec(bare);
  return match ? [match[1]?.trim() ?? '', match[2]?.trim() ?? ''] : undefined;
}

function mended(given: unknown, swapAxes: boolean): PlaceReading {
  const { geometry, mends, fault } = mendGeometry(given, { swapAxes });
  const place = { geometry, mends, ...(fault === undefined ? {} : { problem: fault }) };
  if (!isObject(geometry) || geometry['type'] !== 'Point' || !Array.isArray(geometry['coordinates']))
    return place;
  const [lng, lat] = geometry['coordinates'] as unknown[];
  if (typeof lng !== 'number' || typeof lat !== 'number') return place;
  return { ...place, uncertaintyMeters: () => uncertaintyOf(parseCoordinates(asWritten(lng, lat))) };
}

/** Two numbers with as many digits as the one that has more: zeros at an end are lost to numbers. */
function asWritten(lng: number, lat: number): string {
  const digits = Math.max(...[lng, lat].map((degrees) => (String(degrees).split('.')[1] ?? '').length));
  return `${lat.toFixed(Math.min(digits, 15))}; ${lng.toFixed(Math.min(digits, 15))}`;
}

/** The place that one text says: a GeoJSON geometry, WKT, or a position in any format of {@link parseCoordinates}. */
export function readPlace(text: string, isSwapped: boolean): PlaceReading {
  if (text === '') return NO_PLACE;
  const geometry = text.startsWith('{') ? jsonOf(text) : parseWkt(text);
  if (geometry !== undefined) return mended(geometry, isSwapped);
  const halves = isSwapped ? halvesOf(text) : undefined;
  const parsed = parseCoordinates(halves ? `${halves[1]}; ${halves[0]}` : text);
  if ('problem' in parsed) {
    // Brackets are not those of a position: it was meant to be an area.
    const problem = /^[{\p{L}][^(]*[[(]/u.test(text)
      ? `${quoteValue(text)} is no geometry that can be read: give GeoJSON or WKT of a point or an area`
      : parsed.problem;
    return { geometry: { type: 'Point', coordinates: text }, problem, mends: [] };
  }
  const { position } = parsed;
  const mends = halves ? [SWAPPED] : [];
  return { ...pointOf(position), mends, uncertaintyMeters: () => position.uncertaintyMeters };
}

/** The place of a row or a feature, as a mapping says. */
export function placeOf(
  feature: ForeignFeature,
  { place, order, exchanged }: Pick<Mapping, 'place' | 'order' | 'exchanged'>,
): PlaceReading {
  const isSwapped = (order === 'lat lng') !== (exchanged?.has(feature.place) === true);
  switch (place.from) {
    case 'nothing':
      return NO_PLACE;
    case 'geometry':
      return feature.geometry === undefined || feature.geometry === null
        ? NO_PLACE
        : mended(feature.geometry, isSwapped);
    case 'one column':
      return readPlace(textOf(feature.fields.get(place.column)), isSwapped);
    case 'columns': {
      const cellOf = (column: string): Cell => ({ column, text: textOf(feature.fields.get(column)) });
      const [lng, lat] = [cellOf(place.lng), cellOf(place.lat)];
      return isSwapped ? fromTwo(lat, lng, [SWAPPED]) : fromTwo(lng, lat, []);
    }
  }
}
