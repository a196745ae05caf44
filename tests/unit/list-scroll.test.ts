import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ListScroll, MOST_HEIGHT, type ScrollPosition } from '../../src/ui/find/list-scroll';

const VIEW = 600;
const MILLION = 92_000_000;

const contentHeights = fc.integer({ min: VIEW, max: 2 * MILLION });

describe('a list that has room', () => {
  test('scrolls as its element does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST_HEIGHT }), fc.nat(MOST_HEIGHT), (height, scrollTop) => {
        const scroll = new ListScroll(height, VIEW);
        expect(scroll.height).toBe(height);
        const start: ScrollPosition = { scrollTop: 0, contentTop: 0 };
        expect(scroll.moved(start, scrollTop)).toEqual({ scrollTop, contentTop: scrollTop });
      }),
    );
  });
});

describe('a list of a million rows', () => {
  const scroll = new ListScroll(MILLION, VIEW);

  test('is no taller than a browser can draw', () => {
    expect(scroll.height).toBe(MOST_HEIGHT);
  });

  test('has its first and last row at the ends of the scrollbar', () => {
    expect(scroll.at(0)).toEqual({ scrollTop: 0, contentTop: 0 });
    expect(scroll.at(Infinity)).toEqual({ scrollTop: MOST_HEIGHT - VIEW, contentTop: MILLION - VIEW });
    const start = scroll.at(0);
    expect(scroll.moved(start, MOST_HEIGHT - VIEW).contentTop).toBe(MILLION - VIEW);
    expect(scroll.moved(scroll.at(Infinity), 0).contentTop).toBe(0);
  });

  test('moves by a wheel as far as the wheel does, wherever it is', () => {
    fc.assert(
      fc.property(fc.nat(MILLION - 2 * VIEW), fc.integer({ min: -VIEW, max: VIEW }), (contentTop, step) => {
        const before = scroll.at(contentTop);
        const after = scroll.moved(before, before.scrollTop + step);
        const wanted = Math.max(0, Math.min(MILLION - VIEW, before.contentTop + step));
        expect(after.contentTop).toBeCloseTo(wanted, 6);
      }),
    );
  });
});

test('the scrollbar leads back to where it stands for, to a pixel of its own', () => {
  fc.assert(
    fc.property(contentHeights, fc.double({ min: 0, max: 1, noNaN: true }), (height, share) => {
      const scroll = new ListScroll(height, VIEW);
      const wanted = scroll.at(share * (height - VIEW));
      expect(wanted.scrollTop).toBeGreaterThanOrEqual(0);
      expect(wanted.scrollTop).toBeLessThanOrEqual(scroll.height - VIEW);
      const far = { scrollTop: wanted.scrollTop + 10 * VIEW, contentTop: 0 };
      expect(scroll.moved(far, wanted.scrollTop).contentTop).toBeCloseTo(wanted.contentTop, 3);
    }),
  );
});

test('what is further down stands further down on the scrollbar', () => {
  fc.assert(
    fc.property(contentHeights, fc.nat(2 * MILLION), fc.nat(2 * MILLION), (height, a, b) => {
      const scroll = new ListScroll(height, VIEW);
      const [up, down] = [scroll.at(Math.min(a, b)), scroll.at(Math.max(a, b))];
      expect(up.scrollTop).toBeLessThanOrEqual(down.scrollTop);
    }),
  );
});
