/**
 * Populated places out of GeoNames, thinned for each zoom.
 */
import { readFileSync } from 'node:fs';
import type { Feature, Point, Position } from 'geojson';
import { distanceKm, inBox, type Box } from './geometry';
import { guessNames, type PlaceNames } from './names';

export interface Place {
  id: number;
  lng: number;
  lat: number;
  /** GeoNames feature code: PPLC capital, PPLA first-order seat, PPLX part of a town … */
  code: string;
  country: string;
  population: number;
  names: PlaceNames;
  /** The lowest zoom at which the place is shown. */
  rank: number;
}

/** `name-overrides.json`: GeoNames id to the names that the guess gets wrong. */
type Overrides = Record<string, { latin?: string; russian?: string; local?: string }>;

const MOSCOW: { id: number; position: Position } = { id: 524901, position: [37.6156, 55.7522] };
/** Inside this distance of the Kremlin everything belongs to Moscow (its ring road). */
const MOSCOW_RADIUS_KM = 16.5;
/** Towns of their own right at the ring road: Reutov. */
const notMoscow = new Set([502011]);
/** Around Moscow every place is kept: the map is used there enlarged. */
const NEAR_MOSCOW_KM = 200;
/** Districts are kept only to give orientation at the last zooms. */
const SECTION_RANK = 10;
const SECTION_POPULATION = 50_000;
const LAST_RANK = 12;

/** Codes that are no town: historic, abandoned, destroyed, religious, farm. */
const leftOut = new Set(['PPLH', 'PPLQ', 'PPLW', 'PPLCH', 'PPLR', 'PPLF']);

/** Fewest inhabitants at each rank, from rank 1. */
const leastPopulation = [
  8_000_000, 3_500_000, 1_200_000, 400_000, 120_000, 40_000, 15_000, 7_000, 3_000, 1_500, 1_000, 0,
] as const;
/** Capitals may come this many ranks earlier than their population allows. */
const leastCapitalPopulation = [8_000_000, 2_000_000, 300_000, 0] as const;
/** Room kept around a place, in pixels at the zoom of its rank; wider than high, like a label. */
const SPACING_PX = 46;
const LABEL_WIDENING = 2;

function isSection(place: Place): boolean {
  if (place.code === 'PPLX') return true;
  if (place.id === MOSCOW.id || notMoscow.has(place.id)) return false;
  return distanceKm([place.lng, place.lat], MOSCOW.position) < MOSCOW_RADIUS_KM;
}

function applyOverrides(names: PlaceNames, override: Overrides[string] | undefined): PlaceNames {
  if (!override) return names;
  return { ...names, ...override };
}

function parsePlace(line: string, overrides: Overrides): Place | undefined {
  const cells = line.split('\t');
  const [id, name, ascii, alternates, lat, lng, , code, country] = cells;
  if (cells.length < 15 || leftOut.has(code!)) return undefined;
  const source = {
    name: name!,
    ascii: ascii!,
    country: country!,
    admin1: cells[10]!,
    alternates: alternates!.split(','),
  };
  return {
    id: Number(id),
    lng: Number(lng),
    lat: Number(lat),
    code: code!,
    country: country!,
    population: Number(cells[14]),
    names: applyOverrides(guessNames(source), overrides[id!]),
    rank: 0,
  };
}

/** How much a place matters: its population, more for a seat of government. */
function weight({ code, population }: Place): number {
  if (code === 'PPLC') return Math.max(population * 3, 200_000);
  if (code === 'PPLA') return population * 1.5;
  return population;
}

/** A grid over Web Mercator that answers whether something lies too near. */
class Spacing {
  readonly #cells = new Map<string, { x: number; y: number }[]>();
  readonly #scale: number;

  constructor(zoom: number) {
    this.#scale = (512 * 2 ** zoom) / SPACING_PX;
  }

  #project({ lng, lat }: Place): { x: number; y: number } {
    const sine = Math.sin((lat * Math.PI) / 180);
    const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    return { x: ((lng / 360 + 0.5) * this.#scale) / LABEL_WIDENING, y: y * this.#scale };
  }

  isFree(place: Place): boolean {
    const { x, y } = this.#project(place);
    for (let column = Math.floor(x) - 1; column <= Math.floor(x) + 1; column++) {
      for (let row = Math.floor(y) - 1; row <= Math.floor(y) + 1; row++) {
        const near = this.#cells.get(`${column},${row}`) ?? [];
        if (near.some((other) => Math.hypot(other.x - x, other.y - y) < 1)) return false;
      }
    }
    return true;
  }

  take(place: Place): void {
    const { x, y } = this.#project(place);
    const key = `${Math.floor(x)},${Math.floor(y)}`;
    const cell = this.#cells.get(key);
    if (cell) cell.push({ x, y });
    else this.#cells.set(key, [{ x, y }]);
  }
}

/** Gives each place the lowest zoom at which it is big enough and has room. */
function rankPlaces(places: readonly Place[]): void {
  const ranked: Place[] = [];
  let waiting = [...places];
  for (let rank = 1; rank <= LAST_RANK; rank++) {
    const spacing = new Spacing(rank);
    for (const place of ranked) spacing.take(place);
    const later: Place[] = [];
    for (const place of waiting) {
      const capitalLeast = leastCapitalPopulation[Math.min(rank, leastCapitalPopulation.length) - 1]!;
      const least = place.code === 'PPLC' ? capitalLeast : leastPopulation[rank - 1]!;
      const tooEarly = isSection(place) && rank < SECTION_RANK;
      if (tooEarly || place.population < least || !(spacing.isFree(place) || rank === LAST_RANK)) {
        later.push(place);
        continue;
      }
      place.rank = rank;
      spacing.take(place);
      ranked.push(place);
    }
    waiting = later;
  }
}

/** Drops the lesser of two entries for one town (equal Russian names within 4 km). */
function withoutDoubles(places: readonly Place[]): Place[] {
  const byName = new Map<string, Place[]>();
  return places.filter((place) => {
    const key = `${place.country} ${place.names.russian ?? place.names.latin}`;
    const same = byName.get(key);
    if (same?.some((other) => distanceKm([other.lng, other.lat], [place.lng, place.lat]) < 4)) return false;
    if (same) same.push(place);
    else byName.set(key, [place]);
    return true;
  });
}

/** Reads, names and ranks all places; the weightiest first. */
export function readPlaces(path: string, overridesPath: string): Place[] {
  const overrides = JSON.parse(readFileSync(overridesPath, 'utf8')) as Overrides;
  const all: Place[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const place = parsePlace(line, overrides);
    if (!place) continue;
    const nearMoscow = distanceKm([place.lng, place.lat], MOSCOW.position) < 40;
    if (isSection(place) && !(nearMoscow && place.population >= SECTION_POPULATION)) continue;
    all.push(place);
  }
  all.sort((a, b) => weight(b) - weight(a) || a.id - b.id);
  const places = withoutDoubles(all);
  rankPlaces(places);
  return places;
}

function placeFeature(place: Place): Feature<Point> {
  const { names, rank, population, code } = place;
  return {
    type: 'Feature',
    properties: {
      rank,
      name_latin: names.latin,
      ...(names.russian && { name_ru: names.russian }),
      name_local: names.local,
      population,
      capital: code === 'PPLC' ? 1 : 0,
    },
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
  };
}

/**
 * Which places the tiles of one zoom hold. They hold those up to one rank more
 * than their zoom, since half zooms look ahead; the last zoom of the world and
 * of the region hold those of the zooms that they are enlarged to.
 */
export function shownAtZoom(places: readonly Place[], zoom: number, lastZoom: number, region?: Box): Place[] {
  const wanted = (place: Place): boolean => {
    if (region && !inBox([place.lng, place.lat], region)) return false;
    if (zoom < lastZoom) return place.rank <= zoom + 1;
    if (place.rank === 0) return false;
    const near = distanceKm([place.lng, place.lat], MOSCOW.position) <= NEAR_MOSCOW_KM;
    return place.rank <= (near && region ? LAST_RANK : zoom + 2);
  };
  return places.filter((place) => place.rank > 0 && wanted(place));
}

/** The places of the tiles of one zoom, see {@link shownAtZoom}. */
export function placesAtZoom(
  places: readonly Place[],
  zoom: number,
  lastZoom: number,
  region?: Box,
): Feature<Point>[] {
  return shownAtZoom(places, zoom, lastZoom, region).map(placeFeature);
}
