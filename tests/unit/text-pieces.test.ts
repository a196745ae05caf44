import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from '../../src/ui/sighting/text-pieces';
import { LONGEST_SHOWN } from '../../src/ui/wording';

const long = fc
  .array(fc.constantFrom('a', ' ', '🛰️', 'слово ', '\n', '\u200b'), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(''))
  .chain((unit) => fc.nat(3 * LONGEST_SHOWN).map((length) => unit.repeat(length / unit.length + 1)));

test('the pieces of a text are the text, none too long, and no character is cut in two', () => {
  fc.assert(
    fc.property(long, (text) => {
      const pieces = piecesOf(text, Infinity);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThan(0);
        expect(piece.length).toBeLessThanOrEqual(LONGEST_SHOWN);
        expect(piece).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
      }
    }),
  );
});

test('a piece ends behind a space', () => {
  const text = 'word '.repeat(LONGEST_SHOWN);
  const [first = '', ...others] = piecesOf(`x${text}`, 2);
  expect(others).toHaveLength(1);
  expect(first.endsWith('word ')).toBe(true);
  expect(first.length).toBeGreaterThan(LONGEST_SHOWN - 10);
});
