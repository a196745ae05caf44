/** A rectangle, edges included. */
export interface Box {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** Cuts a ring with one half plane: what is beyond `limit` on an axis goes, on the side that `sign` says. */
function cut(ring: readonly number[], axis: 0 | 1, limit: number, sign: 1 | -1): number[] {
  const kept: number[] = [];
  let beforeX = ring[ring.length - 2] ?? 0;
  let beforeY = ring[ring.length - 1] ?? 0;
  let wasInside = ((axis === 0 ? beforeX : beforeY) - limit) * sign <= 0;
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    const isInside = ((axis === 0 ? x : y) - limit) * sign <= 0;
    if (isInside !== wasInside) {
      const share = axis === 0 ? (limit - beforeX) / (x - beforeX) : (limit - beforeY) / (y - beforeY);
      if (axis === 0) kept.push(limit, beforeY + (y - beforeY) * share);
      else kept.push(beforeX + (x - beforeX) * share, limit);
    }
    if (isInside) kept.push(x, y);
    beforeX = x;
    beforeY = y;
    wasInside = isInside;
  }
  return kept;
}

/**
 * The part of a ring that is in a box (Sutherland and Hodgman, 1974, "Reentrant polygon clipping").
 * @param ring x and y by turns, not closed
 * @returns the same, empty when nothing is left
 */
export function clipRing(ring: readonly number[], { minX, minY, maxX, maxY }: Box): readonly number[] {
  let [left, right, top, bottom] = [false, false, false, false];
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    left ||= x < minX;
    right ||= x > maxX;
    top ||= y < minY;
    bottom ||= y > maxY;
  }
  let rest = ring;
  if (left) rest = cut(rest, 0, minX, -1);
  if (right) rest = cut(rest, 0, maxX, 1);
  if (top) rest = cut(rest, 1, minY, -1);
  if (bottom) rest = cut(rest, 1, maxY, 1);
  return rest;
}
