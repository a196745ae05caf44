/**
 * A list is never taller than this, in CSS pixels: browsers draw nothing beyond some 17.9 million in Firefox and 33.5
 * million device pixels in Chrome, however much a page is zoomed in.
 */
export const MOST_HEIGHT = 3_000_000;

/** So much at either end of a taller list scrolls as any other list does, in CSS pixels. */
const EXACT_ENDS = 100_000;

/** A step of more views than this is a jump, as by the handle of the scrollbar; anything less is a move by hand. */
const JUMP_VIEWS = 2;

/** Where a list is scrolled to, in CSS pixels. */
export interface ScrollPosition {
  /** of its element */
  scrollTop: number;
  /** of the rows, as if they all had room */
  contentTop: number;
}

/**
 * Scrolls a list whose rows are taller than an element can be. Its scrollbar stands for all rows; moves by hand are
 * as long as elsewhere, and what the scrollbar says is put right when they come to rest.
 */
export class ListScroll {
  /** of the element that scrolls */
  readonly height: number;
  /** the farthest that the rows, and the element, can be scrolled */
  readonly #farthest: ScrollPosition;

  constructor(
    contentHeight: number,
    private readonly viewHeight: number,
  ) {
    this.height = Math.min(contentHeight, MOST_HEIGHT);
    const [contentTop, scrollTop] = [contentHeight - viewHeight, this.height - viewHeight];
    this.#farthest = { contentTop: Math.max(0, contentTop), scrollTop: Math.max(0, scrollTop) };
  }

  /** Where the scrollbar stands for some rows. */
  at(contentTop: number): ScrollPosition {
    const { contentTop: end, scrollTop: scrollEnd } = this.#farthest;
    const at = Math.max(0, Math.min(end, contentTop));
    if (end === scrollEnd || at <= EXACT_ENDS) return { scrollTop: at, contentTop: at };
    if (end - at <= EXACT_ENDS) return { scrollTop: scrollEnd - (end - at), contentTop: at };
    return { scrollTop: EXACT_ENDS + (at - EXACT_ENDS) / this.#scale(), contentTop: at };
  }

  /** Where the list is after its element was scrolled. */
  moved(before: ScrollPosition, scrollTop: number): ScrollPosition {
    const { contentTop: end, scrollTop: scrollEnd } = this.#farthest;
    if (end === scrollEnd) return { scrollTop, contentTop: scrollTop };
    const step = scrollTop - before.scrollTop;
    if (Math.abs(step) <= JUMP_VIEWS * this.viewHeight) {
      return { scrollTop, contentTop: Math.max(0, Math.min(end, before.contentTop + step)) };
    }
    if (scrollTop <= EXACT_ENDS) return { scrollTop, contentTop: Math.max(0, scrollTop) };
    const left = Math.max(0, scrollEnd - scrollTop);
    if (left <= EXACT_ENDS) return { scrollTop, contentTop: end - left };
    return { scrollTop, contentTop: EXACT_ENDS + (scrollTop - EXACT_ENDS) * this.#scale() };
  }

  /** Pixels of rows that one of the scrollbar stands for between the ends. */
  #scale(): number {
    const { contentTop, scrollTop } = this.#farthest;
    return (contentTop - 2 * EXACT_ENDS) / (scrollTop - 2 * EXACT_ENDS);
  }
}
