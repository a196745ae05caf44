import { expect, test } from 'vitest';
import { plainReason } from '../../src/ui/record/open/mapping-words';
import { reportText } from '../../src/ui/record/open/report-text';

const report = {
  fileName: 'a.csv',
  format: 'CSV table',
  notes: ['Cells are parted by commas.'],
  layer: { id: 'layer-1', name: 'A' },
  drafts: 1,
  result: {
    accepted: 2,
    mended: [{ place: 'line 2', id: 'one', what: '$.geometry: the ring was closed' }],
    warnings: [{ place: 'line 3', id: 'two', message: '$.properties.confidence: is doubtful' }],
    incomplete: [
      {
        place: 'line 4',
        feature: { id: 'three' },
        reasons: ['$.properties.title: is missing', 'eventDate: x'],
      },
      { place: 'line 5', feature: { id: 'four' }, reasons: ['$.properties.title: is missing'] },
    ],
    setAside: [{ place: 'line 6', reason: 'has 7 cells', text: 'a,b\nc' }],
  },
};

test('a report has counts, every place with its reason, and the text of all that did not get in', () => {
  expect(reportText(report, '2026-11-26T10:00:00Z')).toBe(`Import of a.csv (CSV table), 2026-11-26T10:00:00Z
Data set: A

Accepted: 2
Mended: 1
Incomplete: 2, of which 1 are kept as drafts
Set aside: 1
Warnings: 1

Notes: 1
- Cells are parted by commas.

Mended: 1
- line 2, one: geometry: the ring was closed

Warnings: 1
- line 3, two: confidence: is doubtful

Incomplete: 2
- line 4: title: is missing; eventDate: x
    {"id":"three"}
- line 5: title: is missing
    {"id":"four"}

Set aside: 1
- line 6: has 7 cells
    a,b
    c
`);
});

test('a report of nothing says so', () => {
  const result = { accepted: 0, mended: [], warnings: [], incomplete: [], setAside: [] };
  const text = reportText({ ...report, notes: [], layer: undefined, drafts: 0, result }, 'now');
  expect(text.split('\n').slice(0, 2)).toEqual([
    'Import of a.csv (CSV table), now',
    'No data set was added.',
  ]);
  expect(text).not.toContain('- ');
});

test.for([
  ['$.properties.title: is missing', 'title: is missing'],
  ['$.properties.sources[0].claim: is missing', 'source, claim: is missing'],
  ['sources[0].claim: is missing', 'source, claim: is missing'],
  ['$.geometry: is off', 'geometry: is off'],
  ['$: must be a Feature', 'must be a Feature'],
  ['has nothing in it', 'has nothing in it'],
] as const)('%s reads %s', ([reason, plain]) => {
  expect(plainReason(reason)).toBe(plain);
});
