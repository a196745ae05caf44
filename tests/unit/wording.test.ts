import { expect, test } from 'vitest';
import { LONGEST_TITLE, shownTitle } from '../../src/ui/wording';

test('a title is shown whole up to its longest, then cut between characters', () => {
  const longest = 'a'.repeat(LONGEST_TITLE);
  expect(shownTitle(longest)).toBe(longest);
  expect(shownTitle(`${longest}b`)).toBe(`${longest}…`);
  const before = 'a'.repeat(LONGEST_TITLE - 1);
  expect(shownTitle(`${before}🛰️`)).toBe(`${before}…`);
});
