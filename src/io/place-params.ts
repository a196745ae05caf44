import { wrapLng } from '../domain/distance';
import { type Filter, type MapPoint, SURENESS, type Sureness, type Target } from '../domain/query';
import { type Param, formatLngLat, isLngLat, numberOf } from './address-params';

/** What the list is sorted by; `distance` is to a reference point, a sighting or a point of the map. */
export type Sort =
  { by: 'newest' | 'oldest' | 'confidence' | 'relevance' } | { by: 'distance'; target: Target };

/** What a ruler goes along. */
export interface Path {
  vertices: readonly Target[];
  /** whether its last vertex is joined to the first, around an area */
  isClosed: boolean;
}

/** Circles around a place. */
export interface Rings {
  target: Target;
  /** radii, shortest first */
  meters: readonly number[];
}

/** One of the distances that a sighting's sources report, by its index in `reportedDistances`. */
export interface ReportedDistanceKey {
  sighting: string;
  index: number;
}

/** No place on Earth is farther away, in metres. */
export const FARTHEST_METERS = 20_040_000;

function parseMeters(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(k?)m$/.exec(text);
  const meters = Math.round(Number(match?.[1] ?? NaN) * (match?.[2] === 'k' ? 1000 : 1));
  return meters > 0 && meters <= FARTHEST_METERS ? meters : NaN;
}

function formatMeters(meters: number): string {
  const whole = Math.max(1, Math.round(meters));
  return whole < 1000 ? `${whole}m` : `${whole / 1000}km`;
}

/** Digits of a point of the map in the address: a metre or so. */
const TARGET_DIGITS = 5;

/** Degrees as finely as the address keeps them. */
export function toAddressDigits(degrees: number): number {
  return Number(degrees.toFixed(TARGET_DIGITS));
}

/** A point as the address keeps it: what is cut off is less than the metre that uncertainties are rounded up to. */
export function toAddressPoint({ lng, lat, uncertaintyMeters = 0 }: MapPoint): MapPoint {
  const point = { lng: toAddressDigits(wrapLng(lng)), lat: toAddressDigits(lat) };
  return uncertaintyMeters > 0 ? { ...point, uncertaintyMeters: Math.ceil(uncertaintyMeters) } : point;
}

/** The id of a reference point or sighting, or two numbers and `u` with metres of uncertainty, as in a geo: URI. */
function parseTarget(parts: readonly string[]): Target | undefined {
  const [id = '', second, third] = parts;
  if (second === undefined) return id === '' ? undefined : id;
  const [lng, lat] = [numberOf(id), numberOf(second)];
  if (parts.length > 3 || !isLngLat(lng, lat)) return undefined;
  const point = { lng: toAddressDigits(lng), lat: toAddressDigits(lat) };
  if (third === undefined) return point;
  const uncertaintyMeters = /^u\d+$/.test(third) ? Number(third.slice(1)) : NaN;
  return uncertaintyMeters > 0 && uncertaintyMeters <= FARTHEST_METERS
    ? { ...point, uncertaintyMeters }
    : undefined;
}

function formatTarget(target: Target): string {
  if (typeof target === 'string') return target;
  const { lng, lat, uncertaintyMeters = 0 } = target;
  const point = formatLngLat(lng, lat, TARGET_DIGITS);
  return uncertaintyMeters > 0 ? `${point},u${Math.ceil(uncertaintyMeters)}` : point;
}

export const near: Param<Filter['near']> = {
  default: undefined,
  parse(text, ignore) {
    const parts = text.split(',');
    const last = parts.at(-1) ?? '';
    const hasSureness = (SURENESS as readonly string[]).includes(last);
    const sureness = hasSureness ? (last as Sureness) : 'possibly';
    const rest = hasSureness ? parts.slice(0, -1) : parts;
    const meters = parseMeters(rest.at(-1) ?? '');
    const target = parseTarget(rest.slice(0, -1));
    if (target !== undefined && !Number.isNaN(meters)) return { target, meters, sureness };
    ignore(text);
    return undefined;
  },
  stringify(value) {
    if (value === undefined) return undefined;
    const parts = [formatTarget(value.target), formatMeters(value.meters)];
    return (value.sureness === 'possibly' ? parts : [...parts, value.sureness]).join(',');
  },
};

export const sort: Param<Sort | undefined> = {
  default: undefined,
  parse(text, ignore) {
    if (text === 'newest' || text === 'oldest' || text === 'confidence' || text === 'relevance') {
      return { by: text };
    }
    const [by, ...rest] = text.split(',');
    const target = parseTarget(rest);
    if (by === 'distance' && target !== undefined) return { by, target };
    ignore(text);
    return undefined;
  },
  stringify(value) {
    return value?.by === 'distance' ? `distance,${formatTarget(value.target)}` : value?.by;
  },
};

function isSameTarget(a: Target | undefined, b: Target | undefined): boolean {
  return a !== undefined && b !== undefined && formatTarget(a) === formatTarget(b);
}

/** Vertices parted by spaces; a path whose last vertex is its first again is closed. */
export const path: Param<Path | undefined> = {
  default: undefined,
  parse(text, ignore) {
    const vertices: Target[] = [];
    for (const part of text.split(' ').filter((some) => some !== '')) {
      const target = parseTarget(part.split(','));
      if (target === undefined) ignore(part);
      else vertices.push(target);
    }
    if (vertices.length === 0) {
      if (text.trim() === '') ignore(text);
      return undefined;
    }
    const isClosed = vertices.length > 3 && isSameTarget(vertices[0], vertices.at(-1));
    return { vertices: isClosed ? vertices.slice(0, -1) : vertices, isClosed };
  },
  stringify(value) {
    if (value === undefined || value.vertices.length === 0) return undefined;
    const texts = value.vertices.map(formatTarget);
    return [...texts, ...(value.isClosed ? texts.slice(0, 1) : [])].join(' ');
  },
};

/** A place, then the radii: `kremlin,5km,10km`. */
export const rings: Param<Rings | undefined> = {
  default: undefined,
  parse(text, ignore) {
    const parts = text.split(',');
    const first = parts.findIndex((part, i) => i > 0 && !Number.isNaN(parseMeters(part)));
    const target = first < 0 ? undefined : parseTarget(parts.slice(0, first));
    const radii = first < 0 ? [] : parts.slice(first).map(parseMeters);
    if (target === undefined || radii.some(Number.isNaN)) {
      ignore(text);
      return undefined;
    }
    return { target, meters: [...new Set(radii)].sort((a, b) => a - b) };
  },
  stringify(value) {
    if (value === undefined || value.meters.length === 0) return undefined;
    return [formatTarget(value.target), ...value.meters.map(formatMeters)].join(',');
  },
};

/** A sighting, and the number of one of its reported distances, counted from 1. */
export const report: Param<ReportedDistanceKey | undefined> = {
  default: undefined,
  parse(text, ignore) {
    const [, sighting = '', number] = /^([^,]+),(\d+)$/.exec(text) ?? [];
    const index = Number(number) - 1;
    if (sighting !== '' && index >= 0) return { sighting, index };
    ignore(text);
    return undefined;
  },
  stringify: (key) => key && `${key.sighting},${key.index + 1}`,
};
