import type { Target } from '../../domain/query';
import type { Path } from '../../io/place-params';
import type { Ruler } from './ruler.svelte';

/** A point of the screen, in CSS pixels. */
export interface Pixels {
  x: number;
  y: number;
}

/** A hand that moved less than this did not drag. */
export const STILL_PIXELS = 4;

/** A handle in a hand: where it goes, the ruler's path goes too, and what it is let go on it stands on. */
export class RulerDrag {
  /** whether the click that follows is the end of a drag */
  wasDrag = false;

  #held: { hand: Pixels; handle: Pixels; pathTo: (target: Target) => Path; hasMoved: boolean } | undefined;

  /**
   * @param pointAt the point of the map under a point of the screen
   * @param targetAt what is meant there: a sighting, a reference point, or the point itself
   */
  constructor(
    private readonly ruler: Ruler,
    private readonly pointAt: (at: Pixels) => Target,
    private readonly targetAt: (at: Pixels) => Target,
  ) {}

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Takes the handle of a vertex. */
  takeVertex(index: number, handle: Pixels, hand: Pixels): void {
    const { path } = this.ruler;
    this.#take(handle, hand, (target) => ({ ...path, vertices: path.vertices.with(index, target) }));
  }

  /** Takes the middle of a leg, which becomes a vertex as soon as it moves. */
  takeMiddle(leg: number, handle: Pixels, hand: Pixels): void {
    const { path } = this.ruler;
    this.#take(handle, hand, (target) => ({
      ...path,
      vertices: path.vertices.toSpliced(leg + 1, 0, target),
    }));
  }

  #take(handle: Pixels, hand: Pixels, pathTo: (target: Target) => Path): void {
    this.wasDrag = false;
    this.#held = { hand, handle, pathTo, hasMoved: false };
  }

  moveTo(hand: Pixels): void {
    const held = this.#held;
    if (!held) return;
    held.hasMoved ||= Math.hypot(hand.x - held.hand.x, hand.y - held.hand.y) > STILL_PIXELS;
    if (held.hasMoved) this.ruler.drag(held.pathTo(this.pointAt(this.#handleAt(hand))));
  }

  letGo(hand: Pixels): void {
    const held = this.#held;
    const end = this.#handleAt(hand);
    this.#held = undefined;
    this.wasDrag = held?.hasMoved ?? false;
    if (held?.hasMoved) this.ruler.drop(held.pathTo(this.targetAt(end)));
  }

  /** Leaves all as it was before. */
  cancel(): void {
    this.#held = undefined;
    this.ruler.drop();
  }

  /** Where the handle is that the hand holds, which need not be where the hand is. */
  #handleAt({ x, y }: Pixels): Pixels {
    const { hand = { x, y }, handle = { x, y } } = this.#held ?? {};
    return { x: handle.x + x - hand.x, y: handle.y + y - hand.y };
  }
}
