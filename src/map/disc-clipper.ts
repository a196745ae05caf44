import { SPHERE_RADIUS_METERS } from '../domain/haversine';
import { type Box, clipRing } from './clip';
import { type Disc, cornersOfBox, coversBox, discRing } from './discs';
import { latToY } from './mercator';
import { EXTENT } from './tile-scheme';

/** Discs reach this far beyond their tile, so that no outline runs along its edge. */
const BUFFER = EXTENT / 16;
const CLIP: Box = { minX: -BUFFER, minY: -BUFFER, maxX: EXTENT + BUFFER, maxY: EXTENT + BUFFER };
const CLIP_RING = [CLIP.minX, CLIP.minY, CLIP.minX, CLIP.maxY, CLIP.maxX, CLIP.maxY, CLIP.maxX, CLIP.minY];

/** What bounds a disc on the unit square: x ± `halfX`, `top` to `bottom`. */
export interface DiscBounds {
  halfX: number;
  top: number;
  bottom: number;
}

/** The bounds of a disc, `lat` in degrees. */
export function discBounds(lat: number, radiusMeters: number): DiscBounds {
  const arc = (radiusMeters / SPHERE_RADIUS_METERS) * (180 / Math.PI);
  // Around a pole every longitude is within reach.
  const widest = Math.cos((Math.min(89.9, Math.abs(lat) + arc) * Math.PI) / 180);
  return { halfX: Math.min(0.5, arc / widest / 360), top: latToY(lat + arc), bottom: latToY(lat - arc) };
}

/** Copies of the world that a tile may show a part of. */
const WORLDS = [-1, 0, 1] as const;

/** Cuts discs to a tile and a little around it. */
export class DiscClipper {
  readonly #tiles: number;
  readonly #minX: number;
  readonly #minY: number;
  readonly #maxX: number;
  readonly #maxY: number;
  readonly #corners: ReturnType<typeof cornersOfBox>;

  constructor(
    private readonly z: number,
    private readonly tileX: number,
    private readonly tileY: number,
  ) {
    this.#tiles = 2 ** z;
    [this.#minX, this.#minY] = [this.#share(tileX, CLIP.minX), this.#share(tileY, CLIP.minY)];
    [this.#maxX, this.#maxY] = [this.#share(tileX, CLIP.maxX), this.#share(tileY, CLIP.maxY)];
    this.#corners = cornersOfBox(this.#minX, this.#minY, this.#maxX, this.#maxY);
  }

  /** Whether the bounds of a disc meet the tile, in this world or in a copy to its sides. */
  mayReach(x: number, halfX: number, top: number, bottom: number): boolean {
    if (top > this.#maxY || bottom < this.#minY) return false;
    return WORLDS.some((world) => x + world - halfX <= this.#maxX && x + world + halfX >= this.#minX);
  }

  /** The rings of a disc on the tile, in tile units: one for each copy of the world that reaches it. */
  rings(disc: Disc, halfX: number, top: number, bottom: number): number[][] {
    if (top > this.#maxY || bottom < this.#minY) return [];
    const rings: number[][] = [];
    for (const world of WORLDS) {
      const x = disc.x + world;
      if (x - halfX > this.#maxX || x + halfX < this.#minX) continue;
      const copy = { ...disc, x };
      const ring = coversBox(copy, this.#corners) ? CLIP_RING : this.#clipped(discRing(copy, this.z));
      if (ring.length > 0) rings.push(ring);
    }
    return rings;
  }

  #share(tile: number, units: number): number {
    return (tile + units / EXTENT) / this.#tiles;
  }

  /** The part of a ring on the unit square that is in the tile and around it, in tile units. */
  #clipped(ring: number[]): number[] {
    for (let i = 0; i < ring.length; i += 2) {
      ring[i] = ((ring[i] ?? 0) * this.#tiles - this.tileX) * EXTENT;
      ring[i + 1] = ((ring[i + 1] ?? 0) * this.#tiles - this.tileY) * EXTENT;
    }
    return clipRing(ring, CLIP).map(Math.round);
  }
}
