import { bbox, distance } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { wrapLng } from '../domain/distance';
import { polygonsInRange } from '../domain/polygons-in-range';
import { TILE_PIXELS, pixelsPerMeter } from './mercator';
import type { Bounds } from './opening-view';

/** No place is written more finely, in decimals of a degree: a metre or so. */
const MOST_DECIMALS = 5;

/** Decimals of a degree whose last one is no finer than a CSS pixel of the map at a zoom. */
export function decimalsAtZoom(zoom: number): number {
  const degreesPerPixel = 360 / (TILE_PIXELS * 2 ** zoom);
  return Math.min(MOST_DECIMALS, Math.max(0, Math.floor(-Math.log10(degreesPerPixel))));
}

function rounded([lng = 0, lat = 0]: Position, decimals: number): [lng: number, lat: number] {
  return [Number(wrapLng(lng).toFixed(decimals)), Number(lat.toFixed(decimals))];
}

/** Metres in whole tens, hundreds, ... that are no finer than a pixel, rounded up: the circle holds what was drawn. */
function metersAtZoom(meters: number, lat: number, zoom: number): number {
  const step = 10 ** Math.max(0, Math.ceil(Math.log10(1 / pixelsPerMeter(lat, zoom))));
  return Math.max(step, Math.ceil(meters / step) * step);
}

/**
 * Middle and radius of a circle that was drawn: a ring of positions at the same distance, the first one due north of the
 * middle, the others at even steps. Rounded to what can be told at a zoom.
 */
export function circleOfDrawn(
  { coordinates: [ring = []] }: Polygon,
  zoom: number,
): { lng: number; lat: number; radiusMeters: number } {
  const open = ring.slice(0, -1);
  const [north = [0, 0], south = north] = [open[0], open[open.length / 2]];
  const [lng = 0, northLat = 0] = north;
  const middle = [lng, (northLat + (south[1] ?? 0)) / 2];
  const [roundLng, lat] = rounded(middle, decimalsAtZoom(zoom));
  const radiusMeters = metersAtZoom(distance(middle, north, { units: 'meters' }), lat, zoom);
  return { lng: roundLng, lat, radiusMeters };
}

/** A closed ring rounded to decimals of a degree, no position twice in a row. */
function roundedRing(ring: readonly Position[], decimals: number): Position[] {
  const to = (degrees: number) => Number(degrees.toFixed(decimals));
  const positions = ring.map(([lng = 0, lat = 0]): Position => [to(lng), to(lat)]);
  return positions.filter((position, at) => at === 0 || String(position) !== String(positions[at - 1]));
}

/**
 * The area that was drawn, rounded to what can be told at a zoom, cut where it crosses the antimeridian. One that goes
 * back and forth across it keeps its longitudes beyond ±180, which the contract refuses by name.
 * @param outline longitudes may run on beyond ±180
 */
export function areaOfDrawn({ coordinates: [ring = []] }: Polygon, zoom: number): Polygon | MultiPolygon {
  const decimals = decimalsAtZoom(zoom);
  const outline = roundedRing(ring, decimals);
  // The cut is where the outline crosses, which is anywhere between two corners.
  const parts = (polygonsInRange([outline]) ?? [[outline]])
    .map((part) => part.map((cut) => roundedRing(cut, decimals)))
    .filter(([outer = []]) => outer.length >= 4);
  const [only = [outline]] = parts;
  return parts.length > 1
    ? { type: 'MultiPolygon', coordinates: parts }
    : { type: 'Polygon', coordinates: only };
}

/** The least bounds that hold what is drawn; `undefined` when nothing is. */
export function boundsOfDrawn(features: readonly Feature[]): Bounds | undefined {
  if (features.length === 0) return undefined;
  const [west, south, east, north] = bbox({ type: 'FeatureCollection', features: [...features] });
  return [west, south, east, north];
}
