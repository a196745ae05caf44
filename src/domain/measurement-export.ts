import type { Feature, LineString, MultiLineString, Polygon } from 'geojson';
import { cutAtAntimeridian } from './antimeridian';
import { csvLine } from './csv';
import { type Place, centerOf, hasDirection, radiusMeters } from './distance';
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

function bearingsOf({ onSphere, backBearing }: Leg): { bearing: number | null; backBearing: number | null } {
  if (!hasDirection(onSphere)) return { bearing: null, backBearing: null };
  return { bearing: wholeDegrees(onSphere.bearing), backBearing: wholeDegrees(backBearing) };
}

/** The plain vertices as a line or, closed and not across the antimeridian, as a polygon wound as RFC 7946 wants. */
function shapeOf(vertices: readonly Vertex[], isClosed: boolean): LineString | MultiLineString | Polygon {
  const corners = vertices.map(({ place }) => centerOf(place));
  const [first] = corners;
  if (!isClosed || first === undefined) return cutAtAntimeridian(corners);
  const ring = [...corners, first];
  const line = cutAtAntimeridian(ring);
  if (line.type === 'MultiLineString') return line;
  // The shoelace formula: a positive sum is counterclockwise.
  const turn = ring
    .slice(1)
    .reduce((sum, [x, y], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0);
  return { type: 'Polygon', coordinates: [turn < 0 ? ring.toReversed() : ring] };
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
  'back_bearing',
  'sphere_square_meters',
  'wgs84_square_meters',
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
    const { bearing, backBearing } = bearingsOf(leg);
    const figures = [...lengthCells(leg.onSphere, leg.onEllipsoid), bearing, backBearing];
    return [name, i + 1, ...endCells(leg.from), ...endCells(leg.to), ...figures, ...empty(2)];
  });
  if (total) {
    const areas = area && [honestArea(area.onSphere).squareMeters, honestArea(area.onEllipsoid).squareMeters];
    const figures = [...lengthCells(total.onSphere, total.onEllipsoid), ...empty(2), ...(areas ?? empty(2))];
    lines.push([name, 'total', ...empty(8), ...figures]);
  }
  return [COLUMNS, ...lines].map(csvLine).join('');
}
