import { isObject } from '../../../domain/rules';

const SHAPES: Readonly<Record<string, string>> = {
  Polygon: 'Area',
  MultiPolygon: 'Area',
  LineString: 'Line',
  MultiLineString: 'Lines',
  MultiPoint: 'Points',
  GeometryCollection: 'Several shapes',
};

/** A place of a file as it is written, or as far as it can be read; what is no point, by what it is. */
export function placeInWords(geometry: unknown): string {
  if (geometry === null || geometry === undefined) return '–';
  const { type, coordinates } = isObject(geometry) ? geometry : {};
  if (type !== 'Point') {
    const isKnown = typeof type === 'string' && Object.hasOwn(SHAPES, type);
    return (isKnown ? SHAPES[type] : undefined) ?? 'No known shape';
  }
  if (!Array.isArray(coordinates)) return String(coordinates);
  const [lng, lat] = coordinates as unknown[];
  return `${String(lat)}, ${String(lng)}`;
}
