import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { Period } from '../domain/period';
import { MIN_SINGLES_ZOOM } from '../domain/publication';
import { xToLng, yToLat } from './mercator';
import { LAYER, SightingTagsReader, readCountTags } from './published-layers';

/** Sightings of a published tile: one each, or several that no filter by facets and periods tells apart. */
export interface PublishedRow {
  row: number;
  /** on the unit square of Web Mercator */
  x: number;
  y: number;
  count: number;
  combination: number;
  /** numbers of periods, see `domain/period.ts` */
  first: number;
  last: number;
}

/** A sighting whose disc is drawn at the zooms whose bits are set. */
export interface PublishedDisc {
  row: number;
  lng: number;
  lat: number;
  meters: number;
  zooms: number;
  combination: number;
  firstDay: number;
  lastDay: number;
}

/** A published tile as it was written. */
export interface PublishedNode {
  z: number;
  x: number;
  y: number;
  /** whether its rows are single sightings; else there are tiles further in */
  isSingles: boolean;
  period: Period;
  rows: PublishedRow[];
  discs: PublishedDisc[];
}

function featuresOf(layer: VectorTileLayer | undefined) {
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i)).filter(
    (feature) => feature !== undefined,
  );
}

/**
 * Reads a published tile. A tile that is drawn as it is, with marks and discs, gives `undefined`.
 * @param bytes of either archive, unpacked
 * @throws Error when they are no vector tile
 */
export function readNode(
  bytes: ArrayBuffer,
  { z, x, y }: Pick<PublishedNode, 'z' | 'x' | 'y'>,
  archive: 'drawn' | 'counts',
  systemIds: readonly string[],
): PublishedNode | undefined {
  const tile = new VectorTile(new PbfReader(new Uint8Array(bytes)));
  const isSingles = archive === 'drawn';
  // Further out no tile has single sightings, and one may have no mark, for its sightings may be of a group beside it.
  if (isSingles && (z < MIN_SINGLES_ZOOM || 'marks' in tile.layers)) return undefined;
  const reader = new SightingTagsReader(systemIds);
  const across = 2 ** z;
  let period: Period = 'day'; // of no rows, any can be told apart
  const discs: PublishedDisc[] = [];
  const rows = featuresOf(tile.layers[isSingles ? LAYER.sightings : LAYER.counts]).map((feature) => {
    const point = feature.loadGeometry()[0]?.[0] ?? { x: 0, y: 0 };
    const place = {
      row: feature.id ?? 0,
      // Positions were rounded down, so the middle is meant.
      x: (x + (point.x + 0.5) / feature.extent) / across,
      y: (y + (point.y + 0.5) / feature.extent) / across,
    };
    if (isSingles) {
      const facets = reader.read(feature.properties);
      const { combination, firstDay, lastDay } = facets;
      const { meters, zooms } = feature.properties;
      if (meters !== undefined) {
        const center = { lng: xToLng(place.x), lat: yToLat(place.y) };
        discs.push({ row: place.row, ...center, meters: Number(meters), zooms: Number(zooms), ...facets });
      }
      return { ...place, count: 1, combination, first: firstDay, last: lastDay };
    }
    const { period: own, ...counted } = readCountTags(feature.properties);
    period = own;
    return { ...place, ...counted };
  });
  for (const feature of featuresOf(tile.layers[LAYER.uncertainties])) {
    const { lng, lat, meters, zooms } = feature.properties;
    discs.push({
      row: feature.id ?? 0,
      lng: Number(lng),
      lat: Number(lat),
      meters: Number(meters),
      zooms: Number(zooms),
      ...reader.read(feature.properties),
    });
  }
  return { z, x, y, isSingles, period, rows, discs };
}
