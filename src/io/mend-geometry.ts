import { isObject } from '../domain/rules';
import { crsFault } from './crs';
import { type MendPosition, mendRings, wrappedPoint } from './mend-rings';

/** What is said of positions before they are mended. */
export interface MendOptions {
  /** whether to take [lat, lng] for [lng, lat]; false when left out */
  swapAxes?: boolean | undefined;
  /** ids of the sightings whose two numbers stand the other way round than those of all others */
  exchanged?: ReadonlySet<string> | undefined;
}

/** Whether the place of a sighting is to be read with its two numbers swapped. */
export function isSwappedOf({ swapAxes = false, exchanged }: MendOptions, id: unknown): boolean {
  return swapAxes !== (typeof id === 'string' && exchanged?.has(id) === true);
}

/** A geometry after all that can be mended without loss. */
export interface MendedGeometry {
  geometry: unknown;
  /** what was done, as predicates: `the ring was closed` */
  mends: string[];
  /** why it cannot be the place of a sighting, however it is mended */
  fault?: string;
}

export const AXES_MEND = 'latitude and longitude were swapped';
const BBOX_MEND = 'the member “bbox”, which its coordinates tell, was left out';

/** How deep `coordinates` are, by type. */
const DEPTH: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** What geometries are called that a sighting cannot have. */
const REFUSED: Readonly<Record<string, string>> = {
  MultiPoint: 'has several points, and a sighting has one',
  LineString: 'is a line, and a sighting is a point or an area',
  MultiLineString: 'is several lines, and a sighting is a point or an area',
  GeometryCollection: 'is a collection of shapes, and a sighting has one',
};

const REMEDY = 'draw a point or an area in its place';

/** A collection in a collection is looked into so often, as only broken files go deeper. */
const MAX_UNWRAPS = 16;

function typeOf(geometry: Record<string, unknown>): string {
  const type = Object.hasOwn(geometry, 'type') ? geometry['type'] : undefined;
  return typeof type === 'string' ? type : '';
}

/** Takes a geometry out of collections of one, and a point out of a MultiPoint of one. */
function unwrapped(geometry: Record<string, unknown>, mends: string[]): Record<string, unknown> {
  let inner = geometry;
  for (let i = 0; i < MAX_UNWRAPS; i++) {
    const { geometries, coordinates } = inner;
    const type = typeOf(inner);
    if (type === 'GeometryCollection' && Array.isArray(geometries) && geometries.length === 1) {
      if (!isObject(geometries[0])) return inner;
      inner = { ...geometries[0] };
      mends.push('it was taken out of a collection of one');
    } else if (type === 'MultiPoint' && Array.isArray(coordinates) && coordinates.length === 1) {
      mends.push('a MultiPoint of one became a Point');
      return { ...inner, type: 'Point', coordinates: coordinates[0] as unknown };
    } else return inner;
  }
  return inner;
}

function isPosition(value: unknown): value is number[] {
  return Array.isArray(value) && value.length >= 2 && value.every((number) => typeof number === 'number');
}

/** Coordinates with each position changed; what is no position stays as it is. */
function mapPositions(value: unknown, change: MendPosition, levels = 4): unknown {
  if (isPosition(value)) return change(value);
  if (!Array.isArray(value) || levels === 0) return value;
  return value.map((item: unknown) => mapPositions(item, change, levels - 1));
}

/** Positions of a geometry, of collections too. */
export function* positionsOf(value: unknown, levels = 8): Generator<number[]> {
  if (levels === 0) return;
  if (isPosition(value)) yield value;
  else if (Array.isArray(value)) for (const item of value) yield* positionsOf(item, levels - 1);
  else if (isObject(value)) {
    yield* positionsOf(value['coordinates'], levels - 1);
    yield* positionsOf(value['geometries'], levels - 1);
  }
}

/** A geometry, of any type, with the first two numbers of each position swapped. */
function withAxesSwapped(geometry: unknown, levels = 8): unknown {
  if (!isObject(geometry) || levels === 0) return geometry;
  const { coordinates, geometries } = geometry;
  const swap: MendPosition = ([first = NaN, second = NaN, ...rest]) => [second, first, ...rest];
  return {
    ...geometry,
    ...(coordinates === undefined ? {} : { coordinates: mapPositions(coordinates, swap) }),
    ...(Array.isArray(geometries)
      ? { geometries: geometries.map((one: unknown) => withAxesSwapped(one, levels - 1)) }
      : {}),
  };
}

/** A Feature that has [lat, lng] for [lng, lat], the right way round; what has no geometry stays as it is. */
export function featureWithAxesSwapped(feature: unknown): { value: unknown; mends: string[] } {
  if (!isObject(feature) || !isObject(feature['geometry'])) return { value: feature, mends: [] };
  const { bbox, ...rest } = feature;
  const value = { ...rest, geometry: withAxesSwapped(feature['geometry']) };
  return { value, mends: bbox === undefined ? [AXES_MEND] : [AXES_MEND, BBOX_MEND] };
}

/**
 * Mends what can be mended without loss: order of axes when told so, altitudes, members that RFC 7946 does not have,
 * collections of one, rings that are not closed or run the wrong way (as the GeoJSON of 2008 allowed), positions that
 * repeat, longitudes beyond ±180. What is wrong beyond that stays as it is, for the contract to refuse. Never throws.
 */
export function mendGeometry(
  geometry: unknown,
  { swapAxes = false }: Pick<MendOptions, 'swapAxes'> = {},
): MendedGeometry {
  const mends: string[] = [];
  if (!isObject(geometry)) return { geometry, mends };
  const inner = unwrapped(geometry, mends);
  const { crs, bbox, ...rest } = inner;
  const fault = crsFault(crs) ?? crsFault(geometry['crs']);
  if (fault !== undefined) return { geometry, mends: [], fault };
  if (Object.hasOwn(inner, 'crs')) mends.push('the member “crs”, which names WGS 84, was left out');
  if (Object.hasOwn(inner, 'bbox') && bbox !== undefined) mends.push(BBOX_MEND);
  const type = typeOf(inner);
  if (Object.hasOwn(REFUSED, type)) {
    return { geometry: rest, mends, fault: `its geometry ${REFUSED[type] ?? ''}: ${REMEDY}` };
  }
  if (!Object.hasOwn(DEPTH, type)) return { geometry: rest, mends };

  let coordinates = rest['coordinates'];
  let altitudes = 0;
  coordinates = mapPositions(coordinates, (position) => {
    if (position.length > 2) altitudes++;
    const [first = NaN, second = NaN] = position;
    return swapAxes ? [second, first] : [first, second];
  });
  if (swapAxes) mends.push(AXES_MEND);
  if (altitudes > 0) mends.push(altitudes === 1 ? 'the altitude was dropped' : 'altitudes were dropped');
  if (type === 'Point')
    return { geometry: { ...rest, coordinates: wrappedPoint(coordinates, mends) }, mends };
  return { geometry: { ...rest, ...mendRings(type, coordinates, mends) }, mends };
}
