import { combinationOf, partsOf } from '../domain/facet-combination';
import { PERIODS, type Period } from '../domain/period';
import { CONFIDENCES, STATUSES } from '../domain/table';
import type { TileFeature } from './tile-encoder';

/**
 * The layers of published tiles beside `marks` and `discs`. All have Points, whose id is a row: the place of a
 * sighting among those of its publication, sorted by id.
 */
export const LAYER = {
  /** of a tile with single sightings: each with its columns, see {@link sightingTags} */
  sightings: 'sightings',
  /** of the archive of counts: sightings of one cell that no filter tells apart, at the mean of their places */
  counts: 'counts',
  /** sightings outside of the tile whose discs are on it or, where it has single ones, further in; of counts also own */
  uncertainties: 'uncertainties',
} as const;

/** Bits an axis by which positions of single sightings are finer than the world: 2 cm, exact at the closest zoom. */
const SIGHTING_BITS = 31;
/** Units of a mean: half of those of {@link EXTENT}, so that it is rounded to the same as it would be at once. */
export const COUNT_EXTENT = 8192;

/** Units of the layer of sightings in a tile of a zoom. */
export function sightingExtent(z: number): number {
  return 2 ** (SIGHTING_BITS - z);
}

/** What filters ask of a sighting. */
export interface Facets {
  combination: number;
  firstDay: number;
  lastDay: number;
}

/** Tags of a sighting: those of the contract by its words; days from 1970-01-01, the last left out when it is the first. */
export function sightingTags(
  { combination, firstDay, lastDay }: Facets,
  systemIds: readonly string[],
): TileFeature['tags'] {
  const { confidence, system, status, origins } = partsOf(combination, systemIds.length);
  return {
    confidence: CONFIDENCES[confidence] ?? '',
    ...(system === 0 ? {} : { system: systemIds[system] ?? '' }),
    ...(status === 0 ? {} : { status: STATUSES[status] ?? '' }),
    origins,
    firstDay,
    ...(lastDay === firstDay ? {} : { lastDay }),
  };
}

type Properties = Readonly<Record<string, string | number | boolean>>;

/** Reads what {@link sightingTags} has written. */
export class SightingTagsReader {
  readonly #systems: ReadonlyMap<string, number>;

  constructor(private readonly systemIds: readonly string[]) {
    this.#systems = new Map(systemIds.map((id, index) => [id, index]));
  }

  read(tags: Properties): Facets {
    const firstDay = Number(tags['firstDay']);
    const parts = {
      confidence: Math.max(
        0,
        CONFIDENCES.findIndex((level) => level === tags['confidence']),
      ),
      status: Math.max(
        0,
        STATUSES.findIndex((status) => status === tags['status']),
      ),
      origins: Number(tags['origins']),
      system: this.#systems.get(String(tags['system'] ?? '')) ?? 0,
    };
    const combination = combinationOf(parts, this.systemIds.length);
    return { combination, firstDay, lastDay: Number(tags['lastDay'] ?? firstDay) };
  }
}

/** Sightings that no filter by facets and periods tells apart, see `domain/period.ts` for the numbers of periods. */
export interface Counted {
  combination: number;
  first: number;
  last: number;
  count: number;
}

/** The last period is left out when it is the first, a count when it is 1. */
export function countTags({ combination, first, last, count }: Counted, period: Period): TileFeature['tags'] {
  return {
    combination,
    [period]: first,
    ...(last === first ? {} : { last }),
    ...(count === 1 ? {} : { count }),
  };
}

/** Reads what {@link countTags} has written, with the kind of its periods. */
export function readCountTags(tags: Properties): Counted & { period: Period } {
  const period = PERIODS.find((name) => name in tags) ?? 'none';
  const first = Number(tags[period] ?? 0);
  return {
    period,
    combination: Number(tags['combination']),
    first,
    last: Number(tags['last'] ?? first),
    count: Number(tags['count'] ?? 1),
  };
}
