import type { MultiPolygon, Point, Polygon, Position } from 'geojson';

/** What looks like Well-Known Text of a geometry that a sighting can have. */
const WKT = /^(?:SRID=4326;\s*)?(POINT|POLYGON|MULTIPOLYGON)\s*(?:(?:Z|M|ZM)\s*)?(\(.*\))$/is;

/** Nesting of brackets in the text of each type. */
const TYPES: Readonly<Record<string, { type: 'Point' | 'Polygon' | 'MultiPolygon'; depth: number }>> = {
  POINT: { type: 'Point', depth: 1 },
  POLYGON: { type: 'Polygon', depth: 2 },
  MULTIPOLYGON: { type: 'MultiPolygon', depth: 3 },
};

/** Writes a geometry as Well-Known Text, its numbers as JSON has them. */
export function formatWkt({ type, coordinates }: Point | Polygon | MultiPolygon): string {
  const position = (numbers: Position) => numbers.join(' ');
  const list = (texts: string[]) => `(${texts.join(', ')})`;
  const ring = (positions: Position[]) => list(positions.map(position));
  const polygon = (rings: Position[][]) => list(rings.map(ring));
  if (type === 'Point') return `POINT (${position(coordinates)})`;
  return type === 'Polygon'
    ? `POLYGON ${polygon(coordinates)}`
    : `MULTIPOLYGON ${list(coordinates.map(polygon))}`;
}

/**
 * Reads Well-Known Text of a point, a polygon or a multipolygon, of any dimension of its positions.
 * @returns a GeoJSON geometry that is not checked yet; `undefined` for a text that is none
 */
export function parseWkt(text: string): { type: string; coordinates: unknown } | undefined {
  const [, keyword = '', body = ''] = WKT.exec(text.trim()) ?? [];
  const known = TYPES[keyword.toUpperCase()];
  if (known === undefined) return undefined;
  // The brackets of the text are those of JSON when positions are lists too.
  const json = body
    .replace(/\s+/g, ' ')
    .replace(/[^(),\s][^(),]*/g, (numbers) => `[${numbers.trim().split(/\s+/).map(jsonNumber).join(',')}]`)
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  let coordinates: unknown;
  try {
    coordinates = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const isNested = (value: unknown, depth: number): boolean =>
    Array.isArray(value) &&
    value.every((item) => (depth === 0 ? typeof item === 'number' : isNested(item, depth - 1)));
  if (!isNested(coordinates, known.depth)) return undefined;
  return {
    type: known.type,
    coordinates:
      known.type === 'Point' && Array.isArray(coordinates) ? (coordinates[0] as unknown) : coordinates,
  };
}

/** JSON has no `.5`, `5.` and `+5`; a word that is no number stays, and is no JSON. */
function jsonNumber(word: string): string {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(word) ? String(Number(word)) : word;
}
