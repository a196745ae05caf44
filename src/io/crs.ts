import { quoteValue } from '../domain/issue';
import { isObject } from '../domain/rules';

/** Names of WGS 84 in degrees as files have them. GeoJSON of 2008 writes `EPSG:4326` as [lng, lat] all the same. */
const WGS_84 =
  /^(?:urn:ogc:def:crs:|urn:x-ogc:def:crs:|https?:\/\/www\.opengis\.net\/def\/crs\/)?(?:OGC|EPSG)[:/]+(?:[\d.]+[:/]+)?(?:CRS84|4326)$/i;

/**
 * Why coordinates cannot be used under a member `crs`, as the GeoJSON of 2008 had it; `undefined` when it names
 * WGS 84, or nothing.
 */
export function crsFault(crs: unknown): string | undefined {
  if (crs === null || crs === undefined) return undefined;
  const properties = isObject(crs) && isObject(crs['properties']) ? crs['properties'] : {};
  const name =
    properties['name'] ?? (isObject(crs) && crs['type'] === 'EPSG' ? properties['code'] : undefined);
  if (typeof name === 'string' && WGS_84.test(name.trim())) return undefined;
  if (name === 4326) return undefined;
  return `its coordinates are of another system, ${quoteValue(name ?? crs)}: convert to WGS 84`;
}
