import type { DistanceColumns } from './distance-columns';

/**
 * Where a place may be to a ring: inside wherever the true places are, inside perhaps but not for certain, or outside
 * wherever the true places are. Each row that has a place is in exactly one of them.
 */
export const RING_PARTS = ['certainly', 'possibly', 'outside'] as const;
export type RingPart = (typeof RING_PARTS)[number];

/** How many rows are in each part of a ring. */
export interface RingCount extends Readonly<Record<RingPart, number>> {
  /** the ring's radius */
  meters: number;
}

/** What rings around one place count. */
export interface RingCounts {
  /** in the order of the radii */
  rings: readonly RingCount[];
  /** rows that are in no part of any ring: reported without a place */
  withoutPlace: number;
}

/** Which part of a ring a distance interval is in; `undefined` for NaN, which is no distance. */
function partOf(minMeters: number, maxMeters: number, radiusMeters: number): RingPart | undefined {
  if (maxMeters <= radiusMeters) return 'certainly';
  if (minMeters <= radiusMeters) return 'possibly';
  return minMeters > radiusMeters ? 'outside' : undefined;
}

/**
 * Counts rows by the part of each ring that they are in.
 * @param distances of all rows of the table to the middle of the rings
 * @param radii in metres
 */
export function countInRings(
  { minMeters, maxMeters }: DistanceColumns,
  rows: Uint32Array,
  radii: readonly number[],
): RingCounts {
  let placed = 0;
  for (const row of rows) if (!Number.isNaN(minMeters[row] ?? NaN)) placed++;
  const rings = radii.map((meters) => {
    let [certainly, within] = [0, 0];
    for (const row of rows) {
      if ((maxMeters[row] ?? NaN) <= meters) certainly++;
      if ((minMeters[row] ?? NaN) <= meters) within++;
    }
    return { meters, certainly, possibly: within - certainly, outside: placed - within };
  });
  return { rings, withoutPlace: rows.length - placed };
}

/** The rows in a part of a ring, those with the nearest centre first. */
export function rowsInRing(
  { meters, minMeters, maxMeters }: DistanceColumns,
  rows: Uint32Array,
  radiusMeters: number,
  part: RingPart,
): Uint32Array {
  const isIn = (row: number) => partOf(minMeters[row] ?? NaN, maxMeters[row] ?? NaN, radiusMeters) === part;
  return rows.filter(isIn).sort((a, b) => (meters[a] ?? 0) - (meters[b] ?? 0));
}

/** The next radius of the series 1, 2, 5, 10, 20, 50... of a unit that is greater than one of the same unit. */
export function nextRadius(radius: number): number {
  const power = 10 ** Math.floor(Math.log10(radius) + 1e-9);
  const next = [1, 2, 5, 10].find((step) => step * power > radius * (1 + 1e-9)) ?? 10;
  return Number((next * power).toPrecision(1));
}
