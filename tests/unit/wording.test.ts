import { expect, test } from 'vitest';
import { LONGEST_SHOWN, plural, saidText, shownText } from '../../src/ui/wording';

test('a title is shown whole up to its longest, then cut between characters', () => {
  const longest = 'a'.repeat(LONGEST_SHOWN);
  expect(shownText(longest)).toBe(longest);
  expect(shownText(`${longest}b`)).toBe(`${longest}…`);
  const before = 'a'.repeat(LONGEST_SHOWN - 1);
  expect(shownText(`${before}🛰️`)).toBe(`${before}…`);
});

test('what is counted has its thousands parted', () => {
  expect(plural(1, 'sighting')).toBe('1 sighting');
  expect(plural(300_000, 'sighting')).toBe('300,000 sightings');
});

test('a text in a sentence turns nothing behind it around', () => {
  expect(saidText('Seen \u202eover \u2067there\u2069')).toBe('Seen over there');
  expect(shownText('Seen \u202eover')).toBe('Seen \u202eover');
});
