/**
 * Land, ocean and lakes.
 *
 * Below zoom 5 the coast is Natural Earth 1:50m. From zoom 5 on it is GSHHG's
 * (Antarctica excepted, for which GSHHG holds no single coast). Lakes from zoom
 * 5 on are the holes of OpenStreetMap's land in the 1 km edition of geo-maps:
 * its coast is too angular to be enlarged, but its reservoirs are where they
 * should be, while GSHHG lacks most of them and has others kilometres off.
 */
import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import type { Feature, GeometryCollection, MultiPolygon, Polygon, Position } from 'geojson';
import type { Topology } from 'topojson-specification';
import {
  boxesMeet,
  boxOf,
  cutAtAntimeridian,
  inRing,
  ringAreaKm2,
  roundCorners,
  thin,
  type Box,
  type Ring,
} from './geometry';
import { readShores } from './gshhg';

/** Inland waters above this size (km²) are seas: the Caspian is cut from the land. */
const SEA_KM2 = 100_000;
/** Islands are looked for in lakes above this size. */
const LAKE_WITH_ISLANDS_KM2 = 50;
const ANTARCTIC_LATITUDE = -60;
/** Reaches past the tile edges on every side, so that no tile shows the ocean's own edge. */
const worldRing: Ring = [
  [-180, -89],
  [180, -89],
  [180, 89],
  [-180, 89],
  [-180, -89],
];

interface Land {
  ring: Ring;
  km2: number;
}

/** Outer rings of land, and the seas that lie within it. */
export interface Coast {
  lands: Land[];
  seas: Ring[];
}

/** A lake's outer ring followed by its islands. */
export interface Lake {
  rings: Ring[];
  km2: number;
}

const withArea = (ring: Ring): Land => ({ ring, km2: ringAreaKm2(ring) });

/** Natural Earth 1:50m land out of world-atlas's TopoJSON, cut at the antimeridian. */
export function readLand50m(path: string): Coast {
  const atlas = JSON.parse(readFileSync(path, 'utf8')) as Topology;
  const land = feature(atlas, atlas.objects['land']!);
  const features = land.type === 'FeatureCollection' ? land.features : [land];
  const coast: Coast = { lands: [], seas: [] };
  for (const { geometry } of features) {
    for (const [outer, ...holes] of (geometry as MultiPolygon).coordinates) {
      coast.lands.push(...cutAtAntimeridian(outer!).map(withArea));
      coast.seas.push(...holes.filter((ring) => ringAreaKm2(ring) > SEA_KM2));
    }
  }
  return coast;
}

/**
 * GSHHG's coast, points `coarse` degrees apart and in `box` `fine` degrees
 * apart, with the Antarctica of another coast.
 */
export async function readFineCoast(
  path: string,
  box: Box,
  coarse: number,
  fine: number,
  south: Coast,
): Promise<Coast> {
  const spacing = ([lng, lat]: Position): number =>
    lng! >= box[0] && lng! <= box[2] && lat! >= box[1] && lat! <= box[3] ? fine : coarse;
  const shores = await readShores(path, (line) => thin(line, spacing));
  const antarctica = south.lands.filter(({ ring }) => boxOf(ring)[1] < ANTARCTIC_LATITUDE);
  return {
    lands: [...shores.filter(({ level }) => level === 1).map(({ ring }) => withArea(ring)), ...antarctica],
    seas: shores
      .filter(({ level, ring }) => level === 2 && ringAreaKm2(ring) > SEA_KM2)
      .map(({ ring }) => ring),
  };
}

/** Inland waters below the size of a sea out of OpenStreetMap's land, with their islands. */
export function readOsmLakes(path: string): Lake[] {
  const collection = JSON.parse(readFileSync(path, 'utf8')) as GeometryCollection;
  const polygons = collection.geometries.flatMap((geometry) => (geometry as MultiPolygon).coordinates);
  const islands = polygons
    .map(([outer]) => ({ ...withArea(outer!), box: boxOf(outer!) }))
    .filter(({ km2 }) => km2 > 1 && km2 < 10_000);
  return polygons
    .flatMap(([, ...holes]) => holes)
    .map((ring) => {
      const km2 = ringAreaKm2(ring);
      if (km2 < LAKE_WITH_ISLANDS_KM2) return { km2, rings: [ring] };
      const box = boxOf(ring);
      const within = islands.filter((island) => boxesMeet(island.box, box) && inRing(island.ring[0]!, ring));
      return { km2, rings: [ring, ...within.map((island) => island.ring)] };
    })
    .filter(({ km2 }) => km2 < SEA_KM2);
}

/** The part of a coast that meets a box: whole rings, and the ocean of the box only. */
export function coastIn(coast: Coast, box: Box): Coast {
  const meets = (ring: Ring): boolean => boxesMeet(boxOf(ring), box);
  return { lands: coast.lands.filter(({ ring }) => meets(ring)), seas: coast.seas.filter(meets) };
}

const polygonFeature = (coordinates: Ring[]): Feature<Polygon> => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates },
});

const seasWithin = (land: Land, seas: readonly Ring[]): Ring[] =>
  land.km2 < SEA_KM2 ? [] : seas.filter((sea) => inRing(sea[0]!, land.ring));

/** Land polygons with only the seas cut out, islands below `leastKm2` left out. */
export function landFeatures({ lands, seas }: Coast, leastKm2: number): Feature<Polygon>[] {
  return lands
    .filter(({ km2 }) => km2 >= leastKm2)
    .map((land) => polygonFeature([land.ring, ...seasWithin(land, seas)]));
}

/** The ocean as the inverse of the land, and the seas within it. */
export function waterFeatures({ lands, seas }: Coast, leastKm2: number): Feature<Polygon>[] {
  const holes = lands.filter(({ km2 }) => km2 >= leastKm2).map(({ ring }) => ring);
  return [polygonFeature([worldRing, ...holes]), ...seas.map((ring) => polygonFeature([ring]))];
}

/**
 * Whether a ring looks like a lake and not like a shard: the source samples
 * small waters so coarsely that thin ones become needles and triangles.
 */
function looksLikeLake(ring: Ring, km2: number): boolean {
  const corners = ring.length - 1;
  if (km2 > 40) return true;
  if (corners <= 3) return km2 > 12;
  const [west, south, east, north] = boxOf(ring);
  const boxKm2 = ringAreaKm2([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
  return km2 / boxKm2 > (corners <= 5 ? 0.4 : 0.12);
}

/** Lakes of at least some size with their bigger islands, corners rounded `rounds` times. */
export function lakeFeatures(lakes: readonly Lake[], leastKm2: number, rounds: number): Feature<Polygon>[] {
  return lakes
    .filter(({ rings, km2 }) => km2 >= leastKm2 && looksLikeLake(rings[0]!, km2))
    .map(({ rings: [outer, ...islands] }) => {
      const kept = [outer!, ...islands.filter((island) => ringAreaKm2(island) >= leastKm2 / 4)];
      return polygonFeature(kept.map((ring) => roundCorners(ring, rounds)));
    });
}
