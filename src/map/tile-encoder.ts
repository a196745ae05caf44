import { fromVectorTileJs } from '@maplibre/vt-pbf';

/** Size of a tile in its own units: an eighth of a pixel each. */
export const EXTENT = 4096;

/** A feature in tile units: type 1 is a Point, type 3 a Polygon of one ring. */
export interface TileFeature {
  id: number;
  type: 1 | 3;
  /** whole numbers, x and y by turns; a ring is not closed */
  geometry: readonly number[];
  tags: Record<string, string | number>;
}

function pointsOf({ type, geometry }: TileFeature): { x: number; y: number }[] {
  const points = [];
  for (let i = 0; i < geometry.length; i += 2) points.push({ x: geometry[i] ?? 0, y: geometry[i + 1] ?? 0 });
  const [first] = points;
  if (type === 3 && first) points.push(first);
  return points;
}

function layerOf(name: string, features: readonly TileFeature[]) {
  return {
    name,
    version: 2,
    extent: EXTENT,
    length: features.length,
    // Made when the encoder comes to it, so that the points of one feature at a time are objects.
    feature: (index: number) => {
      const feature = features[index];
      if (!feature) throw new RangeError(`Layer "${name}" has no feature ${index}.`);
      const { id, type, tags } = feature;
      return { id, type, properties: tags, extent: EXTENT, loadGeometry: () => [pointsOf(feature)] };
    },
  };
}

/** Layers by their names as a Mapbox Vector Tile, version 2. */
export function encodeTile(layers: Readonly<Record<string, readonly TileFeature[]>>): Uint8Array {
  const named = Object.entries(layers).map(([name, features]) => [name, layerOf(name, features)]);
  // Its points are to have all of @mapbox/point-geometry's methods, of which it calls none.
  const tile = { layers: Object.fromEntries(named) } as Parameters<typeof fromVectorTileJs>[0];
  return fromVectorTileJs(tile);
}
