import { bboxClip, polygon } from '@turf/turf';
import type { Feature, Geometry, Position } from 'geojson';
import { cutAtAntimeridian } from './antimeridian';
import { csvLine } from './csv';
import { type DistanceInterval, type Place, centerOf, hasDirection, unwrapLng } from './distance';
import { radiusMeters } from './measure';
import { honestFigures, wholeDegrees } from './distance-export';
import type { AreaInterval, Leg, Length, Reading, Vertex } from './measurement';
import { METHOD } from './measurement-text';

/** The figures of an area in square metres, with no more digits than its interval bears. */
function honestArea({ squareMeters, minSquareMeters, maxSquareMeters }: AreaInterval): {
  squareMeters: number;
  minSquareMeters: number;
  maxSquareMeters: number;
} {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, (maxSquareMeters - minSquareMeters) / 10)) + 1e-9);
  return {
    squareMeters: Math.round(squareMeters / step) * step,
    minSquareMeters: Math.floor(minSquareMeters / step) * step,
    maxSquareMeters: Math.ceil(maxSquareMeters / step) * step,
  };
}

/** Metres around the centre that hold the place, rounded up; 0 for a point. */
function wholeRadius(place: Place): number {
  return Math.ceil(radiusMeters(place));
}

function honestLength(length: Length) {
  const { meters, minMeters, maxMeters } = honestFigures({ ...length, bearing: 0, bearingUncertainty: 180 });
  return { meters, minMeters, maxMeters };
}

/** Bearings in whole degrees and how far they can be off, out and back; `null` where none can be told. */
function bearingsOf({ onSphere, back }: Leg) {
  const told = (interval: DistanceInterval, value: number) => (hasDirection(interval) ? value : null);
  return {
    bearing: told(onSphere, wholeDegrees(onSphere.bearing)),
    bearingUncertainty: told(onSphere, Math.ceil(onSphere.bearingUncertainty)),
    backBearing: told(back, wholeDegrees(back.bearing)),
    backBearingUncertainty: told(back, Math.ceil(back.bearingUncertainty)),
  };
}

/** Counterclockwise, as RFC 7946 wants outlines. */
function wound(ring: Position[]): Position[] {
  // The shoelace formula: a positive sum is counterclockwise.
  const turn = ring
    .slice(1)
    .reduce((sum, [x = 0, y = 0], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0);
  return turn < 0 ? ring.toReversed() : ring;
}

/**
 * The plain vertices as a line or, closed, as a polygon, in several parts where it crosses the antimeridian (RFC 7946,
 * section 3.1.9). Around a pole, which no polygon of longitudes and latitudes goes, it is a line.
 */
function shapeOf(vertices: readonly Vertex[], isClosed: boolean): Geometry {
  const corners = vertices.map(({ place }) => centerOf(place));
  const [first] = corners;
  if (!isClosed || first === undefined) return cutAtAntimeridian(corners);
  let before = first[0];
  const ring = [...corners, first].map(([lng, lat]): Position => [(before = unwrapLng(lng, before)), lat]);
  if (before !== first[0]) return cutAtAntimeridian([...corners, first]);
  const parts = [-360, 0, 360].flatMap((turn) => {
    const moved = polygon([ring.map(([lng = 0, lat = 0]) => [lng + turn, lat])]);
    const { geometry } = bboxClip(moved, [-180, -90, 180, 90]);
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : [];
    return rings.filter(({ length }) => length > 3).map(wound);
  });
  const [only] = parts;
  return only && parts.length === 1
    ? { type: 'Polygon', coordinates: [only] }
    : { type: 'MultiPolygon', coordinates: parts.map((part) => [part]) };
}

/**
 * A measurement as a GeoJSON FeatureCollection (RFC 7946), one feature a line: the shape with the figures of its legs and
 * of the whole, then its vertices. Vertices are stored plainly, not along the geodesics that are drawn.
 */
export function measurementGeoJson(
  name: string,
  vertices: readonly Vertex[],
  { legs, total, area }: Reading,
  isClosed: boolean,
): string {
  const shape: Feature = {
    type: 'Feature',
    geometry: shapeOf(vertices, isClosed),
    properties: {
      name: name === '' ? null : name,
      method: METHOD,
      legs: legs.map((leg) => ({
        from: leg.from.name,
        to: leg.to.name,
        ...bearingsOf(leg),
        sphere: honestLength(leg.onSphere),
        wgs84: honestLength(leg.onEllipsoid),
      })),
      ...(total
        ? { total: { sphere: honestLength(total.onSphere), wgs84: honestLength(total.onEllipsoid) } }
        : {}),
      ...(area ? { area: { sphere: honestArea(area.onSphere), wgs84: honestArea(area.onEllipsoid) } } : {}),
    },
  };
  const points = vertices.map((vertex, i): Feature => {
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: centerOf(vertex.place) },
      properties: {
        number: i + 1,
        name: vertex.name,
        coordinateUncertaintyInMeters: wholeRadius(vertex.place),
      },
    };
  });
  const features = (legs.length > 0 ? [shape, ...points] : points).map((feature) => JSON.stringify(feature));
  return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`;
}

const COLUMNS = [
  'measurement',
  'leg',
  'from',
  'from_lng',
  'from_lat',
  'from_uncertainty_meters',
  'to',
  'to_lng',
  'to_lat',
  'to_uncertainty_meters',
  'sphere_meters',
  'sphere_min_meters',
  'sphere_max_meters',
  'wgs84_meters',
  'wgs84_min_meters',
  'wgs84_max_meters',
  'bearing',
  'bearing_uncertainty',
  'back_bearing',
  'back_bearing_uncertainty',
  'sphere_square_meters',
  'sphere_min_square_meters',
  'sphere_max_square_meters',
  'wgs84_square_meters',
  'wgs84_min_square_meters',
  'wgs84_max_square_meters',
];

function endCells({ name, place }: Vertex): (string | number)[] {
  return [name, ...centerOf(place), wholeRadius(place)];
}

function lengthCells(onSphere: Length, onEllipsoid: Length): number[] {
  return [onSphere, onEllipsoid].flatMap((length) => {
    const { meters, minMeters, maxMeters } = honestLength(length);
    return [meters, minMeters, maxMeters];
  });
}

/** A measurement as CSV (RFC 4180, with a header): a line for each leg, then one for the whole. */
export function measurementCsv(name: string, { legs, total, area }: Reading): string {
  const empty = (count: number) => Array<null>(count).fill(null);
  const lines = legs.map((leg, i) => {
    const figures = [...lengthCells(leg.onSphere, leg.onEllipsoid), ...Object.values(bearingsOf(leg))];
    return [name, i + 1, ...endCells(leg.from), ...endCells(leg.to), ...figures, ...empty(6)];
  });
  if (total) {
    const areas = area && [area.onSphere, area.onEllipsoid].flatMap((one) => Object.values(honestArea(one)));
    const figures = [...lengthCells(total.onSphere, total.onEllipsoid), ...empty(4), ...(areas ?? empty(6))];
    lines.push([name, 'total', ...empty(8), ...figures]);
  }
  return [COLUMNS, ...lines].map(csvLine).join('');
}
