/** Values to pixels along a straight line, by calling it, and back. */
export interface LinearScale {
  (value: number): number;
  /** the values at both ends */
  readonly domain: readonly [number, number];
  /** the pixels at both ends */
  readonly range: readonly [number, number];
  /** The value at a pixel. */
  invert: (pixels: number) => number;
}

function line([a, b]: readonly [number, number], [c, d]: readonly [number, number]) {
  return (at: number) => {
    const share = (at - a) / (b - a);
    return c * (1 - share) + d * share; // exact at both ends
  };
}

/** A scale on which the ends of the domain, which differ, are at those of the range. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): LinearScale {
  return Object.assign(line(domain, range), { domain, range, invert: line(range, domain) });
}

/**
 * The round numbers from 0 to `most` that lie 1, 2 or 5 times a power of ten apart, as near to `count` of them as
 * that allows.
 */
export function roundNumbers(most: number, count: number): number[] {
  const wanted = most / count;
  const power = 10 ** Math.floor(Math.log10(wanted));
  // The nearest of them by ratio: the bounds are the geometric means of 1, 2, 5 and 10.
  const factor = [1, 2, 5, 10].find(
    (next, i, all) => wanted / power < Math.sqrt(next * (all[i + 1] ?? Infinity)),
  );
  const step = power * (factor ?? 1);
  return Array.from({ length: Math.floor(most / step + 1e-12) + 1 }, (_, i) => i * step);
}
