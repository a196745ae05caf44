import type { Map as MapLibreMap } from 'maplibre-gl';
import type { View } from '../io/address-params';
import type { Extent } from '../map/graticule';

/** Room that stays around what is brought into view, in CSS pixels. */
export const MARGIN_PIXELS = 56;

/** The same, but less on a small map, which could not hold it. */
export function paddingOf(map: MapLibreMap): number {
  const { clientWidth, clientHeight } = map.getContainer();
  return Math.min(MARGIN_PIXELS, clientWidth / 6, clientHeight / 6);
}

/** Where a map looks. */
export function viewOf(map: MapLibreMap): View {
  const { lng, lat } = map.getCenter();
  return { lng, lat, zoom: map.getZoom() };
}

export function isSameView(a: View, b: View): boolean {
  const near = (x: number, y: number) => Math.abs(x - y) < 1e-9;
  return near(a.lng, b.lng) && near(a.lat, b.lat) && near(a.zoom, b.zoom);
}

/** What a map shows, in degrees. */
export function extentOf(map: MapLibreMap): Extent {
  const bounds = map.getBounds();
  return {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  };
}

export function contains(
  { west, south, east, north }: Extent,
  { lng, lat }: { lng: number; lat: number },
): boolean {
  return lng > west && lng < east && lat > south && lat < north;
}
