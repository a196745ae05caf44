import type { CameraOptions, MapOptions, Map as MapLibreMap } from 'maplibre-gl';
import type { View } from '../../io/address-params';
import { SINGLE_ZOOM } from '../../map/tile-scheme';
import type { Extent } from '../../map/graticule';
import { type Bounds, type Circle, boundsOfCircles } from '../../map/opening-view';

/** The closest that the map shows anything. */
export const MAX_ZOOM = 18;

/** The closest that the map goes by itself, to show several sightings. */
const MAX_FITTED_ZOOM = 13;

/** Room that stays around what is brought into view, in CSS pixels. */
export const MARGIN_PIXELS = 56;

/** The same, but less on a small map, which could not hold it. */
export function paddingOf({ clientWidth, clientHeight }: HTMLElement): number {
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

/** How bounds are shown whole, no closer than several sightings need. */
function fittingIn(container: HTMLElement): { padding: number; maxZoom: number } {
  return { padding: paddingOf(container), maxZoom: MAX_FITTED_ZOOM };
}

/** Where a map looks while there is nothing to look at. */
export const NOWHERE: View = { lng: 37.6, lat: 55.75, zoom: 8 };

/** What a new map is told to look where it is asked to, else at these bounds, as {@link cameraFor} would. */
export function firstCamera(
  container: HTMLElement,
  view: View | undefined,
  bounds: Bounds | undefined,
): Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'> {
  if (!view && bounds) return { bounds, fitBoundsOptions: fittingIn(container) };
  const { lng, lat, zoom } = view ?? NOWHERE;
  return { center: [lng, lat], zoom };
}

/** The camera that shows bounds whole, no closer than several sightings need. */
export function cameraFor(map: MapLibreMap, bounds: Bounds): CameraOptions | undefined {
  return map.cameraForBounds(bounds, fittingIn(map.getContainer()));
}

/** Moves the map so that bounds are in view. */
export function fit(map: MapLibreMap, bounds: Bounds): void {
  map.fitBounds(bounds, fittingIn(map.getContainer()));
}

/** Moves the map so that circles are in view, as far as the map has them. */
export function fitCircles(map: MapLibreMap, circles: readonly Circle[]): void {
  const bounds = boundsOfCircles(circles);
  if (bounds) fit(map, bounds);
}

/** Whether zooming in would draw the members of a group, within these bounds, apart. */
export function canSeparate(map: MapLibreMap, bounds: Bounds): boolean {
  const zoom = cameraFor(map, bounds)?.zoom;
  return zoom !== undefined && zoom > map.getZoom() + 0.5;
}

/**
 * Moves the map so that a place can be told apart, and seen beside its popup; not at all when it can be already.
 * @param bounds of the whole place, which is shown even when it is wider than the view
 * @param popupWidth width that the popup covers beside the place, in CSS pixels
 */
export function reveal(
  map: MapLibreMap,
  center: [lng: number, lat: number],
  bounds: Bounds | undefined,
  popupWidth: number,
): void {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const { x, y } = map.project(center);
  const covered = popupWidth + MARGIN_PIXELS;
  const margin = paddingOf(map.getContainer());
  const isInView = x > margin && x < width - margin && y > margin && y < height - margin;
  const hasRoom = x + covered < width || x - covered > 0;
  if (isInView && hasRoom && map.getZoom() >= SINGLE_ZOOM) return;
  const room = Math.max(width - covered, 2 * margin);
  const whole = bounds && map.cameraForBounds(bounds, { padding: margin })?.zoom;
  map.easeTo({
    center,
    zoom: Math.min(whole ?? MAX_ZOOM, Math.max(map.getZoom(), SINGLE_ZOOM + 1)),
    offset: popupWidth > 0 ? [room / 2 - width / 2, 0] : [0, 0],
  });
}
