/**
 * Cuts GeoJSON features into vector tiles (Mapbox Vector Tile 2, extent 4096).
 */
import { GeoJSONVT, type GeoJSONVTFeature, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature } from 'geojson';
import type { Box } from './geometry';

const EXTENT = 4096;

/** One layer over a range of zooms; layers of one name may be given for several ranges. */
export interface LayerPart {
  layer: string;
  minZoom: number;
  maxZoom: number;
  features: Feature[];
  /** Simplification in tile units (1/4096 of a tile side); 3 is below a third of a pixel. */
  tolerance?: number;
  /** How far tiles overlap, in tile units; must exceed half the widest line or label icon. */
  buffer?: number;
}

export interface TileRange {
  z: number;
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

/** The tiles of one zoom that a box touches; the whole world without a box. */
export function tileRange(z: number, box?: Box): TileRange {
  const size = 2 ** z;
  const clamp = (value: number): number => Math.min(size - 1, Math.max(0, Math.floor(value)));
  if (!box) return { z, minX: 0, maxX: size - 1, minY: 0, maxY: size - 1 };
  const row = (lat: number): number => {
    const sine = Math.sin((lat * Math.PI) / 180);
    return clamp((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size);
  };
  const columnOf = (lng: number): number => clamp((lng / 360 + 0.5) * size);
  return { z, minX: columnOf(box[0]), maxX: columnOf(box[2]), minY: row(box[3]), maxY: row(box[1]) };
}

interface IndexedPart extends LayerPart {
  index: GeoJSONVT;
}

/** At its last zoom geojson-vt does not simplify, hence the one zoom more than is asked for. */
const indexed = (part: LayerPart, z: number): IndexedPart => ({
  ...part,
  index: new GeoJSONVT(
    { type: 'FeatureCollection', features: part.features },
    {
      maxZoom: z + 1,
      indexMaxZoom: Math.min(z, 5),
      tolerance: part.tolerance ?? 3,
      extent: EXTENT,
      buffer: part.buffer ?? 64,
    },
  ),
});

/**
 * Whether a tile's feature shows anything. Inside a big land the ocean's tile is
 * a square with a hole of the same size: geojson-vt winds holes against their
 * outlines, so the signed areas cancel out.
 */
function isVisible(feature: GeoJSONVTFeature): boolean {
  if (feature.type !== 3) return true;
  let doubledArea = 0;
  for (const ring of feature.geometry as [number, number][][]) {
    for (let i = 1; i < ring.length; i++) {
      const [x0, y0] = ring[i - 1]!;
      const [x1, y1] = ring[i]!;
      doubledArea += x0 * y1 - x1 * y0;
    }
  }
  return Math.abs(doubledArea) > 8;
}

/** Calls `emit` for every tile that is not empty, layers in the order of `parts`. */
export function cutTiles(
  parts: readonly LayerPart[],
  range: TileRange,
  emit: (z: number, x: number, y: number, tile: Uint8Array) => void,
): void {
  const here = parts
    .filter((part) => part.minZoom <= range.z && range.z <= part.maxZoom)
    .map((part) => indexed(part, range.z));
  for (let x = range.minX; x <= range.maxX; x++) {
    for (let y = range.minY; y <= range.maxY; y++) {
      const layers: Record<string, GeoJSONVTTile> = {};
      for (const { layer, index } of here) {
        const tile = index.getTile(range.z, x, y);
        const features = tile?.features.filter(isVisible) ?? [];
        if (!tile || features.length === 0) continue;
        const before = layers[layer];
        if (before) for (const feature of features) before.features.push(feature);
        else layers[layer] = { ...tile, features } as GeoJSONVTTile;
      }
      if (Object.keys(layers).length === 0) continue;
      emit(range.z, x, y, fromGeojsonVt(layers, { version: 2, extent: EXTENT }));
    }
  }
}
