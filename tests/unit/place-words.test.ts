import { expect, test } from 'vitest';
import { checkGeometry } from '../../src/domain/geometry-rules';
import { IssueList } from '../../src/domain/issue';
import { featureOf, formOf } from '../../src/domain/sighting-form';
import { readPosition } from '../../src/ui/record/form/read-position';
import { inWordsOfForm } from '../../src/ui/record/form/place-words';

function said(geometry: unknown): string[] {
  const report = new IssueList(0, null);
  checkGeometry(geometry === undefined ? {} : { geometry }, report);
  return report.issues.map((issue) => inWordsOfForm(issue).message);
}

function ofForm(written: Partial<ReturnType<typeof formOf>>): string[] {
  const feature = featureOf({ ...formOf(undefined), ...written }, undefined, readPosition);
  return said((feature as { geometry?: unknown }).geometry);
}

const MISSING = 'is missing: write it, or choose “Not known”';

test.for([
  [{ place: 'point' }, [MISSING]],
  [{ place: 'area', corners: '' }, [MISSING]],
  [{ place: 'point', position: 'nowhere' }, ['must be latitude and longitude, not "nowhere"']],
  [
    { place: 'point', position: '95, 37' },
    ['latitude 95 is outside -90 to 90: latitude comes first, then longitude'],
  ],
  [{ place: 'area', corners: '55, 37\n56, 37' }, ['has 2 corners: an area needs at least 3']],
  [{ place: 'area', corners: '55, 37' }, ['has 1 corner: an area needs at least 3']],
  [{ place: 'area', corners: 'hole' }, ['has no corners: write a line for each']],
  [{ place: 'area', corners: '55, 37\nx\n56, 38' }, ['must be latitude and longitude, not "x"']],
  [{ place: 'none' }, []],
] as const)('of %j the form says %j', ([written, words]) => {
  expect(ofForm(written)).toEqual(words);
});

test.for([
  { type: 'LineString', coordinates: [[37, 55]] },
  { type: 'Point', coordinates: [37, 55, 1] },
  {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [0, 0],
      ],
    ],
  },
])('what came from a file is called by no word of the contract either: %j', (geometry) => {
  const [first = ''] = said(geometry);
  expect(first).toMatch(/“Not known”|latitude and longitude|reverse its corners/);
  expect(first).not.toMatch(/\blng\b|null|RFC|MultiPolygon/);
});
