import type { Issue } from '../../../domain/issue';

/** What the contract says of a place, and how the form says it: there latitude comes first, and no place is a choice. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^is missing: .*$/, 'is missing: write it, or choose “Not known”'],
  [
    /: write null for a sighting reported without a place$/,
    ': choose “Not known” where the report names none',
  ],
  [/^must be a Point, a Polygon, a MultiPolygon or null, /, 'must be a point, an area or “Not known”, '],
  [/^must be a position \[lng, lat\], /, 'must be latitude and longitude, '],
  [/: positions are \[lng, lat\]$/, ': latitude comes first, then longitude'],
  [/^must be a list with something in it, not .*$/, 'has no corners: write a line for each'],
  [/ \(RFC 7946\); reverse its positions$/, '; reverse its corners'],
];

/** A ring says again at its end where it begins; the lines of the form need not. */
const TOO_SHORT = /^has (\d+) positions: a ring needs at least 4, .*$/;

/** An issue of a place, in the words of the form. */
export function inWordsOfForm(issue: Issue): Issue {
  if (!issue.path.startsWith('$.geometry')) return issue;
  const [, positions] = TOO_SHORT.exec(issue.message) ?? [];
  if (positions !== undefined) {
    const corners = Number(positions) - 1;
    const said = `has ${corners} corner${corners === 1 ? '' : 's'}: an area needs at least 3`;
    return { ...issue, message: said };
  }
  const message = WORDS.reduce((said, [contract, form]) => said.replace(contract, form), issue.message);
  return { ...issue, message };
}
