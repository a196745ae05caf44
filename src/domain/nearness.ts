/** Whether a place is the nearest of several: surely, perhaps, or surely not. */
export type Nearness = 'yes' | 'maybe' | 'no';

/** What a reader is told of a reference point that is, or may be, the nearest. */
export const NEARNESS_LABEL: Readonly<Record<Nearness, string>> = {
  yes: 'nearest',
  maybe: 'may be nearest',
  no: '',
};

/**
 * Which of several places is nearest. One is nearer than another only when its interval ends before the other's
 * begins: `yes` is the one that is nearer than all others; while there is none, `maybe` are those that no other is
 * nearer than.
 * @param minMeters the least distance of each place, in metres
 * @param maxMeters the greatest
 */
export function nearnessOf(minMeters: ArrayLike<number>, maxMeters: ArrayLike<number>): Nearness[] {
  let candidate = 0;
  for (let i = 1; i < maxMeters.length; i++) {
    if ((maxMeters[i] ?? NaN) < (maxMeters[candidate] ?? NaN)) candidate = i;
  }
  const end = maxMeters[candidate] ?? NaN;
  const nearness = Array.from({ length: minMeters.length }, (_, i): Nearness => {
    return (minMeters[i] ?? NaN) <= end ? 'maybe' : 'no';
  });
  const rivals = nearness.reduce((count, value) => count + Number(value === 'maybe'), 0);
  return rivals === 1 ? nearness.map((value) => (value === 'maybe' ? 'yes' : value)) : nearness;
}
