/** Radius of Turf's sphere, the mean radius R1 of the WGS 84 ellipsoid (IUGG), in metres. */
export const SPHERE_RADIUS_METERS = 6_371_008.8;

/** The remainder is what Turf takes as well; it is left out where it changes nothing, since it costs the most. */
function toRadians(degrees: number): number {
  return ((degrees > -360 && degrees < 360 ? degrees : degrees % 360) * Math.PI) / 180;
}

/**
 * Metres between two points in degrees on Turf's sphere: the haversine formula as `distance` of Turf has it, to the
 * last bit, without the objects that it makes for each point.
 */
export function haversineMeters(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const sinLat = Math.sin(toRadians(lat2 - lat1) / 2);
  const sinLng = Math.sin(toRadians(lng2 - lng1) / 2);
  const a = sinLat ** 2 + sinLng ** 2 * Math.cos(toRadians(lat1)) * Math.cos(toRadians(lat2));
  return 2 * Math.atan2(Math.sqrt(a), Math.sqrt(Math.max(0, 1 - a))) * SPHERE_RADIUS_METERS; // antipodes round to above 1
}
